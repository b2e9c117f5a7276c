"""Finding an offer, and writing one down (row N1)."""

import pytest

from kring.network.models import Offer
from kring.network.usecases import offers
from kring.network.usecases.offers import OfferWords, Spot
from kring.trust.models import Organisation
from kring.trust.permissions import NotAllowed
from network.scene import NOW, Scene


def add(scene: Scene, name: str, **words: object) -> None:
    spots = words.pop("spots", ())
    with scene.as_(scene.lead) as lieve:
        club = Organisation.objects.get(pk=scene.club)
        offers.add(club, OfferWords(name=name, **words), by=lieve, at=NOW, spots=spots)


def names(found: object) -> list[str]:
    return [offer.name for offer in found]


@pytest.fixture
def three(scene: Scene) -> Scene:
    add(
        scene, "Huiswerkklas", words="Samen leren na school.", domains=("school",), youngest=6, oldest=12,
        languages=("nl", "ar"), spots=(Spot(street="Kerkstraat 1", town="Maasdorp", neighbourhood="Zuid"),),
    )  # fmt: skip
    add(scene, "Été en fête", themes=("music",), domains=("leisure",), youngest=10, areas=("Noord",))
    add(scene, "Papierwinkel", domains=("money",), status=Offer.Status.PAUSED)
    add(scene, "Oude club", status=Offer.Status.CLOSED)
    return scene


def test_every_word_must_occur_whatever_its_accents(three: Scene) -> None:
    with three.as_(three.worker):
        assert names(Offer.objects.with_words("ete FETE").in_order()) == ["Été en fête"]
        assert names(Offer.objects.with_words("samen zuid").in_order()) == ["Huiswerkklas"]
        assert names(Offer.objects.with_words("samen noord").in_order()) == []
        assert names(Offer.objects.with_words("100% _").in_order()) == []


def test_what_is_called_as_one_asked_comes_before_what_only_speaks_of_it(scene: Scene) -> None:
    add(scene, "Avondclub", words="We dansen soms.")
    add(scene, "Dansen op vrijdag")
    add(scene, "Vrijdag koken", words="Daarna dansen.")
    with scene.as_(scene.worker):
        found = Offer.objects.with_words("dansen")
        assert names(found.in_order("dansen")) == ["Dansen op vrijdag", "Avondclub", "Vrijdag koken"]
        assert names(found.in_order("vrijdag dansen"))[:2] == ["Dansen op vrijdag", "Vrijdag koken"]
        assert names(found.in_order()) == ["Avondclub", "Dansen op vrijdag", "Vrijdag koken"]


def test_help_with_money_is_found_in_four_languages(three: Scene) -> None:
    with three.as_(three.worker):
        for word in ("geld", "argent", "debts", "المال"):
            assert names(Offer.objects.with_words(word).in_order()) == ["Papierwinkel"], word


def test_each_filter_narrows(three: Scene) -> None:
    with three.as_(three.worker):
        shown = Offer.objects.shown().in_order()
        assert names(shown) == ["Été en fête", "Huiswerkklas", "Papierwinkel"]
        assert names(shown.for_age(8)) == ["Huiswerkklas", "Papierwinkel"]
        assert names(shown.for_age(11)) == ["Été en fête", "Huiswerkklas", "Papierwinkel"]
        assert names(shown.on_theme("music")) == ["Été en fête"]
        assert names(shown.in_domain("school")) == ["Huiswerkklas"]
        assert names(shown.in_language("ar")) == ["Huiswerkklas"]
        assert names(shown.near_to("Zuid")) == ["Huiswerkklas"]
        assert names(shown.near_to("Noord")) == ["Été en fête"]


def test_a_lead_writes_for_her_own_organisation_only(scene: Scene) -> None:
    with scene.as_(scene.lead) as lieve, pytest.raises(NotAllowed):
        offers.add(Organisation.objects.get(pk=scene.school), OfferWords(name="X"), by=lieve, at=NOW)
    with scene.as_(scene.network) as nora:
        offers.add(Organisation.objects.get(pk=scene.school), OfferWords(name="X"), by=nora, at=NOW)


def test_a_worker_does_not_write_offers(scene: Scene) -> None:
    with scene.as_(scene.worker) as wout, pytest.raises(NotAllowed):
        offers.add(Organisation.objects.get(pk=scene.club), OfferWords(name="X"), by=wout, at=NOW)


def test_another_village_cannot_write_ours(scene: Scene) -> None:
    from django.db import DatabaseError

    with pytest.raises(DatabaseError), scene.as_(scene.stranger) as sam:
        offers.add(Organisation.objects.get(pk=scene.club), OfferWords(name="X"), by=sam, at=NOW)


def test_an_offer_needs_a_name_and_ages_in_order(scene: Scene) -> None:
    with scene.as_(scene.lead) as lieve:
        club = Organisation.objects.get(pk=scene.club)
        with pytest.raises(offers.OfferHasNoName):
            offers.add(club, OfferWords(name=" \u202e "), by=lieve, at=NOW)
        with pytest.raises(offers.AgesCrossed):
            offers.add(club, OfferWords(name="X", youngest=9, oldest=8), by=lieve, at=NOW)


def test_changing_the_words_leaves_the_place(three: Scene) -> None:
    with three.as_(three.lead) as lieve:
        offer = Offer.objects.get(name="Huiswerkklas")
        offers.change(offer, OfferWords(name="Huiswerkclub"), by=lieve, at=NOW)
        offer.refresh_from_db()
        assert (offer.name, offer.places.get().street, offer.near) == (
            "Huiswerkclub",
            "Kerkstraat 1",
            ["Zuid", "Maasdorp"],
        )


def test_a_card_shows_the_organisations_number_when_the_offer_has_none(three: Scene) -> None:
    with three.as_(three.network):
        offer = Offer.objects.for_cards().get(name="Huiswerkklas")
        assert offer.call == {"name": "Club Zuid", "phone": ""}
