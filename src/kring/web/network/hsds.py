"""The public directory for programs: the reading addresses of HSDS 3.0 below /hsds/v3/."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext

from kring.network.models import Offer
from kring.network.models.offers import OfferQuerySet
from kring.network.published import Record, finding, records, words
from kring.trust.chosen import MODULES_OFF
from kring.trust.models import Village
from kring.web import modules
from kring.web.context import ShownVillage, village_of
from kring.web.network.hsds_answers import NotAnswered, Told, answering
from kring.web.network.hsds_questions import A_PAGE, LAST_PAGE, MOST_ON_A_PAGE, NARROWING, Question, narrowed

NEEDED = ("directory", "programs")
LISTED = ("village", "page", "per_page", "format")
BY_WORD = ("taxonomy_term_id", "taxonomy_id")
SPECIFICATION = "https://docs.openreferral.org/en/v3.0.0/"
OPENAPI = "https://raw.githubusercontent.com/openreferral/specification/3.0/schema/openapi.json"


@answering
def about(request: HttpRequest) -> Told:
    """What this is, and whose."""
    village = _village(Question(request, "village", "format"))
    return Told(
        {
            "version": "3.0",
            "profile": SPECIFICATION,
            "openapi_url": OPENAPI,
            "description": f"What {village.name} offers children, young people and families.",
            "publisher": {"name": village.name, "website": f"{settings.PUBLIC_ADDRESS}/offers/"},
        }
    )


@answering
def services(request: HttpRequest) -> Told:
    """Offers, a page at a time."""
    question = Question(request, *LISTED, *NARROWING, "full")
    full = question.yes("full")
    found = narrowed(_offers(question), question, *NARROWING)
    page, rows = _page(question, finding.with_all_that_is_told(found))
    tell = records.full_service if full else records.service
    return Told(page | {"contents": [tell(offer) for offer in rows]}, _youngest(rows))


@answering
def service(request: HttpRequest, service_id: UUID) -> Told:
    """One offer with all that hangs on it."""
    Question(request, "format")
    found = finding.with_all_that_is_told(_told_by_all()).filter(pk=service_id)
    offer: Offer = _one(found)
    return Told(records.full_service(offer), offer.changed_at)


@answering
def organisations(request: HttpRequest) -> Told:
    """Organisations that offer something, a page at a time."""
    question = Question(request, *LISTED, *BY_WORD, "search", "full")
    full = question.yes("full")
    named = question.read("search", str, "")
    offers = narrowed(_offers(question), question, *BY_WORD)
    page, rows = _page(question, finding.organisations(offers).filter(name__icontains=named))
    tell = records.full_organisation if full else records.organisation
    return Told(page | {"contents": [tell(one) for one in rows]})


@answering
def organisation(request: HttpRequest, organisation_id: UUID) -> Told:
    """One organisation and whom one can call there."""
    Question(request, "format")
    found = finding.organisations(_told_by_all()).filter(pk=organisation_id)
    return Told(records.full_organisation(_one(found)))


@answering
def service_at_locations(request: HttpRequest) -> Told:
    """Which offer takes place where, a page at a time."""
    question = Question(request, *LISTED, *NARROWING, "full")
    full = question.yes("full")
    found = narrowed(_offers(question), question, *NARROWING)
    page, rows = _page(question, finding.spots(found, full=full))
    told = [records.service_at_location(spot, full=full) for spot in rows]
    return Told(page | {"contents": told}, _youngest([spot.offer for spot in rows]))


@answering
def service_at_location(request: HttpRequest, spot_id: UUID) -> Told:
    """One offer at one place."""
    Question(request, "format")
    spot = _one(finding.spots(_told_by_all(), full=True).filter(pk=spot_id))
    return Told(records.service_at_location(spot, full=True), spot.offer.changed_at)


@answering
def taxonomies(request: HttpRequest) -> Told:
    """The lists of words by which offers are found."""
    question = Question(request, *LISTED, "search")
    found = _named(words.TAXONOMIES, question)
    page, rows = _page(question, found)
    return Told(page | {"contents": [taxonomy.record for taxonomy in rows]})


@answering
def taxonomy(request: HttpRequest, taxonomy_id: UUID) -> Told:
    """One list of words."""
    Question(request, "format")
    return Told(_there(words.taxonomy_called(taxonomy_id)).record)


@answering
def taxonomy_terms(request: HttpRequest) -> Told:
    """The words themselves."""
    question = Question(request, *LISTED, "search", "taxonomy_id")
    of = question.id("taxonomy_id")
    found = [term for term in _named(words.all_terms(), question) if of in (None, term.taxonomy.id)]
    page, rows = _page(question, found)
    return Told(page | {"contents": [term.record for term in rows]})


@answering
def taxonomy_term(request: HttpRequest, term_id: UUID) -> Told:
    """One word, with its list."""
    Question(request, "format")
    term = _there(words.term_called(term_id))
    return Told(term.record | {"taxonomy_detail": term.taxonomy.record})


def _village(question: Question) -> ShownVillage:
    """The village that is named, else the one this house serves."""
    slug = question.read("village", str, "")
    if not slug:
        return village_of(question.request, None)
    found = Village.objects.filter(slug=slug[:60]).first()
    if found is None:
        raise NotAnswered(404, gettext("There is no village with this name here."), "village")
    modules.must_be_on_in(found, *NEEDED)
    return ShownVillage(found.pk, found.name, found.slug, found.phone)


def _told_by_all() -> OfferQuerySet:
    """Offers of every village that tells programs of them."""
    shown = finding.offers()
    for code in NEEDED:
        shown = shown.exclude(village__chosen__contains={MODULES_OFF: [code]})
    return shown


def _offers(question: Question) -> OfferQuerySet:
    village = _village(question).id
    return finding.offers(village) if village else Offer.objects.none()


def _page(question: Question, found: QuerySet[Any] | Sequence[Any]) -> tuple[Record, list[Any]]:
    """One page of what was found: its frame, and its rows."""
    number = question.number("page", 1, LAST_PAGE)
    size = question.number("per_page", A_PAGE, MOST_ON_A_PAGE)
    total = found.count() if isinstance(found, QuerySet) else len(found)
    rows = list(found[(number - 1) * size : number * size])
    return finding.page(rows, total=total, number=number, size=size), rows


def _named(found: Sequence[Any], question: Question) -> list[Any]:
    """Those whose name holds what is looked for."""
    wanted = question.read("search", str.casefold, "")
    return [one for one in found if wanted in one.name.casefold()]


def _one(found: QuerySet[Any]) -> Any:
    return _there(found.first())


def _there(one: Any) -> Any:
    """What was asked for; what is hidden and what never was answer the same."""
    if one is None:
        raise NotAnswered(404, gettext("There is nothing with this id, or it is not there any more."))
    return one


def _youngest(offers: Sequence[Offer]) -> Any:
    return max((offer.changed_at for offer in offers), default=None)
