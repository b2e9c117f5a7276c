"""Getting ready for a review without signing in: by a link with a code, on paper, or aloud (K13)."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection, transaction

from kring.trust import journal, unit
from kring.trust.models import Person
from kring.trust.permissions import NotAllowed, Permission
from kring.trust.usecases import links
from kring.trust.viewer import Viewer
from kring.wraparound import rules
from kring.wraparound.models import Preparation, Review
from kring.wraparound.usecases.reviews import OwnView, ReviewIsOver

#: What the link to a review is for.
PREPARE = "prepare"
HOWS = (Preparation.How.SPOKEN, Preparation.How.PAPER)


class DayIsToCome(Exception):
    """What was said was said today or before."""


@dataclass(frozen=True)
class Said:
    """What somebody said aloud or wrote on paper: how, on which day, and who helped with the language."""

    view: OwnView
    how: str
    on: date
    interpreter: str = ""


@dataclass(frozen=True)
class GoalAsked:
    """A goal about which somebody is asked by a link."""

    pk: UUID
    aim: str
    language: str

    @property
    def direction(self) -> str:
        """From the language, never guessed."""
        return rules.direction(self.language)


@dataclass(frozen=True)
class Opened:
    """What a link to a review opens."""

    circle_id: UUID
    about_id: UUID | None
    name: str
    runs: bool
    said: bool
    goals: tuple[GoalAsked, ...]


def may_record(review: Review, by: Viewer) -> bool:
    """The coordinator, as long as people prepare."""
    return review.runs and by.can(Permission.RECORD_FAMILYS_WORD, review.circle_id)


@transaction.atomic
def link_to_prepare(review: Review, person: Person, *, by: Viewer, at: datetime) -> links.Made:
    """A link by which somebody of the circle says how it goes; its code goes another way."""
    by.must(Permission.RECORD_FAMILYS_WORD, review.circle_id)
    if not review.runs:
        raise ReviewIsOver
    return links.make(person, PREPARE, review.pk, by=by, at=at)


@transaction.atomic
def record_view(review: Review, whose: UUID, said: Said, *, by: Viewer, at: datetime) -> Preparation:
    """The coordinator writes down what somebody said; sent twice, it is written once."""
    by.must(Permission.RECORD_FAMILYS_WORD, review.circle_id)
    if not review.runs:
        raise ReviewIsOver
    if said.how not in HOWS:
        raise NotAllowed(Permission.RECORD_FAMILYS_WORD.value)
    if said.on > at.astimezone(ZoneInfo(by.timezone)).date():
        raise DayIsToCome
    interpreter = rules.line(said.interpreter, rules.NAME, needed=False)
    more = {"how": said.how, "said_on": said.on.isoformat(), "interpreter": interpreter}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT trust.record_preparation(%s, %s, %s::jsonb, %s)",
            [review.pk, whose, json.dumps(_told(said.view) | more), at],
        )
        (made,) = cursor.fetchone()
    row: Preparation = Preparation.objects.get(pk=made)
    journal.write("wrote down how it goes", by=by, at=at, circle_id=row.circle_id, about=row.about_id,
                  object_id=review.pk)  # fmt: skip
    return row


def _told(view: OwnView) -> dict[str, object]:
    return {
        "helped": rules.tidy(view.helped, rules.ANSWER, needed=False),
        "wish": rules.tidy(view.wish, rules.ANSWER, needed=False),
        "language": view.language,
        "faces": {str(goal): face for goal, face in view.faces.items()},
    }


def opened_by_link() -> Opened | None:
    """What the link opens for whoever came by it; None when it opens nothing (any more). The family sees the look."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT trust.review_by_link()::text")
        (found,) = cursor.fetchone()
    if found is None:
        return None
    told = json.loads(found)
    about = UUID(told["about"]) if told["about"] else None
    unit.saw(UUID(told["circle"]), "review", about)
    goals = tuple(GoalAsked(UUID(one["pk"]), one["aim"], one["language"]) for one in told["goals"])
    return Opened(UUID(told["circle"]), about, told["name"], told["runs"], told["said"], goals)


@transaction.atomic
def prepare_by_link(opened: Opened, view: OwnView, *, by: Viewer, at: datetime) -> None:
    """Somebody says how it goes by their link; said anew, it takes the place of what was said before."""
    if not opened.runs:
        raise ReviewIsOver
    more = {"how": str(Preparation.How.LINK), "said_on": None, "interpreter": ""}
    with connection.cursor() as cursor:
        cursor.execute("SELECT trust.prepare_by_link(%s::jsonb, %s)", [json.dumps(_told(view) | more), at])
        (about,) = cursor.fetchone()
    journal.write(
        "said how it goes", by=by, at=at, circle_id=opened.circle_id, about=about, object_id=by.scope
    )
