"""What the page of a hand-over shows: who comes and who goes, what the next one must know, what is passed on."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.http import Http404

from kring.intake.models import Promise
from kring.trust.models import Circle, FamilyMember, HandOver, Invitation
from kring.trust.permissions import Permission
from kring.trust.usecases import coordinators, handovers
from kring.trust.usecases.knowing import names, who_knows
from kring.trust.viewer import Viewer
from kring.web.wraparound.people import People, Someone, people_of
from kring.wraparound.models import MustKnow, PassOn
from kring.wraparound.usecases import passing_on
from kring.wraparound.usecases.passing_on import Thing
from kring.wraparound.usecases.plans import only_child


@dataclass
class Line:
    """A promise or a step: who holds it, who is asked to take it over, what one can do."""

    thing: Thing
    face: dict[str, str]
    due: date | datetime | None
    asked: PassOn | None = None
    asked_name: str = ""
    said_no: str = ""
    may_pass: bool = False
    gone: bool = False

    @property
    def kind(self) -> str:
        """The word for it in its address."""
        return "promises" if isinstance(self.thing, Promise) else "steps"

    @property
    def language(self) -> str:
        """In which language the words are, if that is known."""
        return "" if isinstance(self.thing, Promise) else self.thing.language


@dataclass
class HandOverPage:
    """Everything the page of a hand-over shows."""

    circle: Circle
    people: People
    viewer: Viewer
    at: datetime
    hand_over: HandOver | None = None
    invitation: Invitation | None = None
    must_know: MustKnow | None = None
    lines: list[Line] = field(default_factory=list)
    mine: list[Line] = field(default_factory=list)
    left: list[Line] = field(default_factory=list)
    settled: list[PassOn] = field(default_factory=list)
    knowing: list[str] = field(default_factory=list)
    kin: set[UUID] = field(default_factory=set)

    @property
    def coordinator(self) -> Someone | None:
        """Who coordinates now."""
        return next((one for one in self.people if one.seat_role == "coordinator"), None)

    @property
    def decides(self) -> bool:
        """Whether the viewer decides for the family."""
        return self.viewer.can(Permission.CHOOSE_COORDINATOR, self.circle.pk)

    @property
    def coordinates(self) -> bool:
        """Whether the viewer is the coordinator."""
        return self.viewer.can(Permission.HAND_OVER, self.circle.pk)

    @property
    def leaves(self) -> bool:
        """Whether the viewer is the one who goes."""
        return self.hand_over is not None and self.hand_over.leaver_id == self.viewer.person_id

    @property
    def may_begin(self) -> bool:
        """Whether the viewer can begin a hand-over now."""
        busy = self.hand_over is not None and not self.hand_over.is_over(self.at)
        return not busy and self.coordinator is not None and (self.decides or self.coordinates)

    @property
    def may_ask(self) -> bool:
        """Whether the viewer asks the next one."""
        waits = self.hand_over is not None and self.hand_over.taken_at is None
        return waits and (self.decides or (self.leaves and self.coordinates))

    @property
    def may_stop(self) -> bool:
        """Whether the viewer can think again."""
        able = self.decides or (self.leaves and self.coordinates)
        return able and self.hand_over is not None and self.hand_over.may_stop(self.at)

    @property
    def may_write(self) -> bool:
        """Whether the viewer writes what the next one must know."""
        return self.leaves and self.viewer.can(Permission.WRITE_NOTE, self.circle.pk)


def hand_over_page(circle: Circle, *, by: Viewer, at: datetime, brief: bool = False) -> HandOverPage:
    """Read a whole hand-over in a number of statements that does not grow with it; in brief without who was asked."""
    family_id = family_of(circle)
    page = HandOverPage(circle, people_of(family_id, at), by, at)
    page.hand_over = handovers.standing(circle.pk)
    if page.hand_over is not None:
        if page.hand_over.taken_at is None and not brief:
            page.invitation = coordinators.asked(circle, at)
        page.must_know = MustKnow.objects.filter(hand_over=page.hand_over).first()
        page.knowing = names(who_knows([page.hand_over], page.people.persons)[0])
    _read_what_is_passed_on(page, family_id, brief)
    return page


def _read_what_is_passed_on(page: HandOverPage, family_id: UUID, brief: bool) -> None:
    """What one who goes still holds, what is asked of the viewer, and what nobody holds any more."""
    asked, refused = ({}, {}) if brief else _passed(page, family_id)
    if not brief:
        kin = FamilyMember.objects.filter(family_id=family_id)  # a child without a seat yet is not gone
        page.kin = set(kin.values_list("person_id", flat=True))
    leaver = page.hand_over.leaver_id if page.hand_over else None
    things: list[Thing] = [*passing_on.promises_open(family_id), *passing_on.steps_open(family_id)]
    for thing in things:
        line = _line(thing, page, asked.get(thing.pk), refused.get(thing.pk))
        if line.asked is not None and line.asked.to_id == page.viewer.person_id:
            page.mine.append(line)
        if leaver is not None and passing_on.holder(thing) == leaver and (brief or not line.gone):
            page.lines.append(line)
        elif line.gone:
            page.left.append(line)


def _passed(page: HandOverPage, family_id: UUID) -> tuple[dict[UUID, PassOn], dict[UUID, PassOn]]:
    """Who is asked for what, and who said not now lately; what was settled since the hand-over was said."""
    asked: dict[UUID, PassOn] = {}
    refused: dict[UUID, PassOn] = {}
    rows = PassOn.objects.filter(circle__family_id=family_id, taken_back_at__isnull=True)
    for row in rows.select_related("promise", "action", "to", "giver").order_by("at", "id"):
        key = row.what.pk
        if row.answer == "":
            asked[key] = row
        elif row.answer == PassOn.Answer.NO:
            refused[key] = row
        elif (
            page.hand_over is not None
            and row.giver_id == page.hand_over.leaver_id
            and row.at >= page.hand_over.at
        ):
            page.settled.append(row)
    return asked, refused


def _line(thing: Thing, page: HandOverPage, asked: PassOn | None, refused: PassOn | None) -> Line:
    holder = passing_on.holder(thing)
    person = thing.by if isinstance(thing, Promise) else thing.doer
    return Line(
        thing,
        page.people.face(holder, person.given_name if person else ""),
        due=thing.due_at if isinstance(thing, Promise) else thing.by_when,
        asked=asked,
        asked_name=asked.to.given_name if asked and asked.to else "",
        said_no=refused.to.given_name if refused and refused.to and refused.giver_id == holder else "",
        may_pass=passing_on.may_pass_on(thing, page.viewer),
        gone=holder is not None and holder not in page.people.by_id and holder not in page.kin,
    )


def family_of(circle: Circle) -> UUID:
    """The family of a family circle."""
    if circle.family_id is None:
        raise Http404
    return circle.family_id


def about_of(circle: Circle) -> UUID | None:
    """In a family with one child everything is about that child too."""
    return only_child(family_of(circle))
