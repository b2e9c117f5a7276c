"""Drawing the map of a village, putting the earlier one back, and knowing where places lie on it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from kring.network import maps, rules
from kring.network.models import Offer, Place, TownMap
from kring.trust import journal
from kring.trust.permissions import Permission
from kring.trust.viewer import Viewer

KEPT = 3
"""The map that holds, and two earlier ones that can be put back."""

BATCH = 500


@transaction.atomic
def draw(name: str, content: bytes, *, by: Viewer, at: datetime) -> TownMap:
    """The village shows these neighbourhoods from now on; the same file twice draws one map."""
    by.must(Permission.IMPORT_DIRECTORY)
    parts = maps.read(content)
    _one_at_a_time(by)
    outlines = {
        part.name: [[[list(point) for point in ring] for ring in one] for one in part.polygons]
        for part in parts
    }
    holds = TownMap.objects.of_village(by.village_id)
    if holds is not None and holds.outlines == outlines:
        return holds
    made = TownMap.objects.create(
        village_id=by.village_id, name=rules.one_line(name, 120) or "?", drawing=maps.drawn(parts),
        outlines=outlines, drawn_by_id=by.person_id, drawn_at=at,
    )  # fmt: skip
    earlier = TownMap.objects.filter(village_id=by.village_id).order_by("-drawn_at", "id")
    TownMap.objects.filter(pk__in=[one.pk for one in earlier[KEPT:]]).delete()
    _settle_all(made)
    journal.write("town map drawn", by=by, at=at, object_id=made.pk)
    return made


@transaction.atomic
def put_back(drawn: TownMap, *, by: Viewer, at: datetime) -> None:
    """The map drawn last goes and the one before it holds again; asked twice, one goes."""
    by.must(Permission.IMPORT_DIRECTORY)
    gone, _rows = TownMap.objects.filter(pk=drawn.pk, village_id=by.village_id).delete()
    if gone:
        journal.write("town map put back", by=by, at=at, object_id=drawn.pk)


def _one_at_a_time(by: Viewer) -> None:
    """Whoever draws in the same moment (a second click) waits, and then finds the map that holds."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtext('town map'), hashtext(%s))", [str(by.village_id)]
        )


def settle(places: Iterable[Place], village_id: UUID) -> list[Place]:
    """Places that a list tells by their degrees only are given the name of the neighbourhood they lie in."""
    lost = [
        place for place in places if not place.neighbourhood and None not in (place.latitude, place.longitude)
    ]
    holds = TownMap.objects.of_village(village_id) if lost else None
    frames = [(name, lie, maps.bounds_of(lie)) for name, lie in holds.outlines.items()] if holds else []
    settled = []
    for place in lost if holds else ():
        assert place.latitude is not None  # noqa: S101
        assert place.longitude is not None  # noqa: S101
        point = (place.longitude, place.latitude)
        near = [(name, lie) for name, lie, frame in frames if _framed(point, frame)]
        place.neighbourhood = next((name for name, lie in near if maps.lies_in(point, lie)), "")
        if place.neighbourhood:
            settled.append(place)
    return settled


def _framed(point: tuple[float, float], frame: tuple[float, float, float, float]) -> bool:
    west, south, east, north = frame
    return west <= point[0] <= east and south <= point[1] <= north


def _settle_all(drawn: TownMap) -> None:
    """The places of the village take their neighbourhoods from a new map, and their offers are found there."""
    lost = Place.objects.filter(village_id=drawn.village_id, neighbourhood="", latitude__isnull=False)
    settled = settle(lost.order_by("id"), drawn.village_id)
    Place.objects.bulk_update(settled, ["neighbourhood"], batch_size=BATCH)
    touched = Offer.objects.filter(spots__place__in=settled).distinct().order_by("id")
    offers = list(touched.select_related("organisation").prefetch_related("places"))
    for offer in offers:
        offer.reckon(offer.places.all())
    Offer.objects.bulk_update(offers, ["near", "search", "sort_key"], batch_size=BATCH)
