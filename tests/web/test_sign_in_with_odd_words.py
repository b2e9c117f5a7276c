"""What people type to come in may be anything: a clear sentence, nothing half-written, no mistake of ours."""

import psycopg
import pytest

from web.doorstep import Doorstep, browser
from web.test_sign_in_of_staff import staff

ODD = {
    "a null byte": "a\0b",
    "right to left": "Ne\u202ele",
    "another alphabet": "ナオミ نعيمة Наїма",
    "a formula": '=HYPERLINK("http://evil.example")',
    "markup": "<script>alert(1)</script>",
    "very long": "x" * 200_000,
    "lone marks": "\u0301\u0301\u200d",
    "nothing but space": " \u2003 ",
}


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD.keys())
def test_odd_words_at_the_door(at_the_door: Doorstep, owner: psycopg.Connection, odd: str) -> None:
    staff(owner, at_the_door)
    client = browser()
    for address, fields in (
        ("/sign-in/", {"login": odd, "password": odd}),
        ("/sign-in/", {"login": "els@linde.example", "password": odd}),
        ("/password/forgotten/", {"email": odd}),
        ("/l/x/", {"code": odd}),
        ("/language/", {"language": odd, "next": odd}),
        ("/sign-in/passkey/", {"credential": odd}),
    ):
        answer = client.post(address, fields)
        assert answer.status_code < 500, address
        assert b"<script>alert" not in answer.content
        assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD.keys())
def test_odd_words_in_an_invitation(at_the_door: Doorstep, owner: psycopg.Connection, odd: str) -> None:
    ada = browser(owner, at_the_door.ada)
    school = at_the_door.scene.organisations["School De Linde"]
    wellformed = {
        "given_name": "Nele", "surname": "", "email": "nele@linde.example", "organisation": str(school), "role": "worker",
    }  # fmt: skip
    before = owner.execute("SELECT count(*) FROM trust_person").fetchone()
    for field in ("email", "organisation", "role"):
        answer = ada.post("/village/invite/", wellformed | {field: odd})
        assert answer.status_code == 422, field
    assert owner.execute("SELECT count(*) FROM trust_person").fetchone() == before
    answer = ada.post("/village/invite/", wellformed | {"given_name": odd})
    assert answer.status_code in (200, 422)
    assert b"<script>alert" not in answer.content
    names = [name for (name,) in owner.execute("SELECT given_name FROM trust_person").fetchall()]
    assert not any("\u202e" in name for name in names)
    assert all(name.strip() for name in names)
