"""The plan on paper: asked for on a page, made in the background, fetched by who asked."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from kring.trust import journal
from kring.trust.permissions import NotAllowed
from kring.trust.viewer import Viewer
from kring.wraparound.models import Paper, Plan

#: After so long a paper is thrown away; a fridge keeps its own.
KEPT = timedelta(hours=24)


@transaction.atomic
def ask_for_paper(plan: Plan, *, reader_id: UUID, language: str, by: Viewer, at: datetime) -> Paper:
    """Ask for the plan on paper for one reader; what is printed is what both may know."""
    if by.seen_as is not None or by.scope is not None:
        raise NotAllowed("print the plan")
    throw_away(by=by, at=at)
    paper = Paper.objects.create(
        plan=plan,
        circle_id=plan.circle_id,
        owner_id=by.person_id,
        reader_id=reader_id,
        language=language,
        at=at,
    )
    journal.write(
        "plan printed",
        by=by,
        at=at,
        circle_id=plan.circle_id,
        about=plan.about_id or reader_id,
        object_id=paper.pk,
    )
    return paper


@transaction.atomic
def keep_paper(paper_id: UUID, sheet: bytes, *, by: Viewer, at: datetime) -> None:
    """The paper is ready."""
    Paper.objects.filter(pk=paper_id, owner_id=by.person_id).update(
        state=Paper.State.MADE, sheet=sheet, made_at=at
    )


@transaction.atomic
def paper_failed(paper_id: UUID, *, by: Viewer) -> None:
    """The paper could not be made; the page says so and offers to try again."""
    Paper.objects.filter(pk=paper_id, owner_id=by.person_id).update(state=Paper.State.FAILED)


def throw_away(*, by: Viewer, at: datetime) -> None:
    """Papers of yesterday go."""
    Paper.objects.filter(owner_id=by.person_id, at__lt=at - KEPT).delete()
