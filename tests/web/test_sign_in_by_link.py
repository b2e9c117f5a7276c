"""Families come by a link and a code from another channel (K13, E10)."""

import re
import uuid
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from django.test import Client
from django.utils import timezone

from kring.trust import viewer
from kring.trust.models import Link, Person
from kring.trust.permissions import NotAllowed
from kring.trust.usecases import links
from web.doorstep import Doorstep, bare, browser, somewhere


def a_link(house: Doorstep, purpose: str = "sign in", object_id: uuid.UUID | None = None) -> links.Made:
    """Els makes a link for Samira."""
    with viewer.acting(house.els) as els:
        samira = Person.objects.get(pk=house.samira)
        return links.make(samira, purpose, object_id, by=els, at=timezone.now())


def wrong(code: str) -> str:
    return "999999" if code != "999999" else "111111"


def test_a_mother_comes_in_with_link_and_code(at_the_door: Doorstep) -> None:
    made = a_link(at_the_door)
    phone = browser()
    assert "code" in phone.get(f"/l/{made.token}/").content.decode()
    answer = phone.post(f"/l/{made.token}/", {"code": made.in_groups})
    assert answer.status_code == 302
    assert phone.get("/")["Location"] == f"/family/{at_the_door.family}/"


def test_the_code_may_be_typed_in_arabic_digits(at_the_door: Doorstep) -> None:
    made = a_link(at_the_door)
    typed = made.code.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    assert browser().post(f"/l/{made.token}/", {"code": typed}).status_code == 302


def test_neither_token_nor_code_is_kept(at_the_door: Doorstep, owner: psycopg.Connection) -> None:
    made = a_link(at_the_door)
    kept = owner.execute("SELECT l::text FROM trust_link l").fetchone()[0]
    assert made.token not in kept
    assert made.code not in kept


def test_the_fifth_wrong_code_ends_the_link(at_the_door: Doorstep) -> None:
    made = a_link(at_the_door)
    phone = browser()
    answers = [phone.post(f"/l/{made.token}/", {"code": wrong(made.code)}).status_code for _ in range(5)]
    assert answers == [422, 422, 422, 422, 404]
    assert phone.post(f"/l/{made.token}/", {"code": made.code}).status_code == 404


def test_a_code_of_the_wrong_length_costs_no_try(at_the_door: Doorstep) -> None:
    made = a_link(at_the_door)
    phone = browser()
    for typed in ("", "12", "1" * 19, "abc", "\u202e12\x00", "１２"):
        assert phone.post(f"/l/{made.token}/", {"code": typed}).status_code == 422
    assert phone.post(f"/l/{made.token}/", {"code": made.code}).status_code == 302


def test_another_device_finds_nothing(at_the_door: Doorstep) -> None:
    made = a_link(at_the_door)
    assert browser().post(f"/l/{made.token}/", {"code": made.code}).status_code == 302
    other = browser()
    assert other.get(f"/l/{made.token}/").status_code == 404
    assert other.post(f"/l/{made.token}/", {"code": made.code}).status_code == 404


def test_a_second_click_on_the_same_device_goes_on(at_the_door: Doorstep) -> None:
    made = a_link(at_the_door)
    phone = browser()
    for _ in range(3):
        assert phone.post(f"/l/{made.token}/", {"code": made.code}).status_code == 302
    assert phone.get("/").status_code == 302


def test_unknown_expired_used_up_and_another_devices_link_answer_the_same(
    at_the_door: Doorstep, owner: psycopg.Connection
) -> None:
    expired, used, elsewhere = a_link(at_the_door), a_link(at_the_door), a_link(at_the_door)
    owner.execute(
        "UPDATE trust_link SET until = %s WHERE token_hash = %s",
        [timezone.now() - timedelta(seconds=1), links.token_hash(expired.token)],
    )
    owner.execute(
        "UPDATE trust_link SET wrong_codes = 5 WHERE token_hash = %s", [links.token_hash(used.token)]
    )
    browser().post(f"/l/{elsewhere.token}/", {"code": elsewhere.code})
    tokens = [expired.token, used.token, elsewhere.token, links.new_secrets().token]
    answers = {bare(browser().get(f"/l/{token}/").content) for token in tokens}
    assert len(answers) == 1
    assert b"015 00 00 00" in answers.pop()


def test_a_link_to_one_object_opens_only_that(at_the_door: Doorstep) -> None:
    made = a_link(at_the_door, "approve", at_the_door.family)
    phone = browser()
    answer = phone.post(f"/l/{made.token}/", {"code": made.code})
    assert answer["Location"] == f"/a/{at_the_door.family}/"
    assert phone.get("/").status_code == 200
    assert phone.get("/account/")["Location"].startswith("/sign-in/")


def test_who_signs_in_gets_a_new_session(at_the_door: Doorstep) -> None:
    made = a_link(at_the_door)
    phone = browser()
    session = phone.session
    session["planted"] = "by somebody else"
    session.save()
    before = phone.cookies["__Host-kring"].value if "__Host-kring" in phone.cookies else session.session_key
    phone.post(f"/l/{made.token}/", {"code": made.code})
    assert phone.cookies["__Host-kring"].value != before
    assert "planted" not in phone.session


def test_trying_many_links_from_one_address_is_slowed(at_the_door: Doorstep) -> None:
    phone = Client(REMOTE_ADDR=somewhere())
    answers = [phone.post(f"/l/{uuid.uuid4().hex}/", {"code": "123456"}).status_code for _ in range(31)]
    assert answers[:30] == [404] * 30
    assert answers[30] == 429


@pytest.mark.parametrize("maker", ["stranger", "wim", "ada", "jonas"])
def test_only_who_meets_the_mother_makes_her_a_way_in(at_the_door: Doorstep, maker: str) -> None:
    """Not a stranger, not a contact point without her circle, not the administrator, not even her son."""
    from django.db import DatabaseError, transaction

    samira = Person(pk=at_the_door.samira, village_id=at_the_door.scene.village, given_name="Samira")
    with (
        pytest.raises((NotAllowed, DatabaseError)),
        transaction.atomic(),
        viewer.acting(getattr(at_the_door, maker)) as me,
    ):
        links.make(samira, Link.Purpose.SIGN_IN, None, by=me, at=timezone.now())


def test_nobody_but_the_administrator_makes_a_worker_a_way_in(at_the_door: Doorstep) -> None:
    from django.db import DatabaseError, transaction

    with pytest.raises(DatabaseError), transaction.atomic(), viewer.acting(at_the_door.wim) as wim:
        links.make(Person.objects.get(pk=at_the_door.els), "sign in", None, by=wim, at=timezone.now())


def test_a_card_shows_square_address_and_code_once(at_the_door: Doorstep, owner: psycopg.Connection) -> None:
    desk = browser(owner, at_the_door.els)
    assert desk.get(f"/links/new/{at_the_door.samira}/").status_code == 200
    page = desk.post(f"/links/new/{at_the_door.samira}/").content.decode()
    assert "<svg" in page
    token = re.search(r"/l/([\w-]+)/", page).group(1)
    code = re.search(r'aria-label="(\d{3} \d{3})"', page).group(1)
    assert browser().post(f"/l/{token}/", {"code": code}).status_code == 302


def test_a_card_for_somebody_hidden_is_not_here(at_the_door: Doorstep, owner: psycopg.Connection) -> None:
    desk = browser(owner, at_the_door.els)
    hidden = desk.get(f"/links/new/{at_the_door.stranger}/")
    missing = desk.get(f"/links/new/{uuid.uuid4()}/")
    assert hidden.status_code == missing.status_code == 404
    assert bare(hidden.content) == bare(missing.content)


def test_nobody_is_shown_the_form_of_a_card_that_would_be_refused(
    at_the_door: Doorstep, owner: psycopg.Connection
) -> None:
    worker = browser(owner, at_the_door.wim)
    assert worker.get(f"/links/new/{at_the_door.els}/").status_code == 403
    assert worker.post(f"/links/new/{at_the_door.els}/").status_code == 409, "the database says no as well"


def test_who_joins_by_link_is_in_only_the_first_time(
    at_the_door: Doorstep, owner: psycopg.Connection, rf: Any
) -> None:
    """Whoever asks somebody in holds link and code; they must not become somebody who signs in already."""
    from django.contrib.auth.models import AnonymousUser

    from kring.web import sessions

    def joining(person: uuid.UUID) -> bool:
        request = rf.post("/")
        request.session, request.user = sessions.SessionStore(), AnonymousUser()
        return sessions.begin_first_time(request, person)

    assert joining(at_the_door.stranger)
    assert not joining(at_the_door.stranger)
    assert not joining(at_the_door.els)


def test_a_link_is_never_the_second_factor_of_staff(
    at_the_door: Doorstep, owner: psycopg.Connection, rf: Any
) -> None:
    from django.contrib.auth.models import AnonymousUser

    from kring.trust.usecases import accounts
    from kring.web import sessions

    request = rf.post("/")
    request.session, request.user = sessions.SessionStore(), AnonymousUser()
    sessions.begin(request, accounts.of_person(at_the_door.els), second=True, method="link")
    assert not sessions.has_second_factor(request)


def test_who_is_in_already_stays_in(at_the_door: Doorstep, owner: psycopg.Connection) -> None:
    made = a_link(at_the_door, "approve", at_the_door.family)
    samira = browser(owner, at_the_door.samira)
    assert samira.post(f"/l/{made.token}/", {"code": made.code})["Location"] == f"/a/{at_the_door.family}/"
    assert samira.get("/account/").status_code == 200


def test_who_opens_somebody_elses_link_is_nobody_else_at_the_same_time(
    at_the_door: Doorstep, owner: psycopg.Connection
) -> None:
    made = a_link(at_the_door, "approve", at_the_door.family)
    els = browser(owner, at_the_door.els)
    els.post(f"/l/{made.token}/", {"code": made.code})
    assert els.get("/account/").status_code == 302
