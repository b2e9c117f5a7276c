"""The people of the village: found by what they speak, know and do, and one tap from a call."""

from __future__ import annotations

from collections import Counter
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest
from django.template.response import TemplateResponse
from django.utils import timezone

from kring.network import colleagues
from kring.network.colleagues import Colleague
from kring.trust.viewer import Viewer
from kring.web.circle.faces import viewer_of
from kring.web.doors import door
from kring.web.people.cards import Card
from kring.web.people.forms import PeopleSearch

A_PAGE, ON_PAPER = 24, 200
#: So many languages stand as one tap each; the rest is in the list.
CHIPS = 12


def working(request: HttpRequest) -> Viewer:
    """Who works in the village, with their own eyes; for others the page is not here."""
    viewer = viewer_of(request)
    if not viewer.works or viewer.seen_as is not None:
        raise Http404
    return viewer


@door("second-factor", page="people")
def people(request: HttpRequest) -> TemplateResponse:
    """Everybody who works in the village, and a search in plain words."""
    viewer = working(request)
    everybody = colleagues.of_village(by=viewer, at=timezone.now())
    form = PeopleSearch(request.GET, everybody=everybody)
    wishes = form.wishes()
    found = [one for one in everybody if _fits(one, wishes)]
    paper = "paper" in request.GET
    pages = Paginator(found, ON_PAPER if paper else A_PAGE)
    page = pages.get_page(request.GET.get("page"))
    told = {
        "form": form,
        "page": page,
        "cards": [Card(one, one.person.pk == viewer.person_id) for one in page],
        "count": len(found),
        "asked": wishes,
        "spoken": _spoken(form, request, everybody),
        "further": urlencode(wishes),
        "mine_is_empty": all(one.card is None for one in everybody if one.person.pk == viewer.person_id),
    }
    if paper:
        return TemplateResponse(request, "people/paper.html", told)
    part = getattr(request, "htmx", False) and not request.htmx.history_restore_request  # type: ignore[attr-defined]
    return TemplateResponse(request, "people/found.html" if part else "people/people.html", told)


def _fits(one: Colleague, wishes: dict[str, str]) -> bool:
    """Whether this person is what was asked for."""
    place = one.card.neighbourhood if one.card else ""
    return (
        wishes.get("language") in (None, *one.languages)
        and wishes.get("organisation") in (None, *one.organisations)
        and wishes.get("place") in (None, place)
        and colleagues.fits(one, colleagues.wanted(wishes.get("q", "")))
    )


def _spoken(form: PeopleSearch, request: HttpRequest, everybody: list[Colleague]) -> list[dict[str, Any]]:
    """The languages that not everybody speaks, as one tap each; a second tap takes it away."""
    now = request.GET.get("language", "")
    speakers = Counter(code for one in everybody for code in one.languages)
    choices = getattr(form.fields.get("language"), "choices", ())
    rare = [(code, name) for code, name in choices if code and speakers[code] * 2 <= len(everybody)]
    return [
        {"name": name, "on": code == now, "url": "?" if code == now else "?" + urlencode({"language": code})}
        for code, name in rare[:CHIPS]
    ]


@door("second-factor", page="people")
def colleague(request: HttpRequest, person_id: UUID) -> TemplateResponse:
    """One person: what they can do for you, and how to reach them."""
    viewer = working(request)
    found = colleagues.of_village(by=viewer, at=timezone.now(), only=person_id)
    if not found:
        raise Http404
    card = Card(found[0], me=person_id == viewer.person_id)
    return TemplateResponse(request, "people/colleague.html", {"card": card})
