"""The family stops, or begins again: one page that says what happens, one button."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kring.trust.models import Seat
from kring.trust.permissions import Permission
from kring.trust.usecases import withdrawals
from kring.web.circle.faces import must_sit, viewer_of
from kring.web.circle.members import around_family
from kring.web.design.lists import listed
from kring.web.doors import door

OURS = (Seat.Role.CHILD, Seat.Role.GUARDIAN)


@door("second-factor", page="stopping")
def stop(request: HttpRequest, family_id: UUID) -> HttpResponseBase:
    """We stop for now: who loses sight of what, before one says yes."""
    faces, told = around_family(request, family_id)
    viewer = viewer_of(request)
    if not viewer.can(Permission.WITHDRAW, must_sit(request, family_id).circle):
        raise Http404
    if request.method == "POST":
        withdrawals.withdraw(family_id, by=viewer, at=timezone.now())
        messages.success(request, _("You stopped. From now on nobody but your family sees your circle."))
        return redirect("circle:family", family_id)
    more = {
        "others": listed(sorted(face.name for face in faces if face.seat and face.seat_role not in OURS)),
        "stopped": withdrawals.standing(family_id),
        "may_stop": withdrawals.may_withdraw(family_id, by=viewer),
    }
    return TemplateResponse(request, "circle/stop.html", told | more)


@require_POST
@door("second-factor", page="stopping")
def begin_again(request: HttpRequest, family_id: UUID) -> HttpResponseBase:
    """The door stayed open."""
    must_sit(request, family_id)
    withdrawals.begin_again(family_id, by=viewer_of(request), at=timezone.now())
    messages.success(
        request, _("Welcome back. Somebody of the contact point will call you. You choose who comes in.")
    )
    return redirect("circle:family", family_id)
