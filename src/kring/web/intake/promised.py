"""What one does with a promise, at the contact point or in a family's circle alike."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from kring.intake.models import Promise
from kring.intake.usecases import promises
from kring.web.doors import door
from kring.web.intake import desk, family, undoing
from kring.web.intake.deeds import PAST, back_to, done
from kring.web.intake.promise_forms import OtherDayForm


def _found(promise_id: UUID) -> Promise:
    promise: Promise = get_object_or_404(Promise, pk=promise_id)
    return promise


@require_POST
@door("second-factor", page="promises")
def kept(request: HttpRequest, promise_id: UUID) -> HttpResponse:
    """Done as promised."""
    found, now = _found(promise_id), timezone.now()
    return done(
        request,
        back_to(found, request.viewer),
        lambda: promises.keep(found, by=request.viewer, at=now),
        remember=("kept", promise_id),
    )


@require_POST
@door("second-factor", page="promises")
def let_go(request: HttpRequest, promise_id: UUID) -> HttpResponse:
    """Not needed any more."""
    found, now = _found(promise_id), timezone.now()
    return done(
        request,
        back_to(found, request.viewer),
        lambda: promises.let_go(found, by=request.viewer, at=now),
        remember=("let go", promise_id),
    )


@require_POST
@door("second-factor", page="promises")
def other_day(request: HttpRequest, promise_id: UUID) -> HttpResponse:
    """Another day for a promise."""
    found = _found(promise_id)
    form = OtherDayForm(request.POST, auto_id="day_%s")
    if form.is_valid():
        due, reason = form.moment(request.viewer.timezone), form.cleaned_data["reason"]
        try:
            promises.renegotiate(found, due_at=due, reason=reason, by=request.viewer, at=timezone.now())
        except promises.DayIsPast:
            form.add_error("day", PAST)
        except promises.PromiseIsOver:
            messages.info(request, _("This promise is over already."))
            return back_to(found, request.viewer)
        else:
            undoing.remember(request, "other day", promise_id, timezone.now())
            return back_to(found, request.viewer)
    form.promise_id = promise_id
    if request.viewer.family_of(found.circle_id):
        return family.again(request, found, form)
    return desk.page(request, found.concern_id, status=422, day=form)


@require_POST
@door("second-factor", page="promises")
def was_true(request: HttpRequest, promise_id: UUID) -> HttpResponse:
    """The family says whether a promise was true."""
    found, answer = _found(promise_id), request.POST.get("true", "")
    if answer in Promise.WasTrue.values:
        promises.answer_whether_true(found, answer=answer, by=request.viewer, at=timezone.now())
    return back_to(found, request.viewer)
