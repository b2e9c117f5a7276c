"""A house with two villages: what one of them switched off is off by its name and by the address of a single thing."""

import json

import psycopg
import pytest
from django.test import Client

from network.conftest import SignIn
from network.scene import Scene
from web.doorstep import somewhere

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def places(pilots: Scene, owner: psycopg.Connection) -> dict[str, str]:
    """Maasdorp is not the village this house serves first; every public way to what it offers, by its module."""
    owner.execute("UPDATE trust_village SET started_at = '2000-01-01' WHERE id = %s", [pilots.other_village])
    (offer, organisation) = owner.execute(
        "SELECT id, organisation_id FROM network_offer WHERE village_id = %s ORDER BY name LIMIT 1", [pilots.village]
    ).fetchone() or ("", "")  # fmt: skip
    return {
        "/concern/maasdorp/": "door", "/concern/maasdorp/poster/": "door",
        "/offers/?village=maasdorp": "directory", "/offers/map/?village=maasdorp": "directory",
        f"/offers/{offer}/": "directory",
        "/hsds/v3/services?village=maasdorp": "programs", f"/hsds/v3/services/{offer}": "programs",
        f"/hsds/v3/organizations/{organisation}": "programs",
    }  # fmt: skip


@pytest.mark.parametrize("off", ["door", "directory", "programs"])
def test_what_a_village_switched_off_is_off_by_every_address(
    pilots: Scene, places: dict[str, str], owner: psycopg.Connection, off: str
) -> None:
    anybody = Client(REMOTE_ADDR=somewhere())
    assert {place: anybody.get(place).status_code for place in places} == dict.fromkeys(places, 200)
    owner.execute("UPDATE trust_village SET chosen = %s::jsonb, chosen_version = 7 WHERE id = %s",
                  [json.dumps({"modules off": [off]}), pilots.village])  # fmt: skip
    also = {"directory": {"directory", "programs"}}.get(off, {off})
    assert {place: anybody.get(place).status_code for place in places} == {
        place: 404 if module in also else 200 for place, module in places.items()
    }


def test_without_the_directory_nobody_keeps_offers_or_draws_its_map(
    pilots: Scene, owner: psycopg.Connection, sign_in: SignIn
) -> None:
    nora = sign_in(pilots.network)
    places = (
        "/village/offers/mine/",
        "/village/offers/to-call/",
        "/village/holidays/",
        "/village/map/",
        "/village/offers/map/",
    )
    assert {nora.get(place).status_code for place in places} == {200}
    owner.execute("UPDATE trust_village SET chosen = %s::jsonb, chosen_version = 8 WHERE id = %s",
                  ['{"modules off": ["directory"]}', pilots.village])  # fmt: skip
    assert {nora.get(place).status_code for place in places} == {404}
