"""A family with two guardians, a girl of 14 and a boy of 8, a contact point worker and a teacher."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import psycopg

from kring.trust import viewer
from kring.trust.models import Circle, Job
from kring.trust.usecases import circles, coordinators
from kring.trust.usecases.circles import Guest
from kring.trust.usecases.families import FamilysYes, NewChild, NewGuardian, open_family
from trust.scenes import Scene

AT = datetime.now(UTC) - timedelta(days=3)
SOON = AT + timedelta(hours=1)


class FamilyScene(Scene):
    """Naima and Karim, their children Samira and Yassin; Els of the contact point, Noor, and teacher Lotte."""

    def __init__(self, owner: psycopg.Connection, country: str = "BE") -> None:
        super().__init__(owner, country)
        self.els = self.worker("Els", "contact point", "Huis van het Kind")
        self.noor = self.worker("Noor", "worker", "Girlz Lounge", title="coach")
        self.lotte = self.worker("Lotte", "teacher", "School De Linde", title="teacher")
        with viewer.acting(self.els) as me:
            opened = open_family(
                "Familie Amrani",
                children=[NewChild("Samira", "", date(2012, 1, 4)), NewChild("Yassin", "", date(2018, 1, 4))],
                guardians=[NewGuardian("Naima", "", "mother", phone="0470 11 11 11"), NewGuardian("Karim", "", "father")],
                yes=FamilysYes("Naima", "in person"), by=me, at=AT,
            )  # fmt: skip
        self.family, self.circle = opened.family.pk, opened.circle.pk
        self.naima, self.karim = (p.pk for p in opened.guardians)
        self.samira, self.yassin = (p.pk for p in opened.children)
        self.own = dict(zip((self.samira, self.yassin), (c.pk for c in opened.own_circles), strict=True))

    def ask(
        self,
        by: UUID,
        guest: Guest | None = None,
        *,
        job_of: UUID | None = None,
        at: datetime = AT,
        **more: Any,
    ):
        """An invitation by somebody, for a guest or for a worker."""
        with viewer.acting(by) as me:
            word_of = more.pop("word_of", None)
            if job_of is not None:
                guest = Guest(
                    job=Job.objects.get(person_id=job_of), role="professional", relation="teacher", **more
                )
            return circles.invite(Circle.objects.get(pk=self.circle), guest, by=me, at=at, word_of=word_of)

    def say(self, invitation, yes: bool = True, at: datetime = SOON) -> str | None:
        """The invited answers."""
        with viewer.acting(invitation.person_id) as me:
            return circles.answer(invitation.pk, yes, by=me, at=at)

    def let_in(self, by: UUID, guest: Guest | None = None, **more: Any) -> UUID:
        """Asked in and said yes; the person."""
        invitation = self.ask(by, guest, **more)
        assert self.say(invitation) == "yes"
        return invitation.person_id

    def coordinate(self, who: UUID, by: UUID | None = None, at: datetime = AT, **more: Any) -> None:
        """The family chooses this worker as coordinator, who says yes."""
        with viewer.acting(by or self.naima) as me:
            job = Job.objects.get(person_id=who)
            asked = coordinators.choose(Circle.objects.get(pk=self.circle), job, by=me, at=at, **more)
        assert self.say(asked, at=at + timedelta(minutes=1)) == "yes"
