"""The families of the demonstration: how each came to its circle, and what lies in it."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from kring.demo.cast import HOUSEHOLDS, Elder, Household
from kring.demo.founding import Village
from kring.intake.models import Concern
from kring.intake.usecases.beginnings import begin_circle
from kring.intake.usecases.concerns import close, take_up, write_note
from kring.intake.usecases.handing_in import Told, hand_in
from kring.trust import viewer
from kring.trust.models import Circle, ContactCard, Person, Seat
from kring.trust.models import Village as TrustVillage
from kring.trust.usecases.families import FamilysYes, NewChild, NewGuardian, Opened


@dataclass
class Began:
    """A family of the cast with its circles and people."""

    family: UUID
    circle: Circle
    people: dict[str, UUID] = field(default_factory=dict)
    own: dict[str, Circle] = field(default_factory=dict)


@dataclass(frozen=True)
class Beginning:
    """How a family came to its circle: who told what, what was wanted, who sits in it besides."""

    key: str
    told: Told
    handed_in: datetime
    taken_up: datetime
    opened: datetime
    note: str
    yes: FamilysYes
    wanted: str
    professionals: tuple[tuple[str, str, str, int], ...]
    rings: dict[str, int]


def household(key: str) -> Household:
    """One family of the cast."""
    return next(family for family in HOUSEHOLDS if family.key == key)


def born(age: int, on: date, month: int, day: int) -> date:
    """A birth date that makes somebody this old on a day."""
    this_year = date(on.year, month, day)
    return date(on.year - age - (this_year > on), month, day)


BIRTHDAYS = {
    "samira": (3, 14), "yara": (9, 2), "lise": (4, 23), "jonas": (10, 5), "milan": (2, 11), "theo": (1, 30),
    "manon": (8, 8), "ruta": (5, 17), "daniel": (7, 21), "nora": (6, 3),
}  # fmt: skip


def about(words: str) -> Concern:
    """The concern on the desk that is about this; its words lie locked, so one looks into each."""
    waiting = Concern.objects.filter(state=Concern.State.RECEIVED).order_by("at", "id")
    return next(concern for concern in waiting if concern.who_about == words)


def begin(here: Village, beginning: Beginning, on: date) -> Began:
    """A concern is told, taken up and talked about, and the family says yes to a circle of its own."""
    family = household(beginning.key)
    village = TrustVillage.objects.get(pk=here.village_id)
    hand_in(beginning.told, village=village, form_key=f"demo-{beginning.key}", at=beginning.handed_in)
    with viewer.acting(here.people["els"], page="concern", at=beginning.taken_up) as me:
        concern = take_up(
            about(beginning.told.who_about),
            by=me, at=beginning.taken_up, stand_in=here.people["marc"],
        )  # fmt: skip
    with viewer.acting(here.people["els"], page="concern", at=beginning.taken_up) as me:
        concern = Concern.objects.get(pk=concern.pk)
        write_note(concern, text=beginning.note, reached=True, by=me, at=beginning.taken_up)
        opened = begin_circle(
            concern, name=family.name,
            children=[NewChild(c.given_name, "", born(c.age, on, *BIRTHDAYS[c.key])) for c in family.children],
            guardians=[_guardian(elder) for elder in family.elders if elder.guardian],
            yes=beginning.yes, wanted=beginning.wanted, promises=[], by=me, at=beginning.opened,
        )  # fmt: skip
        began = _named(family, opened)
        _seats(here, began, family, beginning, me)
        close(
            Concern.objects.get(pk=concern.pk), outcome="goes on", by=me, at=beginning.opened,
            reason="We hebben samen gepraat. Er is nu iemand die blijft.",
        )  # fmt: skip
    return began


def _guardian(elder: Elder) -> NewGuardian:
    return NewGuardian(
        elder.given_name, elder.surname, elder.relation, language=elder.language, phone=elder.phone,
        channel=elder.channel, listens=elder.listens,
    )  # fmt: skip


def _named(family: Household, opened: Opened) -> Began:
    began = Began(opened.family.pk, opened.circle)
    for child, person, own in zip(family.children, opened.children, opened.own_circles, strict=True):
        began.people[child.key], began.own[child.key] = person.pk, own
    elders = [elder for elder in family.elders if elder.guardian]
    for elder, person in zip(elders, opened.guardians, strict=True):
        began.people[elder.key] = person.pk
    return began


def _seats(here: Village, began: Began, family: Household, beginning: Beginning, me: viewer.Viewer) -> None:
    """Natural supports and professionals sit in the circle on the family's word, from the first evening on."""
    word_of = next(iter(p for k, p in began.people.items() if k not in {c.key for c in family.children}))
    for elder in family.elders:
        if not elder.guardian:
            person = Person.objects.create(
                village_id=me.village_id,
                given_name=elder.given_name,
                surname=elder.surname,
                met_by_id=me.person_id,
            )
            began.people[elder.key] = person.pk
            Seat.objects.create(
                circle=began.circle, person=person, role="natural", relation=elder.relation, ground="consent",
                ring=beginning.rings.get(elder.key, 2), since=beginning.opened, decided_by_id=me.person_id,
                word_of_id=word_of,
            )  # fmt: skip
            ContactCard.objects.create(
                person=person, circle=began.circle, language=elder.language, phone=elder.phone,
                channel=elder.channel, listens=elder.listens,
            )  # fmt: skip
    for key, role, relation, ring in beginning.professionals:
        Seat.objects.create(
            circle=began.circle, person_id=here.people[key], job=here.jobs[key], role=role, relation=relation,
            ground="consent", ring=ring, since=beginning.opened, decided_by_id=me.person_id, word_of_id=word_of,
        )  # fmt: skip
