"""The plan as a page shows it: wishes first, then goals by part of life, each with steps, remarks and who may know."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from kring.network.words import domain_name, picture_of
from kring.trust.models import FamilyMember
from kring.trust.permissions import Permission
from kring.trust.statements import Statement
from kring.trust.usecases.knowing import names, who_knows
from kring.trust.viewer import Viewer
from kring.web.design.addresses import address
from kring.web.wraparound.people import People, people_of
from kring.wraparound.models import Action, Celebration, Goal, Plan, Remark, Version, Wish
from kring.wraparound.usecases.actions import may_report
from kring.wraparound.usecases.celebrations import may_take_back
from kring.wraparound.usecases.versions import Asked, standing

#: Whether the one whose wish it is, is a child of the family.
OF_A_CHILD = Exists(
    FamilyMember.objects.filter(
        family_id=OuterRef("plan__family_id"), person_id=OuterRef("whose_id"), kind=FamilyMember.Kind.CHILD
    )
)
#: So many good things stand on the plan.
CHEERS = 3
#: All of a step; of its offer only what stands on its line.
OF_STEP = tuple(field.name for field in Action._meta.concrete_fields)
OF_OFFER = (
    "offer__name", "offer__contact_name", "offer__contact_phone", "offer__organisation__name",
    "offer__organisation__card__contact_name", "offer__organisation__card__phone",
)  # fmt: skip

WISHES = Statement(
    lambda plan: (
        Wish.objects.filter(plan=plan)
        .select_related("whose")
        .annotate(of_a_child=OF_A_CHILD)
        .order_by("at", "id")
    )
)
CELEBRATIONS = Statement(lambda plan: Celebration.objects.filter(plan=plan).newest()[:CHEERS])
GOALS = Statement(lambda plan: Goal.objects.filter(plan=plan).standing().in_order())
ACTIONS = Statement(
    lambda plan: (
        Action.objects.filter(goal__plan=plan)
        .standing()
        .in_order()
        .select_related("offer__organisation__card")
        .only(*OF_STEP, *OF_OFFER)
    )
)
REMARKS = Statement(
    lambda plan: Remark.objects.filter(plan=plan).select_related("author").order_by("at", "id")
)


@dataclass
class Said:
    """A remark with the face of who said it."""

    row: Remark
    face: dict[str, str]


@dataclass
class Item:
    """A wish, a goal or a step, with who may know it and what others said beside it."""

    row: Any
    on: str
    names: list[str] = field(default_factory=list)
    remarks: list[Said] = field(default_factory=list)


@dataclass
class Wished(Item):
    """A wish; with the name of the child whose wish it is, and who is too young to come in and read it."""

    too_young: str = ""


@dataclass
class Step(Item):
    """A small step as a line: a tick, a face, what, by when."""

    doer: dict[str, str] = field(default_factory=dict)
    ticked: bool = False
    may_report: bool = False
    mine: bool = False
    own_names: bool = False

    @cached_property
    def url(self) -> str:
        """The address of the step; what one does with it hangs under it."""
        return address("wraparound:change_action", self.row.pk)

    @property
    def tick_url(self) -> str:
        """Where a tick goes, or where it is taken back."""
        return f"{self.url}not-done/" if self.ticked else f"{self.url}done/"

    @cached_property
    def badge(self) -> dict[str, Any]:
        """What the badge says: done, how often, the day promised, or that it waits."""
        action: Action = self.row
        if self.ticked:
            return {"state": "kept", "words": done_words(action)}
        if not action.may_start:
            return {"state": "open", "words": gettext("waits for everybody's yes")}
        if action.by_when:
            return {"due": action.by_when}
        return {
            "state": "calm",
            "words": gettext("every week") if action.every_week else gettext("when it suits"),
        }


def done_words(action: Action) -> str:
    """Done; or done so many times."""
    if not action.every_week:
        return gettext("done")
    return ngettext("done, %(n)d time", "done, %(n)d times", action.times_done) % {"n": action.times_done}


@dataclass
class Cheer(Item):
    """Something good, with the face of who told it."""

    face: dict[str, str] = field(default_factory=dict)
    mine: bool = False


@dataclass
class GoalCard(Item):
    """A goal with its steps."""

    steps: list[Step] = field(default_factory=list)


@dataclass
class Domain:
    """A part of life with its goals."""

    code: str
    goals: list[GoalCard] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The word for it."""
        return domain_name(self.code)

    @property
    def picture(self) -> str:
        """Its pictogram."""
        return picture_of(self.code)


@dataclass
class PlanPage:
    """Everything the page of a plan shows."""

    plan: Plan
    people: People
    wishes: list[Wished]
    domains: list[Domain]
    proposed: list[GoalCard]
    versions: list[Version]
    asked: list[Asked]
    heard: list[Said] = field(default_factory=list)
    cheers: list[Cheer] = field(default_factory=list)

    @property
    def waiting(self) -> Version | None:
        """The version that waits for everybody's yes."""
        return next((version for version in self.versions if version.stage == "waiting"), None)

    @property
    def in_force(self) -> Version | None:
        """The version that is in force."""
        return next((version for version in self.versions if version.stage == "in force"), None)

    @property
    def is_empty(self) -> bool:
        """Nothing is written yet, as far as the viewer knows."""
        return not (self.wishes or self.domains or self.proposed)

    @property
    def steps(self) -> list[Step]:
        """All steps, in order of reading."""
        return [step for domain in self.domains for card in domain.goals for step in card.steps]


def plan_page(plan: Plan, *, by: Viewer, at: datetime) -> PlanPage:
    """Read a whole plan in a number of statements that does not grow with it."""
    people = people_of(plan.family_id, at)
    wishes = [Wished(row, Remark.On.WISH, too_young=_too_young(row, people)) for row in WISHES(plan=plan.pk)]
    cards = _cards(plan, people, by, at)
    cheers = _cheers(plan, people, by, at)
    items: list[Item] = [*wishes, *cards, *(step for card in cards for step in card.steps), *cheers]
    _tell_who_knows(items, people, cards)
    beside = _add_remarks(plan, items, people)
    writes = plan.stage != Plan.Stage.CLOSED and by.can(Permission.WRITE_PLAN, plan.circle_id)
    versions, asked = standing(plan, compared=writes)
    proposed = [card for card in cards if card.row.state == Goal.State.PROPOSED]
    return PlanPage(
        plan=plan,
        people=people,
        wishes=wishes,
        domains=_by_domain([card for card in cards if card.row.state == Goal.State.IN_PLAN]),
        proposed=proposed,
        versions=versions,
        asked=asked,
        heard=[said for said in beside if said.row.object_id in {version.pk for version in versions}],
        cheers=cheers,
    )


def _too_young(wish: Any, people: People) -> str:
    """The child without a seat, as the circle shows them; whoever has a seat and does not see it stays unnamed."""
    return wish.whose.given_name if wish.of_a_child and wish.whose_id not in people.by_id else ""


def _cheers(plan: Plan, people: People, by: Viewer, at: datetime) -> list[Cheer]:
    """The newest good things, each once."""
    rows = CELEBRATIONS(plan=plan.pk)
    return [
        Cheer(
            row,
            "celebration",
            face=people.face(row.author_id, row.author.given_name if row.author else ""),
            mine=may_take_back(row, by, at),
        )
        for row in rows
    ]


def _cards(plan: Plan, people: People, by: Viewer, at: datetime) -> list[GoalCard]:
    cards = {row.pk: GoalCard(row, Remark.On.GOAL) for row in GOALS(plan=plan.pk)}
    for action in ACTIONS(plan=plan.pk):
        if card := cards.get(action.goal_id):
            card.row.plan, action.goal = plan, card.row
            card.steps.append(step_of(action, people, by, at))
    return list(cards.values())


def step_of(action: Action, people: People, by: Viewer, at: datetime) -> Step:
    """One step as a line."""
    return Step(
        action,
        Remark.On.ACTION,
        doer=people.face(action.doer_id, action.doer_words),
        ticked=action.is_ticked(at),
        may_report=may_report(action, by) and action.may_start,
        mine=action.doer_id == by.person_id and action.state == Action.State.OPEN and by.seen_as is None,
    )


def _tell_who_knows(items: list[Item], people: People, cards: list[GoalCard]) -> None:
    for item, persons in zip(items, who_knows([item.row for item in items], people.persons), strict=True):
        item.names = names(persons)
    for card in cards:
        for step in card.steps:
            step.own_names = step.names != card.names


def _add_remarks(plan: Plan, items: list[Item], people: People) -> list[Said]:
    """Put each remark beside its item; give back those that are about a whole version."""
    beside: list[Said] = []
    by_object: dict[UUID, Item] = {item.row.pk: item for item in items}
    for row in REMARKS(plan=plan.pk):
        item = by_object.get(row.object_id)
        words = row.author.given_name if row.author_id and row.author else ""
        if item is not None:
            item.remarks.append(Said(row, people.face(row.author_id, words)))
        elif row.on == Remark.On.VERSION:
            beside.append(Said(row, people.face(row.author_id, words)))
    return beside


def _by_domain(cards: list[GoalCard]) -> list[Domain]:
    """Parts of life in the order in which child and family put their goals."""
    found: dict[str, Domain] = {}
    for card in cards:
        found.setdefault(card.row.domain, Domain(card.row.domain)).goals.append(card)
    return list(found.values())


def now() -> datetime:
    """The clock, read by pages only."""
    return timezone.now()
