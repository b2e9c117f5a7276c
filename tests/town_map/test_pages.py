"""The map on the page: for everybody, without script, and drawn by who keeps the network (row N1)."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kring.demo.town import geojson
from kring.network.models import Offer, OfferPlace, Place, TownMap
from kring.network.usecases import maps, offers
from kring.network.usecases.offers import OfferWords, Spot
from kring.trust.models import Organisation
from kring.trust.permissions import NotAllowed
from network.scene import NOW, Scene
from network.test_pages import text
from town_map.test_maps import area, file

SignIn = Callable[[UUID], Client]


def offer_at(scene: Scene, name: str, *spots: Spot, **words: object) -> Offer:
    with scene.as_(scene.network) as nora:
        club = Organisation.objects.get(pk=scene.club)
        return offers.add(club, OfferWords(name=name, **words), by=nora, at=NOW, spots=spots)


def drawn(scene: Scene, content: bytes | None = None, at: object = NOW) -> TownMap:
    with scene.as_(scene.network) as nora:
        return maps.draw("wijken.geojson", content or geojson(), by=nora, at=at)


def upload(client: Client, content: bytes) -> object:
    return client.post("/village/map/", {"file": SimpleUploadedFile("wijken.geojson", content)}, follow=True)


def test_a_neighbourhood_on_the_map_leads_to_its_offers(scene: Scene, client: Client) -> None:
    offer_at(scene, "Huiswerkklas", Spot(neighbourhood="Molenveld"))
    offer_at(scene, "Voetbal", Spot(neighbourhood="MOLENVELD", town="Elders"))
    offer_at(scene, "Geheim", Spot(neighbourhood="Veerkaai"), status="closed")
    assert "Molenveld 1 offer" in text(client.get("/offers/map/"))
    drawn(scene)
    answer = client.get("/offers/map/")
    page = answer.content.decode()
    assert page.split("town-map")[1].count("<path") == 7
    assert 'href="/offers/?place=Molenveld"' in page
    assert "Veerkaai nothing yet" in text(answer)
    assert "Elders 1 offer" in text(answer)
    assert "Huiswerkklas" in text(client.get("/offers/?place=Molenveld"))
    assert "On the map" in text(client.get("/offers/"))


def test_a_place_told_by_its_degrees_lies_in_a_neighbourhood(scene: Scene, client: Client) -> None:
    made = offer_at(scene, "Judo")
    with scene.as_(scene.network):
        place = Place.objects.create(village_id=scene.village, name="Zaal", latitude=51.6189, longitude=3.062)
        OfferPlace.there(made, place).save()
    assert drawn(scene).drawing["parts"]
    with scene.as_(scene.worker):
        assert Place.objects.get(pk=place.pk).neighbourhood == "Veerkaai"
        assert Offer.objects.get(pk=made.pk).near == ["Veerkaai"]
    assert "Veerkaai 1 offer" in text(client.get("/offers/map/"))


def test_who_keeps_the_network_draws_puts_back_and_draws_once(scene: Scene, sign_in: SignIn) -> None:
    nora = sign_in(scene.network)
    assert "The map is drawn: 7 neighbourhoods." in text(upload(nora, geojson()))
    upload(nora, geojson())
    assert "The map is drawn: 1 neighbourhood." in text(upload(nora, file(area("Alles"))))
    with scene.as_(scene.worker):
        newest, first = TownMap.objects.order_by("-drawn_at")
    for _twice in range(2):
        answer = nora.post(f"/village/map/{newest.pk}/back/", follow=True)
        assert answer.status_code == 200
    with scene.as_(scene.worker):
        assert TownMap.objects.get() == first
    assert "Take this map away" in text(answer)


def test_what_is_wrong_with_a_file_is_said_and_nothing_changes(scene: Scene, sign_in: SignIn) -> None:
    drawn(scene)
    answer = upload(
        sign_in(scene.network), file(area(ring=[[152_000, 7], [152_000, 8], [152_001, 8], [152_000, 7]]))
    )
    assert answer.status_code == 422
    assert "These are not degrees." in text(answer)
    with scene.as_(scene.worker):
        assert TownMap.objects.get().name == "wijken.geojson"


def test_only_who_keeps_the_network_draws_and_only_their_own(
    scene: Scene, sign_in: SignIn, client: Client
) -> None:
    made = drawn(scene)
    wouter = sign_in(scene.worker)
    for address in ("/village/map/", f"/village/map/{made.pk}/back/"):
        assert wouter.post(address).status_code == 403
        assert client.post(address).status_code == 302
    sign_in(scene.stranger).post(f"/village/map/{made.pk}/back/")
    with scene.as_(scene.worker) as wout:
        assert TownMap.objects.get() == made
        with pytest.raises(NotAllowed):
            maps.put_back(made, by=wout, at=NOW)
    with scene.as_(scene.stranger) as sam:
        maps.put_back(made, by=sam, at=NOW)
    with pytest.raises(DatabaseError), scene.as_(scene.stranger):
        TownMap.objects.create(
            village_id=scene.village,
            name="x",
            drawing={},
            outlines={},
            drawn_by_id=scene.stranger,
            drawn_at=NOW,
        )


def test_the_map_asks_the_database_little(scene: Scene, client: Client, sign_in: SignIn) -> None:
    drawn(scene)
    nora = sign_in(scene.network)
    for somebody, address in (
        (client, "/offers/map/"),
        (nora, "/village/offers/map/"),
        (nora, "/village/map/"),
    ):
        somebody.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert somebody.get(address).status_code == 200
        assert len(asked) <= 10, [one["sql"][:90] for one in asked]


def test_three_maps_are_kept_and_the_journal_tells(scene: Scene, owner: object) -> None:
    for number in range(5):
        drawn(scene, file(area(f"Wijk {number}")), NOW + timedelta(minutes=number))
    with scene.as_(scene.worker):
        assert [one.drawing["parts"][0]["name"] for one in TownMap.objects.order_by("drawn_at")] == [
            "Wijk 2",
            "Wijk 3",
            "Wijk 4",
        ]
    deeds = owner.execute("SELECT count(*) FROM trust_entry WHERE deed = 'town map drawn'").fetchone()
    assert deeds == (5,)
