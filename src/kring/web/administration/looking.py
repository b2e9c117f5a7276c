"""The look of the village: its sign and three colours, seen by day and in the dark before they are kept."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kring.trust import chosen, colours
from kring.trust.logos import NoPicture
from kring.trust.usecases import choices
from kring.web.administration import keeping, themes
from kring.web.administration.forms import LABELS, ColoursForm, LogoForm
from kring.web.doors import door


@require_http_methods(["GET", "HEAD", "POST"])
@door("second-factor", page="administration")
def look(request: HttpRequest) -> HttpResponse:
    """Choose the colours, look at them, keep them."""
    told = keeping.village_of(keeping.keeper(request)).chosen
    now = told.get(chosen.COLOURS, {})
    form = ColoursForm(keeping.sent(request), now=now)
    tried = dict(now)
    if request.method == "POST" and form.is_valid():
        if "keep" in request.POST:
            return keeping.chosen(
                request, {chosen.COLOURS: form.cleaned_data["colours"]}, "administration:look"
            )
        tried = form.cleaned_data["colours"]
    return keeping.page(
        request, "look", _shown(form, tried) | {"logo": told.get(chosen.LOGO), "own": bool(now)}
    )


def _shown(form: ColoursForm, tried: dict[str, str]) -> dict[str, Any]:
    """The form, the sheet of what is tried, and what we offer in the place of a colour nobody can read."""
    fields = [
        {
            "field": form[use.replace(" ", "_")],
            "offered": form.offered.get(use, ""),
            "name": use.replace(" ", "_"),
        }
        for use in LABELS
    ]
    sheet = reverse("administration:theme", args=[themes.stamp(tried)]) if tried else ""
    return {"form": form, "fields": fields, "sheet": sheet, "given": colours.GIVEN.items()}


@require_POST
@door("second-factor", page="administration")
def logo(request: HttpRequest) -> HttpResponse:
    """A picture for the bar and the poster; or none any more."""
    viewer = keeping.keeper(request)
    if "none" in request.POST:
        return keeping.chosen(request, {chosen.LOGO: None}, "administration:look")
    form = LogoForm(request.POST, request.FILES)
    sent = form.cleaned_data["logo"] if form.is_valid() else None
    try:
        if sent is None or sent.size > choices.LONGEST_LOGO:
            raise NoPicture
        choices.keep_logo(sent.read(), by=viewer, at=timezone.now())
    except NoPicture:
        messages.error(request, _("Choose a PNG or JPEG picture of at most 200 kB."))
    else:
        messages.success(request, _("Kept. Everybody sees it from now on."))
    return redirect("administration:look")
