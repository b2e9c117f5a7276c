"""Writing down that one tried to reach the family, and taking it back."""

from __future__ import annotations

from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kring.messaging import attempts
from kring.messaging.models import Attempt
from kring.web.circle.faces import viewer_of
from kring.web.circle.forms import posted
from kring.web.circle.members import around_family
from kring.web.doors import door
from kring.web.reaching.forms import AttemptForm
from kring.web.reaching.page import another


@door("second-factor", page="reaching")
def write_down(request: HttpRequest, family_id: UUID) -> HttpResponseBase:
    """I rang, I called, I wrote; and next time."""
    faces, told = around_family(request, family_id)
    viewer = viewer_of(request)
    seat = attempts.may_try(viewer, family_id)
    if seat is None or viewer.seen_as is not None:
        raise Http404
    today = timezone.now().astimezone(ZoneInfo(viewer.timezone)).date()
    form = AttemptForm(posted(request), initial={"on": today, "way": request.GET.get("way")})
    if request.method == "POST" and form.is_valid() and _kept(request, family_id, form, today):
        messages.success(request, _("Written down. Thank you for going there."))
        return redirect("reaching:reach", family_id)
    before = attempts.tried(list(Attempt.objects.filter(circle_id=seat.circle).newest()))
    more = {"form": form, **another(before, faces)}
    return TemplateResponse(request, "reaching/tried.html", told | more, status=422 if form.errors else 200)


def _kept(request: HttpRequest, family_id: UUID, form: AttemptForm, today: date) -> bool:
    """Whether it is written down; else the form says what to look at."""
    try:
        attempts.write_down(family_id, form.trial(), by=viewer_of(request), at=timezone.now(), today=today)
    except attempts.DayIsToCome:
        form.add_error("on", _("This day is still to come. On which day were you there?"))
    except attempts.MoreOfTheSame:
        form.add_error(
            "next_words",
            _(
                "This did not work three times. What will be different next time? For example who comes along."
            ),
        )
    else:
        return True
    return False


@require_POST
@door("second-factor", page="reaching")
def take_back(request: HttpRequest, family_id: UUID, attempt_id: UUID) -> HttpResponseBase:
    """It was a mistake; who wrote it takes it away."""
    row = Attempt.objects.in_family(family_id).filter(pk=attempt_id).first()
    if row is not None:
        try:
            attempts.take_back(row, by=viewer_of(request), at=timezone.now())
        except attempts.NotYoursToTakeBack as problem:
            raise Http404 from problem
        messages.success(request, _("It is gone."))
    elif viewer_of(request).family_seat(family_id) is None:
        raise Http404
    return redirect("reaching:reach", family_id)
