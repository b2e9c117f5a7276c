"""Taking over the list of another directory: first look, then yes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from kring.network import rules
from kring.network.before import put_back, put_spots_back
from kring.network.comparing import Comparison, compare
from kring.network.hsds import Reading, read
from kring.network.hsds.rows import Tell, to_nobody
from kring.network.listed import Values, as_json, problem_as_json
from kring.network.models import ImportDraft, Offer
from kring.network.usecases.taking_over import take_rows_over
from kring.trust import journal
from kring.trust.permissions import Permission
from kring.trust.viewer import Viewer

AT_WORK = ("waiting", "reading", "yes", "writing")
MOST_NAMED = 500
"""How many offers of a kind the preview names one by one; all are counted."""


class ListIsEmpty(Exception):
    """There is nothing in the list that could be taken over."""


@transaction.atomic
def look(
    name: str,
    content: bytes,
    *,
    by: Viewer,
    at: datetime,
    source: str = "HSDS",
    reader: Callable[..., Reading] = read,
) -> ImportDraft:
    """Reads a list and keeps what it would change, so that taking it over is one more yes."""
    by.must(Permission.IMPORT_DIRECTORY)
    draft = begin(name, by=by, at=at, source=source)
    say_what_it_tells(draft, reader(name, content))
    draft.save(force_insert=True)
    return draft


def begin(name: str, *, by: Viewer, at: datetime, source: str) -> ImportDraft:
    """A list that is about to be read; those that this person looked at before and left go."""
    by.must(Permission.IMPORT_DIRECTORY)
    left = ImportDraft.objects.filter(
        village_id=by.village_id, made_by_id=by.person_id, applied_at__isnull=True
    )
    left.exclude(state__in=AT_WORK).delete()
    return ImportDraft(
        village_id=by.village_id, name=rules.one_line(name, 120) or "?", source=rules.one_line(source, 80) or "HSDS",
        made_by_id=by.person_id, made_at=at,
    )  # fmt: skip


def say_what_it_tells(draft: ImportDraft, reading: Reading) -> None:
    """What the list says, and what it would change in the village."""
    draft.reading, draft.content, draft.state = as_json(reading), None, ImportDraft.State.READ
    found = compare(draft.reading, draft.village_id, draft.source)
    draft.findings = _findings(found) | _problems(reading)


@transaction.atomic
def take_over(
    draft: ImportDraft, *, by: Viewer, at: datetime, hide_gone: bool = False, tell: Tell = to_nobody
) -> ImportDraft:
    """Takes the list over; a second click finds it done and changes nothing."""
    by.must(Permission.IMPORT_DIRECTORY)
    draft = ImportDraft.objects.select_for_update().get(pk=draft.pk)
    if draft.applied_at is not None:
        return draft
    return write_over(draft, by=by, at=at, hide_gone=hide_gone, tell=tell)


def write_over(
    draft: ImportDraft, *, by: Viewer, at: datetime, hide_gone: bool, tell: Tell = to_nobody
) -> ImportDraft:
    """Writes the list into the village, and keeps what stood there before."""
    if not draft.reading.get("services") and not draft.reading.get("organisations"):
        raise ListIsEmpty
    found = compare(draft.reading, draft.village_id, draft.source)
    draft.findings |= _findings(found)
    before = take_rows_over(found, village_id=draft.village_id, source=draft.source, by=by, at=at, tell=tell)
    before.hidden = [str(offer.pk) for offer in found.gone] if hide_gone else []
    draft.findings["hidden"] = _hide(found, at) if hide_gone else 0
    draft.reading, draft.applied_at, draft.applied_by_id = {}, at, by.person_id
    draft.before, draft.state = asdict(before), ImportDraft.State.TAKEN_OVER
    draft.save(update_fields=["reading", "before", "state", "findings", "applied_at", "applied_by"])
    older = ImportDraft.objects.filter(village_id=draft.village_id).exclude(pk=draft.pk)
    older.exclude(before={}).update(before={})  # only the last list can be undone
    journal.write("directory imported", by=by, at=at, object_id=draft.pk)
    return draft


@transaction.atomic
def undo(draft: ImportDraft, *, by: Viewer, at: datetime) -> ImportDraft:
    """As it was before the list: new offers are hidden, changed ones read as before; twice is once.

    What somebody changed by hand since then stays as they wrote it. Nothing is deleted: plans may point at it.
    """
    by.must(Permission.IMPORT_DIRECTORY)
    draft = ImportDraft.objects.select_for_update().get(pk=draft.pk)
    if draft.state != ImportDraft.State.TAKEN_OVER or draft.applied_at is None or not draft.before:
        return draft
    before, untouched = (
        draft.before,
        Offer.objects.filter(village_id=draft.village_id, changed_at=draft.applied_at),
    )
    untouched.filter(pk__in=before["new"]).update(gone_on=at.date())
    Offer.objects.filter(village_id=draft.village_id, pk__in=before["hidden"]).update(gone_on=None)
    still = set(untouched.filter(pk__in=list(before["offers"])).values_list("pk", flat=True))
    put_back("offers", {key: row for key, row in before["offers"].items() if UUID(key) in still})
    put_spots_back({key: ones for key, ones in before["spots"].items() if UUID(key) in still}, still)
    for kind in ("cards", "places"):
        put_back(kind, before[kind])
    draft.before, draft.state = {}, ImportDraft.State.UNDONE
    draft.save(update_fields=["before", "state"])
    journal.write("directory import undone", by=by, at=at, object_id=draft.pk)
    return draft


def _hide(found: Comparison, at: datetime) -> int:
    """Offers that left the list are no longer shown; nothing is deleted, and they may come back."""
    return Offer.objects.filter(pk__in=[offer.pk for offer in found.gone]).update(gone_on=at.date())


def _problems(reading: Reading) -> Values:
    return {
        "problems": [problem_as_json(problem) for problem in reading.problems],
        "problem_count": reading.problem_count,
        "left_out": reading.left_out,
        "whole": reading.whole,
        "places": len(reading.locations),
    }


def _findings(found: Comparison) -> Values:
    new, changed = found.new_offers(), found.changed_offers()
    new_homes, changed_homes = found.new_organisations(), found.changed_organisations()
    offers, homes = found.listing["services"], found.listing["organisations"]
    return {
        "offers": {
            "new": _named([_line(offers[key], homes) for key in new]),
            "changed": _named(
                [_line(offers[key], homes) | {"what": found.what_changed(key)} for key in changed]
            ),
            "same": len(offers) - len(new) - len(changed),
            "gone": _named([{"name": offer.name, "id": str(offer.pk)} for offer in found.gone]),
        },
        "organisations": {
            "new": _named([{"name": homes[key]["name"]} for key in new_homes]),
            "changed": _named([{"name": homes[key]["name"]} for key in changed_homes]),
            "same": len(homes) - len(new_homes) - len(changed_homes),
        },
    }


def _named(lines: list[Values]) -> dict[str, Any]:
    return {"count": len(lines), "lines": lines[:MOST_NAMED]}


def _line(service: Values, homes: dict[str, Values]) -> Values:
    return {"name": service["name"], "organisation": homes[service["organisation"]]["name"]}


def may_undo(draft: ImportDraft) -> bool:
    """Whether this is the last list that was taken over, and still stands."""
    rows = ImportDraft.objects.filter(pk=draft.pk, state=ImportDraft.State.TAKEN_OVER)
    return rows.exclude(before={}).exists()


def draft_of(draft_id: UUID) -> ImportDraft | None:
    """One list that was read, if it is there."""
    return ImportDraft.objects.defer("reading", "before", "content").filter(pk=draft_id).first()
