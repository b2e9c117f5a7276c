"""What the law makes us keep is moved apart before a family is forgotten; the ledger knows its number and its end."""

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from kring.trust import journal, kept, retention
from kring.trust.models import Organisation
from kring.trust.permissions import Permission
from kring.trust.viewer import Viewer


def number_of(forgetting: UUID) -> UUID:
    """The number of the copy that is made of this forgetting, when something must be kept."""
    number: UUID = _row("SELECT trust.number_of_copy(%s)", forgetting)[0]
    return number


def lies_here(village_id: UUID, country: str) -> tuple[list[str], list[retention.Kept]]:
    """Of which organisations a file lies here that the law makes them keep, and by which law."""
    lines = list(retention.of(country))
    if not lines:
        return [], []
    here = Organisation.objects.filter(village_id=village_id, file_here=True).order_by("name", "id")
    return list(here.values_list("name", flat=True)), lines


def kept_of(which: UUID, at: datetime) -> list[dict[str, str]]:
    """Lock away what must be kept of what goes now; for the ledger, which names nobody. Nothing where no law asks for it."""
    village = _row("SELECT name, country FROM trust.village_that_forgets(%s)", which)
    for line in retention.of(village[1]) if village else ():
        told = _row("SELECT trust.what_must_be_kept(%s, %s)::text", which, list(line.holds))[0]
        if told is None:
            continue
        content: dict[str, Any] = json.loads(told)
        last = max(datetime.fromisoformat(one["at"]) for one in content["texts"])
        marks = sorted(kept.mark(one["name"], one["born"]) for one in content["children"] or [])
        copy = kept.keep(
            kept.Copy(
                id=str(number_of(which)), village=village[0], country=line.country, file=line.file, law=line.law,
                language=line.language, made_on=at.date().isoformat(), until=line.ends(last).isoformat(), marks=tuple(marks),
            ),
            content,
        )  # fmt: skip
        return [{"id": copy.id, "law": copy.law, "until": copy.until}]
    return []


def say_where_a_file_lies(organisation: Organisation, here: bool, *, by: Viewer, at: datetime) -> None:
    """The file this organisation must keep lies here, or with itself."""
    by.must(Permission.KEEP_AGREEMENTS)
    organisation.file_here = here
    organisation.save(update_fields=["file_here"])
    journal.write(
        "file lies here" if here else "file lies with them", by=by, at=at, object_id=organisation.pk
    )


def _row(question: str, *values: Any) -> tuple[Any, ...]:
    with connection.cursor() as cursor:
        cursor.execute(question, list(values))
        row: tuple[Any, ...] = cursor.fetchone() or ()
    return row
