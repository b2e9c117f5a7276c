"""Paper is made in the background. Tasks know ids only."""

from uuid import UUID

from django.utils import timezone
from procrastinate.contrib.django import app

from kring.web.paper.printing import print_plan


@app.task(name="web.make_paper", queue="paper")
def make_paper(paper_id: str, owner_id: str) -> None:
    """Make the paper somebody asked for, as that person; what they may not know any more is not on it."""
    print_plan(UUID(paper_id), UUID(owner_id), at=timezone.now())
