"""A random world behind real pages: what the oracle allows, and what stands on the page of somebody who is signed in."""

import re
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch
from uuid import UUID, uuid4

from django.db import connection
from django.test import Client

from kring.commands.harness_world import World
from oracle.facts import Circle, moment
from oracle.knowing import PASSED_BY_DANGER
from oracle.world import Operation
from oracle.world import World as Oracle
from proofs import laid
from trust.unheard import unheard

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
MARKS = re.compile("«([^»]+)»")
#: Each item of the world as something a family tells, told by a child of that family.
TELL = """INSERT INTO wraparound_story
(id, circle_id, subject_id, author_id, at, text, language, told_by_id, how, interpreter)
SELECT n.id, n.circle_id, n.subject_id, n.author_id, n.at, '«' || n.text || '»', 'en', kid.person_id, 'typed', ''
FROM wraparound_note n JOIN trust_circle c ON c.id = n.circle_id
JOIN LATERAL (SELECT m.person_id FROM trust_familymember m WHERE m.family_id = c.family_id AND m.kind = 'child' LIMIT 1) kid ON true"""


class Pages:
    """The pages of one world, at any moment."""

    def __init__(self, world: World) -> None:
        self.world, self.accounts = world, dict[UUID, Any]()

    def forget(self) -> None:
        """Everything of the world before, so that it can be emptied."""
        owner = self.world.owner
        owner.execute("RESET ROLE")
        with unheard(owner):
            for table in (*laid.TABLES, "trust_session", "trust_account", "trust_entry", "devices_device"):
                if owner.execute("SELECT to_regclass(%s)", [table]).fetchone()[0]:  # type: ignore[index]
                    owner.execute(f"DELETE FROM {table}")
        owner.execute("SET ROLE kring_gatekeeper")
        self.accounts.clear()

    def tell_anew(self) -> None:
        """The stories as the items lie now."""
        self.world.owner.execute("DELETE FROM wraparound_story")
        self.world.owner.execute(TELL)

    def shown(self, op: Operation, family: str) -> set[str] | None:
        """What stands on this family's page for who asks; nothing at all when there is no such page."""
        with self.at(op["at"]):
            answer = self.browser_of(op["viewer"]).get(f"/family/{self.world.names[family][1]}/story/")
        if answer.status_code == 404:
            return None
        assert answer.status_code == 200, answer.status_code
        return set(MARKS.findall(answer.content.decode()))

    @contextmanager
    def at(self, moment_of: str) -> Iterator[None]:
        """It is that moment, for the database and for the pages."""
        at = moment(moment_of)
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('harness.at', %s, false)", [at.isoformat()])
        with patch("django.utils.timezone.now", lambda: at):
            yield

    def browser_of(self, name: str) -> Client:
        """A browser in which this person of the world is signed in."""
        return self._browser(self.world.names[name][1])

    def _browser(self, person: UUID) -> Client:
        from kring.trust.usecases import accounts

        if person not in self.accounts:
            self.world.owner.execute(
                "INSERT INTO trust_account (id, person_id, email, password, language, is_active, shortcuts) "
                "VALUES (%s, %s, %s, '!', 'en', true, true)", [uuid4(), person, f"{person}@example.org"],
            )  # fmt: skip
            self.accounts[person] = accounts.of_person(person)
        client = Client()
        client.force_login(self.accounts[person], backend=BACKEND)
        session = client.session
        session["second_factor"] = True
        session["only_you"] = time.time() + 60 * 60 * 24
        session.save()
        return client


def allowed(oracle: Oracle, op: Operation, family: str) -> set[str] | None:
    """What the oracle lets stand there; nothing at all when the family's circle is not open to who asks."""
    viewer, at = oracle.persons[op["viewer"]], moment(op["at"])
    bars, carrying = oracle._bars(viewer, at)
    seats, dangers = oracle._open_seats(viewer, at, carrying), oracle._open_dangers(viewer, at, carrying)
    mine = [circle for circle in oracle.circles_of[family] if circle.kind == "family"]
    if not any(_opens(one, bars.get(one.subject, set()), seats.keys(), dangers) for one in mine):
        return None
    return {one for one in oracle.ask(viewer, at) if _family(oracle, one) == family}


def _opens(circle: Circle, grounds: set[str], seats: Collection[str], dangers: Collection[str]) -> bool:
    """Whether the circle itself is open: what it says of a child is hidden as a row about that child would be."""
    by_seat = circle.id in seats and not grounds
    return by_seat or (circle.id in dangers and not grounds.difference(PASSED_BY_DANGER))


def _family(oracle: Oracle, item: str) -> str | None:
    family = oracle.items[item].circle.family
    return family.id if family else None


def fullest(oracle: Oracle) -> str:
    """The family with a circle of its own and the most around it."""
    with_circle = [
        name for name in oracle.families if any(one.kind == "family" for one in oracle.circles_of[name])
    ]
    return max(with_circle or oracle.families, key=lambda name: len(oracle.circles_of[name]))
