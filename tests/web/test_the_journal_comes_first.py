"""K14: whatever is read stands in the journal, committed, before the first byte of the answer leaves."""

import io
import re
from typing import Any

import psycopg
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.wsgi import get_wsgi_application
from django.test import Client
from django.utils import timezone

from confidences.test_files import drawing, shares
from kring.trust import viewer
from kring.trust.models import Circle
from kring.wraparound.usecases import paths
from learning.test_two_worlds import SPEECH
from web.doorstep import browser
from wraparound.home import Home
from wraparound.meeting_scene import soon


class Listening:
    """The other end of the line: at the first word of an answer it looks what is committed by then."""

    def __init__(self, owner: psycopg.Connection, client: Client) -> None:
        self.owner, self.client, self.events = owner, client, []

    def get(self, address: str) -> list[tuple[str, int]]:
        """Ask for one address as a server does, and say how many readings stood there at each word."""
        self.events = []
        cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in self.client.cookies.items())
        said = {
            "REQUEST_METHOD": "GET", "PATH_INFO": address, "SERVER_NAME": "localhost", "SERVER_PORT": "80",
            "HTTP_COOKIE": cookies, "wsgi.input": io.BytesIO(), "wsgi.errors": io.StringIO(), "wsgi.url_scheme": "http",
            "wsgi.version": (1, 0), "wsgi.multithread": False, "wsgi.multiprocess": True, "wsgi.run_once": False,
            "REMOTE_ADDR": "10.1.2.3", "SERVER_PROTOCOL": "HTTP/1.1", "HTTP_HOST": "localhost",
        }  # fmt: skip
        answer: Any = get_wsgi_application()(said, lambda status, headers, *_: self.hear(status))
        for _part in answer:
            self.hear("byte")
        answer.close()
        return self.events

    def hear(self, what: str) -> None:
        """One event with the number of committed readings; the owner's connection sees only what is committed."""
        row = self.owner.execute("SELECT count(*) FROM trust_entry WHERE kind = 'read'").fetchone()
        self.events.append((what, row[0]))


@pytest.fixture
def home(owner: psycopg.Connection) -> Home:
    home = Home(owner)
    home.plan()
    return home


def test_a_reading_is_committed_before_the_first_byte_of_every_kind_of_answer(
    home: Home, owner: psycopg.Connection
) -> None:
    meeting = soon(home)
    with viewer.acting(home.naima) as me:
        circle = Circle.objects.get(pk=home.circle)
        paths.add_help(circle, SPEECH, by=me, at=timezone.now(), child=home.samira, near=False)
    (plan,) = owner.execute("SELECT id FROM wraparound_plan").fetchone()
    kinds = {
        "page": f"/family/{home.family}/",
        "plan": f"/plans/{plan}/",
        "pdf": f"/family/{home.family}/path/paper.pdf",
        "calendar": f"/meetings/{meeting}/invitation.ics",
        "day": "/today/",
    }
    for who in (home.hanne, home.naima):
        line = Listening(owner, browser(owner, who))
        for kind, address in kinds.items():
            owner.execute("SET session_replication_role = replica; DELETE FROM trust_entry")
            events = line.get(address)
            if kind == "day" and who == home.naima:
                continue  # a family's day is its circle
            assert events[0][0].startswith("200"), (kind, events)
            assert events[0][1] > 0, kind  # it stood there before the first word
            assert {number for _what, number in events} == {events[0][1]}, kind  # and nothing came after


def test_the_reading_of_a_confided_file_is_committed_before_it_is_downloaded(
    home: Home, owner: psycopg.Connection
) -> None:
    sent = SimpleUploadedFile("draak.jpg", drawing(), "image/jpeg")
    told = shares(browser(owner, home.yara), f"/me/tell/{home.samir}/", sent)["Location"]
    dad = browser(owner, home.samir)
    (address,) = re.findall(r'href="(/me/[^"]+/file/[^"]+)"', dad.get(told).content.decode())
    owner.execute("SET session_replication_role = replica; DELETE FROM trust_entry")
    events = Listening(owner, dad).get(address)
    assert events[0] == ("200 OK", 1)
    assert {number for _what, number in events} == {1}


def test_what_is_refused_reads_nothing_and_writes_nothing(home: Home, owner: psycopg.Connection) -> None:
    events = Listening(owner, browser(owner, home.tom)).get(f"/family/{home.family}/")
    assert events[0] == ("404 Not Found", 0)
