"""A new password by mail: for whoever is known, while no answer and no time tells who is."""

import re
import threading
from collections.abc import Sequence
from typing import Any
from urllib.parse import unquote

import psycopg
import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.test import Client

from kring.web.trust import later
from web.doorstep import Doorstep, browser, somewhere
from web.test_sign_in_of_staff import password, staff


class Slow(BaseEmailBackend):
    """A mail server that takes its time, and then is away."""

    asked, answers = threading.Event(), threading.Event()

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Whoever waits for it waits."""
        self.asked.set()
        assert self.answers.wait(30)
        raise OSError("away")


def test_a_new_password_comes_by_mail_and_needs_the_second_factor_still(
    at_the_door: Doorstep, owner: psycopg.Connection
) -> None:
    staff(owner, at_the_door)
    client = Client(REMOTE_ADDR=somewhere())
    client.post("/password/forgotten/", {"email": "els@linde.example"})
    client.post("/password/forgotten/", {"email": "nobody@linde.example"})
    later.wait()
    assert len(mail.outbox) == 1
    address = unquote(re.search(r"https?://[^/]+(/password/new/\S+)", mail.outbox[0].body).group(1))
    form = client.get(address, follow=True)
    new = "seven quiet boats at noon"
    done = client.post(form.request["PATH_INFO"], {"password1": new, "password2": new})
    assert done["Location"] == "/password/new/done/"
    assert password(browser(), word=new)["Location"] == "/sign-in/code/"
    assert password(browser()).status_code == 200


def test_no_page_waits_for_the_mail_server_or_its_time_would_tell_who_is_known(
    at_the_door: Doorstep,
    owner: psycopg.Connection,
    settings: Any,
    caplog: pytest.LogCaptureFixture,
) -> None:
    staff(owner, at_the_door)
    settings.EMAIL_BACKEND = f"{__name__}.Slow"
    sent = Client(REMOTE_ADDR=somewhere()).post("/password/forgotten/", {"email": "els@linde.example"})
    assert sent["Location"] == "/password/forgotten/sent/"
    assert Slow.asked.wait(30)
    Slow.answers.set()
    later.wait()
    assert [line.getMessage() for line in caplog.records if line.name == "kring.letters"] == [
        "A letter about signing in could not leave: OSError"
    ]
