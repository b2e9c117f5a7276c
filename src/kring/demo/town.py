"""The made-up town from above: seven neighbourhoods around a bend of the river, and who has their door where."""

from __future__ import annotations

import json
from datetime import datetime
from math import sin
from typing import TYPE_CHECKING

from kring.network.usecases import maps
from kring.trust import viewer

if TYPE_CHECKING:
    from kring.demo.founding import Village

#: Corners of each neighbourhood, as columns and rows of a town that is four by three.
NEIGHBOURHOODS = {
    "Kanaalkant": ((0, 0), (1, 0), (2, 0), (2, 1), (1, 1), (0, 1)),
    "Stationswijk": ((2, 0), (3, 0), (4, 0), (4, 1), (3, 1), (2, 1)),
    "Molenveld": ((0, 1), (1, 1), (1, 2), (1, 3), (0, 3), (0, 2)),
    "Lindeplein": ((1, 1), (2, 1), (3, 1), (3, 2), (2, 2), (1, 2)),
    "Veerkaai": ((3, 1), (4, 1), (4, 2), (3, 2)),
    "Brugstraat": ((1, 2), (2, 2), (3, 2), (3, 3), (2, 3), (1, 3)),
    "Groene Rand": ((3, 2), (4, 2), (4, 3), (3, 3)),
}
DOORS = {
    "wilg": "Molenveld", "veer": "Veerkaai", "kade": "Kanaalkant", "huis": "Lindeplein", "team": "Lindeplein",
    "kompas": "Stationswijk", "springplank": "Kanaalkant", "linde": "Lindeplein", "clb": "Stationswijk",
    "brug": "Brugstraat", "wijkpolitie": "Lindeplein", "judo": "Veerkaai", "bib": "Brugstraat", "dans": "Stationswijk",
    "klank": "Kanaalkant",
}  # fmt: skip
Corner = tuple[float, float]


def geojson() -> bytes:
    """The town's own list, as a town hall would give it."""
    features = [
        {
            "type": "Feature",
            "properties": {"naam": name},
            "geometry": {"type": "Polygon", "coordinates": [_ring(corners)]},
        }
        for name, corners in NEIGHBOURHOODS.items()
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False).encode()


def live(here: Village, at: datetime) -> None:
    """The network coordinator draws the map."""
    with viewer.acting(here.people["amina"], page="map", at=at) as amina:
        maps.draw("wijken-lindekwartier.geojson", geojson(), by=amina, at=at)


def _ring(corners: tuple[Corner, ...]) -> list[list[float]]:
    """The outline through these corners, bent as streets and water bend; neighbours share every bend."""
    ring = []
    for one, other in zip(corners, corners[1:] + corners[:1], strict=True):
        low, high = sorted((one, other))
        for step in range(4):
            along = step / 4 if one == low else 1 - step / 4
            ring.append(_bent(*(a + (b - a) * along for a, b in zip(low, high, strict=True))))
    return [*ring, ring[0]]


def _bent(column: float, row: float) -> list[float]:
    east = column + 0.13 * sin(2.3 * row + 1.1 * column) + 0.05 * sin(7 * row)
    south = row + 0.12 * sin(1.9 * column + 0.7 * row) + 0.04 * sin(6 * column)
    return [round(3.02 + 0.012 * east, 6), round(51.63 - 0.0075 * south, 6)]
