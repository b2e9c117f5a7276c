"""Days, terms and likeness of words (S1, S2): decisions without database."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.intake import rules

BRUSSELS = "Europe/Brussels"
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


def there(text: str) -> datetime:
    """A moment as the clock in the village says it."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(BRUSSELS))


@pytest.mark.parametrize(
    ("told", "answered"),
    [
        ("2026-11-23T10:00", "2026-11-25T16:00"),  # Monday: Wednesday
        ("2026-11-23T15:59", "2026-11-25T16:00"),
        ("2026-11-23T16:00", "2026-11-26T16:00"),  # after four: as if on Tuesday
        ("2026-11-26T09:00", "2026-11-30T16:00"),  # Thursday: the weekend does not count
        ("2026-11-27T18:00", "2026-12-02T16:00"),  # Friday evening: as if on Monday
        ("2026-11-28T11:00", "2026-12-02T16:00"),  # Saturday
        ("2026-11-29T23:59", "2026-12-02T16:00"),  # Sunday night
        ("2026-03-27T10:00", "2026-03-31T16:00"),  # over the change to summer time
    ],
)
def test_an_answer_comes_two_working_days_later(told, answered):
    assert rules.answer_by(there(told), answer_days=2, zone=BRUSSELS, off=()) == there(answered)


def test_an_answer_today_is_possible():
    assert rules.answer_by(there("2026-11-23T10:00"), answer_days=0, zone=BRUSSELS, off=()) == there(
        "2026-11-23T16:00"
    )


@given(MOMENTS, st.integers(0, 15))
def test_the_day_is_always_a_working_day_still_to_come(at, days):
    by = rules.answer_by(at, answer_days=days, zone=BRUSSELS, off=())
    assert by > at
    assert by.weekday() < 5
    assert (by.hour, by.minute) == (16, 0)
    assert by - at < timedelta(days=4 + 2 * days)


@given(MOMENTS)
def test_a_child_who_asks_for_help_never_waits_longer_than_others(at):
    by = rules.help_by(at, zone=BRUSSELS, off=())
    assert at < by <= rules.answer_by(at, answer_days=1, zone=BRUSSELS, off=())
    assert by.weekday() < 5


def test_what_was_told_stays_until_the_term_ends_and_never_less_than_the_receipt():
    told = there("2026-01-01T10:00")
    assert rules.term_ends(told, term_days=90) == told + timedelta(days=90)
    closed = told + timedelta(days=80)
    assert rules.term_ends(told, term_days=90, closed_at=closed) == closed + timedelta(days=30)
    assert rules.term_ends(told, term_days=90, closed_at=told) == told + timedelta(days=90)


def test_the_warning_begins_seven_days_before():
    ends = there("2026-06-08T10:00")
    assert not rules.is_warned(ends, ends - timedelta(days=7, seconds=1))
    assert rules.is_warned(ends, ends - timedelta(days=7))


def test_late_is_reckoned_from_the_moment_it_was_kept():
    due = there("2026-06-08T16:00")
    assert not rules.is_late(due, at=due)
    assert rules.is_late(due, at=due + timedelta(seconds=1))
    assert not rules.is_late(due, at=due + timedelta(days=9), kept_at=due)
    assert rules.is_late(due, at=due, kept_at=due + timedelta(hours=1))


@pytest.mark.parametrize(
    ("first", "second", "alike"),
    [
        ("Jonas, 3B", "jonas 3b", True),
        ("Jonas uit 3B", "JONAS", True),
        ("Zoë Peeters", "zoe peeters", True),
        ("Élodie", "elodie, classe 5", True),
        ("محمد 3B", "مُحَمَّد", True),
        ("Jonas, 3B", "Jana, 3B", False),
        ("het kind uit klas 3B", "een kind uit klas 3B", False),
        ("3B", "3B", False),
        ("", "", False),
    ],
)
def test_two_reports_may_be_about_the_same_child(first, second, alike):
    assert rules.maybe_the_same(rules.words_of(first), rules.words_of(second)) is alike
    assert rules.likeness([first, second]) == ([[1], [0]] if alike else [[], []])


@given(st.lists(st.text(max_size=40), max_size=8))
def test_likeness_is_mutual_and_never_of_oneself(texts):
    alike = rules.likeness(texts)
    for place, others in enumerate(alike):
        assert place not in others
        assert all(place in alike[other] for other in others)


@given(st.text())
def test_cleaned_text_has_no_sign_that_turns_or_breaks(text):
    cleaned = rules.clean(text)
    assert "\x00" not in cleaned
    assert not set(cleaned) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\r\x1b")
    assert rules.clean(cleaned) == cleaned
    assert "\n" not in rules.one_line(text)


@pytest.mark.parametrize(
    "text", ["Héél stil", "أخي لا ينام", "Он молчит", "她很安静", "👧🏽 is moe", "א\u200fב"]
)
def test_letters_of_every_language_stay(text):
    assert rules.clean(text) == text


@pytest.mark.parametrize(
    ("reach", "mail", "number"),
    [
        ("0470 00 00 00", "", "0470 00 00 00"),
        ("juf.karin@delinde.example of 0470/12.34.56", "juf.karin@delinde.example", "0470/12.34.56"),
        ("bel mij na 4 uur", "", ""),
        ("a@b", "", ""),
        ("karin@school.example\nBcc: all@school.example", "karin@school.example", ""),
        ("", "", ""),
    ],
)
def test_how_to_reach_somebody(reach, mail, number):
    assert rules.mail_in(reach) == mail
    assert rules.number_in(reach) == number


def test_too_few_are_not_counted():
    assert rules.share(4, 4) is None
    assert rules.share(4, 5) == 80


def test_a_promised_day_ends_at_four():
    assert rules.end_of_day(date(2026, 11, 26), zone=BRUSSELS) == there("2026-11-26T16:00")
