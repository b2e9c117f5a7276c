from collections.abc import Callable, Iterator
from uuid import UUID

import psycopg
import pytest
from django.test import Client

from intake.at_the_door import Door, at_the_door
from intake.desk import Desk
from kring.trust.usecases import accounts

SignIn = Callable[[UUID], Client]


@pytest.fixture
def desk(owner: psycopg.Connection) -> Desk:
    """A village with Els and Marc at the contact point, Karin who teaches, and the next village."""
    return Desk(owner)


@pytest.fixture
def sign_in(desk: Desk) -> SignIn:
    """A browser in which this person is signed in with two factors."""

    def enter(person: UUID) -> Client:
        client = Client()
        desk.account(person)
        client.force_login(
            accounts.of_person(person), backend="allauth.account.auth_backends.AuthenticationBackend"
        )
        session = client.session
        session["second_factor"] = True
        session.save()
        return client

    return enter


@pytest.fixture
def door(owner: psycopg.Connection) -> Iterator[Door]:
    """The contact point of a neighbourhood, and the one of the next village."""
    with at_the_door(owner) as door:
        yield door
