"""Scenes at the door: a family with a coordinator, a stranger, and browsers in which they are signed in."""

import io
import re
import time
import uuid
from dataclasses import dataclass
from typing import Any

import psycopg
from django.test import Client
from PIL import Image

from kring.trust.models import Account
from kring.trust.usecases import accounts
from trust.scenes import LONG_AGO, Scene, insert

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@dataclass
class Doorstep:
    """Samira is the mother, Jonas her son, Els the coordinator, Wim the contact point, Ada keeps the sign-in."""

    scene: Scene
    samira: uuid.UUID
    jonas: uuid.UUID
    els: uuid.UUID
    wim: uuid.UUID
    ada: uuid.UUID
    stranger: uuid.UUID
    family: uuid.UUID
    circle: uuid.UUID


def picture(size: tuple[int, int] = (60, 40), kind: str = "PNG", **more: Any) -> bytes:
    """A picture as somebody sends it."""
    sent = io.BytesIO()
    Image.new("RGB", size, "teal").save(sent, kind, **more)
    return sent.getvalue()


def build(owner: psycopg.Connection) -> Doorstep:
    """One family and those around it."""
    scene = Scene(owner)
    samira, jonas, stranger = scene.person("Samira"), scene.person("Jonas"), scene.person("Stan")
    els, wim = scene.worker("Els", "coordinator"), scene.worker("Wim", "contact point", "Town")
    ada = scene.worker("Ada", "administrator", "Town")
    insert(owner, "trust_circle", village_id=scene.village, kind="village", name="", safety=False, secrecy=False,
           opened_at=LONG_AGO)  # fmt: skip
    family = insert(owner, "trust_family", village_id=scene.village, name="De Smets", opened_at=LONG_AGO)
    for person, kind in ((samira, "guardian"), (jonas, "child")):
        insert(
            owner,
            "trust_familymember",
            family_id=family,
            person_id=person,
            kind=kind,
            relation="",
            authority=True,
        )
    circle = insert(
        owner, "trust_circle", village_id=scene.village, family_id=family, kind="family", name="", safety=False,
        secrecy=False, opened_at=LONG_AGO,
    )  # fmt: skip
    scene.seat(circle, samira, role="guardian", ground="guardian", ring=1)
    scene.seat(circle, jonas, role="child", ground="own choice", ring=1)
    scene.seat(circle, els, role="coordinator", ground="job", job_id=scene.jobs[els], ring=3)
    return Doorstep(scene, samira, jonas, els, wim, ada, stranger, family, circle)


def account(owner: psycopg.Connection, person: uuid.UUID, email: str | None = None) -> Account:
    """An account of this person, committed."""
    made = uuid.uuid4()
    owner.execute(
        "INSERT INTO trust_account (id, person_id, email, password, language, is_active, shortcuts) "
        "VALUES (%s, %s, %s, '!', '', true, true)",
        [made, person, email],
    )
    return accounts.of_person(person)


def somewhere() -> str:
    """An address no other test comes from, since limits are counted for all of them."""
    return ".".join(str(part % 254 + 1) for part in uuid.uuid4().bytes[:4])


def browser(
    owner: psycopg.Connection | None = None,
    person: uuid.UUID | None = None,
    *,
    second: bool = True,
    shown: bool = True,
) -> Client:
    """A browser; with a person, one in which they are signed in, and showed that it is they themselves."""
    client = Client(REMOTE_ADDR=somewhere())
    if person is not None and owner is not None:
        found = accounts.of_person(person) if accounts.has_account(person) else account(owner, person)
        client.force_login(found, backend=BACKEND)
        session = client.session
        session["second_factor"] = second
        session["only_you"] = time.time() + 60 * 60 * 24 if shown else 0
        session.save()
    return client


def fresh(
    owner: psycopg.Connection, person: uuid.UUID, *, minutes_ago: float = 0, method: str = "mfa"
) -> Client:
    """A browser in which this person showed a second factor so many minutes ago."""
    client = browser(owner, person)
    show(client, minutes_ago=minutes_ago, method=method)
    return client


def show(client: Client, *, minutes_ago: float = 0, method: str = "mfa") -> None:
    """Who is signed in here showed a second factor so many minutes ago."""
    session = client.session
    session["account_authentication_methods"] = [
        {"method": method, "at": time.time() - 60 * minutes_ago, "reauthenticated": True}
    ]
    session["account_authentication_methods_user"] = session["_auth_user_id"]
    session.save()


def bare(page: bytes) -> bytes:
    """A page without what differs by chance: the token against forged forms, and the address itself."""
    page = re.sub(rb'(name="csrfmiddlewaretoken" value=|"X-CSRFToken": |data-whose=)"[^"]+"', b"", page)
    return re.sub(rb'name="next" value="[^"]*"', b"", page)
