"""What stands in the public directory: what everybody may read, and nothing that only the village knows."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from kring.network.models import Offer, OfferPlace
from kring.network.models.offers import OfferQuerySet
from kring.network.published import Record
from kring.network.published.records import full_service
from kring.trust.models import Organisation


def offers(village: UUID | None = None) -> OfferQuerySet:
    """Offers one can ask for, of one village or of all."""
    found = Offer.objects.all() if village is None else Offer.objects.of_village(village)
    return found.shown().in_order()


def with_all_that_is_told(found: OfferQuerySet) -> OfferQuerySet:
    """With organisation, places and village, in two statements however many there are."""
    return found.for_cards().select_related("village").prefetch_related(Prefetch("spots", _where()))


def spots(found: OfferQuerySet, *, full: bool = False) -> QuerySet[OfferPlace]:
    """Where these offers take place, with all that is told of them; in full, with where else they do."""
    rows = (
        OfferPlace.objects.filter(offer__in=found.order_by())
        .select_related("place", "offer__village", "offer__organisation__card", "offer__good_to_know")
        .defer("place__extra", "offer__extra", "offer__search", "offer__organisation__card__extra")
        .order_by("offer__sort_key", "offer_id", "id")
    )
    return rows.prefetch_related(Prefetch("offer__spots", _where())) if full else rows


def _where() -> QuerySet[OfferPlace]:
    return OfferPlace.objects.select_related("place").defer("place__extra").order_by("id")


def organisations(found: OfferQuerySet) -> QuerySet[Organisation]:
    """The organisations that have one of these offers; the others are on no public page."""
    has_one = found.order_by().filter(organisation=OuterRef("pk"))
    rows = Organisation.objects.filter(Exists(has_one)).select_related("card").defer("card__extra")
    return rows.order_by("name", "id")


def whole_directory(village: UUID) -> Record:
    """The directory of a village as one page of HSDS services, as our own reader takes it over."""
    contents = [full_service(offer) for offer in with_all_that_is_told(offers(village))]
    return page(contents, total=len(contents), number=1, size=max(1, len(contents)))


def page(contents: list[Record], *, total: int, number: int, size: int) -> Record:
    """One page of a list, and how many there are."""
    pages = -(-total // size)
    return {
        "total_items": total,
        "total_pages": pages,
        "page_number": number,
        "size": len(contents),
        "first_page": number == 1,
        "last_page": number >= pages,
        "empty": not contents,
        "contents": contents,
    }
