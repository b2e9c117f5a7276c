"""What the law makes us keep is moved apart before a family is forgotten; the ledger knows its number and its end."""

import hashlib
import json
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from kring.trust import journal, kept, retention
from kring.trust.models import Organisation
from kring.trust.permissions import Permission
from kring.trust.viewer import Viewer


def number_of(forgetting: UUID, file: str) -> UUID:
    """The number of the copy that is made of this forgetting for one file, when something of it must be kept."""
    return UUID(hashlib.sha256(f"kept copy {forgetting} {file}".encode()).hexdigest()[:32])


def numbers_of(forgetting: UUID, country: str) -> list[UUID]:
    """The number of every copy that the laws of this country may ask for."""
    return [number_of(forgetting, line.file) for line in retention.of(country)]


def lies_here(village_id: UUID, country: str) -> tuple[list[str], list[retention.Kept]]:
    """Of which organisations a file lies here that the law makes them keep, and by which law."""
    lines = list(retention.of(country))
    if not lines:
        return [], []
    here = Organisation.objects.filter(village_id=village_id, file_here=True).order_by("name", "id")
    return list(here.values_list("name", flat=True)), lines


def kept_of(which: UUID, at: datetime) -> list[dict[str, str]]:
    """Lock away what must be kept of what goes now; for the ledger, which names nobody. Nothing where no law asks for it."""
    village = _row("SELECT id, name, country FROM trust.village_that_forgets(%s)", which)
    copies = []
    for line in retention.of(village[2]) if village else ():
        told = _row("SELECT trust.what_must_be_kept(%s, %s)::text", which, list(line.holds))[0]
        if told is None:
            continue
        content: dict[str, Any] = json.loads(told)
        last = max(datetime.fromisoformat(one["changed_at"]) for one in content["texts"])
        children = content["children"] or []
        born = [date.fromisoformat(one["born"]) if one["born"] else None for one in children]
        until = line.ends(last, born)
        if until <= at.date():
            continue
        marks = sorted(kept.mark(one["name"], one["born"], make=True) for one in children if one["born"])
        copy = kept.keep(
            kept.Copy(
                id=str(number_of(which, line.file)), house=str(village[0]), village=village[1], country=line.country,
                file=line.file, law=line.law, language=line.language, made_on=at.date().isoformat(),
                until=until.isoformat(), marks=tuple(marks),
            ),
            content,
        )  # fmt: skip
        copies.append({"id": copy.id, "law": copy.law, "until": copy.until})
    return copies


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
