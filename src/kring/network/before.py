"""What stood there before a list was taken over, so that it can stand there again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Model

from kring.network.models import Offer, OfferPlace, OrganisationCard, Place

Rows = dict[str, dict[str, Any]]
BATCH = 500
MODELS: dict[str, type[Model]] = {"offers": Offer, "cards": OrganisationCard, "places": Place}


def picture(rows: Sequence[Model], fields: Sequence[str]) -> Rows:
    """The rows as they stand in the database, by their id; rows that are new do not stand there."""
    known = [row.pk for row in rows if not row._state.adding]
    if not known:
        return {}
    model = type(rows[0])
    names = [model._meta.get_field(name).attname for name in fields]  # type: ignore[union-attr]
    standing = model._default_manager.filter(pk__in=known).values("pk", *names)
    return {str(one.pop("pk")): one for one in standing}


def spots(offers: Iterable[Offer]) -> dict[str, list[str]]:
    """Where each of these offers took place."""
    found: dict[str, list[str]] = {}
    rows = OfferPlace.objects.filter(offer__in=[offer.pk for offer in offers]).order_by("id")
    for offer, place in rows.values_list("offer_id", "place_id"):
        found.setdefault(str(offer), []).append(str(place))
    return found


def put_back(kind: str, rows: Rows) -> None:
    """The rows as they stood; what is not there any more stays away."""
    if not rows:
        return
    model = MODELS[kind]
    names = list(next(iter(rows.values())))
    fields = {field.attname: field for field in model._meta.concrete_fields}
    standing = model._default_manager.in_bulk([UUID(key) for key in rows])
    for key, row in standing.items():
        for name in names:
            setattr(row, name, fields[name].to_python(rows[str(key)][name]))
    update = [fields[name].name for name in names]
    model._default_manager.bulk_create(
        standing.values(), batch_size=BATCH, update_conflicts=True, unique_fields=["id"], update_fields=update
    )


def put_spots_back(spots_before: dict[str, list[str]], offers: Iterable[UUID]) -> None:
    """These offers take place where they took place before."""
    offers = list(offers)
    OfferPlace.objects.filter(offer__in=offers).delete()
    rows = Offer.objects.in_bulk(offers)
    places = Place.objects.in_bulk([UUID(one) for key in spots_before for one in spots_before[key]])
    OfferPlace.objects.bulk_create(
        [
            OfferPlace.there(rows[UUID(key)], places[UUID(one)])
            for key, ones in spots_before.items()
            if UUID(key) in rows
            for one in ones
            if UUID(one) in places
        ],
        batch_size=BATCH,
    )
