"""In the demonstration one can be anybody; anywhere else these pages do not exist. And languages (E8)."""

import uuid
from types import SimpleNamespace

import psycopg
import pytest
from django.test import override_settings

from kring.web.trust import demo
from web.doorstep import Doorstep, account, bare, browser


@pytest.fixture
def cast(at_the_door: Doorstep, monkeypatch: pytest.MonkeyPatch) -> list[SimpleNamespace]:
    people = [
        SimpleNamespace(
            id=at_the_door.samira, name="Samira", group="De Smets", kind="family", sentence="", language="ar"
        ),
        SimpleNamespace(
            id=at_the_door.els, name="Els", group="Work", kind="professional", sentence="", language=""
        ),
    ]
    monkeypatch.setattr(demo, "people", lambda: people)
    return people


def test_elsewhere_the_demonstration_does_not_exist(
    at_the_door: Doorstep, cast: list[SimpleNamespace]
) -> None:
    visitor = browser()
    answers = [
        visitor.get("/demo/"),
        visitor.post(f"/demo/be/{at_the_door.samira}/"),
        visitor.get("/demo/be/x/"),
    ]
    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert bare(answers[0].content) == bare(visitor.get("/dema/").content)
    assert "__Host-kring" not in visitor.cookies


def test_in_the_demonstration_one_tap_makes_one_anybody(
    at_the_door: Doorstep, cast: list[SimpleNamespace]
) -> None:
    with override_settings(DEMO=True):
        visitor = browser()
        assert "Samira" in visitor.get("/demo/").content.decode()
        assert visitor.post(f"/demo/be/{at_the_door.samira}/").status_code == 302
        assert visitor.get("/")["Location"] == f"/family/{at_the_door.family}/"
        assert 'dir="rtl"' in visitor.get("/account/").content.decode()
        visitor.post(f"/demo/be/{at_the_door.els}/")
        assert visitor.get("/")["Location"] == "/today/"
        assert 'dir="ltr"' in visitor.get("/account/").content.decode()


def test_only_members_of_the_cast_can_be_been(at_the_door: Doorstep, cast: list[SimpleNamespace]) -> None:
    with override_settings(DEMO=True):
        visitor = browser()
        for somebody in (at_the_door.wim, uuid.uuid4()):
            assert visitor.post(f"/demo/be/{somebody}/").status_code == 404
        assert visitor.get("/account/").status_code == 302
        assert visitor.get(f"/demo/be/{at_the_door.els}/").status_code == 405


@pytest.mark.parametrize(
    ("asked", "code", "direction"),
    [("ar", "ar", "rtl"), ("nl-BE,fr;q=0.5", "nl", "ltr"), ("xx", "en", "ltr"), ("fr-CA", "fr", "ltr")],
)
def test_the_browser_asks_for_a_language(
    at_the_door: Doorstep, asked: str, code: str, direction: str
) -> None:
    answer = browser().get("/sign-in/", headers={"Accept-Language": asked})
    assert f'<html lang="{code}" dir="{direction}"' in " ".join(answer.content.decode().split())
    assert answer["Content-Language"] == code


def test_a_chosen_language_survives_signing_in(at_the_door: Doorstep, owner: psycopg.Connection) -> None:
    from kring.trust.usecases import accounts
    from web.test_sign_in_by_link import a_link

    made = a_link(at_the_door)
    account(owner, at_the_door.samira)
    phone = browser()
    answer = phone.post("/language/", {"language": "fr", "next": "/sign-in/"})
    assert answer["Location"] == "/sign-in/"
    phone.post(f"/l/{made.token}/", {"code": made.code})
    assert '<html lang="fr"' in phone.get("/account/").content.decode()
    assert accounts.of_person(at_the_door.samira).language == "fr"
    phone.post("/sign-out/")
    assert '<html lang="fr"' in phone.get("/").content.decode()


def test_the_language_of_an_account_comes_along(at_the_door: Doorstep, owner: psycopg.Connection) -> None:
    from web.test_sign_in_by_link import a_link

    made = a_link(at_the_door)
    account(owner, at_the_door.samira)
    owner.execute("UPDATE trust_account SET language = 'ar'")
    phone = browser()
    phone.post(f"/l/{made.token}/", {"code": made.code})
    assert 'dir="rtl"' in phone.get("/account/").content.decode()
    phone.post("/language/", {"language": "nl"})
    assert '<html lang="nl"' in phone.get("/account/").content.decode()


@pytest.mark.parametrize(
    "sent", [{}, {"language": "xx"}, {"language": "\0"}, {"language": "nl", "next": "//evil.example"}]
)
def test_an_odd_choice_leads_to_the_first_page(at_the_door: Doorstep, sent: dict[str, str]) -> None:
    assert browser().post("/language/", sent)["Location"] == "/"
