"""What the page of a hand-over shows: who comes and who goes, what the next one must know, what is passed on."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.http import Http404

from kring.intake.models import Promise
from kring.trust.guard import Guarded
from kring.trust.models import Circle, FamilyMember, HandOver, Invitation
from kring.trust.permissions import Permission
from kring.trust.usecases import coordinators, handovers
from kring.trust.usecases.knowing import names, who_knows
from kring.trust.viewer import Viewer
from kring.web.wraparound.around import family_circle
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


def hand_over_page(circle_id: UUID, family_id: UUID, *, by: Viewer, at: datetime) -> HandOverPage:
    """The hand-over of a family, its circle and its people."""
    hand_over = handovers.standing(circle_id, "must_know")
    circle = hand_over.circle if hand_over else family_circle(family_id)
    page = HandOverPage(circle, people_of(family_id, at), by, at, hand_over)
    page.must_know = getattr(hand_over, "must_know", None)
    return page


def in_brief(page: HandOverPage) -> HandOverPage:
    """With what the one who goes still holds."""
    if page.hand_over is None:
        return page
    things = _things(page)
    page.lines = [_line(one, page) for one in things if passing_on.holder(one) == page.hand_over.leaver_id]
    return page


def in_full(page: HandOverPage) -> HandOverPage:
    """With who is asked, what found somebody, what is asked of the viewer, and what nobody holds any more."""
    if page.hand_over is not None and page.hand_over.taken_at is None:
        page.invitation = coordinators.asked(page.circle, page.at)
    if page.hand_over is not None:
        page.knowing = who_reads(page, page.must_know or page.hand_over)
    things = _things(page)
    asked, refused = _passed(page)
    unseen = {passing_on.holder(one) for one in things} - page.people.by_id.keys()
    gone = unseen - _children(page) if unseen else set()
    leaver = page.hand_over.leaver_id if page.hand_over else None
    for thing in things:
        line = _line(thing, page, asked.get(thing.pk), refused.get(thing.pk))
        if line.asked is not None and line.asked.to_id == page.viewer.person_id:
            page.mine.append(line)
        if passing_on.holder(thing) in gone:
            page.left.append(line)
        elif passing_on.holder(thing) == leaver:
            page.lines.append(line)
    return page


def who_reads(page: HandOverPage, row: Guarded) -> list[str]:
    """Who may know it, by first names: the policy is asked."""
    return names(who_knows([row], page.people.persons)[0])


def _things(page: HandOverPage) -> list[Thing]:
    """Promises and steps of this circle that stand open."""
    family_id = family_of(page.circle)
    return [*passing_on.promises_open(family_id), *passing_on.steps_open(family_id)]


def _children(page: HandOverPage) -> set[UUID | None]:
    """A child who is too young for a seat is not gone."""
    members = FamilyMember.objects.filter(family_id=page.circle.family_id)
    return set(members.values_list("person_id", flat=True))


def _passed(page: HandOverPage) -> tuple[dict[UUID, PassOn], dict[UUID, PassOn]]:
    """Who is asked for what, and who said not now; beside it what found somebody since the hand-over was said."""
    asked: dict[UUID, PassOn] = {}
    refused: dict[UUID, PassOn] = {}
    rows = PassOn.objects.in_family(page.circle.family_id).filter(taken_back_at__isnull=True)
    for row in rows.select_related("promise", "action", "to").order_by("at", "id"):
        if row.what is None:
            continue
        if row.answer == "":
            asked[row.what.pk] = row
        elif row.answer == PassOn.Answer.NO:
            refused[row.what.pk] = row
        elif page.hand_over and row.giver_id == page.hand_over.leaver_id and row.at >= page.hand_over.at:
            page.settled.append(row)
    return asked, refused


def _line(
    thing: Thing, page: HandOverPage, asked: PassOn | None = None, refused: PassOn | None = None
) -> Line:
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
    )


def family_of(circle: Circle) -> UUID:
    """The family of a family circle."""
    if circle.family_id is None:
        raise Http404
    return circle.family_id


def about_of(circle: Circle) -> UUID | None:
    """In a family with one child everything is about that child too."""
    return only_child(family_of(circle))
