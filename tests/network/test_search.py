"""Search that forgives, on the database: typing errors, four languages, the best answer first (row N1)."""

from collections.abc import Callable
from uuid import UUID

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kring.demo.offers import OFFERS
from kring.network import rules
from kring.network.models import Offer, Signpost, Spelling
from kring.network.search.nearness import trigrams
from kring.network.search.stems import LITTLE_WORDS
from kring.network.usecases import looking, offers
from kring.network.usecases.looking import look
from kring.network.usecases.offers import OfferWords, Spot
from kring.trust.models import Organisation
from network.scene import NOW, Scene
from network.slips import slipped
from network.test_pages import text

SignIn = Callable[[UUID], Client]
NAMES = sorted({given.name for given in OFFERS})
LONG_WORDS = sorted(
    {
        (word, name)
        for name in NAMES
        for word in rules.fold(name).split()
        if len(word) >= 5 and word not in LITTLE_WORDS
    }
)


@pytest.fixture
def village(scene: Scene) -> Scene:
    """The offers of the demonstration, and three in other languages."""
    with scene.as_(scene.network) as nora:
        club, school = (Organisation.objects.get(pk=one) for one in (scene.club, scene.school))
        for given_ in OFFERS:
            words = OfferWords(
                name=given_.name, words=given_.words, domains=given_.domains, themes=given_.themes
            )
            offers.add(club, words, by=nora, at=NOW)
        told = {
            "Aide aux devoirs": "Chaque mercredi après l'école.",
            "نادي الواجبات": "مساعدة بعد المدرسة",
            "Pool": "We swim.",
        }
        for name, words_ in told.items():
            spots = (Spot(town="Maasdorp", neighbourhood="Zuid"),)
            offers.add(
                school, OfferWords(name=name, words=words_, languages=("fr",)), by=nora, at=NOW, spots=spots
            )
    return scene


def found(scene: Scene, typed: str, **rest: object) -> list[str]:
    with scene.as_(scene.worker):
        answer = look(scene.village, {"q": typed, **rest}, offers=99)
        names = [offer.name for offer in answer.rows()]
        assert len(names) == answer.count
        return names


def test_homework_is_found_in_four_languages_and_with_a_slip(village: Scene) -> None:
    for typed in (
        "huiswerk",
        "devoirs",
        "homework",
        "واجبات",
        "huiswrk",
        "hiuswerk",
        "HUISWERKK",
        "devoir",
        "homewrk",
        "الواجبت",
    ):
        names = found(village, typed)
        assert {"Huiswerk in de bib", "Aide aux devoirs", "نادي الواجبات"} <= set(names[:5]), typed
    assert found(village, "huiswerk")[0] == "Huiswerk in de bib"
    assert found(village, "devoirs")[0] == "Aide aux devoirs"


def test_a_slip_in_any_long_word_of_a_name_is_forgiven(village: Scene) -> None:
    @settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.sampled_from(LONG_WORDS), st.data())
    def forgiven(one: tuple[str, str], data: st.DataObject) -> None:
        word, name = one
        assert name in found(village, data.draw(slipped(word)))[:5]

    forgiven()


def test_a_wrong_word_does_not_drown_the_list(village: Scene) -> None:
    assert found(village, "zzzzqqq") == []
    assert len(found(village, "huiswerk")) <= 6
    with village.as_(village.worker):
        answer = look(village.village, {"q": "huiswerk zzzzqqq"}, offers=99)
        assert (answer.question.left_out, answer.rows()[0].name) == (("zzzzqqq",), "Huiswerk in de bib")


def test_a_word_inside_a_longer_one_is_found(village: Scene) -> None:
    assert "Kook- en naaiatelier" in found(village, "atelier")


def test_filters_hold_for_what_was_perhaps_meant(village: Scene) -> None:
    assert found(village, "huiswrk", language="fr") == ["Aide aux devoirs", "نادي الواجبات"][:2]
    assert found(village, "huiswrk", place="Zuid", language="fr", age=9)[:1] == ["Aide aux devoirs"]
    assert found(village, "huiswrk", organisation=village.club)[0] == "Huiswerk in de bib"


def test_the_page_says_why_and_what_was_perhaps_meant(village: Scene, client: Client) -> None:
    page = client.get("/offers/?q=huiswrk&free=")
    assert "Did you mean: Huiswerk" in text(page)
    assert "?q=Huiswerk" in page.content.decode()
    assert "Here it says: Aide aux devoirs" in text(client.get("/offers/?q=homework"))
    assert "Nobody here uses this word, so we left it out: zzzzqqq" in text(
        client.get("/offers/?q=huiswerk+zzzzqqq")
    )


def test_an_organisation_is_found_by_its_name_and_shows_its_offers(village: Scene, client: Client) -> None:
    page = client.get("/offers/?q=linde")
    assert "All offers of: De Linde" in text(page)
    assert f"?organisation={village.school}" in page.content.decode()
    its = text(client.get(f"/offers/?organisation={village.school}"))
    assert "3 offers fit" in its
    assert "De Linde take away" in its
    assert client.get("/offers/?organisation=x").status_code == 200


def test_what_never_was_shown_leaves_no_word_and_no_signpost(scene: Scene, client: Client) -> None:
    with scene.as_(scene.network) as nora:
        club = Organisation.objects.get(pk=scene.club)
        words = OfferWords(name="Geheimzinnig", status="closed", languages=("so",))
        made = offers.add(club, words, by=nora, at=NOW, spots=(Spot(neighbourhood="Verborgen"),))
        assert not Spelling.objects.filter(word__startswith="geheim").exists()
        assert Signpost.objects.signs(scene.village).places == {}
        offers.change(made, OfferWords(name="Geheimzinnig", languages=("so",)), by=nora, at=NOW)
        signs = Signpost.objects.signs(scene.village)
        assert (signs.offers, signs.places, signs.languages) == (1, {"Verborgen": 1}, {"so": 1})
        Offer.objects.update(gone_on=NOW)
        assert Signpost.objects.signs(scene.village).offers == 0
    assert "Geheimzinnig" not in text(client.get("/offers/?q=geheimzinnih"))


def test_the_database_takes_words_apart_as_we_do(village: Scene) -> None:
    with village.as_(village.worker):
        rows = list(Spelling.objects.order_by("word"))
        assert len(rows) > 300
        assert [sorted(row.trigrams) for row in rows] == [trigrams(row.word) for row in rows]
        assert [row.length for row in rows] == [len(row.word) for row in rows]


def test_the_next_village_does_not_know_our_words(village: Scene) -> None:
    with village.as_(village.stranger):
        assert look(village.other_village, {"q": "huiswrk"}, offers=0).count == 0
        assert Spelling.objects.around(village.other_village, ["huiswrk"]) == {}


def test_a_broad_question_shows_first_what_is_called_so(
    village: Scene, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looking, "MOST_COUNTED", 3)
    page = client.get("/offers/?q=school")
    assert "More than 3 offers fit" in text(page)
    assert "Add a word" in text(page)
    named = [name for name in NAMES if "school" in rules.fold(name)]
    with village.as_(village.worker):
        answer = look(village.village, {"q": "school"}, offers=99)
        assert answer.is_broad
        rows = answer.rows()
        all_of_them = [offer.name for offer in rows[0:99]]
        assert sorted(all_of_them[: len(named)]) == sorted(named)
        assert [offer.name for at in range(0, 99, 4) for offer in rows[at : at + 4]] == all_of_them
        assert len(set(all_of_them)) == len(all_of_them) > len(named)
