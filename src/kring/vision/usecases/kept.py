"""What the village wrote itself beside ours: written anew, put to rest, put back."""

from __future__ import annotations

import unicodedata
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from kring.trust import journal
from kring.trust.permissions import Permission
from kring.trust.viewer import Viewer
from kring.vision import ours
from kring.vision.models import Counts, OfTheVillage

Kept = TypeVar("Kept", bound=OfTheVillage)


class NoSuchLanguage(Exception):
    """Words are kept in the four languages of the house."""


class NothingOfOurs(Exception):
    """Kring brings nothing along here: there is nothing to put back."""


def plain(text: str, *, lines: bool = False) -> str:
    """What somebody typed without signs that play tricks, on one line or on as many as were written."""
    shown = "".join(
        sign for sign in text.replace("\r\n", "\n") if sign == "\n" or unicodedata.category(sign) not in ("Cc", "Cf", "Cs")
    )  # fmt: skip
    told = [" ".join(line.split()) for line in shown.split("\n")]
    return "\n".join(filter(None, told)) if lines else " ".join(filter(None, told))


def of_village(model: type[Kept], village_id: UUID, language: str) -> dict[str, Kept]:
    """What this village wrote in a language, by key."""
    return {row.key: row for row in model._default_manager.filter(village_id=village_id, language=language)}


def write(
    model: type[Kept],
    language: str,
    key: str,
    words: dict[str, str],
    *,
    deed: str,
    by: Viewer,
    at: datetime,
    counts: str = Counts.VILLAGE,
) -> Kept:
    """The village's own words count from now on; written twice they stand there once."""
    by.must(Permission.KEEP_WORDS)
    if language not in ours.LANGUAGES:
        raise NoSuchLanguage
    row, _made = model._default_manager.update_or_create(
        village_id=by.village_id, language=language, key=key,
        defaults={**words, "counts": counts, "changed_by_id": by.person_id, "changed_at": at},
    )  # fmt: skip
    journal.write(deed, by=by, at=at, object_id=row.pk)
    return row


def let_count(row: OfTheVillage, counts: str, *, deed: str, by: Viewer, at: datetime) -> None:
    """From now on these words count, ours, or none; what the village wrote stays beside it."""
    by.must(Permission.KEEP_WORDS)
    row.counts, row.changed_by_id, row.changed_at = counts, by.person_id, at
    row.save(update_fields=["counts", "changed_by", "changed_at"])
    journal.write(deed, by=by, at=at, object_id=row.pk)
