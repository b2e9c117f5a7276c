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
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from kring.intake.models import Concern, Promise
from kring.intake.usecases import concerns, promises
from kring.trust.viewer import Viewer
from kring.web.doors import door
from kring.web.intake import desk as desk_page
from kring.web.intake import undoing
from kring.web.intake.forms import CloseForm, NoteForm, OtherDayForm, PromiseForm

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
    return _done(
        request, concern_id,
        lambda: concerns.write_note(concern, text=form.cleaned_data["text"], reached=reached, by=request.viewer, at=timezone.now()),
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
    return _done(
        request, concern_id, lambda: concerns.close(concern, by=request.viewer, at=now, **form.cleaned_data), remember="close"
    )  # fmt: skip


@require_POST
@door("second-factor", page="concern")
def kept(request: HttpRequest, promise_id: UUID) -> HttpResponse:
    """Done as promised."""
    found = get_object_or_404(Promise, pk=promise_id)
    return _done(
        request, found.concern_id, lambda: promises.keep(found, by=request.viewer, at=timezone.now()),
        remember="kept", remembered=promise_id,
    )  # fmt: skip


@require_POST
@door("second-factor", page="concern")
def let_go(request: HttpRequest, promise_id: UUID) -> HttpResponse:
    """Not needed any more."""
    found = get_object_or_404(Promise, pk=promise_id)
    return _done(
        request, found.concern_id, lambda: promises.let_go(found, by=request.viewer, at=timezone.now())
    )


@require_POST
@door("second-factor", page="concern")
def other_day(request: HttpRequest, promise_id: UUID) -> HttpResponse:
    """Another day for a promise."""
    found = get_object_or_404(Promise, pk=promise_id)
    form = OtherDayForm(request.POST, auto_id="day_%s")
    if form.is_valid():
        try:
            promises.renegotiate(
                found, due_at=form.moment(request.viewer.timezone), reason=form.cleaned_data["reason"],
                by=request.viewer, at=timezone.now(),
            )  # fmt: skip
        except promises.DayIsPast:
            form.add_error("day", PAST)
        except promises.PromiseIsOver:
            messages.info(request, _("This promise is over already."))
            return _back(found.concern_id)
        else:
            return _back(found.concern_id, "#promises")
    form.promise_id = promise_id
    return desk_page.page(request, found.concern_id, status=422, day=form)


def _done(
    request: HttpRequest, concern_id: UUID | None, deed: Callable[[], Any], *, remember: str = "",
    remembered: UUID | None = None,
) -> HttpResponse:  # fmt: skip
    """Do it and go back to the page; a second click finds it done."""
    try:
        with transaction.atomic():
            deed()
    except (concerns.AlreadyClosed, promises.PromiseIsOver):
        messages.info(request, _("This was done already."))
        return _back(concern_id)
    object_id = remembered or concern_id
    if remember and object_id:
        undoing.remember(request, remember, object_id, timezone.now())
    return _back(concern_id)


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
            concern_id = _take_back(last["deed"], last["object_id"], request.viewer, now)
    except (concerns.TalkHasBegun, concerns.AlreadyClosed, concerns.NotOnTheDesk):
        messages.warning(request, _("This cannot be taken back any more. Something was written since."))
        return redirect("intake:desk")
    messages.success(request, _("Taken back."))
    return redirect("intake:desk") if last["deed"] == "take up" else _back(concern_id)


def _take_back(deed: str, object_id: UUID, viewer: Viewer, now: Any) -> UUID | None:
    if deed in ("promise", "kept"):
        found = get_object_or_404(Promise, pk=object_id)
        promises.take_back(found, by=viewer, at=now)
        return found.concern_id
    concern = get_object_or_404(Concern, pk=object_id)
    (concerns.put_back if deed == "take up" else concerns.reopen)(concern, by=viewer, at=now)
    return concern.pk
