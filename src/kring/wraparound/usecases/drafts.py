"""What somebody began to write is kept until they send it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from kring.trust.viewer import Viewer
from kring.wraparound import rules
from kring.wraparound.models import Draft

FIELDS = 40


class DraftIsTooLong(Exception):
    """More than any of our forms can hold."""


@transaction.atomic
def keep_draft(key: str, fields: dict[str, list[str]], *, circle_id: UUID, by: Viewer, at: datetime) -> Draft:
    """Keep what was typed, in the place of what was kept before."""
    if (
        len(fields) > FIELDS
        or sum(len(value) for values in fields.values() for value in values) > rules.STORY + 5_000
    ):
        raise DraftIsTooLong
    clean = {name: [value.replace("\0", "") for value in values] for name, values in fields.items()}
    draft, _new = Draft.objects.update_or_create(
        owner_id=by.person_id, key=key[:120], defaults={"circle_id": circle_id, "fields": clean, "at": at}
    )
    return draft


def drafted(key: str, *, by: Viewer) -> dict[str, list[str]]:
    """What was typed before, or nothing."""
    draft = Draft.objects.filter(owner_id=by.person_id, key=key[:120]).first()
    fields: dict[str, list[str]] = draft.fields if draft else {}
    return fields


def clear_draft(key: str, *, by: Viewer) -> None:
    """It was sent; the draft goes."""
    Draft.objects.filter(owner_id=by.person_id, key=key[:120]).delete()
