"""The first page of the administrator, the village's sheet of colours and its sign."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from kring.trust.models import Job, Logo
from kring.trust.usecases import jobs
from kring.web.administration import changing, keeping, themes
from kring.web.doors import door

A_YEAR = "public, max-age=31536000, immutable"


@require_safe
@door("second-factor", page="administration")
def home(request: HttpRequest) -> HttpResponse:
    """What is left of the setting up, and everything one can choose."""
    viewer = keeping.keeper(request)
    village = keeping.village_of(viewer)
    roles = {job.role for job in jobs.of_village(viewer.village_id, at=timezone.now())}
    left = {
        "phone": not village.phone,
        "contact_point": Job.Role.CONTACT_POINT not in roles,
        "network": Job.Role.NETWORK not in roles,
    }
    told = {"left": left, "is_left": any(left.values()), "last": changing.last(village)}
    return keeping.page(request, "home", told)


@require_safe
@door("public", page="look")
def theme(request: HttpRequest, stamp: str) -> HttpResponse:
    """The sheet of colours; it follows from its address alone."""
    colours = themes.colours_in(stamp)
    if colours is None:
        raise Http404
    return HttpResponse(themes.sheet(colours), content_type="text/css", headers={"Cache-Control": A_YEAR})


@require_safe
@door("public", page="look")
def logo(request: HttpRequest, logo_id: UUID) -> HttpResponse:
    """The sign of a village."""
    found = get_object_or_404(Logo, pk=logo_id)
    return HttpResponse(
        bytes(found.picture), content_type=f"image/{found.kind}", headers={"Cache-Control": A_YEAR}
    )


@require_safe
@door("second-factor", page="agreement")
def agreement(request: HttpRequest) -> HttpResponse:
    """The page that every organisation reads before its people work here."""
    return keeping.page(request, "agreement", {"village_row": keeping.village_of(keeping.keeper(request))})
