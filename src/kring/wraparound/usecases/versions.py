"""Freezing the plan so that everybody says yes to the same words, and reading who has."""

import json
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import BooleanField, Case, Exists, F, Func, JSONField, OuterRef, Q, Value, When

from kring.trust import journal
from kring.trust.models import Seat
from kring.trust.permissions import NotAllowed, Permission
from kring.trust.statements import Statement
from kring.trust.viewer import Viewer
from kring.wraparound import rules
from kring.wraparound.models import Approval, Goal, Plan, Recording, Sheet, Version
from kring.wraparound.models.recordings import LARGEST
from kring.wraparound.usecases.plans import must_write

#: What was answered to a version, and whether the plan as it stands differs from it; said by the database.
ANSWERS = Func(
    F("pk"), template="(SELECT jsonb_agg(to_jsonb(a)) FROM trust.answers_to(%(expressions)s) a)", output_field=JSONField()
)  # fmt: skip
DIFFERS = Func(F("pk"), function="trust.plan_changed", output_field=BooleanField())


_STANDING = Version.objects.filter(stage__in=("waiting", "in force")).annotate(
    answers=Case(When(stage="waiting", then=ANSWERS), output_field=JSONField())
)
_SETTLED = ~Exists(Version.objects.filter(plan=OuterRef("plan"), stage="waiting"))
AS_THEY_ARE = Statement(lambda plan: _STANDING.filter(plan=plan).annotate(changed=Value(False)))
COMPARED = Statement(
    lambda plan: _STANDING.filter(plan=plan).annotate(
        changed=Case(When(_SETTLED, stage="in force", then=DIFFERS), default=False)
    )
)


#: A version of a plan to which everybody said yes, as far as the viewer may know it; then one looks at the plan together.
AGREED = Version.objects.filter(plan=OuterRef("pk"), in_force_at__isnull=False)


class PlanIsEmpty(Exception):
    """Nobody can say yes to a plan without a goal."""


class NobodySaysYes(Exception):
    """Nobody who decides for this family sits in its circle."""


class NotASound(Exception):
    """What was sent is not a recording we know."""


class SoundIsTooLong(Exception):
    """A recording has at most five megabytes."""


@dataclass(frozen=True)
class Asked:
    """Somebody of whom a yes is asked, and what they said last, as far as the viewer may know."""

    person_id: UUID
    name: str
    role: str
    answer: str
    how: str
    at: datetime | None

    @property
    def how_in_words(self) -> str:
        """On a phone, signed in, on paper, or aloud."""
        return str(dict(Approval.How.choices).get(self.how, ""))


def answers_to(version_id: UUID) -> list[Asked]:
    """Of whom a yes to this version is asked, and what each answered; one statement."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM trust.answers_to(%s)", [version_id])
        return [
            Asked(row[0], row[1], row[2], row[3] or "", row[4] or "", row[5]) for row in cursor.fetchall()
        ]


def standing(plan: Plan, *, compared: bool) -> tuple[list[Version], list[Asked]]:
    """The versions of a plan that wait or are in force, and what was answered to the one that waits; one statement.

    `compared` asks too whether the plan differs from the version in force (`changed`), while nothing waits.
    """
    versions = (COMPARED if compared else AS_THEY_ARE)(plan=plan.pk)
    return versions, [_told(one) for version in versions for one in version.answers or ()]


def _told(one: dict[str, Any]) -> Asked:
    at = datetime.fromisoformat(one["at"]) if one["at"] else None
    return Asked(
        UUID(one["person_id"]), one["given_name"], one["as_role"], one["answer"] or "", one["how"] or "", at
    )


@transaction.atomic
def offer_for_approval(
    plan: Plan, *, by: Viewer, at: datetime, caring: dict[str, str] | None = None
) -> Version:
    """Freeze the plan as it stands and ask everybody's yes; links to the version that waited until now end.

    `caring` says whom to call (name, role, phone, languages as codes); without it, the coordinator.
    """
    must_write(plan, by)
    if not Goal.objects.filter(plan=plan, state=Goal.State.IN_PLAN).exists():
        raise PlanIsEmpty
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT trust.freeze_plan(%s, %s, %s::jsonb)",
            [plan.pk, at, json.dumps((caring or whom_to_call(plan, at)) | {"written_by": by.given_name})],
        )
        (made,) = cursor.fetchone()
    version: Version = Version.objects.select_related("plan").get(pk=made)
    if not answers_to(version.pk):
        raise NobodySaysYes
    journal.write(
        "plan offered for approval",
        by=by,
        at=at,
        circle_id=version.circle_id,
        about=version.about_id,
        object_id=version.pk,
    )
    return version


def whom_to_call(plan: Plan, at: datetime) -> dict[str, str]:
    """The coordinator of the family with a direct line, as it stands on the version; empty while there is none."""
    seats = Seat.objects.filter(circle_id=plan.circle_id, role=Seat.Role.COORDINATOR, since__lte=at)
    live = (
        seats.filter(Q(until__isnull=True) | Q(until__gt=at))
        .select_related("person", "job")
        .order_by("-since", "id")
    )
    seat = live.first()
    if seat is None:
        return {}
    job = seat.job
    return {
        "name": seat.person.given_name,
        "role": seat.relation or (job.title if job else ""),
        "phone": job.phone if job else "",
        "languages": job.languages if job else "",
    }


@transaction.atomic
def make_sheet(version: Version, person_id: UUID, *, by: Viewer, at: datetime) -> Sheet:
    """A version on paper for one person to sign; its code brings the paper home. One sheet per person."""
    if person_id != by.person_id:
        by.must(Permission.RECORD_FAMILYS_WORD, version.circle_id)
    elif by.seen_as is not None:
        raise NotAllowed(Permission.RECORD_FAMILYS_WORD.value)
    standing: Sheet | None = Sheet.objects.filter(version=version, person_id=person_id).first()
    if standing is not None:
        return standing
    sheet: Sheet = Sheet.objects.create(
        version=version,
        circle_id=version.circle_id,
        subject_id=version.subject_id,
        author_id=by.person_id,
        at=at,
        person_id=person_id,
        code=f"{secrets.randbelow(900_000) + 100_000}",
    )
    return sheet


@transaction.atomic
def add_recording(
    version: Version, sound: bytes, *, spoken_by: str, language: str, by: Viewer, at: datetime
) -> Recording:
    """Keep a version read aloud, for those who like to hear it; who may know all that was read can hear it."""
    by.must(Permission.RECORD_FAMILYS_WORD, version.circle_id)
    if len(sound) > LARGEST:
        raise SoundIsTooLong
    recording = Recording.objects.create(
        version=version,
        circle_id=version.circle_id,
        subject_id=version.subject_id,
        author_id=by.person_id,
        at=at,
        language=language,
        spoken_by=rules.tidy(spoken_by, rules.NAME),
        media_type=kind_of_sound(sound),
        sound=sound,
    )
    journal.write(
        "version read aloud",
        by=by,
        at=at,
        circle_id=version.circle_id,
        about=version.about_id,
        object_id=version.pk,
    )
    return recording


def kind_of_sound(sound: bytes) -> str:
    """What kind of recording this is, by what is in it and not by its name. Raises NotASound."""
    start = sound[:64]
    signs: list[tuple[bool, str]] = [
        (start.startswith(b"\x1aE\xdf\xa3") and b"webm" in start, "audio/webm"),
        (start.startswith(b"OggS"), "audio/ogg"),
        (start.startswith(b"RIFF") and start[8:12] == b"WAVE", "audio/wav"),
        (
            start[4:8] == b"ftyp" and start[8:12] in {b"M4A ", b"M4B ", b"mp42", b"mp41", b"isom", b"iso5"},
            "audio/mp4",
        ),
        (start.startswith(b"ID3") or start[:2] in {b"\xff\xfb", b"\xff\xf3", b"\xff\xf2"}, "audio/mpeg"),
    ]
    found = next((kind for is_it, kind in signs if is_it), None)
    if found is None:
        raise NotASound
    return found


def in_force_before(version: Version) -> list[tuple[Any, str, dict[str, Any]]]:
    """The parts of the version that was in force before this one, as far as the viewer may know; one statement."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT source_id, kind, content::text FROM trust.parts_before(%s)", [version.pk])
        return [(source, kind, json.loads(content)) for source, kind, content in cursor.fetchall()]


def as_listed(version: Version) -> list[tuple[Any, str, dict[str, Any]]]:
    """The parts of a version the viewer may know, for comparing it with another."""
    parts = version.parts.order_by("position", "id")
    return [(part.source_id, part.kind, part.content) for part in parts]
