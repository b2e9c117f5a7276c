"""Looking at the plan together, as a page shows it: the views of all side by side, by person, with faces."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from kring.trust.models import Person
from kring.trust.usecases.knowing import names, who_knows
from kring.web.wraparound.people import People, Someone, people_of
from kring.wraparound.models import Goal, GoalFace, Preparation, Review

ORDER = {"family": 0, "natural": 1}


@dataclass(frozen=True)
class Given:
    """A face somebody gave a goal."""

    goal: Goal
    face: str
    words: str


@dataclass
class View:
    """How one person sees it."""

    person_id: UUID
    face: dict[str, str]
    role: str
    words: Preparation | None = None
    faces: list[Given] = field(default_factory=list)


@dataclass
class Together:
    """Everything the page of a review shows."""

    review: Review
    people: People
    goals: list[Goal]
    views: list[View]
    known: list[str]
    waits: list[Person]

    @property
    def to_come(self) -> list[str]:
        """First names of who has not said how they see it; only of those who may know of it."""
        return names(self.waits)

    @property
    def at_home(self) -> list[Person]:
        """Family and own people who have not said it: who works in the village signs in."""
        works = {one.id for one in self.people if one.kind == "professional"}
        return [person for person in self.waits if person.pk not in works]

    def of(self, person_id: UUID) -> View | None:
        """How this person sees it, when they said so."""
        return next((view for view in self.views if view.person_id == person_id), None)


def together(review: Review, *, at: datetime) -> Together:
    """Read a review in a number of statements that does not grow with it."""
    people = people_of(review.plan.family_id, at)
    goals = list(Goal.objects.filter(plan_id=review.plan_id).standing().in_order())
    views = _views(review, people, goals)
    said = {view.person_id for view in views}
    (knowing,) = who_knows([review], people.persons)
    to_come = [person for person in knowing if review.runs and person.pk not in said]
    return Together(
        review=review,
        people=people,
        goals=[goal for goal in goals if goal.state == Goal.State.IN_PLAN],
        views=views,
        known=names(knowing),
        waits=to_come,
    )


def _views(review: Review, people: People, goals: Iterable[Goal]) -> list[View]:
    """The family first, then its own people, then professionals; nobody is put above another."""
    views: dict[UUID, View] = {}
    for words in Preparation.objects.filter(review=review).select_related("author").order_by("at", "id"):
        views.setdefault(words.author_id, _view(people, words)).words = words
    rows = GoalFace.objects.filter(review=review).select_related("author").order_by("at", "id")
    given = {(row.author_id, row.goal_id): row for row in rows}
    for row in given.values():
        views.setdefault(row.author_id, _view(people, row))
    for view in views.values():
        view.faces = [
            Given(goal, row.face, str(row.get_face_display()))
            for goal in goals
            if (row := given.get((view.person_id, goal.pk))) is not None
        ]
    return sorted(views.values(), key=lambda view: (ORDER.get(view.face["kind"], 2), view.face["name"]))


def _view(people: People, row: Preparation | GoalFace) -> View:
    one: Someone | None = people.by_id.get(row.author_id)  # type: ignore[arg-type]
    name = row.author.given_name if row.author else ""
    return View(row.author_id, people.face(row.author_id, name), one.role if one else "")  # type: ignore[arg-type]
