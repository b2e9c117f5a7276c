"""What holds in this village: what the country says, where the village is stricter, who decided that and when."""

from __future__ import annotations

from datetime import date
from itertools import islice

from django.http import Http404, HttpRequest
from django.template.response import TemplateResponse
from django.utils import timezone

from kring.trust import holidays, profiles
from kring.trust.models import Matter, Village
from kring.trust.permissions import Permission
from kring.trust.usecases import two_people
from kring.trust.viewer import Viewer
from kring.web.doors import door

NEXT = 3


@door("second-factor", page="rules of the village")
def what_holds(request: HttpRequest) -> TemplateResponse:
    """For everybody who works here: the ages, the terms and the days off, each with where it comes from."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    if not viewer.works:
        raise Http404
    village = Village.objects.get(pk=viewer.village_id)
    profile = profiles.PROFILES[village.country]
    told = {
        "village": village, "profile": profile, "may_tighten": profile.own_voice < profile.guardian_reads_until,
        "reading": two_people.decided(Matter.Kind.READING), "country": two_people.decided(Matter.Kind.COUNTRY),
        "days_off": _next_days_off(village.country, timezone.localdate()), "off": holidays.of(village.country),
        "keeps": viewer.can(Permission.ADMINISTER),
    }  # fmt: skip
    return TemplateResponse(request, "growing/rules.html", told)


def _next_days_off(country: str, today: date) -> list[date]:
    """The next days on which nobody works."""
    days = sorted(holidays.in_year(country, today.year) | holidays.in_year(country, today.year + 1))
    return list(islice((day for day in days if day >= today), NEXT))
