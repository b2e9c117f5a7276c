"""What an interpreter sees who came by a link: the day, the place, the agenda, who speaks what."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from kring.network.words import language_name
from kring.web.doors import door
from kring.wraparound.usecases.interpreting import what_is_interpreted


@door("link", page="meeting", purpose="interpreting")
def agenda(request: HttpRequest, asked_id: UUID) -> HttpResponse:
    """One agenda; withdrawn, over and unknown are the same: not here."""
    told = what_is_interpreted()
    if told is None:
        raise Http404
    context = {"told": told, "language": language_name(told.language), "spoken": language_name(told.spoken)}
    return TemplateResponse(request, "interpreters/agenda.html", context)
