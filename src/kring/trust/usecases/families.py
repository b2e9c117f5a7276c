"""Opening a family's circle, always on the family's yes."""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kring.trust import journal, profiles
from kring.trust.models import Birth, Circle, ContactCard, Family, FamilyMember, Person, Seat
from kring.trust.permissions import Permission
from kring.trust.viewer import Viewer


class FamilyIsEmpty(Exception):
    """A family circle needs a child and somebody who said yes."""


@dataclass(frozen=True)
class NewChild:
    """A child of the family to be opened; `born` may be unknown, then nobody can be excluded from it yet."""

    given_name: str
    surname: str = ""
    born: date | None = None


@dataclass(frozen=True)
class NewGuardian:
    """A guardian, how to reach them, and in which language."""

    given_name: str
    surname: str = ""
    relation: str = ""
    authority: bool = True
    language: str = ""
    phone: str = ""
    channel: str = "call"
    listens: bool = False


@dataclass(frozen=True)
class FamilysYes:
    """Who of the family said yes to a circle, how, in which language, with whose help."""

    said_by: str
    how: str
    language: str = ""
    interpreter: str = ""


@dataclass
class Opened:
    """A family circle with everybody who was written down, in the order given."""

    family: Family
    circle: Circle
    children: list[Person] = field(default_factory=list)
    guardians: list[Person] = field(default_factory=list)
    own_circles: list[Circle] = field(default_factory=list)


@transaction.atomic
def open_family(
    name: str,
    *,
    children: list[NewChild],
    guardians: list[NewGuardian],
    yes: FamilysYes,
    by: Viewer,
    at: datetime,
) -> Opened:
    """Open a family circle: children, guardians and, for now, the contact point worker who opened it."""
    by.must(Permission.OPEN_FAMILY)
    job = by.job_as("contact point")
    if not children or not guardians or not yes.said_by.strip() or job is None:
        raise FamilyIsEmpty

    family = Family.objects.create(
        village_id=by.village_id, name=name, opened_by_id=by.person_id, opened_at=at
    )
    people = [(child, _person(child.given_name, child.surname, by)) for child in children]
    elders = [(guardian, _person(guardian.given_name, guardian.surname, by)) for guardian in guardians]
    _members(family, people, elders)
    circle = _circle(family, "family", by, at)
    title = job.title or _("contact point")
    _seat(circle, by.person_id, by, at, role="professional", job=job.id, ring=3, relation=title)
    opened = Opened(family, circle, [p for _c, p in people], [p for _g, p in elders])
    for guardian, person in elders:
        _seat_guardian(guardian, person, circle, by, at)
    for child, person in people:
        opened.own_circles.append(_seat_child(child, person, opened, by, at))
    journal.write("family circle opened on its yes", by=by, at=at, circle_id=circle.pk, object_id=family.pk)
    return opened


def _members(
    family: Family, children: list[tuple[NewChild, Person]], guardians: list[tuple[NewGuardian, Person]]
) -> None:
    """Who is a child and who is a guardian here, and who decides with authority."""
    for _child, person in children:
        FamilyMember.objects.create(family=family, person=person, kind="child")
    for guardian, person in guardians:
        FamilyMember.objects.create(
            family=family,
            person=person,
            kind="guardian",
            relation=guardian.relation,
            authority=guardian.authority,
        )


def _person(given_name: str, surname: str, by: Viewer) -> Person:
    return Person.objects.create(
        village_id=by.village_id,
        given_name=given_name.strip(),
        surname=surname.strip(),
        met_by_id=by.person_id,
    )


def _circle(family: Family, kind: str, by: Viewer, at: datetime, subject: Person | None = None) -> Circle:
    return Circle.objects.create(
        village_id=by.village_id,
        family=family,
        kind=kind,
        subject=subject,
        opened_by_id=by.person_id,
        opened_at=at,
    )


def _seat(
    circle: Circle, person_id: UUID, by: Viewer, since: datetime, *, role: str, ring: int = 1, relation: object = "",
    ground: str = "consent", job: UUID | None = None,
) -> Seat:  # fmt: skip
    return Seat.objects.create(
        circle=circle, person_id=person_id, role=role, ring=ring, relation=str(relation), ground=ground,
        job_id=job, since=since, decided_by_id=by.person_id,
    )  # fmt: skip


def _seat_guardian(guardian: NewGuardian, person: Person, circle: Circle, by: Viewer, at: datetime) -> None:
    """A guardian's seat in the family circle, and how to reach them."""
    _seat(circle, person.pk, by, at, role="guardian", ground="guardian", relation=guardian.relation)
    ContactCard.objects.create(
        person=person, circle=circle, language=guardian.language, phone=guardian.phone, channel=guardian.channel,
        listens=guardian.listens,
    )  # fmt: skip


def _seat_child(child: NewChild, person: Person, opened: Opened, by: Viewer, at: datetime) -> Circle:
    """The child's own circle, and a seat with the family from the day of own voice on, without anybody acting."""
    if child.born is not None:
        Birth.objects.create(person=person, born=child.born, circle=opened.circle)
        since = max(at, own_voice_at(child.born, by.country, by.timezone))
        _seat(opened.circle, person.pk, by, since, role="child", ground="own choice")
    own = _circle(opened.family, "own", by, at, person if child.born else None)
    _seat(own, person.pk, by, at, role="child", ground="own choice")
    return own


def own_voice_at(born: date, country: str, timezone: str) -> datetime:
    """Midnight in the village on the day of own voice."""
    return datetime.combine(profiles.own_voice_on(born, country), time(), ZoneInfo(timezone))
