"""Scenes and signed-in browsers for the directory."""

from collections.abc import Callable
from uuid import UUID, uuid4

import psycopg
import pytest
from django.test import Client

from network.samples import OFFERS
from network.scene import NOW, Scene, build
from trust.kept_scenes import once

SignIn = Callable[[UUID], Client]


@pytest.fixture
def scene(owner: psycopg.Connection, request: pytest.FixtureRequest) -> Scene:
    """The small village of the directory, committed; with the pilots' offers where a test asks for them."""
    if "pilots" in request.fixturenames:
        return once(owner, "directory with the pilots", lambda: _taken_over(build(owner)))
    return once(owner, "directory", lambda: build(owner))


@pytest.fixture
def sign_in(scene: Scene, owner: psycopg.Connection) -> SignIn:
    """A browser in which this person is signed in with two factors."""

    def enter(person: UUID) -> Client:
        owner.execute(
            "INSERT INTO trust_account (id, person_id, password, language, is_active, shortcuts) "
            "VALUES (%s, %s, '!', 'en', true, true)",
            [uuid4(), person],
        )
        from kring.trust.usecases import accounts

        client = Client()
        client.force_login(
            accounts.of_person(person), backend="allauth.account.auth_backends.AuthenticationBackend"
        )
        session = client.session
        session["second_factor"] = True
        session.save()
        return client

    return enter


@pytest.fixture
def pilots(scene: Scene) -> Scene:
    """The village with the six pilots' offers taken over."""
    return scene


def _taken_over(scene: Scene) -> Scene:
    from kring.network.usecases import lists

    with scene.as_(scene.network) as nora:
        draft = lists.look("hsds-services.json", OFFERS.read_bytes(), by=nora, at=NOW)
        lists.take_over(draft, by=nora, at=NOW)
    return scene
