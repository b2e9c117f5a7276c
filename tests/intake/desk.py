"""The contact point of a small village, for tests; and what people tell it."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
from django.utils import timezone

from kring.intake.models import Concern
from kring.intake.usecases import concerns, handing_in
from kring.intake.usecases.handing_in import HandedIn, Told
from kring.trust.models import Village
from kring.trust.viewer import acting
from trust.scenes import Scene, insert

JONAS = Told(
    who_about="Jonas, 3B", seen="Hij is stil de laatste weken.", reach="karin@delinde.example, 0470 11 22 33",
    asker_name="Juf Karin", asker_kind="teacher", family_knows="no", language="nl",
)  # fmt: skip


def told_in(row: dict[str, Any]) -> dict[str, str]:
    """The words of a row, opened."""
    names = ("id", "circle_id", "subject_id", "told_locked")
    return dict.fromkeys(Concern.TOLD, "") | Concern(**{name: row[name] for name in names}).told


class Desk:
    """Els is on duty, Marc stands in, Fien works there too; Karin teaches; Sam works for youth."""

    def __init__(self, owner: psycopg.Connection) -> None:
        self.owner = owner
        self.scene = Scene(owner)
        point = {"role": "contact point", "organisation": "Aanspreekpunt"}
        self.els = self.scene.worker("Els", title="aanspreekpunt", **point)
        self.marc = self.scene.worker("Marc", title="aanspreekpunt", **point)
        self.fien = self.scene.worker("Fien", title="aanspreekpunt", **point)
        self.karin = self.scene.worker("Karin", role="teacher")
        self.sam = self.scene.worker("Sam", organisation="Jeugdwerk")
        insert(
            owner, "intake_duty", village_id=self.scene.village, person_id=self.els, stand_in_id=self.marc,
            since=timezone.now() - timedelta(days=400),
        )  # fmt: skip
        self.village = Village.objects.get(pk=self.scene.village)

    def account(self, person: UUID) -> UUID:
        """The account of this person, made once, with an e-mail address."""
        found = self.owner.execute("SELECT id FROM trust_account WHERE person_id = %s", [person]).fetchone()
        return found[0] if found else insert(
            self.owner, "trust_account", person_id=person, password="!", language="nl", is_active=True, shortcuts=True,
            email=f"{person.hex}@werk.example",
        )  # fmt: skip

    def hand_in(self, told: Told = JONAS, *, at: datetime | None = None, form_key: str = "") -> HandedIn:
        """Somebody without account hands something in."""
        return handing_in.hand_in(
            told, village=self.village, form_key=form_key or uuid4().hex, at=at or timezone.now()
        )

    def taken_up(self, told: Told = JONAS, *, by: UUID | None = None, stand_in: UUID | None = None) -> UUID:
        """Something that Els, or somebody else, has taken up."""
        made = self.hand_in(told)
        with acting(by or self.els) as me:
            concerns.take_up(
                Concern.objects.get(pk=made.concern_id),
                by=me,
                at=timezone.now(),
                stand_in=stand_in or self.marc,
            )
        return made.concern_id

    def seen_by(self, person: UUID) -> list[UUID]:
        """The concerns this person may know of."""
        with acting(person):
            return Concern.objects.order_by("id").ids()

    def row(self, concern: UUID) -> dict[str, Any]:
        """The concern as it truly is, behind all policies."""
        cursor = self.owner.execute("SELECT * FROM intake_concern WHERE id = %s", [concern])
        found = cursor.fetchone()
        row = dict(zip([c.name for c in cursor.description or ()], found, strict=True)) if found else {}
        return row | told_in(row) if row else {}

    def count(self, table: str) -> int:
        """How many rows there truly are."""
        return self.owner.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # type: ignore[index]

    def earlier(self, concern: UUID, **ago: Any) -> None:
        """Everything about this concern happened so much longer ago."""
        by = timedelta(**ago)
        self.owner.execute(
            "UPDATE intake_concern SET at = at - %(by)s, taken_at = taken_at - %(by)s, closed_at = closed_at - %(by)s, "
            "answered_at = answered_at - %(by)s, answer_by = answer_by - %(by)s, forgotten_at = forgotten_at - %(by)s "
            "WHERE id = %(id)s",
            {"by": by, "id": concern},
        )
        self.owner.execute(
            "UPDATE intake_promise SET at = at - %(by)s, due_at = due_at - %(by)s, kept_at = kept_at - %(by)s, "
            "ended_at = ended_at - %(by)s WHERE concern_id = %(id)s",
            {"by": by, "id": concern},
        )
