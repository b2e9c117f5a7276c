"""How a child learns best: a screening is written down, and its sheets go first to who decides about them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from django.db import connection, transaction

from kring.trust import journal
from kring.trust.models import Circle, FamilyMember, Seat
from kring.trust.permissions import NotAllowed, Permission
from kring.trust.usecases.knowing import who_knows
from kring.trust.usecases.showing import family_seats, seated_until
from kring.trust.viewer import Viewer
from kring.wraparound import rules
from kring.wraparound.models import LearningProfile, LearningSheet
from kring.wraparound.usecases.plans import about

SENT_TWICE = timedelta(minutes=1)
A_DAY = timedelta(days=1)
PROFILE, SHEET, COMPLIMENT = 20_000, 1_500, 500
ORDER = (LearningSheet.ForWhom.CHILD, LearningSheet.ForWhom.PARENTS, LearningSheet.ForWhom.TEACHER)


class NobodyDecides(Exception):
    """Neither the child from own voice on, nor a guardian below it, sits in the circle to see the sheets first."""


class NoSheetIsWritten(Exception):
    """Something comes out of a screening: at least one sheet with words."""


class DayIsToCome(Exception):
    """What was held was not held on a day to come."""


@dataclass(frozen=True)
class SheetWords:
    """The words of one sheet."""

    for_whom: str
    best: str = ""
    advice: str = ""
    compliment: str = ""
    language: str = "en"

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands on it."""
        return not (self.best.strip() or self.advice.strip() or self.compliment.strip())


@dataclass(frozen=True)
class Held:
    """The screening or interview itself: all that it brought, and when it was."""

    how: str
    held_on: date
    text: str
    language: str = "en"


def own_voice_from(child_id: UUID) -> datetime | None:
    """From when a child decides alone; asked of the database, which knows it also where the birth date is hidden."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT trust.voice_of(%s)", [child_id])
        (moment,) = cursor.fetchone()
    return moment  # type: ignore[no-any-return]


def child_of(circle: Circle, child_id: UUID) -> UUID:
    """A child of this family with a day of birth, without which nothing is about a child."""
    if circle.kind != Circle.Kind.FAMILY or circle.family_id is None:
        raise NotAllowed("about this child")
    children = FamilyMember.objects.filter(family_id=circle.family_id, person_id=child_id, kind="child")
    if not children.exists() or about(child_id) is None:
        raise NotAllowed("about this child")
    return child_id


@transaction.atomic
def write_learning(
    circle: Circle, child_id: UUID, held: Held, sheets: Sequence[SheetWords], *, by: Viewer, at: datetime
) -> list[LearningSheet]:
    """Who held a screening keeps the full profile; each sheet goes first to who decides about it."""
    by.must(Permission.WRITE_LEARNING, circle.pk)
    child_of(circle, child_id)
    if held.held_on > at.date() + A_DAY:
        raise DayIsToCome
    written = [sheet for sheet in sheets if not sheet.is_empty]
    if not written:
        raise NoSheetIsWritten
    text = rules.tidy(held.text, PROFILE)
    if (again := _sent_before(child_id, text, by, at)) is not None:
        return again
    seats = family_seats(circle.family_id, at)  # type: ignore[arg-type]
    known = known_about(circle, child_id, by=by, at=at)
    able = [seat for seat in seats if seat.person_id in known]
    first = _part(circle, child_id, _deciders(child_id, able, at) | {by.person_id}, seats, by, at)
    kept = _part(circle, child_id, {by.person_id}, seats, by, at)
    talk = uuid4()
    LearningProfile.objects.create(
        id=talk, circle=kept, subject_id=child_id, author_id=by.person_id,
        at=at, how=held.how, held_on=held.held_on, text=text, language=held.language,
    )  # fmt: skip
    made = [_sheet(first, child_id, talk, sheet, by, at) for sheet in written]
    journal.write(
        "wrote how a child learns best", by=by, at=at, circle_id=first.pk, about=child_id, object_id=talk
    )
    return made


def _sent_before(child_id: UUID, text: str, by: Viewer, at: datetime) -> list[LearningSheet] | None:
    same = LearningProfile.objects.filter(
        subject_id=child_id, author_id=by.person_id, text=text, at__gt=at - SENT_TWICE
    ).first()
    return list(LearningSheet.objects.filter(talk=same.pk).order_by("position")) if same else None


def _deciders(child_id: UUID, seats: Sequence[Seat], at: datetime) -> set[UUID]:
    """The child from own voice on; below it the guardians. They sit in the circle, or nobody decides."""
    voice = own_voice_from(child_id)
    if voice is not None and voice <= at:
        found = {seat.person_id for seat in seats if seat.person_id == child_id}
    else:
        found = {seat.person_id for seat in seats if seat.role == Seat.Role.GUARDIAN}
    if not found:
        raise NobodyDecides
    return found


def _part(
    circle: Circle, child_id: UUID, people: set[UUID], seats: Sequence[Seat], by: Viewer, at: datetime
) -> Circle:
    """A part about the child: these people, and the child itself from the day of own voice on, without anybody acting."""
    part = open_about(circle, child_id, by=by, at=at)
    for person_id in sorted(people - {child_id}):
        seat_as_in_the_family(part, person_id, seats, by)
    seat_child(part, child_id, by=by, since=max(at, own_voice_from(child_id) or at))
    return part


def known_about(circle: Circle, child_id: UUID, *, by: Viewer, at: datetime) -> set[UUID]:
    """Who of the circle may know what is about this child: the policy is asked, as of something the asker wrote."""
    imagined = LearningSheet(
        circle=circle, subject_id=child_id, about_id=child_id, author_id=by.person_id, at=at
    )
    (knowing,) = who_knows([imagined])
    return {person.pk for person in knowing}


def open_about(circle: Circle, child_id: UUID, *, by: Viewer, at: datetime) -> Circle:
    """A part of the family circle about one child, for words that are nobody else's."""
    return Circle.objects.create(
        village_id=circle.village_id, family_id=circle.family_id, kind=Circle.Kind.PART, subject_id=child_id,
        opened_by_id=by.person_id, opened_at=at,
    )  # fmt: skip


def seat_as_in_the_family(part: Circle, person_id: UUID, seats: Sequence[Seat], by: Viewer) -> None:
    """Somebody sits in the part by the same role, job and ground as in the family circle, from its beginning on."""
    seat = next(seat for seat in seats if seat.person_id == person_id)
    Seat.objects.create(
        circle=part, person_id=person_id, job_id=seat.job_id, role=seat.role, relation=seat.relation,
        ring=seat.ring, ground=seat.ground, since=part.opened_at, until=seated_until(seat), decided_by_id=by.person_id,
    )  # fmt: skip


def seat_child(part: Circle, child_id: UUID, *, by: Viewer, since: datetime) -> None:
    """The child has a place in what is about it."""
    Seat.objects.create(
        circle=part, person_id=child_id, role=Seat.Role.CHILD, ground=Seat.Ground.OWN_CHOICE, ring=1, since=since,
        decided_by_id=by.person_id,
    )  # fmt: skip


def _sheet(
    circle: Circle, child_id: UUID, talk: UUID, words: SheetWords, by: Viewer, at: datetime
) -> LearningSheet:
    if words.for_whom not in LearningSheet.ForWhom.values:
        raise NoSheetIsWritten
    is_parents = words.for_whom == LearningSheet.ForWhom.PARENTS
    return LearningSheet.objects.create(
        circle=circle, subject_id=child_id, author_id=by.person_id, at=at, talk=talk, for_whom=words.for_whom,
        position=[str(one) for one in ORDER].index(words.for_whom), language=words.language,
        best=rules.tidy(words.best, SHEET, needed=False), advice=rules.tidy(words.advice, SHEET, needed=False),
        compliment=rules.tidy(words.compliment, COMPLIMENT, needed=False) if is_parents else "",
    )  # fmt: skip
