"""An offer's page as search engines read it: schema.org in a block of data that no browser runs (row E14)."""

import json
import re
from typing import Any

import pytest
from django.test import Client

from kring.network.models import Offer
from kring.network.usecases import offers
from kring.network.usecases.offers import OfferWords, Spot
from kring.trust.models import Organisation
from network.conftest import SignIn
from network.scene import NOW, Scene

BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def linked(page: str) -> dict[str, Any]:
    (words,) = BLOCK.findall(page)
    found: dict[str, Any] = json.loads(words)
    return found


def an_offer(scene: Scene, words: OfferWords, *spots: Spot) -> Offer:
    with scene.as_(scene.lead) as lieve:
        club = Organisation.objects.get(pk=scene.club)
        return offers.add(club, words, by=lieve, at=NOW, spots=spots)


def test_every_public_offer_is_told_to_search_engines(pilots: Scene, client: Client) -> None:
    with pilots.as_(pilots.worker):
        rows = {offer.pk: offer.name for offer in Offer.objects.all()}
    for key, name in rows.items():
        told = linked(client.get(f"/offers/{key}/").content.decode())
        assert (told["@context"], told["@type"], told["name"]) == ("https://schema.org", "Service", name)
        assert told["provider"]["name"]


def test_what_the_page_says_stands_in_the_block(pilots: Scene, client: Client) -> None:
    with pilots.as_(pilots.worker):
        offer = Offer.objects.get(name="Nurse for children")
    told = linked(client.get(f"/offers/{offer.pk}/").content.decode())
    assert told["audience"]["suggestedMinAge"] == 6
    assert told["audience"]["suggestedMaxAge"] == 12
    assert told["hoursAvailable"][0] == {
        "@type": "OpeningHoursSpecification",
        "dayOfWeek": ["https://schema.org/Wednesday"],
        "opens": "09:00",
        "closes": "13:00",
    }
    assert told["offers"]["price"] == "0"
    assert told["availableChannel"][0]["serviceLocation"]["address"]["addressCountry"] in (
        "FR",
        "BE",
        "GB",
        "NL",
    )


def test_the_page_leads_programs_to_the_record(pilots: Scene, client: Client) -> None:
    with pilots.as_(pilots.worker):
        offer = Offer.objects.get(name="NETSTERK")
    page = client.get(f"/offers/{offer.pk}/").content.decode()
    address = re.search(r'<link rel="alternate" type="application/json" href="([^"]+)">', page)[1]
    assert json.loads(client.get(address).content)["name"] == "NETSTERK"


def test_no_word_can_end_the_block(scene: Scene, client: Client) -> None:
    evil = 'a</script><script>alert(1)</script><!-- &amp; "b"'
    offer = an_offer(scene, OfferWords(name=evil, words=evil))
    page = client.get(f"/offers/{offer.pk}/").content.decode()
    assert linked(page)["description"] == evil
    assert "<script>alert" not in page


@pytest.mark.parametrize("place", ["/village/offers/{}/", "/village/offers/"])
def test_inside_the_village_there_is_no_block(scene: Scene, sign_in: SignIn, place: str) -> None:
    offer = an_offer(scene, OfferWords(name="Voetbal"))
    page = sign_in(scene.worker).get(place.format(offer.pk)).content.decode()
    assert "ld+json" not in page
    assert 'rel="alternate"' not in page


def test_what_nobody_told_is_left_out(scene: Scene, client: Client) -> None:
    bare = linked(client.get(f"/offers/{an_offer(scene, OfferWords(name='Voetbal')).pk}/").content.decode())
    assert bare.keys() == {"@context", "@type", "identifier", "name", "url", "provider"}
    for_all = an_offer(scene, OfferWords(name="Koor", youngest=0, oldest=99))
    audience = linked(client.get(f"/offers/{for_all.pk}/").content.decode())["audience"]
    assert audience == {"@type": "PeopleAudience", "suggestedMinAge": 0}
    spot = Spot(name="Veld", town="Mechelen")
    words = OfferWords(name="Dans", contact_name="Lieve", contact_phone="015 12 34 56", languages=("nl",))
    full = linked(client.get(f"/offers/{an_offer(scene, words, spot).pk}/").content.decode())
    (channel,) = full["availableChannel"]
    assert channel["servicePhone"] == {"@type": "ContactPoint", "name": "Lieve", "telephone": "015 12 34 56"}
    assert channel["serviceLocation"]["address"]["addressCountry"] == "BE"
