"""A package to take along is made in the background. Tasks know ids only."""

from uuid import UUID

from django.utils import timezone
from procrastinate.contrib.django import app

from kring.web.mine.packing import pack


@app.task(name="web.pack_everything", queue="paper")
def pack_everything(along_id: str, person_id: str) -> None:
    """Make the package somebody asked for, as that person."""
    pack(UUID(along_id), UUID(person_id), at=timezone.now())
