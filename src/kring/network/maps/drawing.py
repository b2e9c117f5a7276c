"""Drawing neighbourhoods as paths, with a spot on each where its number fits, and finding in which one a point lies."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

from kring.network.maps.reading import Part, Point, Polygon, Ring

WIDTH = 1_000
MARGIN = 14
Drawing = dict[str, Any]
Bounds = tuple[float, float, float, float]


def drawn(parts: list[Part]) -> Drawing:
    """The map in a frame 1,000 wide: `height`, and for each of `parts` its name, path and spot (`x`, `y`).

    Degrees east shrink by the cosine of the latitude, so that a square stays a square; one unit is a few metres in
    a town, and points closer than that fall together.
    """
    west, south, east, north = _bounds(
        ring for part in parts for polygon in part.polygons for ring in polygon
    )
    squeeze = math.cos(math.radians((south + north) / 2))
    scale = (WIDTH - 2 * MARGIN) / max((east - west) * squeeze, (north - south) / 1.4)

    def place(point: Point) -> Point:
        return MARGIN + (point[0] - west) * squeeze * scale, MARGIN + (north - point[1]) * scale

    width = round((east - west) * squeeze * scale + 2 * MARGIN)
    height = round((north - south) * scale + 2 * MARGIN)
    found = []
    for part in parts:
        placed = [[[place(point) for point in ring] for ring in polygon] for polygon in part.polygons]
        x, y = _spot(max(placed, key=lambda polygon: abs(_area(polygon[0]))))
        path = "".join(_path(ring) for polygon in placed for ring in polygon)
        found.append({"name": part.name, "path": path, "x": round(x), "y": round(y)})
    return {"width": width, "height": height, "parts": found}


def lies_in(point: Point, polygons: Iterable[Polygon]) -> bool:
    """Whether a point (degrees east, degrees north) lies in one of these outlines and in none of its holes."""
    return any(_inside(point, polygon) for polygon in polygons)


def bounds_of(polygons: Iterable[Polygon]) -> Bounds:
    """West, south, east and north of all of this: what lies outside needs no counting."""
    return _bounds(ring for polygon in polygons for ring in polygon)


def _inside(point: Point, polygon: Polygon) -> bool:
    """A line from the point to the east crosses the rings an odd number of times."""
    x, y = point
    inside = False
    for ring in polygon:
        for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True):
            if (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1):
                inside = not inside
    return inside


def _bounds(rings: Iterable[Ring]) -> Bounds:
    points = [point for ring in rings for point in ring]
    easts, norths = [point[0] for point in points], [point[1] for point in points]
    return min(easts), min(norths), max(easts), max(norths)


def _path(ring: Ring) -> str:
    steps: list[str] = []
    for x, y in ring:
        step = f"{round(x)} {round(y)}"
        if not steps or steps[-1] != step:
            steps.append(step)
    if len(steps) > 1 and steps[0] == steps[-1]:
        steps.pop()
    return f"M{'L'.join(steps)}Z" if len(steps) > 2 else ""


def _area(ring: Ring) -> float:
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True)) / 2


def _spot(polygon: Polygon) -> Point:
    """Where a number fits: the middle of the widest stretch on one of nine lines through the neighbourhood."""
    _west, low, _east, high = _bounds(polygon[:1])
    stretches = []
    for part in range(1, 10):
        y = low + (high - low) * part / 10
        crossings = sorted(
            x1 + (y - y1) * (x2 - x1) / (y2 - y1)
            for ring in polygon
            for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True)
            if (y1 > y) != (y2 > y)
        )
        for left, right in zip(crossings[::2], crossings[1::2], strict=False):
            # the middle lines are the calmest to read
            stretches.append(((right - left) * (1 - abs(part - 5) / 12), (left + right) / 2, y))
    if not stretches:
        return polygon[0][0]
    _width, x, y = max(stretches)
    return x, y
