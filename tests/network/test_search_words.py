"""Letters, word forms, meanings and typing errors, without a database."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.network import rules
from kring.network.search import Question, keys_of, meanings, vector, words_in
from kring.network.search.nearness import inner_trigrams, slips, slips_forgiven, trigrams
from kring.network.search.reasons import reasons
from kring.network.search.stems import stems, words_of
from network.slips import slipped

WORDS = st.text(st.characters(codec="utf-8", categories=("Ll", "Lo")), min_size=1, max_size=20).map(
    rules.fold
)
PLAIN = st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=14)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("klas", "klassen"), ("lezen", "lees"), ("taal", "talen"), ("vriend", "vrienden"), ("meisje", "meisjes"),
        ("inschrijven", "inschrijving"), ("devoir", "devoirs"), ("activité", "activités"), ("journal", "journaux"),
        ("dance", "dancing"), ("hobby", "hobbies"), ("واجب", "الواجبات"), ("مدرسة", "المدرسة"), ("لاعب", "لاعبون"),
        ("école", "l'école"), ("école", "ECOLE"),
    ],
)  # fmt: skip
def test_forms_of_a_word_share_a_key(one: str, other: str) -> None:
    assert set(keys_of(one)) & set(keys_of(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [("huiswerk", "devoirs"), ("homework", "واجبات"), ("aide aux devoirs", "huiswerkklas"), ("voetbal", "كرة القدم"),
     ("zwemles", "natation"), ("schulden", "dettes"), ("opvang", "garderie"), ("tolk", "مترجم"), ("gratis", "مجاني")],
)  # fmt: skip
def test_words_that_mean_the_same_share_a_key(one: str, other: str) -> None:
    assert set(keys_of(one)) & set(keys_of(other))


def test_words_that_mean_something_else_share_none() -> None:
    told = ("huiswerk", "zwemmen", "schulden", "tolk", "naaien", "politie", "dokter", "devoirs natation"[8:])
    for one in told:
        for other in told:
            same_meaning = {one, other} <= {"zwemmen", "natation"}
            assert one == other or same_meaning or not set(keys_of(one)) & set(keys_of(other)), (one, other)


def test_every_listed_word_is_found_by_itself_and_every_meaning_speaks_four_languages() -> None:
    for meaning, languages in meanings.listed().items():
        assert list(languages) == ["nl", "fr", "en", "ar"], meaning
        for told in (word for words in languages.values() for word in words):
            assert f"={meaning}" in keys_of(told), (meaning, told)


@given(st.text())
def test_keys_hold_no_sign_that_the_database_would_read_as_its_own(text: str) -> None:
    line = vector({"A": keys_of(text)})
    assert not set("\\&|!()<>*") & set(line)
    assert line.count("'") == 2 * 2 * len(keys_of(text))
    assert set(words_in(line)) == {key for key in keys_of(text) if not key.startswith("=")}


@given(WORDS)
def test_a_stem_is_never_empty(folded: str) -> None:
    for word in words_of(folded):
        assert all(stems(word))


@given(PLAIN, PLAIN)
def test_slips_are_counted_the_same_from_both_sides(one: str, other: str) -> None:
    assert slips(one, other, 2) == slips(other, one, 2)
    assert (slips(one, other, 2) == 0) == (one == other)


@given(PLAIN.filter(lambda word: len(word) >= 5), st.data())
def test_one_slip_is_one_slip_is_forgiven_and_shares_parts(word: str, data: st.DataObject) -> None:
    typed = data.draw(slipped(word))
    assert slips(typed, word, 2) == 1
    assert slips_forgiven(typed) >= 1
    assert set(trigrams(typed)) & set(trigrams(word))


@given(PLAIN, PLAIN, PLAIN)
def test_a_longer_word_holds_the_parts_of_its_inside(before: str, word: str, after: str) -> None:
    assert set(inner_trigrams(word)) <= set(trigrams(before + word + after))


def test_a_question_is_at_most_eight_words_and_little_ones_do_not_count() -> None:
    assert len(Question.typed(" ".join(f"woord{n}" for n in range(50))).wishes) == rules.MOST_WORDS
    assert [wish.typed for wish in Question.typed("hulp voor de zwemles").wishes] == ["hulp", "zwemles"]
    assert [wish.typed for wish in Question.typed("de").wishes] == ["de"]
    assert not Question.typed(" ?! ")


def test_the_reason_is_the_word_as_it_stands_there() -> None:
    def told(typed: str, *texts: str) -> list[str]:
        return [reason.written for reason in reasons(Question.typed(typed), *texts)]

    assert told("homework", "Aide aux devoirs", "Chaque mercredi.") == ["Aide aux devoirs"]
    assert told("واجبات", "De tafel", "Samen huiswerk maken") == ["huiswerk"]
    assert told("football", "نادي كرة القدم") == ["كرة القدم"]
    assert told("huis", "Huiswerk in de bib") == []
    assert told("zwemmen", "Huiswerk in de bib") == []
