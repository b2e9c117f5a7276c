"""Reading a GeoJSON file (RFC 7946) with the neighbourhoods of a town, or saying what is wrong with it."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kring.network import rules

MOST_BYTES = 5 * 1024 * 1024
MOST_PARTS = 200
MOST_POINTS = 100_000
WIDEST = 2.0
"""Degrees from one side of a town to the other; what is wider is a region or a land."""

NARROWEST = 1e-6
"""What is narrower, a hand wide, is a line or a point."""

LONGEST_NAME = 60
NAMES = (
    *(
        "name",
        "naam",
        "nom",
        "wijknaam",
        "buurtnaam",
        "wijk",
        "buurt",
        "quartier",
        "neighbourhood",
        "neighborhood",
    ),
    *("district", "label", "title", "titel", "الاسم", "name:nl", "name:fr", "name:en"),
)
"""What a town may call the name of a neighbourhood; the first that is there is taken."""

WORLD_DEGREES = ("CRS84", "4326")

Point = tuple[float, float]
Ring = list[Point]
Polygon = list[Ring]


class MapUnreadable(Exception):
    """The file is no map of neighbourhoods that we can read; `key` says why, `params` where."""

    def __init__(self, key: str, **params: Any) -> None:
        super().__init__(key)
        self.key, self.params = key, params


@dataclass
class Part:
    """A neighbourhood: its name and its outlines, each an outer ring and its holes, in degrees east and north."""

    name: str
    polygons: list[Polygon]


def read(content: bytes) -> list[Part]:
    """The neighbourhoods in a file, in the order of their names.

    :raises MapUnreadable: when it is too large, no GeoJSON, without areas or names, or not in degrees.
    """
    features = _features(_json(content))
    name_field = _name_field(features)
    found: dict[str, Part] = {}
    for number, feature in enumerate(features, 1):
        name = _name(feature, name_field)
        if not name:
            raise MapUnreadable("no_name", number=number)
        polygons = _polygons(feature.get("geometry"), name)
        part = found.setdefault(rules.fold(name) or name, Part(name, []))
        part.polygons += polygons
    parts = sorted(found.values(), key=lambda part: rules.fold(part.name))
    _check(parts)
    return parts


def _json(content: bytes) -> Any:
    if len(content) > MOST_BYTES:
        raise MapUnreadable("too_large", most=MOST_BYTES // 1024 // 1024)
    if not content.strip():
        raise MapUnreadable("empty")
    try:
        return json.loads(content.decode("utf-8-sig"), parse_constant=lambda name: None)
    except (ValueError, RecursionError):
        raise MapUnreadable("no_json") from None


def _features(told: Any) -> list[Mapping[str, Any]]:
    if not isinstance(told, dict) or told.get("type") != "FeatureCollection":
        raise MapUnreadable("no_geojson")
    crs = json.dumps(told.get("crs")) if told.get("crs") else ""
    if crs and not any(world in crs for world in WORLD_DEGREES):
        raise MapUnreadable("not_degrees")
    features = told.get("features")
    if not isinstance(features, list) or not features:
        raise MapUnreadable("no_areas")
    if len(features) > MOST_PARTS:
        raise MapUnreadable("too_many", most=MOST_PARTS)
    return [feature if isinstance(feature, dict) else {} for feature in features]


def _name_field(features: list[Mapping[str, Any]]) -> str:
    """Where the names stand: a field with a usual name, else the only text every neighbourhood has of its own."""
    told = Counter(
        key for feature in features for key, word in _properties(feature).items() if isinstance(word, str)
    )
    usual = {key.casefold(): key for key in told}
    for name in NAMES:
        if name in usual:
            return usual[name]
    own = [
        key
        for key, many in told.items()
        if many == len(features) == len({_properties(f)[key] for f in features})
    ]
    return own[0] if len(own) == 1 else ""


def _properties(feature: Mapping[str, Any]) -> Mapping[str, Any]:
    found = feature.get("properties")
    return found if isinstance(found, dict) else {}


def _name(feature: Mapping[str, Any], field: str) -> str:
    word = _properties(feature).get(field)
    return rules.one_line(word, LONGEST_NAME) if isinstance(word, str) else ""


def _polygons(geometry: Any, name: str) -> list[Polygon]:
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind not in ("Polygon", "MultiPolygon"):
        raise MapUnreadable("no_areas_at", name=name)
    told = geometry.get("coordinates")
    polygons = [told] if kind == "Polygon" else told
    try:
        found = [[_ring(ring) for ring in polygon] for polygon in polygons]
    except (TypeError, ValueError, LookupError, OverflowError):
        raise MapUnreadable("broken_outline", name=name) from None
    if not found or not all(found):
        raise MapUnreadable("broken_outline", name=name)
    return found


def _ring(told: Any) -> Ring:
    ring = [(float(point[0]), float(point[1])) for point in told]
    if len(ring) < 4 or not all(math.isfinite(number) for point in ring for number in point):
        raise ValueError
    if any(isinstance(number, bool | str) for point in told for number in point[:2]):
        raise TypeError
    return ring


def _check(parts: list[Part]) -> None:
    points = [point for part in parts for polygon in part.polygons for ring in polygon for point in ring]
    if len(points) > MOST_POINTS:
        raise MapUnreadable("too_fine", most=MOST_POINTS)
    if any(abs(east) > 180 or abs(north) > 85 for east, north in points):
        raise MapUnreadable("not_degrees")
    wide = max(east for east, _ in points) - min(east for east, _ in points)
    high = max(north for _, north in points) - min(north for _, north in points)
    if max(wide, high) > WIDEST:
        raise MapUnreadable("too_wide")
    if min(wide, high) < NARROWEST:
        raise MapUnreadable("broken_outline", name=parts[0].name)
