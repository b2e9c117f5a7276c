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

from kring.trust.permissions import Permission
from kring.trust.usecases import withdrawals
from kring.web.circle.faces import faces_around, members_of, must_sit, viewer_of
from kring.web.design.lists import listed
from kring.web.doors import door


@door("second-factor", page="stopping")
def stop(request: HttpRequest, family_id: UUID) -> HttpResponseBase:
    """We stop for now: who loses sight of what, before one says yes."""
    viewer, at = viewer_of(request), timezone.now()
    seat = must_sit(request, family_id)
    if not viewer.can(Permission.WITHDRAW, seat.circle):
        raise Http404
    if request.method == "POST":
        withdrawals.withdraw(family_id, by=viewer, at=at)
        return redirect("circle:family", family_id)
    members = members_of(family_id)
    ours = {member.person_id for member in members}
    others = [
        face.name
        for face in faces_around(family_id, viewer, at, members)
        if face.seat and face.id not in ours
    ]
    told = {
        "family_id": family_id,
        "family": members[0].family,
        "others": listed(sorted(others)),
        "stopped": withdrawals.standing(family_id),
        "may": withdrawals.may_withdraw(family_id, by=viewer),
        "base": "base.html" if viewer.works else "base_family.html",
    }
    return TemplateResponse(request, "circle/stop.html", told)


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
