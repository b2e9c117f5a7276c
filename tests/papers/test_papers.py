"""The papers the law asks for say what the village is, to whom they are for, in the languages they read (G5, E10)."""

import re
from itertools import product

import pytest
from django.test import Client
from django.utils.translation import override

from kring.trust import enforcement
from kring.web.papers import facts, names, views
from trust.scenes import insert
from web.doorstep import browser, build


@pytest.fixture
def here(owner):
    return build(owner)


def told(owner, who, name, language):
    client = browser(owner, who)
    client.cookies["__Host-language"] = language
    owner.execute("UPDATE trust_account SET language = %s WHERE person_id = %s", [language, who])
    return client.get(f"/administration/papers/{name}/").content.decode()


@pytest.mark.parametrize(
    ("name", "language"), [*product(views.NAMES, ("en", "nl", "fr")), ("families", "ar")]
)
def test_each_paper_is_filled_from_the_village(here, owner, language, name):
    page = told(owner, here.ada, name, language)
    assert f'<article class="book" lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}"' in page
    assert not re.search(r"\{[{%]|\[\]\(", page)
    assert "Lindekwartier" in page
    assert ("School De Linde" in page) == (name != "assessment")


def test_the_register_names_everything_that_is_kept(here, owner):
    page = told(owner, here.ada, "register", "nl")
    from html import escape

    missing = [
        model.__name__ for model in enforcement.guarded_models() if escape(names.called(model.__name__, "nl")) not in page
    ]  # fmt: skip
    assert missing == []
    assert "op slot" in page


def test_a_partner_whose_agreement_ended_is_not_responsible_any_more(here, owner):
    owner.execute(
        "UPDATE trust_agreement SET until = now() WHERE organisation_id = %s",
        [here.scene.organisation("School De Linde")],
    )
    assert "School De Linde" not in told(owner, here.ada, "arrangement", "en")


def test_a_name_is_words_and_never_marks(here, owner):
    odd = "[Club](https://x.example) **vet** | <b>`x`</b>"
    made = insert(owner, "trust_organisation", village_id=here.scene.village, name=odd, sector="leisure")
    insert(owner, "trust_agreement", organisation_id=made, since="2026-01-01T00:00:00Z")
    page = told(owner, here.ada, "arrangement", "en")
    assert "https://x.example" in page
    assert 'href="https://x.example' not in page
    assert "<b>" not in page.split("<article")[1]
    assert facts.plain("a_b") == "a\\_b"
    with override("ar"):
        assert facts.plain("De Linde") == "\u2068De Linde\u2069", "a name keeps its own direction"
        assert facts.plain("015 00 10 20") == "\u2068015 00 10 20\u2069", "and so does a number"


def test_whoever_does_not_keep_the_village_finds_nothing(here, owner):
    for who in (here.els, here.samira, here.wim):
        client = browser(owner, who)
        for address in ("/administration/papers/", "/administration/papers/register/"):
            assert client.get(address).status_code == 404
    assert browser(owner, here.ada).get("/administration/papers/nothing/").status_code == 404


def test_a_family_reads_its_page_without_signing_in(here, monkeypatch):
    monkeypatch.setattr(facts, "_measures", lambda: pytest.fail("for this page nobody walks past every key"))
    page = Client(headers={"accept-language": "nl"}).get("/your-data/")
    assert page.status_code == 200
    assert "School De Linde" in page.content.decode()


def test_whoever_is_signed_in_reads_of_their_own_village(here, owner):
    insert(owner, "trust_village", name="Elsewhere", slug="elsewhere", country="NL", timezone="Europe/Amsterdam",
           language="nl", phone="", answer_days=2, term_days=90, started_at="2001-01-01T00:00:00Z")  # fmt: skip
    assert "Elsewhere" in Client().get("/your-data/").content.decode()
    page = browser(owner, here.samira).get("/your-data/").content.decode()
    assert "Lindekwartier" in page
    assert "Elsewhere" not in page


def test_an_arabic_mother_reads_hers_and_the_papers_of_the_law_say_in_which_languages_they_stand(here, owner):
    page = Client(headers={"accept-language": "ar"}).get("/your-data/").content.decode()
    assert "<h1>ماذا نفعل بما تقولونه لنا</h1>" in page
    assert '<bdi lang="' not in page
    assert "\u2068School De Linde\u2069" in page
    law = told(owner, here.ada, "register", "ar")
    assert "هذه الصفحة ليست بلغتك بعد" in law
    assert re.findall(r'<bdi lang="(\w+)">', law) == ["en", "nl", "fr"]


def test_the_word_for_families_says_the_same_in_each_of_its_languages():
    said = {
        language: re.findall(r"^## |^- |\{[{%][^}]*\}", (views.PAPERS / language / "families.md").read_text(), re.MULTILINE)
        for language in views.languages_of("families")
    }  # fmt: skip
    assert set(said) == {"en", "nl", "fr", "ar"}
    assert len(set(map(tuple, said.values()))) == 1, said


def test_who_reads_the_word_for_families_has_the_contact_point_at_the_foot(here, owner):
    assert 'href="tel:' in browser(owner, here.samira).get("/your-data/").content.decode()
    assert 'href="tel:' not in browser(owner, here.els).get("/your-data/").content.decode()
