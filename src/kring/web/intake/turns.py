"""Whose turn it is at the contact point."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from kring.intake.models import Duty
from kring.intake.usecases import duties
from kring.trust.permissions import Permission
from kring.web.doors import door
from kring.web.intake.desk import colleagues
from kring.web.intake.forms import DutyForm


@require_http_methods(["GET", "HEAD", "POST"])
@door("second-factor", page="duty")
def duty(request: HttpRequest) -> HttpResponse:
    """Say who is on duty from now on; receipts and the front door name that person at once."""
    viewer = request.viewer
    viewer.must(Permission.ANSWER_CONCERN)
    now = timezone.now()
    everybody = sorted(
        [(str(viewer.person_id), viewer.given_name), *colleagues(viewer)], key=lambda one: one[1]
    )
    current = Duty.objects.filter(village_id=viewer.village_id).covering(now).first()
    initial = (
        {"person": str(current.person_id), "stand_in": str(current.stand_in_id or "")} if current else {}
    )
    form = DutyForm(request.POST or None, colleagues=everybody, initial=initial)
    if request.method == "POST" and form.is_valid():
        chosen = {name: UUID(value) if value else None for name, value in form.cleaned_data.items()}
        duties.take_turns(
            person_id=chosen["person"], stand_in_id=chosen["stand_in"], since=now, by=viewer, at=now
        )
        messages.success(request, _("From now on receipts name this person."))
        return redirect("intake:desk")
    return TemplateResponse(request, "intake/duty.html", {"form": form}, status=422 if form.errors else 200)
