"""Offers, organisations and places of a village as records of HSDS 3.0."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid5

from kring.network.models import GoodToKnow, Offer, OfferPlace, OrganisationCard, Place
from kring.network.published import Record
from kring.network.published.places import location
from kring.network.published.rhythms import other_day, schedule
from kring.network.published.words import LIFE_DOMAINS, SECTORS, THEMES, Term, terms_of
from kring.network.words import english_name
from kring.trust.models import Organisation

NOTES = {
    "also": "Also in school holidays.", "closed": "Not in school holidays.", "only": "Only in school holidays.",
}  # fmt: skip
MONEY = {"UK": "GBP", "GB": "GBP"}
STATUS = {Offer.Status.ACTIVE: "active", Offer.Status.PAUSED: "temporarily closed"}


def told(**columns: Any) -> Record:
    """A record without its empty columns; nothing and zero are told."""
    return {name: value for name, value in columns.items() if value not in (None, "", [])}


def below(parent: UUID, *steps: object) -> UUID:
    """The id of what hangs below something: the same whenever it is asked."""
    return uuid5(parent, "/".join(str(step) for step in steps))


def moment(at: datetime) -> str:
    """A moment as HSDS writes it, in UTC."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def organisation(one: Organisation) -> Record:
    """An organisation in its plain columns."""
    card = _card(one)
    return told(
        id=str(one.pk),
        name=one.name,
        email=card.email if card else "",
        website=card.website if card else "",
    ) | {"description": card.words if card else ""}


def full_organisation(one: Organisation) -> Record:
    """An organisation with whom one can call there and its sector."""
    card = _card(one)
    contact = _contacts(one.pk, card.contact_name, "", card.email, card.phone) if card else {}
    return organisation(one) | contact | {"attributes": _attributes(one.pk, "organization", _sector(one))}


def service(offer: Offer) -> Record:
    """An offer in its plain columns, with the organisation that has it."""
    return told(
        id=str(offer.pk),
        organization_id=str(offer.organisation_id),
        name=offer.name,
        description=offer.words,
        url=offer.website,
        email=offer.contact_email,
        status=STATUS[Offer.Status(offer.status)],
        application_process=offer.how_to_get_in,
        fees_description=offer.cost,
        wait_time=offer.waiting,
        eligibility_description=offer.conditions,
        minimum_age=offer.youngest,
        maximum_age=offer.oldest,
        last_modified=moment(offer.changed_at),
        organization=organisation(offer.organisation),
    )


def full_service(offer: Offer) -> Record:
    """An offer with everything that hangs on it: when, where, for whom, in which languages, whom to call."""
    contact = _contacts(
        offer.pk, offer.contact_name, offer.contact_role, offer.contact_email, offer.contact_phone
    )
    return (
        service(offer)
        | {"organization": full_organisation(offer.organisation)}
        | contact
        | told(
            schedules=_schedules(offer),
            languages=_languages(offer),
            service_areas=[_below(offer, "service_area", name=name) for name in offer.areas],
            cost_options=_cost_options(offer),
            service_at_locations=[_there(spot) for spot in offer.spots.all()],
            attributes=_attributes(offer.pk, "service", [*_subjects(offer), *_sector(offer.organisation)]),
        )
    )


def service_at_location(spot: OfferPlace, *, full: bool = False) -> Record:
    """That an offer takes place there, with both."""
    return _there(spot) | {"service": (full_service if full else service)(spot.offer)}


def _there(spot: OfferPlace) -> Record:
    place: Place = spot.place
    return {
        "id": str(spot.pk),
        "service_id": str(spot.offer_id),
        "location_id": str(place.pk),
        "location": location(place, country=spot.offer.village.country),
    }


def _card(one: Organisation) -> OrganisationCard | None:
    return getattr(one, "card", None)


def _below(offer: Offer, kind: str, **columns: Any) -> Record:
    """Something that hangs on an offer, with an id that follows from what it says."""
    return told(id=str(below(offer.pk, kind, *columns.values())), service_id=str(offer.pk), **columns)


def _schedules(offer: Offer) -> list[Record]:
    """What somebody wrote about when it is, and each rhythm once."""
    known = GoodToKnow.of(offer)
    notes = NOTES.get(known.school_holidays, "")
    rhythms = [schedule(rhythm) | told(notes=notes) for rhythm in offer.rhythms]
    appointment = [{"description": "By appointment."}] if known.by_appointment else []
    said = [{"description": offer.schedule}, *rhythms, *appointment, *map(other_day, known.opening.different)]
    found = [_below(offer, "schedule", **one) for one in said if any(one.values())]
    return list({one["id"]: one for one in found}.values())


def _cost_options(offer: Offer) -> list[Record]:
    """Nothing; or the amount, and with which pass it is cheaper."""
    known = GoodToKnow.of(offer)
    if offer.free:
        return [_below(offer, "cost_option", amount=0)]
    price = told(amount=None if known.amount is None else float(known.amount), option=known.with_pass)
    currency = MONEY.get(offer.village.country, "EUR") if known.amount is not None else ""
    return [_below(offer, "cost_option", **price, **told(currency=currency))] if price else []


def _languages(offer: Offer) -> list[Record]:
    return [_below(offer, "language", code=code, name=english_name(code)) for code in offer.languages]


def _contacts(owner: UUID, name: str, role: str, email: str, phone: str) -> Record:
    """Whom one can call; a number without a name is the desk's."""
    phones = [{"id": str(below(owner, "phone")), "number": phone}] if phone else []
    if not (name or role):
        return told(phones=phones)
    contact = told(id=str(below(owner, "contact")), name=name, title=role, email=email, phones=phones)
    return {"contacts": [contact]}


def _subjects(offer: Offer) -> list[Term]:
    domains, themes = terms_of(LIFE_DOMAINS), terms_of(THEMES)
    return [
        *(domains[code] for code in offer.domains if code in domains),
        *(themes[code] for code in offer.themes if code in themes),
    ]


def _sector(one: Organisation) -> list[Term]:
    return [terms_of(SECTORS)[one.sector]]


def _attributes(owner: UUID, kind: str, terms: Iterable[Term]) -> list[Record]:
    return [
        {
            "id": str(below(owner, "attribute", term.id)),
            "link_id": str(owner),
            "link_type": term.taxonomy.code,
            "link_entity": kind,
            "taxonomy_term_id": str(term.id),
            "taxonomy_term": term.record,
        }
        for term in terms
    ]
