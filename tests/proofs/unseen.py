"""A village with one of each who might be curious; and all that may happen in it without their knowing, one by one."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

import psycopg

from circle.furnished import LATER, Furnished
from circle.test_nobody_can_tell import a_life_out_of_sight
from danger.scene import House
from intake.desk import JONAS
from kring.confidences.usecases import tellings
from kring.intake.usecases import handing_in
from kring.trust import viewer
from kring.trust.models import Circle, Family, Person, Village
from kring.trust.usecases import exclusions, homes, showing, two_people
from kring.wraparound.usecases import own_pages
from trust.scenes import Scene
from two_people.scene import plain

#: Who looks: the father and the school whom Samira left out, her aunt and brother, who keeps the plan, and others of
#: the village who have nothing to do with this family.
PEOPLE = (
    "karim",
    "lotte",
    "aunt",
    "yassin",
    "noor",
    "els",
    "ada",
    "marc",
    "officer",
    "dana",
    "pol",
    "lou",
    "nina",
    "stan",
)
STRANGERS = ("ada", "marc", "dana", "pol", "lou", "nina", "stan")
WORDS = "Out of sight"


class _Here(Scene):
    """No village of its own: the one that is there."""

    here: Scene

    def __init__(self, owner: psycopg.Connection) -> None:
        for name in ("owner", "village", "organisations", "jobs", "desk"):
            setattr(self, name, getattr(self.here, name))


class Neighbours(House, _Here):
    """Jonas, who was hit, his parents and those around him: another family of the village."""

    def __init__(self, here: Scene) -> None:
        self.here = here
        super().__init__(here.owner)


class Onlookers(Furnished):
    """The family; the father and the school are left out of Samira's life; others of the village stand around."""

    def __init__(self, owner: psycopg.Connection) -> None:
        super().__init__(owner)
        for name, role, place in (("ada", "administrator", "Town hall"), ("marc", "worker", "Club"), ("officer", "trust officer", "Town hall"),
                                  ("dana", "worker", "Girlz Lounge"), ("pol", "policy", "Town hall"), ("lou", "lead", "Club"),
                                  ("nina", "network", "Town hall")):  # fmt: skip
            setattr(self, name, self.worker(name.capitalize(), role, place))
        self.stan = self.person("Stan")
        self.beside = Neighbours(self)
        self.beside.right(self.beside.noor)
        owner.execute("UPDATE trust_organisation SET sector = 'community' WHERE name <> 'School De Linde'")
        with viewer.acting(self.samira) as me:
            girl = Person.objects.get(pk=self.samira)
            exclusions.leave_out(girl, by=me, at=LATER, sector="education")
            exclusions.leave_out(girl, by=me, at=LATER, person_id=self.karim)


@dataclass(frozen=True)
class Unseen:
    """Something that happens, and who may know of it."""

    name: str
    happens: Callable[[Onlookers], object]
    known_to: tuple[str, ...] = ()


@contextmanager
def _as(who: uuid.UUID, page: str = "") -> Iterator[viewer.Viewer]:
    with viewer.acting(who, page=page, at=LATER) as me:
        yield me


def a_confidence(home: Onlookers, hearer: uuid.UUID, *, safety: bool) -> None:
    """Samira tells somebody something; nobody else knows that there is anything."""
    with _as(home.samira, "confidence") as me:
        tellings.tell(hearer, f"{WORDS} eight", safety=safety, key=uuid.uuid4(), by=me, at=LATER)


def left_out(home: Onlookers) -> None:
    """Samira leaves out one who knows nothing of her anyway, and a whole sector beside."""
    with _as(home.samira) as me:
        girl = Person.objects.get(pk=home.samira)
        exclusions.leave_out(girl, by=me, at=LATER, person_id=home.marc)
        exclusions.leave_out(girl, by=me, at=LATER, sector="police")


def asked_of_two(home: Onlookers, kind: str) -> None:
    """Who keeps the plan asks that somebody at the school knows nothing of Yassin; one officer says yes to it."""
    facts = {"family": home.family, "subject": home.yassin, "person": home.dana}
    with _as(home.noor) as me:
        matter = two_people.ask(kind, plain(facts), f"{WORDS}, by two", by=me, at=datetime.now(UTC))
    with _as(home.beside.wim) as me:
        two_people.answer(matter, True, "", by=me, at=datetime.now(UTC))


def a_part(home: Onlookers) -> None:
    """The mother and who keeps the plan have a part of the circle."""
    with _as(home.naima) as me:
        showing.part_for(home.family, {home.naima, home.noor}, by=me, at=LATER)


def a_home(home: Onlookers) -> None:
    """The mother's other home, of which nobody else knows."""
    with _as(home.naima) as me:
        homes.add(Family.objects.get(), f"{WORDS}, home", by=me, at=LATER, address=f"{WORDS} 9")


def an_own_page(home: Onlookers) -> None:
    """Samira writes for herself."""
    with _as(home.samira) as me:
        own = Circle.objects.get(pk=home.own[home.samira])
        own_pages.hide_from(own, home.noor, by=me, at=LATER)
    for kind in ("dream", "helps"):
        with _as(home.samira) as me:
            own_pages.say(own, kind, f"{WORDS}, {kind}", language="nl", by=me, at=LATER)


def sealed(home: Onlookers) -> None:
    """Who keeps the plan seals the safe address; that she looked at the family besides is known to who may know that."""
    sent = home.browser(home.noor).post(
        f"/family/{home.family}/sealed/", {"kind": "address", "words": f"{WORDS}, sealed"}
    )
    assert sent.status_code == 302


def a_concern(home: Onlookers) -> None:
    """A neighbour of nobody tells the contact point about a child."""
    village = Village.objects.get(pk=home.village)
    handing_in.hand_in(JONAS, village=village, form_key=uuid.uuid4().hex, at=datetime.now(UTC))


def danger(home: Onlookers) -> None:
    """In another family somebody opens the circle because of danger."""
    home.beside.opens(home.beside.noor)


UNSEEN = (
    Unseen(
        "a wish, a goal, a step, a remark, a home, a part",
        a_life_out_of_sight,
        ("noor", "els", "aunt", "yassin"),
    ),
    Unseen("a confidence to her mother", lambda home: a_confidence(home, home.naima, safety=True)),
    Unseen(
        "a confidence to who keeps the plan",
        lambda home: a_confidence(home, home.noor, safety=False),
        ("noor",),
    ),
    Unseen("somebody left out", left_out),
    Unseen(
        "a conflict, by two people", lambda home: asked_of_two(home, "conflict"), ("noor", "els", "officer")
    ),
    Unseen(
        "withheld, by two people", lambda home: asked_of_two(home, "withheld"), ("noor", "els", "officer")
    ),
    Unseen(
        "a court order, by two people",
        lambda home: asked_of_two(home, "court order"),
        ("noor", "els", "officer"),
    ),
    Unseen("a part of the circle", a_part, ("noor",)),
    Unseen("a home", a_home),
    Unseen("an own page", an_own_page, ("noor",)),
    Unseen("a sealed circle", sealed, ("noor", "officer")),
    Unseen("a concern nobody has taken up", a_concern, ("els",)),
    Unseen("danger in another family", danger, ("officer",)),
)
