"""Looking for an offer: for people of the village, and on the public page."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import Http404, HttpRequest
from django.template.response import TemplateResponse
from django.utils import timezone

from kring.network.models import Offer, OfferPlace, SchoolHoliday, Signpost
from kring.network.models.pictures import pictures_of
from kring.network.usecases.looking import look
from kring.network.usecases.offers import keeps, may_keep
from kring.trust.models import Organisation, Village
from kring.trust.permissions import Permission
from kring.web import modules
from kring.web.context import ShownVillage, village_of
from kring.web.doors import door
from kring.web.network import linked
from kring.web.network.asked import chips, meant, named
from kring.web.network.cards import Card
from kring.web.network.forms import OfferSearch

A_PAGE = 12
ON_PAPER = 500
NEXT_HOLIDAYS = 5


class Pages(Paginator):
    """Pages of something that was counted already."""

    def __init__(self, rows: Any, per_page: int, count: int) -> None:
        super().__init__(rows, per_page)
        self.count = count


@door("signed-in", page="offers")
def offers(request: HttpRequest) -> TemplateResponse:
    """The directory, for people of the village."""
    return _search(request, village_here(request), public=False)


@door("public", page="offers")
def public_offers(request: HttpRequest) -> TemplateResponse:
    """The directory, for everybody."""
    return _search(request, village_here(request), public=True)


@door("signed-in", page="offer")
def offer(request: HttpRequest, offer_id: UUID) -> TemplateResponse:
    """One offer, for people of the village."""
    return _offer(request, offer_id, public=False)


@door("public", page="offer")
def public_offer(request: HttpRequest, offer_id: UUID) -> TemplateResponse:
    """One offer, for everybody."""
    return _offer(request, offer_id, public=True)


def village_here(request: HttpRequest) -> ShownVillage:
    """The village of whoever asks; on the public page the one named, else the one this house serves."""
    viewer = getattr(request, "viewer", None)
    slug = request.GET.get("village", "")[:60].replace("\0", "")
    if viewer is None and slug:
        found = Village.objects.filter(slug=slug).first()
        if found is None:
            raise Http404
        modules.must_be_on_in(found, "directory")
        return ShownVillage(found.pk, found.name, found.slug, found.phone, found.chosen_version)
    return village_of(request, viewer)


def _search(request: HttpRequest, village: ShownVillage, *, public: bool) -> TemplateResponse:
    at = timezone.now()
    signs = Signpost.objects.signs(village.id)
    form = OfferSearch(request.GET, places=list(signs.places), languages=list(signs.languages))
    wishes = form.wishes()
    paper = "paper" in request.GET
    answer = look(village.id, wishes, offers=signs.offers)
    page = Pages(answer.rows(timezone.localdate(at)), ON_PAPER if paper else A_PAGE, answer.count).get_page(
        request.GET.get("page")
    )
    cards = [Card(offer, village, public, at, question=answer.question) for offer in page]
    context = around(request, village, public) | {
        "form": form,
        "page": page,
        "cards": cards,
        "count": answer.count,
        "is_broad": answer.is_broad,
        "total": signs.offers,
        "left_out": answer.question.left_out,
        "meant": meant(cards, request),
        "organisations": [] if paper or page.number > 1 else named(answer, request),
        "chips": chips(form, wishes, request, cards),
        "further": _further(request),
        "may_write": _may_write(request),
        "may_call": _keeps_directory(request),
    }
    whole = "network/offers_paper.html" if paper else "network/offers.html"
    fragment = getattr(request, "htmx", False) and not request.htmx.history_restore_request  # type: ignore[attr-defined]
    return TemplateResponse(request, "network/results.html" if fragment and not paper else whole, context)


def _offer(request: HttpRequest, offer_id: UUID, *, public: bool) -> TemplateResponse:
    rows = Offer.objects.select_related("organisation__card", "village", "good_to_know", "keeping")
    rows = rows.prefetch_related(_spots(), pictures_of("pictures"))
    viewer = getattr(request, "viewer", None)
    if viewer is not None:
        rows = rows.filter(village_id=viewer.village_id)
    found = rows.filter(pk=offer_id).first()
    mine = found is not None and viewer is not None and keeps(viewer, found)
    if found is None or not (mine or found.is_shown):
        raise Http404
    here = found.village
    if viewer is None:
        modules.must_be_on_in(here, "directory")
    village = ShownVillage(here.pk, here.name, here.slug, here.phone, here.chosen_version)
    holidays = SchoolHoliday.objects.filter(village=here, until__gte=timezone.localdate()).order_by(
        "since", "id"
    )
    card = Card(found, village, public, timezone.now(), list(holidays[:NEXT_HOLIDAYS]))
    context = around(request, village, public) | {
        "card": card,
        "may_change": mine and not public,
        "linked": linked.block(found, card.places, here.country) if public and found.is_shown else "",
    }
    return TemplateResponse(request, "network/offer.html", context)


def _spots() -> Prefetch[str, Any, str]:
    return Prefetch("spots", OfferPlace.objects.select_related("place").order_by("id"))


def around(request: HttpRequest, village: ShownVillage, public: bool) -> dict[str, Any]:
    viewer = getattr(request, "viewer", None)
    works = viewer is not None and viewer.works
    base = "base_public.html" if public else "base.html" if works else "base_family.html"
    return {"village": village, "public": public, "base": base, "may_import": _may_import(request)}


def _may_import(request: HttpRequest) -> bool:
    viewer = getattr(request, "viewer", None)
    return viewer is not None and viewer.can(Permission.IMPORT_DIRECTORY)


def _keeps_directory(request: HttpRequest) -> bool:
    viewer = getattr(request, "viewer", None)
    return viewer is not None and viewer.can(Permission.KEEP_DIRECTORY)


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
