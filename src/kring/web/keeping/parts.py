"""Saying one part of an offer anew, on a page that asks nothing else."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kring.network.models import Offer
from kring.network.opening import is_plain
from kring.network.usecases import facts
from kring.web.doors import door
from kring.web.keeping import opening_form
from kring.web.keeping.forms import ASKED, PartForm, initial
from kring.web.keeping.kept import TITLES, known, offer_of, places_of
from kring.web.keeping.opening_form import OpeningForm
from kring.web.network import speaking


@door("second-factor", page="offers")
def part(request: HttpRequest, offer_id: UUID, part: str) -> HttpResponse:
    """The small page of one part: what stands there now, to be said anew."""
    offer = offer_of(request, offer_id)
    if part == "opening":
        return _opening(request, offer)
    if part not in ASKED:
        raise Http404
    places = places_of(offer) if part == "place" else []
    form = PartForm(part, request.POST or None, initial=initial(part, offer, known(offer), places))
    if request.method == "POST" and form.is_valid():
        _say(request, offer, form, several=len(places) > 1)
        return _kept(request, offer)
    several = len(places) > 1
    return _page(request, offer, form, part, several=several)


def _say(request: HttpRequest, offer: Offer, form: PartForm, *, several: bool) -> None:
    who: dict[str, Any] = {"by": request.viewer, "at": timezone.now()}  # type: ignore[attr-defined]
    if form.part == "cost":
        facts.say_price(offer, form.asked_price(), **who)
    elif form.part == "place":
        facts.reword(offer, spots=None if several else form.moved(), **form.told(), **who)
    else:
        facts.reword(offer, **form.told(), **who)


def _opening(request: HttpRequest, offer: Offer) -> HttpResponse:
    told, lines = opening_form.initial(offer, known(offer))
    form = OpeningForm(request.POST or None, initial=told, lines=_lines(request, lines))
    if request.method == "POST" and form.is_valid():
        facts.say_when(offer, form.opening_words(), by=request.viewer, at=timezone.now())  # type: ignore[attr-defined]
        return _kept(request, offer)
    stays = [speaking.rhythm(one) for one in offer.rhythms if isinstance(one, dict) and not is_plain(one)]
    return _page(request, offer, form, "opening", stays=stays, template="keeping/opening.html")


def _lines(request: HttpRequest, kept: int) -> int:
    """As many lines as were sent, so that nothing somebody wrote falls off."""
    sent = sum(name.startswith("since_") for name in request.POST)
    return max(kept, sent - opening_form.EMPTY_LINES)


def _kept(request: HttpRequest, offer: Offer) -> HttpResponse:
    messages.success(request, _("“%(name)s” is changed.") % {"name": offer.name})
    return HttpResponseRedirect(reverse("keeping:offer", args=[offer.pk]))


def _page(
    request: HttpRequest,
    offer: Offer,
    form: Any,
    part: str,
    *,
    template: str = "keeping/part.html",
    **more: Any,
) -> HttpResponse:
    context = {"offer": offer, "form": form, "title": TITLES[part][0]} | more
    return TemplateResponse(request, template, context, status=422 if form.is_bound else 200)
