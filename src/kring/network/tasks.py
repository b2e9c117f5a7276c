"""Long lists, in the background. Tasks know ids only."""

from uuid import UUID

from django.utils import timezone
from procrastinate.contrib.django import app

from kring.network.usecases import long_lists


@app.task(name="network.read_list", queue="lists")
def read_list(draft_id: str, person_id: str) -> None:
    """Read a list that waits."""
    long_lists.read_waiting(UUID(draft_id), UUID(person_id), at=timezone.now())


@app.task(name="network.write_list", queue="lists")
def write_list(draft_id: str, person_id: str) -> None:
    """Write a list to which somebody said yes."""
    long_lists.write_waiting(UUID(draft_id), UUID(person_id), at=timezone.now())
