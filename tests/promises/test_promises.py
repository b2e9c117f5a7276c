"""What we promise is read by anybody, in four languages, with figures that were measured and nothing else."""

import json
import re

import pytest
from django.test import Client

from kring.web.promises import figures, views

MEASURED = {"on": "2026-11-22", "command": "make oracle", "asked": 1_000_000, "leaks": 0, "denials": 0}


@pytest.fixture
def book(tmp_path, monkeypatch):
    """A book of figures of our own."""
    monkeypatch.setattr(figures, "BOOK", tmp_path / "figures.json")
    return tmp_path / "figures.json"


@pytest.mark.parametrize(("language", "title"), [("en", "What we promise"), ("nl", "Wat we beloven"),
                                                 ("fr", "Ce que nous promettons"), ("ar", "ما نعد به")])  # fmt: skip
def test_anybody_reads_it_in_their_language(owner, book, language, title):
    book.write_text(json.dumps({"oracle": MEASURED}))
    client = Client()
    client.cookies["__Host-language"] = language
    page = client.get("/trust/").content.decode()
    assert f"<h1>{title}" in page
    assert f'lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}"' in page.split("<article")[1]
    assert "1\u202f000\u202f000" in page
    assert "make oracle" in page


@pytest.mark.parametrize(("language", "chapter"), [("en", "What a thief would have"), ("nl", "Wat een dief zou hebben"),
                                                   ("fr", "Ce qu’aurait un voleur"), ("ar", "ماذا يحصل عليه السارق")])  # fmt: skip
def test_what_a_thief_would_have_is_one_jump_away(owner, language, chapter):
    client = Client()
    client.cookies["__Host-language"] = language
    page = client.get("/trust/").content.decode()
    assert f'<h2 id="chapter-3">{chapter}</h2>' in page
    assert chapter in page.split('href="#chapter-3"')[1].split("</a>")[0]
    assert page.index('href="#chapter-3"') < page.index("<article")


def test_what_was_not_measured_is_not_said(owner, book):
    book.write_text("{}")
    assert "make oracle" not in Client().get("/trust/").content.decode()
    assert list(figures.of_the_last_run()) == []


def test_every_figure_that_is_kept_has_a_sentence():
    kept = json.loads((views.DOCS / "figures.json").read_text())
    assert kept.keys() <= figures.SENTENCES.keys()
    for proof, told in kept.items():
        assert set(re.findall(r"%\((\w+)\)s", str(figures.SENTENCES[proof]))) <= told.keys()


def test_the_foot_of_a_page_leads_there(owner):
    for address in ("/set-up/", "/handbook/", "/sign-in/", "/offers/"):
        assert 'href="/trust/"' in Client().get(address).content.decode()
    assert 'href="/your-data/"' in Client().get("/trust/").content.decode()


def test_the_four_pages_promise_the_same():
    counted = {
        language: [len(re.findall(mark, (views.DOCS / name).read_text(), re.MULTILINE)) for mark in (r"^## ", r"^\d\. ", r"^\| ", r"^- ")]
        for language, name in views.WRITTEN.items()
    }  # fmt: skip
    assert len(set(map(tuple, counted.values()))) == 1, counted
