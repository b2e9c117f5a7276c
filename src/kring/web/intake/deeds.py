"""What the contact point does: each deed one address, one use case, and a way back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise as Words
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from kring.intake.models import Concern, Promise
from kring.intake.usecases import concerns, promises
from kring.trust.viewer import Viewer
from kring.web.doors import door
from kring.web.intake import desk as desk_page
from kring.web.intake import undoing
from kring.web.intake.forms import CloseForm, NoteForm
from kring.web.intake.promise_forms import PromiseForm

GONE = _("This is not on the desk any more. A colleague may have taken it up.")
PAST = _("This moment is past. Which day do you mean?")


def _back(concern_id: UUID | None, anchor: str = "") -> HttpResponse:
    if concern_id is None:
        return redirect("intake:desk")
    return redirect(reverse("intake:concern", args=[concern_id]) + anchor)


@require_POST
@door("second-factor", page="desk")
def take_up(request: HttpRequest, concern_id: UUID) -> HttpResponse:
    """Take a concern up, with a stand-in."""
    now, viewer = timezone.now(), request.viewer
    try:
        with transaction.atomic():
            concern = Concern.objects.filter(pk=concern_id).first() or Concern(pk=concern_id)
            concerns.take_up(concern, by=viewer, at=now, stand_in=_stand_in(request, concern, viewer))
    except concerns.NotOnTheDesk:
        messages.warning(request, GONE)
        return redirect("intake:desk")
    except concerns.NoSuchColleague:
        messages.warning(
            request, _("This colleague does not work at the contact point now. Choose somebody else.")
        )
        return _back(concern_id)
    undoing.remember(request, "take up", concern_id, now)
    return _back(concern_id)


def _stand_in(request: HttpRequest, concern: Concern, viewer: Viewer) -> UUID | None:
    """The one chosen on the page; with one key, the one on the receipt."""
    if "stand_in" in request.POST:
        try:
            return UUID(request.POST["stand_in"]) if request.POST["stand_in"] else None
        except ValueError as problem:
            raise concerns.NoSuchColleague from problem
    return concern.stand_in_id if concern.stand_in_id != viewer.person_id else concern.on_duty_id


@require_POST
@door("second-factor", page="concern")
def note(request: HttpRequest, concern_id: UUID) -> HttpResponse:
    """Write down a talk, or a try."""
    form = NoteForm(request.POST, auto_id="note_%s")
    concern = get_object_or_404(Concern, pk=concern_id)
    if not form.is_valid():
        return desk_page.page(request, concern_id, status=422, note=form)
    reached = form.cleaned_data["reached"] == "yes"
    words = form.cleaned_data["text"]
    return done(
        request, _back(concern_id),
        lambda: concerns.write_note(concern, text=words, reached=reached, by=request.viewer, at=timezone.now()),
        said=_("Written down."),
    )  # fmt: skip


@require_POST
@door("second-factor", page="concern")
def promise(request: HttpRequest, concern_id: UUID) -> HttpResponse:
    """Promise something, before a day."""
    form = PromiseForm(request.POST, auto_id="promise_%s")
    concern, now = get_object_or_404(Concern, pk=concern_id), timezone.now()
    if form.is_valid():
        try:
            made = promises.promise(
                concern.circle_id, what=form.cleaned_data["what"], due_at=form.moment(request.viewer.timezone),
                to_asker=form.cleaned_data["to_whom"] == "asker", concern=concern, by=request.viewer, at=now,
            )  # fmt: skip
        except promises.DayIsPast:
            form.add_error("day", PAST)
        else:
            undoing.remember(request, "promise", made.pk, now)
            return _back(concern_id, "#promises")
    return desk_page.page(request, concern_id, status=422, promise=form)


@require_POST
@door("second-factor", page="concern")
def close(request: HttpRequest, concern_id: UUID) -> HttpResponse:
    """End a concern with a reason."""
    form = CloseForm(request.POST, auto_id="end_%s")
    concern, now = get_object_or_404(Concern, pk=concern_id), timezone.now()
    if not form.is_valid():
        return desk_page.page(request, concern_id, status=422, close=form)
    return done(
        request, _back(concern_id),
        lambda: concerns.close(concern, by=request.viewer, at=now, **form.cleaned_data), remember=("close", concern_id),
    )  # fmt: skip


def done(
    request: HttpRequest,
    back: HttpResponse,
    deed: Callable[[], Any],
    *,
    remember: tuple[str, UUID] | None = None,
    said: Words | None = None,
) -> HttpResponse:
    """Do it and go back to the page; a second click finds it done. The last deed's confirmation stands alone."""
    try:
        with transaction.atomic():
            deed()
    except (concerns.AlreadyClosed, promises.PromiseIsOver):
        messages.info(request, _("This was done already."))
        return back
    undoing.forget(request)
    if remember:
        undoing.remember(request, *remember, timezone.now())
    if said:
        messages.success(request, said)
    return back


@require_POST
@door("second-factor", page="desk")
def undo(request: HttpRequest) -> HttpResponse:
    """Take the last deed of this session back."""
    now = timezone.now()
    last = undoing.waiting(request, now)
    undoing.forget(request)
    if last is None:
        messages.info(request, _("There is nothing to take back."))
        return redirect("intake:desk")
    try:
        with transaction.atomic():
            back = _take_back(last["deed"], last["object_id"], request.viewer, now)
    except (concerns.TalkHasBegun, concerns.AlreadyClosed, concerns.NotOnTheDesk):
        messages.warning(request, _("This cannot be taken back any more. Something was written since."))
        return redirect("intake:desk")
    messages.success(request, _("Taken back."))
    return back


def back_to(promise: Promise, viewer: Viewer) -> HttpResponse:
    """To the concern of a promise, or to the family it was made to."""
    if family_id := viewer.family_of(promise.circle_id):
        return redirect("intake:family_promises", family_id)
    return _back(promise.concern_id, "#promises")


def _take_back(deed: str, object_id: UUID, viewer: Viewer, now: Any) -> HttpResponse:
    if deed in ("promise", "kept", "let go", "other day"):
        found: Promise = get_object_or_404(Promise, pk=object_id)
        promises.take_back(found, by=viewer, at=now)
        return back_to(found, viewer)
    concern = get_object_or_404(Concern, pk=object_id)
    if deed == "take up":
        concerns.put_back(concern, by=viewer, at=now)
        return redirect("intake:desk")
    concerns.reopen(concern, by=viewer, at=now)
    return _back(concern.pk)
