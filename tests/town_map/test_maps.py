"""Reading the town's list of neighbourhoods, drawing it, and finding a point on it."""

import json
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.demo.town import NEIGHBOURHOODS, geojson
from kring.network.maps import MapUnreadable, drawn, lies_in, read
from kring.network.maps.reading import MOST_BYTES, MOST_PARTS
from kring.network.models import Place
from kring.network.usecases import maps as settling
from kring.web.town_map.forms import SENTENCES, sentence

SQUARE = [[4.0, 51.0], [4.01, 51.0], [4.01, 51.01], [4.0, 51.01], [4.0, 51.0]]
HOLE = [[4.004, 51.004], [4.006, 51.004], [4.006, 51.006], [4.004, 51.006], [4.004, 51.004]]


def area(name: Any = "Zuid", ring: Any = SQUARE, kind: str = "Polygon", **more: Any) -> dict[str, Any]:
    coordinates = [ring] if kind == "Polygon" else [[ring]] if kind == "MultiPolygon" else ring
    return {
        "type": "Feature",
        "properties": {"naam": name, **more},
        "geometry": {"type": kind, "coordinates": coordinates},
    }


def file(*features: Any, **more: Any) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": list(features), **more}).encode()


def test_the_town_of_the_demonstration_can_be_read_and_drawn() -> None:
    parts = read(geojson())
    assert [part.name for part in parts] == sorted(NEIGHBOURHOODS)
    drawing = drawn(parts)
    assert (drawing["width"], len(drawing["parts"])) == (1_000, 7)
    assert all(0 < one["x"] < 1_000 and 0 < one["y"] < drawing["height"] for one in drawing["parts"])
    assert all(one["path"].startswith("M") and one["path"].endswith("Z") for one in drawing["parts"])


def test_two_areas_of_one_name_are_one_neighbourhood_and_a_bom_is_no_mistake() -> None:
    there = [[east + 0.02, north] for east, north in SQUARE]
    parts = read(b"\xef\xbb\xbf" + file(area(), area("ZUID", there, "MultiPolygon"), area("Élan", there)))
    assert [(part.name, len(part.polygons)) for part in parts] == [("Élan", 1), ("Zuid", 2)]


@pytest.mark.parametrize(
    ("field", "told"),
    [
        ("NAAM", {"NAAM": "Zuid"}),
        ("nom", {"code": "7", "nom": "Zuid"}),
        ("own", {"land": "X", "own": "Zuid"}),
    ],
)
def test_a_town_may_call_the_name_as_it_likes(field: str, told: dict[str, str]) -> None:
    other = area() | {"properties": told | {field: "Noord"}}
    assert [part.name for part in read(file(area() | {"properties": told}, other))] == ["Noord", "Zuid"]


@pytest.mark.parametrize(
    ("key", "content"),
    [
        ("empty", b"  "),
        ("too_large", b" " * (MOST_BYTES + 1)),
        ("no_json", b"{"),
        ("no_json", b"\xff\xfe\x00"),
        ("no_json", b"[" * 100_000),
        ("no_geojson", b"[]"),
        ("no_geojson", b'{"type": "Topology"}'),
        ("no_areas", file()),
        ("no_areas", b'{"type": "FeatureCollection", "features": 7}'),
        ("too_many", file(*[area()] * (MOST_PARTS + 1))),
        ("no_name", file(7)),
        ("no_name", file(area(""))),
        ("no_name", file(area(7))),
        ("no_areas_at", file(area(ring=[4, 51], kind="Point"))),
        ("no_areas_at", file(area() | {"geometry": None})),
        ("broken_outline", file(area(ring=[]))),
        ("broken_outline", file(area(ring=SQUARE[:3]))),
        ("broken_outline", file(area(ring=[["a", "b"]] * 4))),
        ("broken_outline", file(area(ring=[["4", "51"]] * 4))),
        ("broken_outline", file(area(ring=[[4, 51]] * 4))),
        ("broken_outline", file(area(ring=[[4, None]] * 4))),
        ("broken_outline", file(area(ring=7))),
        ("broken_outline", file(area(ring=[{"east": 4}] * 4))),
        ("broken_outline", file(area(ring=[[10**400, 51]] * 4))),
        ("broken_outline", file(area(ring=[[x * 1e-310, y * 1e-310] for x, y in SQUARE]))),
        ("broken_outline", file(area()).replace(b"51.01", b"NaN")),
        ("not_degrees", file(area(ring=[[152_000 + x, 173_000 + y] for x, y in SQUARE]))),
        ("not_degrees", file(area(), crs={"properties": {"name": "urn:ogc:def:crs:EPSG::31370"}})),
        ("too_wide", file(area(), area("Far", [[x + 40, y] for x, y in SQUARE]))),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said(key: str, content: bytes) -> None:
    with pytest.raises(MapUnreadable) as refused:
        read(content)
    assert refused.value.key == key
    assert sentence(refused.value)
    assert "%(" not in sentence(refused.value)


def test_every_sentence_belongs_to_a_mistake() -> None:
    assert set(SENTENCES) == {
        "empty", "too_large", "no_json", "no_geojson", "no_areas", "no_areas_at", "too_many", "too_fine", "no_name",
        "broken_outline", "not_degrees", "too_wide",
    }  # fmt: skip


@given(st.recursive(st.none() | st.booleans() | st.floats() | st.text(max_size=5), lambda inner: st.lists(inner) | st.dictionaries(
    st.sampled_from(("type", "features", "properties", "geometry", "coordinates", "naam")), inner), max_leaves=30))  # fmt: skip
def test_whatever_is_in_the_file_is_read_or_refused(told: Any) -> None:
    for content in (json.dumps(told), json.dumps({"type": "FeatureCollection", "features": told})):
        with pytest.raises(MapUnreadable):
            read(content.encode())


def test_a_place_is_looked_for_only_where_its_neighbourhood_lies(monkeypatch: pytest.MonkeyPatch) -> None:
    """A town's list may have a hundred thousand points, and a directory thousands of places."""
    there = [[east + 0.05, north] for east, north in SQUARE]
    outlines = {"Oost": [[there]], "Zuid": [[SQUARE]]}
    asked: list[Any] = []

    class Holds:
        def __init__(self) -> None:
            self.outlines = outlines

    monkeypatch.setattr(settling.TownMap.objects, "of_village", lambda village: Holds())
    monkeypatch.setattr(settling.maps, "lies_in", lambda point, lie: asked.append(lie) or lies_in(point, lie))
    place, far = Place(longitude=4.002, latitude=51.002), Place(longitude=9.0, latitude=51.002)
    assert [one.neighbourhood for one in settling.settle([place, far], uuid4())] == ["Zuid"]
    assert asked == [outlines["Zuid"]]


@given(st.floats(3.99, 4.02), st.floats(50.99, 51.02))
def test_a_point_lies_in_a_square_but_not_in_its_hole(east: float, north: float) -> None:
    def between(low: float, high: float) -> bool:
        return low < east < high and 47 + low < north < 47 + high

    in_square, in_hole = between(4.0, 4.01), between(4.004, 4.006)
    assert lies_in((east, north), [[[tuple(p) for p in SQUARE], [tuple(p) for p in HOLE]]]) == (
        in_square and not in_hole
    )


@given(st.sampled_from(read(geojson())))
def test_a_mark_stands_on_its_own_neighbourhood(part: Any) -> None:
    parts = read(geojson())
    drawing = drawn(parts)
    for other in parts:
        spot = next(one for one in drawing["parts"] if one["name"] == part.name)
        shape = next(one for one in drawing["parts"] if one["name"] == other.name)
        ring = [tuple(map(float, step.split())) for step in shape["path"][1:-1].split("L")]
        assert lies_in((spot["x"], spot["y"]), [[ring]]) == (part.name == other.name)
