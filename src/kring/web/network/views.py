"""Looking for an offer: for people of the village, and on the public page."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import Http404, HttpRequest
from django.template.response import TemplateResponse

from kring.network.models import Offer, OfferPlace
from kring.network.usecases.offers import may_keep
from kring.trust.models import Organisation, Village
from kring.trust.permissions import Permission
from kring.web.context import ShownVillage, village_of
from kring.web.doors import door
from kring.web.network import linked
from kring.web.network.cards import Card, chips
from kring.web.network.forms import OfferSearch

A_PAGE = 24
ON_PAPER = 500


@door("signed-in", page="offers")
def offers(request: HttpRequest) -> TemplateResponse:
    """The directory, for people of the village."""
    return _search(request, _village(request), public=False)


@door("public", page="offers")
def public_offers(request: HttpRequest) -> TemplateResponse:
    """The directory, for everybody."""
    return _search(request, _village(request), public=True)


@door("signed-in", page="offer")
def offer(request: HttpRequest, offer_id: UUID) -> TemplateResponse:
    """One offer, for people of the village."""
    return _offer(request, offer_id, public=False)


@door("public", page="offer")
def public_offer(request: HttpRequest, offer_id: UUID) -> TemplateResponse:
    """One offer, for everybody."""
    return _offer(request, offer_id, public=True)


def _village(request: HttpRequest) -> ShownVillage:
    """The village of whoever asks; on the public page the one named, else the one this house serves."""
    viewer = getattr(request, "viewer", None)
    slug = request.GET.get("village", "")[:60].replace("\0", "")
    if viewer is None and slug:
        found = Village.objects.filter(slug=slug).first()
        if found is None:
            raise Http404
        return ShownVillage(found.pk, found.name, found.slug, found.phone, found.chosen_version)
    return village_of(request, viewer)


def _search(request: HttpRequest, village: ShownVillage, *, public: bool) -> TemplateResponse:
    all_shown = Offer.objects.of_village(village.id).shown()
    form = OfferSearch(request.GET, places=all_shown.places(), languages=all_shown.languages())
    wishes = form.wishes()
    paper = "paper" in request.GET
    found = all_shown.looked_for(wishes).in_order(wishes.get("q", "")).for_cards().prefetch_related(_spots())
    pages = Paginator(found, ON_PAPER if paper else A_PAGE)
    page = pages.get_page(request.GET.get("page"))
    context = _around(request, village, public) | {
        "form": form,
        "page": page,
        "cards": [Card(offer, village, public) for offer in page],
        "count": pages.count,
        "total": pages.count if not wishes else all_shown.count(),
        "chips": chips(form, wishes, request),
        "further": _further(request),
        "may_write": _may_write(request),
    }
    whole = "network/offers_paper.html" if paper else "network/offers.html"
    fragment = getattr(request, "htmx", False) and not request.htmx.history_restore_request  # type: ignore[attr-defined]
    return TemplateResponse(request, "network/results.html" if fragment and not paper else whole, context)


def _offer(request: HttpRequest, offer_id: UUID, *, public: bool) -> TemplateResponse:
    rows = Offer.objects.select_related("organisation", "organisation__card", "village").prefetch_related(
        _spots()
    )
    viewer = getattr(request, "viewer", None)
    if viewer is not None:
        rows = rows.filter(village_id=viewer.village_id)
    found = rows.filter(pk=offer_id).first()
    keeps = found is not None and viewer is not None and may_keep(viewer, found.organisation_id)
    if found is None or not (keeps or found.is_shown):
        raise Http404
    here = found.village
    village = ShownVillage(here.pk, here.name, here.slug, here.phone, here.chosen_version)
    card = Card(found, village, public)
    context = _around(request, village, public) | {
        "card": card,
        "may_change": keeps and not public,
        "linked": linked.block(found, card.places, here.country) if public and found.is_shown else "",
    }
    return TemplateResponse(request, "network/offer.html", context)


def _spots() -> Prefetch[str, Any, str]:
    return Prefetch("spots", OfferPlace.objects.select_related("place").order_by("id"))


def _around(request: HttpRequest, village: ShownVillage, public: bool) -> dict[str, Any]:
    viewer = getattr(request, "viewer", None)
    works = viewer is not None and viewer.works
    base = "base_public.html" if public else "base.html" if works else "base_family.html"
    return {"village": village, "public": public, "base": base, "may_import": _may_import(request)}


def _may_import(request: HttpRequest) -> bool:
    viewer = getattr(request, "viewer", None)
    return viewer is not None and viewer.can(Permission.IMPORT_DIRECTORY)


def _may_write(request: HttpRequest) -> bool:
    viewer = getattr(request, "viewer", None)
    return viewer is not None and (
        viewer.can(Permission.KEEP_DIRECTORY) or viewer.can(Permission.KEEP_OWN_OFFERS)
    )


def _further(request: HttpRequest) -> str:
    """The question without its page number, for the links to other pages."""
    kept = [(key, value) for key, value in request.GET.items() if key not in ("page", "paper") and value]
    return urlencode(kept)


def organisations_kept(request: HttpRequest) -> list[Organisation]:
    """The organisations whose offers somebody may write."""
    viewer = request.viewer  # type: ignore[attr-defined]
    rows = Organisation.objects.filter(village_id=viewer.village_id).order_by("name", "id")
    return [one for one in rows if may_keep(viewer, one.pk)]
