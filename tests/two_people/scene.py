"""A village with two trust officers, a family with two children and a teacher, and asking by hand-made SQL."""

import json
import uuid
from datetime import date

import psycopg
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from kring.trust import viewer
from kring.trust.models import Matter
from kring.trust.usecases import two_people
from trust.scenes import LONG_AGO, insert
from web import doorstep


class House(doorstep.Doorstep):
    """The doorstep with Vera and Omar as trust officers, and Lotte the teacher who sits with the family."""

    def __init__(self, owner: psycopg.Connection) -> None:
        super().__init__(**vars(doorstep.build(owner)))
        self.owner = owner
        self.vera = self.scene.worker("Vera", "trust officer", "Town")
        self.omar = self.scene.worker("Omar", "trust officer", "Town")
        self.lotte = self.scene.worker("Lotte", "teacher")
        self.scene.seat(
            self.circle,
            self.lotte,
            ground="job",
            job_id=self.scene.jobs[self.lotte],
            role="professional",
            ring=3,
        )
        for person, born in ((self.jonas, date(2016, 3, 4)),):
            owner.execute(
                "INSERT INTO trust_birth (person_id, born, circle_id) VALUES (%s, %s, %s)",
                [person, born, self.circle],
            )

    def asks(self, who: uuid.UUID, kind: str, why: str = "de school vroeg het", **facts: object) -> Matter:
        """Somebody asks for a second yes."""
        with viewer.acting(who) as me:
            return two_people.ask(kind, plain(facts), why, by=me, at=timezone.now())

    def answers(self, who: uuid.UUID, matter: Matter, yes: bool = True, why: str = "") -> str:
        """Somebody answers."""
        with viewer.acting(who) as me:
            return two_people.answer(matter, yes, why, by=me, at=timezone.now())

    def conflict(self, who: uuid.UUID | None = None, **more: object) -> Matter:
        """Els asks that Lotte knows nothing of Jonas any more."""
        told = {"family": self.family, "subject": self.jonas, "person": self.lotte} | more
        return self.asks(who or self.els, "conflict", **told)

    def one(self, question: str, *values: object) -> object:
        """One answer from behind the scene."""
        return self.owner.execute(question, values).fetchone()[0]


def plain(facts: dict) -> dict:
    """Facts as they are written down."""
    return json.loads(json.dumps(facts, default=str))


def refused(
    who: uuid.UUID,
    statement: str,
    *values: object,
    seen_as: uuid.UUID | None = None,
    scope: uuid.UUID | None = None,
) -> str:
    """What the database says to a statement made by hand as this person, with the rights of the serving role."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            viewer.identify(who, seen_as=seen_as, scope=scope)
            cursor.execute(statement, list(values))
            return str(cursor.rowcount if cursor.description is None else cursor.fetchone()[0])
    except DatabaseError as problem:
        return str(problem).splitlines()[0]


__all__ = ["LONG_AGO", "House", "insert", "plain", "refused"]
