"""Letters: after commit only, without content or a child's name, asked again before they go (S12, K11)."""

import socket
import threading
from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes, policy
from uuid import UUID, uuid4

import psycopg
import pytest
from aiosmtpd.controller import Controller
from django.db import DatabaseError, transaction
from django.utils import timezone

from clockwork import as_the_worker, in_its_place
from intake.desk import JONAS, Desk
from kring.clock import usecases as clock
from kring.intake import receipts
from kring.intake.models import Concern, Promise
from kring.intake.usecases import concerns, promises
from kring.messaging import kinds, sms, usecases, whatsapp
from kring.trust.viewer import acting


class Post:
    """A post office on this machine that keeps what it gets, or refuses everything."""

    def __init__(self) -> None:
        self.letters: list[bytes] = []
        self.refuses = False
        self.lock = threading.Lock()

    async def handle_DATA(self, server: object, session: object, envelope: object) -> str:
        if self.refuses:
            return "451 later, please"
        with self.lock:
            self.letters.append(envelope.content)
        return "250 thank you"

    def read(self) -> list:
        return [message_from_bytes(letter, policy=policy.default) for letter in self.letters]


@pytest.fixture
def post(settings) -> Iterator[Post]:
    handler = Post()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    office = Controller(handler, hostname="127.0.0.1", port=port)
    office.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EMAIL_USE_TLS, settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = False, "", ""
    yield handler
    office.stop()


@pytest.fixture
def desk(owner: psycopg.Connection) -> Desk:
    desk = Desk(owner)
    for person in (desk.els, desk.marc, desk.fien):
        desk.account(person)
    return desk


def queued(desk: Desk, kind: str) -> list[UUID]:
    return [
        row[0]
        for row in desk.owner.execute(
            "SELECT id FROM messaging_letter WHERE kind = %s AND state = 'queued'", [kind]
        )
    ]


def send_all(desk: Desk, kind: str) -> list[str]:
    return [as_the_worker(usecases.send, letter, at=timezone.now()) for letter in queued(desk, kind)]


def test_the_asker_gets_a_name_a_day_and_a_link_and_nothing_else(desk: Desk, post: Post):
    made = desk.hand_in(JONAS)
    assert send_all(desk, "receipt") == ["sent"]
    (letter,) = post.read()
    assert letter["To"] == "karin@delinde.example"
    assert letter.get_content_type() == "multipart/alternative"
    whole = " ".join([letter["Subject"], *(part.get_content() for part in letter.iter_parts())])
    assert receipts.path(made.concern_id) in whole
    assert "Els" in whole
    assert "0470 00 00 00" in whole
    for hidden in ("Jonas", "3B", "stil", "Karin", str(made.concern_id)):
        assert hidden not in whole.replace("karin@", "")


def test_who_is_on_duty_hears_without_content(desk: Desk, post: Post):
    desk.hand_in(JONAS)
    assert send_all(desk, "new concern") == ["sent"]
    (letter,) = post.read()
    assert letter["To"] == f"{desk.els.hex}@werk.example"
    assert "Jonas" not in letter.as_string()


def test_what_was_rolled_back_sends_nothing(desk: Desk, post: Post):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        desk.hand_in(JONAS)
        raise ZeroDivisionError
    assert desk.count("messaging_letter") == desk.count("procrastinate_jobs") == 0


def test_the_job_knows_an_id_only(desk: Desk):
    desk.hand_in(JONAS)
    for (args,) in desk.owner.execute("SELECT args FROM procrastinate_jobs"):
        assert list(args) == ["letter_id"]
        UUID(args["letter_id"])


def test_it_asks_again_at_the_moment_of_sending(desk: Desk, post: Post):
    made = desk.hand_in(JONAS)
    with acting(desk.marc) as me:
        concerns.take_up(Concern.objects.get(pk=made.concern_id), by=me, at=timezone.now())
    assert send_all(desk, "new concern") == ["not wanted"]
    own = usecases.queue("new concern", made.concern_id, at=timezone.now(), person_id=desk.marc)
    assert as_the_worker(usecases.send, own, at=timezone.now()) == "not wanted", "he took it up himself"
    desk.earlier(made.concern_id, days=100)
    as_the_worker(clock.forget, at=timezone.now())
    assert send_all(desk, "receipt") == ["not wanted"]
    assert post.letters == []


def test_when_a_job_ends_the_letter_stays(desk: Desk, post: Post, owner):
    desk.hand_in(JONAS)
    owner.execute("UPDATE trust_job SET until = now() WHERE person_id = %s", [desk.els])
    assert send_all(desk, "new concern") == ["not wanted"]


def test_thinking_again_takes_the_letter_of_the_end_back(desk: Desk, post: Post):
    concern = desk.taken_up(JONAS)
    with acting(desk.els) as me:
        concerns.close(
            Concern.objects.get(pk=concern), outcome="talked", reason="Dank je", by=me, at=timezone.now()
        )
        concerns.reopen(Concern.objects.get(pk=concern), by=me, at=timezone.now())
    assert send_all(desk, "concern ended") == ["not wanted"]
    waits = desk.owner.execute("SELECT max(scheduled_at) - now() FROM procrastinate_jobs").fetchone()[0]
    assert timedelta(minutes=1) < waits <= timedelta(minutes=2)


def test_thinking_again_about_another_day_takes_its_letter_back(desk: Desk, post: Post):
    concern, now = desk.taken_up(JONAS), timezone.now()
    with acting(desk.els) as me:
        first = Promise.objects.get(concern_id=concern)
        promises.renegotiate(first, due_at=now + timedelta(days=9), reason="Geheim", by=me, at=now)
    assert send_all(desk, "promise moved") == ["sent"]
    assert "Geheim" not in post.read()[0].as_string()
    with acting(desk.els) as me:
        promises.renegotiate(first, due_at=now + timedelta(days=12), reason="", by=me, at=now)
        promises.take_back(first, by=me, at=now)
        promises.take_back(first, by=me, at=now)
    assert send_all(desk, "promise moved") == ["not wanted"]


def test_a_letter_goes_once_though_two_workers_try(desk: Desk, post: Post):
    desk.hand_in(JONAS)
    (letter,) = queued(desk, "receipt")
    assert as_the_worker(usecases.send, letter, at=timezone.now()) == "sent"
    assert as_the_worker(usecases.send, letter, at=timezone.now()) == ""
    assert len(post.letters) == 1


def test_a_post_that_refuses_is_tried_again_and_then_written_down(desk: Desk, post: Post):
    desk.hand_in(JONAS)
    post.refuses = True
    (letter,) = queued(desk, "receipt")
    with pytest.raises(usecases.POST_TROUBLE):
        as_the_worker(usecases.send, letter, at=timezone.now())
    post.refuses = False
    assert as_the_worker(usecases.send, letter, at=timezone.now()) == "sent"


def test_the_worker_sends_what_waits(desk: Desk, post: Post):
    from procrastinate.contrib.django import app

    desk.hand_in(JONAS)
    with in_its_place(), app.replace_connector(app.connector.get_worker_connector()) as worker:
        worker.run_worker(wait=False, install_signal_handlers=False, queues=["letters"])
    assert len(post.letters) == 2


def test_two_weeks_later_the_asker_is_asked_by_letter(desk: Desk, post: Post):
    concern = desk.taken_up(JONAS)
    with acting(desk.els) as me:
        concerns.write_note(Concern.objects.get(pk=concern), text="", reached=True, by=me, at=timezone.now())
    desk.earlier(concern, days=15)
    as_the_worker(clock.ask_whether_true, at=timezone.now())
    assert send_all(desk, "was it true") == ["sent"]
    assert "Jonas" not in post.read()[0].as_string()


def test_a_letter_speaks_the_language_of_the_page(desk: Desk, post: Post):
    from dataclasses import replace

    desk.hand_in(replace(JONAS, language="ar"))
    send_all(desk, "receipt")
    (letter,) = post.read()
    assert letter["Content-Language"] == "ar"
    assert 'dir="rtl"' in letter.get_body(("html",)).get_content()


def test_nobody_who_is_signed_in_reads_or_takes_letters(desk: Desk):
    desk.hand_in(JONAS)
    (letter,) = queued(desk, "receipt")
    with pytest.raises(DatabaseError, match="permission denied"), acting(desk.karin):
        usecases.send(letter, at=timezone.now())


def test_an_address_with_a_line_break_writes_to_nobody_else(desk: Desk, post: Post):
    from dataclasses import replace

    desk.hand_in(replace(JONAS, reach="karin@delinde.example\nBcc: all@school.example"))
    send_all(desk, "receipt")
    (letter,) = post.read()
    assert letter["To"] == "karin@delinde.example"
    assert letter["Bcc"] is None


def test_a_letter_nobody_announced_is_a_mistake(desk: Desk):
    with pytest.raises(kinds.NoSuchLetter):
        usecases.queue("nonsense", uuid4(), at=timezone.now())


@pytest.mark.parametrize(
    ("number", "country", "whole"),
    [
        ("0470 11 22 33", "BE", "32470112233"), ("+31 6 12345678", "BE", "31612345678"), ("0033612345678", "NL", "33612345678"),
        ("06-12345678", "NL", "31612345678"), ("12", "BE", None),
    ],
)  # fmt: skip
def test_a_whatsapp_link_has_the_whole_number(number, country, whole):
    link = whatsapp.link(number, "Hallo & tot straks", country=country)
    assert link == (f"https://wa.me/{whole}?text=Hallo%20%26%20tot%20straks" if whole else "")


def test_a_text_message_link():
    assert sms.link("0470/11 22 33", "Dag!") == "sms:0470112233?body=Dag%21"
