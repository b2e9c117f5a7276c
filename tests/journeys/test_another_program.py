"""Another program reads the whole public directory, and the specification has nothing against any answer (N1, E14)."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.request import Request, urlopen

import pytest

from journeys.stage import Stage
from network.judge import complaints

KINDS = {
    "services": "service",
    "organizations": "organization",
    "service_at_locations": "service_at_location",
    "taxonomies": "taxonomy",
    "taxonomy_terms": "taxonomy_term",
}


def answer(address: str) -> Any:
    """What a program gets that knows nothing but the address."""
    with urlopen(Request(address, headers={"Accept": "application/json"}), timeout=20) as said:
        assert said.headers["Content-Type"].startswith("application/json")
        return json.load(said)


def pages(address: str) -> Iterator[dict[str, Any]]:
    """A list, page after page, as long as it says that there is another."""
    number = 1
    while True:
        page = answer(f"{address}?page={number}&per_page=20")
        yield page
        if page["last_page"]:
            return
        number += 1


@pytest.mark.looks
def test_every_answer_of_the_public_directory_is_valid(site: str, village: Stage) -> None:
    """From the first address on: every list, every page, and each record behind it."""
    home = f"{site}/hsds/v3"
    assert answer(f"{home}/")["version"] == "3.0"
    seen, said = dict.fromkeys(KINDS, 0), ""
    for plural, kind in KINDS.items():
        told = None
        for page in pages(f"{home}/{plural}"):
            told = page["total_items"]
            for short in page["contents"]:
                whole = answer(f"{home}/{plural}/{short['id']}")
                assert complaints(kind, whole) == []
                assert whole["id"] == short["id"]
                said += json.dumps(whole, ensure_ascii=False)
                seen[plural] += 1
        assert seen[plural] == told
    assert seen["services"] > 20
    families = [name for (name,) in village.look_behind("SELECT name FROM trust_family")]
    assert families
    assert [name for name in families if name in said] == [], "no family goes out"
