"""To be forgotten: what goes and what stays, one button, and one tap to think again."""

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

from kring.trust.models import Forgetting
from kring.trust.usecases import forgettings
from kring.web.circle.faces import viewer_of
from kring.web.doors import door
from kring.web.mine.views import around, families_to_forget, must_keep

Kind = Forgetting.Kind


@door("second-factor", page="being forgotten")
def me(request: HttpRequest) -> HttpResponseBase:
    """Everything about me goes."""
    viewer = viewer_of(request)
    if not forgettings.may_ask(Kind.PERSON, viewer.person_id, by=viewer):
        raise Http404
    return _asked(request, Kind.PERSON, viewer.person_id, {"works": viewer.works})


@door("second-factor", page="being forgotten")
def family(request: HttpRequest, family_id: UUID) -> HttpResponseBase:
    """Everything about our family goes."""
    found = next((one for one in families_to_forget(viewer_of(request)) if one.pk == family_id), None)
    if found is None:
        raise Http404
    return _asked(request, Kind.FAMILY, family_id, {"family": found})


def _asked(
    request: HttpRequest, kind: Forgetting.Kind, whose: UUID, told: dict[str, object]
) -> HttpResponseBase:
    viewer = viewer_of(request)
    if request.method == "POST":
        forgettings.ask(kind, whose, by=viewer, at=timezone.now())
        messages.success(request, _("We heard you. For fourteen days you can think again."))
        return redirect("mine:mine")
    return TemplateResponse(
        request,
        "mine/forget.html",
        told | around(viewer) | must_keep(viewer.village_id, viewer.country),
    )


@require_POST
@door("second-factor", page="being forgotten")
def think_again(request: HttpRequest, forgetting_id: UUID) -> HttpResponseBase:
    """It does not happen."""
    viewer = viewer_of(request)
    if forgettings.think_again(forgetting_id, by=viewer, at=timezone.now()):
        messages.success(request, _("It does not happen. Everything stays as it was."))
    return redirect("mine:mine")
