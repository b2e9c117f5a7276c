"""The words in four languages: gathered from pages and code, kept, checked and compiled."""

import gettext
import re
from pathlib import Path

import pytest

from kring.commands import catalogues
from kring.ground.refusals import Refusal

PAGE = """{% load i18n %}<h1>{% translate "Who may know this" %}</h1>
{% blocktranslate count n=goals|length %}{{ n }} goal{% plural %}{{ n }} goals{% endblocktranslate %}
{% blocktranslate trimmed with name=person.name %}
  {{ name }} is here
  for you.
{% endblocktranslate %}
    <p>
  <b>{% translate "may" context "month" %}</b>
      </p>
   <i></i>"""
CODE = 'from django.utils.translation import gettext_lazy as _\nTITLE = _("Who may know this")\nOTHER = _("Good news")\n'


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    home = tmp_path / "kring"
    (home / "web" / "templates").mkdir(parents=True)
    (home / "migrations").mkdir()
    (home / "migrations" / "0001.py").write_text('_("never seen")')
    (home / "web" / "templates" / "page.html").write_text(PAGE)
    (home / "web" / "views.py").write_text(CODE)
    monkeypatch.setattr(catalogues, "HOME", home)
    monkeypatch.setattr(catalogues, "LOCALE", home / "locale")
    return home


def file_of(house: Path, language: str) -> Path:
    return house / "locale" / language / "LC_MESSAGES" / "django.po"


def translate(house: Path, language: str, words: str, as_: str) -> None:
    path = file_of(house, language)
    path.write_text(
        path.read_text().replace(f'msgid "{words}"\nmsgstr ""', f'msgid "{words}"\nmsgstr "{as_}"')
    )


def test_every_sentence_is_found_once_with_its_files(house: Path) -> None:
    catalogues.update()
    text = file_of(house, "nl").read_text()
    assert text.count('msgid "Who may know this"') == 1
    assert "#: kring/web/templates/page.html kring/web/views.py" in text
    assert 'msgid "%(name)s is here for you."' in text
    assert 'msgid_plural "%(n)s goals"' in text
    assert 'msgctxt "month"\nmsgid "may"' in text
    assert "never seen" not in text
    assert "plural=" in file_of(house, "ar").read_text()


def test_a_second_update_changes_nothing(house: Path) -> None:
    catalogues.update()
    translate(house, "nl", "Good news", "Goed nieuws")
    before = file_of(house, "nl").read_bytes()
    catalogues.update()
    assert file_of(house, "nl").read_bytes() == before


def test_a_translation_outlives_a_sentence_that_goes_and_comes_back(house: Path) -> None:
    catalogues.update()
    translate(house, "nl", "Good news", "Goed nieuws")
    (house / "web" / "views.py").write_text("")
    catalogues.update()
    assert '#~ msgstr "Goed nieuws"' in file_of(house, "nl").read_text()
    (house / "web" / "views.py").write_text(CODE)
    catalogues.update()
    assert 'msgid "Good news"\nmsgstr "Goed nieuws"' in file_of(house, "nl").read_text()


def test_what_is_stale_missing_or_damaged_is_named(house: Path) -> None:
    catalogues.update()
    translate(house, "nl", "%(name)s is here for you.", "%(naam)s is er voor je.")
    (house / "web" / "views.py").write_text(CODE.replace("Good news", "Small success"))
    said = catalogues.problems()
    assert "nl: not in the file: Small success" in said
    assert "nl: no longer used: Good news" in said
    assert "fr: not translated: Who may know this" in said
    assert [sentence for sentence in said if sentence.startswith("nl: unknown named placeholder 'naam'")]


def test_arabic_is_asked_for_where_a_family_reads(house: Path) -> None:
    (house / "web" / "templates" / "mfa").mkdir()
    (house / "web" / "templates" / "mfa" / "app.html").write_text(
        '{% load i18n %}{% translate "Scan this" %}'
    )
    catalogues.update()
    said = catalogues.problems()
    assert "ar: not translated: Who may know this" in said
    assert "fr: not translated: Scan this" in said
    assert "ar: not translated: Scan this" not in said


def test_compiled_words_are_read_by_the_pages(house: Path) -> None:
    catalogues.update()
    translate(house, "fr", "Good news", "Bonne nouvelle")
    catalogues.compile_all()
    with file_of(house, "fr").with_suffix(".mo").open("rb") as file:
        words = gettext.GNUTranslations(file)
    assert words.gettext("Good news") == "Bonne nouvelle"
    assert words.gettext("Who may know this") == "Who may know this"


def test_a_template_that_cannot_be_read_is_named(house: Path) -> None:
    (house / "web" / "templates" / "page.html").write_text("{% blocktranslate %}{% if x %}a{% endif %}")
    with pytest.raises(Refusal, match=r"The template page\.html cannot be read"):
        catalogues.gather()


def test_arabic_counts_eleven_to_ninety_nine_as_one_kind() -> None:
    """What the tool that writes the files knows by itself calls a hundred and two so, and eleven not."""
    rule = re.search(r"plural=(.*);", catalogues._written(catalogues._read("ar")).decode())
    kind = gettext.c2py(rule[1])  # type: ignore[index]
    assert [kind(n) for n in (0, 1, 2, 3, 10, 11, 60, 99, 100, 102, 111)] == [0, 1, 2, 3, 3, 4, 4, 4, 5, 5, 4]


def test_in_french_no_line_begins_with_the_sign_of_the_line_before(house: Path) -> None:
    catalogues.update()
    translate(house, "fr", "Who may know this", "Qui sait : « ceci » ?")
    translate(house, "nl", "Who may know this", "Wie : dit ?")
    catalogues.compile_all()
    assert (
        read(house, "fr")
        == "Qui sait\N{NO-BREAK SPACE}: «\N{NO-BREAK SPACE}ceci\N{NO-BREAK SPACE}»\N{NO-BREAK SPACE}?"
    )
    assert read(house, "nl") == "Wie : dit ?"


def read(house: Path, language: str) -> str:
    with file_of(house, language).with_suffix(".mo").open("rb") as compiled:
        return gettext.GNUTranslations(compiled).gettext("Who may know this")
