"""Template tags of the look: silent pictures, spoken words, days as people say them."""

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django import forms
from django.template import Context, Template
from django.utils import translation

from kring.web.design import days, faces

FRONTEND = Path(__file__).parents[2] / "frontend"
TODAY = date(2026, 11, 21)  # a Saturday


def shown(source: str, language: str = "en", **context: object) -> str:
    with translation.override(language):
        return Template("{% load kring %}" + source).render(Context(context))


def test_an_icon_beside_a_word_is_silent() -> None:
    assert 'aria-hidden="true"' in shown('{% icon "eye" %}')
    assert "icons.svg#eye" in shown('{% icon "eye" %}')


def test_an_icon_alone_speaks_and_is_escaped() -> None:
    page = shown("{% icon 'x' label=word %}", word='Close "all" <now>')
    assert 'role="img"' in page
    assert "&lt;now&gt;" in page


class Asked(forms.Form):
    tried = forms.CharField(label="What did you try?")
    name = forms.CharField(label="Name")


def test_a_mistake_beside_a_question_gets_no_second_sign() -> None:
    page = shown('{% include "parts/error_summary.html" %}', form=Asked({}))
    assert "What did you try? This field" in page
    assert "Name: This field" in page


def test_a_long_code_is_typed_over_four_signs_at_a_time() -> None:
    page = shown("{% for four in code|in_fours %}{{ four }} {% endfor %}", code="S3GWWO7ZHS")
    assert page == "S3GW WO7Z HS "


def test_arrows_turn_with_the_direction_of_reading() -> None:
    assert "icon-turns" in shown('{% icon "arrow-right" %}')
    assert "icon-turns" not in shown('{% icon "eye" %}')


def test_every_life_domain_has_a_picture_of_ours() -> None:
    from kring.web.templatetags.kring import GROUNDS

    drawn = {path.stem for path in (FRONTEND / "art/pictograms").glob("*.svg")}
    assert drawn == set(GROUNDS)
    assert 'data-ground="sky"' in shown('{% pictogram "school" %}')
    for path in (FRONTEND / "art/pictograms").glob("*.svg"):
        assert not re.search(r"#[0-9a-f]{3,6}", path.read_text()), (
            f"{path.stem} must take its colours from the theme"
        )


@pytest.mark.parametrize(
    ("name", "letter"),
    [
        ("Oma Fatna", "O"),
        ("élodie", "É"),
        ("الجدة فاطمة", "ج"),
        ("'t Hart", "T"),
        ("", "·"),
        ("<script>", "S"),
        ("7de leerjaar", "7"),
    ],
)
def test_a_face_is_a_letter(name: str, letter: str) -> None:
    assert faces.letter(name) == letter


def test_a_face_takes_its_kind_from_the_person_before_the_template() -> None:
    assert 'data-kind="family"' in shown(
        "{% face person kind='professional' %}", person={"name": "Mama", "kind": "family"}
    )
    assert 'data-kind="professional"' in shown("{% face 'Els' kind='professional' %}")
    assert 'data-kind=""' in shown("{% face person %}", person={"name": "Els", "kind": 'x" onload="'})


@pytest.mark.parametrize(
    ("away", "said"),
    [
        (0, "today"),
        (1, "tomorrow"),
        (-1, "yesterday"),
        (5, "Thursday"),
        (-2, "last Thursday"),
        (21, "in 3 weeks"),
        (-14, "2 weeks ago"),
        (90, "19 February 2027"),
    ],
)
def test_days_in_english(away: int, said: str) -> None:
    assert days.say(TODAY + timedelta(days=away), today=TODAY, language="en") == said


@pytest.mark.parametrize(
    ("language", "away", "said"),
    [
        ("nl", 5, "donderdag"),
        ("nl", 21, "over 3 weken"),
        ("fr", 5, "jeudi"),
        ("fr", 21, "dans 3 semaines"),
        ("ar", 5, "الخميس"),
    ],
)
def test_days_in_other_languages(language: str, away: int, said: str) -> None:
    assert days.say(TODAY + timedelta(days=away), today=TODAY, language=language) == said


def test_an_hour_is_said_when_the_day_is_near_and_in_the_time_of_the_village() -> None:
    moment = datetime(2026, 11, 21, 15, 0, tzinfo=UTC)
    assert days.say(moment, today=TODAY, language="nl").endswith(" 16:00")
    assert "16:00" not in days.say(moment + timedelta(days=30), today=TODAY, language="nl")


def test_a_day_is_a_time_element_and_nothing_is_nothing() -> None:
    assert 'datetime="2026-11-26"' in shown("{% day due today %}", due=TODAY + timedelta(days=5), today=TODAY)
    assert shown("{% day due %}", due=None) == ""


@pytest.mark.parametrize(("away", "state"), [(-1, "late"), (0, "soon"), (1, "soon"), (2, "open")])
def test_a_promise_says_how_it_stands(away: int, state: str) -> None:
    page = shown("{% promise_badge due today=today %}", due=TODAY + timedelta(days=away), today=TODAY)
    assert f'class="badge {state}"' in page
    assert "<svg" in page, "never by colour alone"


def test_a_kept_promise_stays_kept_after_its_day() -> None:
    page = shown(
        "{% promise_badge due state='kept' today=today %}", due=TODAY - timedelta(days=9), today=TODAY
    )
    assert "kept" in page
    assert "late" not in page


def test_a_call_button_dials_digits_only() -> None:
    assert shown("{{ number|tel }}", number="+32 (0)470/00.00.00") == "tel:+320470000000"
    assert shown("{{ number|tel }}", number="javascript:alert(1)") == "tel:1"


def test_questions_in_a_row_show_where_one_is() -> None:
    page = shown("{% steps 2 3 %}")
    assert re.findall(r'<i class="(\w*)">', page) == ["done", "now", ""]
    assert "Question 2 of 3" in page


def test_paper_finds_our_letters_in_both_scripts() -> None:
    fonts = Path(__file__).parents[2] / "src/kring/web/static/built/paper-fonts"
    if not fonts.exists():
        pytest.skip("needs a built front end")
    from fontTools.ttLib import TTFont

    latin = TTFont(fonts / "AtkinsonHyperlegibleNext-Bold.ttf")
    arabic = TTFont(fonts / "NotoSansArabic-Regular.ttf")
    assert latin["name"].getDebugName(1) == "Atkinson Hyperlegible Next"
    assert latin["OS/2"].usWeightClass == 700
    assert {ord(sign) for sign in "aéğŁşœ€“”’"} <= set(latin.getBestCmap())
    assert {ord(sign) for sign in "خطتنا سميرة پچگ٣۴؟،"} <= set(arabic.getBestCmap())


@pytest.mark.parametrize(
    ("font", "most"), [("atkinson-latin", 30_000), ("atkinson-latin-ext", 20_000), ("noto-arabic", 45_000)]
)
def test_letters_are_light(font: str, most: int) -> None:
    path = Path(__file__).parents[2] / f"src/kring/web/static/built/fonts/{font}.woff2"
    if not path.exists():
        pytest.skip("needs a built front end")
    assert path.stat().st_size <= most
