"""A family whose coordinator leaves: Noor coordinates, Lotte comes next, Naima and Samira decide, Karim too."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from kring.trust import viewer
from kring.trust.models import Circle, HandOver, Invitation, Job
from kring.trust.usecases import circles, handovers
from kring.trust.usecases.handovers import Told
from trust.circle_scene import AT, FamilyScene

NOW = AT + timedelta(days=1)


def day(days: int) -> date:
    """So many days after the hand-over is said."""
    return timezone.localdate(NOW) + timedelta(days=days)


class HandOverScene(FamilyScene):
    """The family of the circle's tests, with a coordinator."""

    def __init__(self, owner: Any) -> None:
        super().__init__(owner)
        self.coordinate(self.noor)

    def begin(
        self, by: UUID | None = None, *, begins: int = 5, last: int = 12, told: bool = True, **more: Any
    ) -> HandOver:
        """Noor has told Naima, or the family wants another one."""
        with viewer.acting(by or self.noor) as me:
            whom = Told(more.pop("whom", self.naima), "talk", more.pop("on", day(-1))) if told else None
            return handovers.begin(
                Circle.objects.get(pk=self.circle), begins_on=day(begins), last_on=day(last), by=me,
                at=more.pop("at", NOW), told=whom,
            )  # fmt: skip

    def ask_next(
        self, whom: UUID, by: UUID | None = None, *, word_of: UUID | None = None, at: Any = NOW
    ) -> Invitation:
        """The next one is asked on the word of Naima, or by the family."""
        with viewer.acting(by or self.noor) as me:
            job = Job.objects.get(person_id=whom)
            word_of = word_of if by else word_of or self.naima
            return handovers.ask_next(Circle.objects.get(pk=self.circle), job, by=me, at=at, word_of=word_of)

    def arranged(self, begins: int = 5, last: int = 12) -> HandOver:
        """Begun, asked, and said yes to."""
        hand_over = self.begin(begins=begins, last=last)
        invitation = self.ask_next(self.lotte)
        with viewer.acting(self.lotte) as me:
            assert circles.answer(invitation.pk, True, by=me, at=NOW) == "yes"
        with viewer.acting(self.naima):
            return HandOver.objects.get(pk=hand_over.pk)

    def sits(self, who: UUID, at: Any, circle: UUID | None = None) -> str:
        """The role in which somebody sits at this moment, as the database reckons it; empty when not at all."""
        found = self.owner.execute(
            "SELECT s.role FROM trust_access a JOIN trust_seat s ON s.id = a.source_id "
            "WHERE a.viewer_id = %s AND a.circle_id = %s AND a.since <= %s AND %s < a.until",
            [who, circle or self.circle, at, at],
        ).fetchall()
        plainly = self.owner.execute(
            "SELECT trust.seat_says_so(%s, %s, %s, %s)", [who, circle or self.circle, at, at]
        ).fetchone()[0]
        assert len(found) <= 1
        assert bool(found) == plainly
        return found[0][0] if found else ""

    def coordinators(self, at: Any) -> list[UUID]:
        """Who coordinates at this moment."""
        return [who for who in (self.noor, self.lotte, self.els) if self.sits(who, at) == "coordinator"]
