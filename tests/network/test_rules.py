"""Words that match, and text fit to keep."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.network import rules


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Été", "ete"),
        ("HUISWERK-begeleiding", "huiswerk begeleiding"),
        ("l’école", "lecole"),
        ("Straße", "strasse"),
        ("مُسَاعَدَة", "مساعده"),
        ("إمتحان", "امتحان"),
        ("٣", "3"),
        ("100%_ok", "100 ok"),
        ("\u202eabc", "abc"),
    ],
)
def test_words_fold_alike_in_four_languages(typed: str, found: str) -> None:
    assert rules.fold(typed) == found


@given(st.text())
def test_folding_twice_changes_nothing_and_leaves_no_wildcard(words: str) -> None:
    folded = rules.fold(words)
    assert rules.fold(folded) == folded
    assert not set("%_\\\0") & set(folded)


@given(st.text(), st.integers(1, 50))
def test_clean_text_can_be_kept_in_the_database(words: str, longest: int) -> None:
    for tidy in (rules.clean, rules.one_line):
        kept = tidy(words, longest)
        assert len(kept) <= longest
        assert "\0" not in kept
        assert "\u202e" not in kept
        kept.encode()


def test_the_card_shows_the_first_sentence() -> None:
    assert rules.first_sentence("We dance together on Monday. We sing.") == "We dance together on Monday."
    assert rules.first_sentence("Nr. 5 is open") == "Nr. 5 is open"
    assert len(rules.first_sentence("word " * 100)) <= 160


def test_an_unnamed_age_is_an_open_border() -> None:
    assert rules.suits_age(9, None, None)
    assert rules.suits_age(9, 9, 9)
    assert not rules.suits_age(8, 9, None)
    assert not rules.suits_age(10, None, 9)
