"""Decisions about stories and plans, without a database."""

import contextlib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.wraparound import rules
from kring.wraparound.usecases.versions import NotASound, kind_of_sound


@pytest.mark.parametrize(
    ("on", "review"),
    [
        (date(2026, 3, 2), date(2026, 9, 2)),
        (date(2026, 8, 31), date(2027, 2, 28)),
        (date(2027, 8, 31), date(2028, 2, 29)),
        (date(2026, 12, 31), date(2027, 6, 30)),
    ],
)
def test_the_next_review_is_half_a_year_later(on, review):
    assert rules.next_review(on) == review


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_a_review_is_never_more_than_half_a_year_away(on):
    assert 180 <= (rules.next_review(on) - on).days <= 184


@pytest.mark.parametrize(
    ("language", "way"), [("ar", "rtl"), ("fa-IR", "rtl"), ("nl", "ltr"), ("", "ltr"), ("UR_pk", "rtl")]
)
def test_direction_comes_from_the_language(language, way):
    assert rules.direction(language) == way


@given(st.text())
def test_tidy_words_play_no_tricks_and_tidying_twice_changes_nothing(text):
    clean = rules.plain(text)
    assert rules.plain(clean) == clean
    assert not set(clean) & {"\0", "\u202e", "\u2067", "\x1b", "\r"}


@given(st.text(alphabet=st.characters(categories=("L", "N")), min_size=1, max_size=300))
def test_words_in_any_alphabet_stay_as_they_are(text):
    assert rules.tidy(text, 300) == text


def test_missing_and_long_words_are_named():
    with pytest.raises(rules.WordsAreMissing):
        rules.tidy(" \u202e\n", 10)
    with pytest.raises(rules.WordsAreTooLong) as found:
        rules.tidy("x" * 11, 10)
    assert found.value.longest == 10
    assert rules.tidy("", 10, needed=False) == ""


@pytest.mark.parametrize(
    ("answers", "agreed"),
    [([], False), (["yes"], True), (["yes", ""], False), (["yes", "change"], False), (["yes", "yes"], True)],
)
def test_a_version_is_agreed_when_everybody_asked_said_yes(answers, agreed):
    assert rules.everybody_said_yes(answers) is agreed


def test_only_what_needs_authority_waits():
    assert rules.may_start(False, False)
    assert not rules.may_start(True, False)
    assert rules.may_start(True, True)


def test_what_came_changed_and_went():
    before = [(1, "goal", {"aim": "a"}), (2, "goal", {"aim": "b"}), (3, "wish", {"text": "c"})]
    now = [(1, "goal", {"aim": "a"}), (2, "goal", {"aim": "B"}), (4, "action", {"what": "d"})]
    found = rules.what_changed(before, now)
    assert [(one.how, one.kind) for one in found] == [
        ("changed", "goal"),
        ("added", "action"),
        ("gone", "wish"),
    ]
    assert found[0].before == {"aim": "b"}
    assert found[2].shown == {"text": "c"}


@given(
    st.lists(
        st.tuples(st.integers(), st.just("goal"), st.fixed_dictionaries({"aim": st.text()})),
        unique_by=lambda x: x[0],
    )
)
def test_a_version_beside_itself_did_not_change(parts):
    assert rules.what_changed(parts, parts) == []
    assert all(one.how == "added" for one in rules.what_changed([], parts))


@pytest.mark.parametrize(
    ("start", "kind"),
    [
        (b"OggS\0\0", "audio/ogg"), (b"ID3\x03", "audio/mpeg"), (b"\xff\xfb\x90", "audio/mpeg"),
        (b"RIFF\0\0\0\0WAVEfmt ", "audio/wav"), (b"\0\0\0\x20ftypM4A \0", "audio/mp4"),
    ],
)  # fmt: skip
def test_a_recording_is_known_by_its_content(start, kind):
    assert kind_of_sound(start) == kind


@given(st.binary(max_size=80))
def test_what_is_no_recording_is_refused(content):
    with contextlib.suppress(NotASound):
        assert kind_of_sound(content).startswith("audio/")
