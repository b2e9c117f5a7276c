"""Long lists are read and written by the worker: whoever brought one sees how far it is, and may stop it.

How far it is must be seen while the whole is not written yet. So it is told on a connection of its own, and
the same sentence hears whether somebody said stop.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import connection, transaction

from kring.network.hsds import read
from kring.network.hsds.shapes import IN_THE_BACKGROUND
from kring.network.models import ImportDraft
from kring.network.usecases import lists
from kring.trust import journal
from kring.trust.permissions import Permission
from kring.trust.viewer import Viewer, acting, identify

State = ImportDraft.State
EVERY_SECOND = 1.0
#: Above so many bytes, or so many services, the worker does it.
LONG, MANY = 1_000_000, 500


class Stopped(Exception):
    """Somebody said stop: nothing of it is written."""


@transaction.atomic
def bring(name: str, content: bytes, *, by: Viewer, at: datetime, source: str = "HSDS") -> ImportDraft:
    """A long list waits for the worker."""
    from kring.network.tasks import read_list

    draft = lists.begin(name, by=by, at=at, source=source)
    draft.content, draft.state = content, State.WAITING
    draft.save(force_insert=True)
    read_list.defer(draft_id=str(draft.pk), person_id=str(by.person_id))
    return draft


@transaction.atomic
def say_yes(draft: ImportDraft, *, by: Viewer, at: datetime, hide_gone: bool = False) -> bool:
    """A long list is to be written; the second yes finds the first."""
    from kring.network.tasks import write_list

    by.must(Permission.IMPORT_DIRECTORY)
    rows = ImportDraft.objects.filter(pk=draft.pk, state=State.READ, applied_at__isnull=True)
    if not rows.update(state=State.YES, hide_gone=hide_gone, done=0, total=0):
        return False
    journal.write("directory import said yes to", by=by, at=at, object_id=draft.pk)
    write_list.defer(draft_id=str(draft.pk), person_id=str(by.person_id))
    return True


@transaction.atomic
def stop(draft: ImportDraft, *, by: Viewer, at: datetime) -> None:
    """Stop: what is being read or written is as if it had never begun."""
    by.must(Permission.IMPORT_DIRECTORY)
    if ImportDraft.objects.filter(pk=draft.pk, state__in=lists.AT_WORK).update(
        state=State.STOPPED, content=None, reading={}
    ):
        journal.write("directory import stopped", by=by, at=at, object_id=draft.pk)


def read_waiting(draft_id: UUID, person_id: UUID, *, at: datetime) -> None:
    """The worker reads a list; nothing where it was stopped or somebody else reads it already."""
    draft = _claim(draft_id, person_id, State.WAITING, State.READING)
    if draft is None:
        return
    told = Telling(draft_id, person_id, State.READING)
    try:
        reading = read(draft.name, bytes(draft.content or b""), limits=IN_THE_BACKGROUND, tell=told)
    except Stopped:
        return
    with acting(person_id, page="import", at=at):
        lists.say_what_it_tells(draft, reading)
        if not ImportDraft.objects.filter(pk=draft_id, state=State.READING).exists():
            return
        draft.done = draft.total = len(reading.services)
        draft.save(update_fields=["reading", "content", "findings", "state", "done", "total"])


def write_waiting(draft_id: UUID, person_id: UUID, *, at: datetime) -> None:
    """The worker writes a list into the village, all of it or nothing."""
    draft = _claim(draft_id, person_id, State.YES, State.WRITING)
    if draft is None:
        return
    told = Telling(draft_id, person_id, State.WRITING, then=lambda: identify(person_id))
    try:
        with acting(person_id, page="import", at=at) as by:
            lists.write_over(draft, by=by, at=at, hide_gone=draft.hide_gone, tell=told)
    except (Stopped, lists.ListIsEmpty):
        _release(draft_id, person_id)


def _claim(draft_id: UUID, person_id: UUID, waiting: str, working: str) -> ImportDraft | None:
    with acting(person_id, page="import") as by:
        by.must(Permission.IMPORT_DIRECTORY)
        if not ImportDraft.objects.filter(pk=draft_id, state=waiting).update(state=working):
            return None
        return ImportDraft.objects.defer("before").get(pk=draft_id)


def _release(draft_id: UUID, person_id: UUID) -> None:
    with acting(person_id, page="import"):
        ImportDraft.objects.filter(pk=draft_id, state=State.WRITING).update(state=State.STOPPED, reading={})


class Telling:
    """Writes down how far it is, once a second, on a connection of its own; raises when somebody said stop."""

    def __init__(
        self, draft_id: UUID, person_id: UUID, state: str, then: Callable[[], None] = lambda: None
    ) -> None:
        self.draft_id, self.person_id, self.state, self.then = draft_id, person_id, state, then
        self.next = time.monotonic() + EVERY_SECOND

    def __call__(self, done: int, total: int) -> None:
        """So many of so many are done."""
        if time.monotonic() < self.next:
            return
        self.next = time.monotonic() + EVERY_SECOND
        with ThreadPoolExecutor(max_workers=1) as aside:
            goes_on = aside.submit(partial(self._write, done, total)).result()
        if not goes_on:
            raise Stopped
        self.then()

    def _write(self, done: int, total: int) -> bool:
        try:
            with acting(self.person_id, page="import"):
                rows = ImportDraft.objects.filter(pk=self.draft_id, state=self.state)
                return bool(rows.update(done=done, total=total))
        finally:
            connection.close()
