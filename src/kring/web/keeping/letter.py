"""The page behind the letter: is this still right? One tap says yes; no account, no code."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import timezone

from kring.network import questions
from kring.network.models import Offer
from kring.network.questions import Asked
from kring.trust import limits
from kring.web import errors, security
from kring.web.context import ShownVillage
from kring.web.doors import door
from kring.web.network.cards import Card

TRIES, MINUTES = 60, 10


@door("public", page="offers")
def still_right(request: HttpRequest, token: str) -> HttpResponse:
    """The offers of one letter, each with a yes and a place to say what is different."""
    if not limits.within("still right", security.address_of(request), most=TRIES, seconds=MINUTES * 60):
        return errors.too_often(request)
    asked = questions.read(token, at=timezone.now())
    if asked is None:
        return TemplateResponse(request, "keeping/letter_over.html", status=404)
    wrong = _answer(request, token, asked) if request.method == "POST" else None
    if request.method == "POST" and wrong is None:
        return HttpResponseRedirect(request.path)
    context = {
        "asked": asked,
        "lines": _lines(asked, wrong),
        "wrong": wrong,
        "longest": questions.LONGEST_WORDS,
    }
    return TemplateResponse(request, "keeping/letter.html", context, status=422 if wrong else 200)


def _answer(request: HttpRequest, token: str, asked: Asked) -> UUID | None:
    """Writes the answer down; the offer whose words were missing comes back."""
    try:
        offer = UUID(request.POST.get("offer", ""))
    except ValueError:
        raise Http404 from None
    if offer not in asked.offers:
        raise Http404
    if "right" in request.POST:
        questions.is_right(token, offer, at=timezone.now())
        return None
    said = questions.differs(token, offer, request.POST.get("words", ""), at=timezone.now())
    return None if said else offer


def _lines(asked: Asked, wrong: UUID | None) -> list[dict[str, Any]]:
    """Each offer as families read it, those without an answer first."""
    rows = (
        Offer.objects.filter(pk__in=list(asked.offers))
        .for_cards()
        .prefetch_related("spots__place")
        .in_order()
    )
    lines = []
    for offer in rows:
        village = ShownVillage(offer.village_id, offer.village.name, offer.village.slug, offer.village.phone)
        card = Card(offer, village, True, timezone.now())
        lines.append({"card": card, "answer": asked.offers[offer.pk], "wrong": offer.pk == wrong})
    return sorted(lines, key=lambda line: bool(line["answer"]))
