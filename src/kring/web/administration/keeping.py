"""Who keeps the village: what every page of the administrator begins with and ends with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from kring.trust.models import Job, Village
from kring.trust.permissions import Permission
from kring.trust.usecases import choices
from kring.trust.viewer import Viewer


def keeper(request: HttpRequest) -> Viewer:
    """The administrator who is here; for everybody else there is no such page."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    if not viewer.can(Permission.ADMINISTER):
        raise Http404
    return viewer


def village_of(keeper: Viewer) -> Village:
    """The village as it stands now."""
    return Village.objects.get(pk=keeper.village_id)


def chosen(request: HttpRequest, wishes: Mapping[str, Any], to: str) -> HttpResponse:
    """Keep what was chosen, say so, and go on."""
    made = choices.choose(wishes, by=keeper(request), at=timezone.now())
    if made:
        messages.success(request, _("Kept. Everybody sees it from now on."))
    else:
        messages.info(request, _("Nothing changed."))
    return redirect(to)


def sent(request: HttpRequest) -> QueryDict | None:
    """What was sent, also when it was nothing."""
    return request.POST if request.method == "POST" else None


def page(request: HttpRequest, template: str, told: Mapping[str, Any]) -> TemplateResponse:
    """A page, with what was typed still in its form where something is to be looked at once more."""
    form = told.get("form")
    status = 422 if form is not None and form.is_bound and form.errors else 200
    return TemplateResponse(request, f"administration/{template}.html", dict(told), status=status)


def still(request: HttpRequest) -> bool:
    """Whether who is here keeps the village also after what was just done."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    now = timezone.now()
    return any(
        (job.until is None or job.until > now) and job.role == Job.Role.ADMINISTRATOR
        for job in Job.objects.filter(person_id=viewer.person_id)
    )
