"""Whom an exclusion keeps from a child, and from when until when; and from which day a child decides for itself."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest

from trust.each_policy import Neighbourhood
from trust.one_trigger import alone
from trust.reckoned import FIRST, TABLES, Reckoning, Row, Span, day
from trust.scenes import Scene
from trust.still import DAY

#: When an exclusion runs, when they work where it falls; and when they are left out.
OF_THEIR_WORK: list[tuple[Span, Span, list[Span]]] = [
    ((0, 9), (2, 7), [(2, 7)]),
    ((2, 7), (0, 9), [(2, 7)]),
    ((0, None), (2, None), [(2, None)]),
    ((2, None), (0, 7), [(2, 7)]),
    ((0, 7), (2, None), [(2, 7)]),
    ((0, 3), (3, 9), []),
    ((0, 3), (2.999, 9), [(2.999, 3)]),
    ((3, 9), (0, 3), []),
    ((5, 9), (0, 3), []),
]
BORN = "UPDATE trust_birth SET born = %s WHERE person_id = %s"
OTHERS = ("own choice", "court order", "conflict", "withheld")


@pytest.fixture
def by(here: Neighbourhood) -> Iterator[Reckoning]:
    """Two families and another village, of whom nothing is reckoned yet."""
    with alone(here.owner, "", *TABLES):
        yield Reckoning(here)


def keeps(by: Reckoning, subject: UUID, span: Span, ground: str = "conflict", **whom: Any) -> UUID:
    """An exclusion, as it lies there."""
    row = {"subject_id": subject, "since": day(span[0]), "until": day(span[1]), "ground": ground}
    made: UUID = by.lies("trust_exclusion", **row | whom)
    return made


def test_a_person_is_left_out_as_long_as_it_is_said(by):
    here = by.here
    laid, out = [], []
    for number, (since, until) in enumerate(((0, 9), (0, None), (3, 3), (4, 3))):
        who = here.person("Wout")
        laid.append(keeps(by, here.samira, (since, until), person_id=who))
        if number < 2:
            out.append((who, here.samira, day(since), day(until), "conflict", laid[-1]))
    laid.append(keeps(by, here.samira, (0, 9), person_id=here.samira))
    assert by.denial(laid) == sorted(out, key=str), "nobody is left out of themselves"
    assert by.denial(laid[:1]) == out[:1], "one alone"
    assert by.denial([]) == []


def test_an_organisation_is_left_out_with_whoever_works_there_meanwhile(by):
    here = by.here
    laid, out = [], []
    for exclusion, job, times in OF_THEIR_WORK:
        who, colleague = here.person("Wout"), here.person("Wies")
        _, place = by.works(who, job)
        for one, begin in ((colleague, -5), (here.samira, -5)):
            by.lies("trust_job", person_id=one, organisation_id=place, since=day(begin), until=None)
        laid.append(keeps(by, here.samira, exclusion, ground="own choice", organisation_id=place))
        for one, spans in ((who, times), (colleague, [exclusion])):
            out += [(one, here.samira, day(begin), day(end), "own choice", laid[-1]) for begin, end in spans]
    assert by.denial(laid) == sorted(out, key=str)


def test_a_sector_is_left_out_with_whoever_works_in_it_in_the_village_of_the_child(by):
    here = by.here
    elsewhere = Scene(here.owner).village
    by.stands("DELETE FROM trust_job")
    job, out = (0, None), []
    who, twice, there, other = (here.person(name) for name in ("Wout", "Wies", "Ward", "Wim"))
    by.works(who, job, sector="sport")
    by.works(twice, (1, 2), sector="sport")
    by.works(twice, (4, 5), sector="sport")
    by.works(there, job, sector="sport", village_id=elsewhere)
    by.works(other, job, sector="housing")
    by.works(here.samira, job, sector="sport")
    laid = keeps(by, here.samira, (0, 9), ground="withheld", sector="sport")
    for one, since, until in ((who, 0, 9), (twice, 1, 2), (twice, 4, 5)):
        out.append((one, here.samira, day(since), day(until), "withheld", laid))
    assert by.denial([laid]) == sorted(out, key=str)


@pytest.mark.parametrize("ground", ["guardian", *OTHERS])
def test_what_a_guardian_chose_ends_when_the_child_decides_for_itself(by, ground):
    here = by.here
    for born, child in ((date(2014, 3, 10), here.samira), (date(2014, 3, 11), here.yassin)):
        by.stands(BORN, born, child)
    before = (datetime(2026, 3, 9, 23, tzinfo=UTC) - FIRST) / DAY
    laid: list[UUID] = []
    out: list[Row] = []
    for child, since, until, ends in (
        (here.samira, 0, None, before), (here.yassin, 0, None, before + 1), (here.samira, 0, 3, 3),
        (here.samira, 0, 20, before), (here.samira, before, 20, before), (here.samira, before + 0.5, 20, before),
        (here.aunt, 0, None, None),
    ):  # fmt: skip
        who, ends = here.person("Wout"), ends if ground == "guardian" else until
        laid.append(keeps(by, child, (since, until), ground=ground, person_id=who))
        if ends is None or ends > since:
            out.append((who, child, day(since), day(ends), ground, laid[-1]))
    assert by.denial(laid) == sorted(out, key=str)


def answers(by: Reckoning, function: str, *of: UUID | None) -> list[datetime | None]:
    """The moment that is told of each of these."""
    said = f"SELECT trust.{function}(%s)"
    return [by.owner.execute(said, [one]).fetchone()[0] for one in of]  # type: ignore[index]


def at(year: int, day_of_march: int, hour: int) -> datetime:
    """An hour of a March, as the sun of Greenwich has it."""
    return datetime(year, 3, day_of_march, hour, tzinfo=UTC)


@pytest.fixture
def far(by: Reckoning) -> Reckoning:
    """The village of both families is in France, the other one in the Netherlands and further west; Xavi was born there."""
    here = by.here
    by.stands("UPDATE trust_village SET country = 'FR', reading_ends = NULL WHERE id = %s", here.village)
    by.stands(
        "UPDATE trust_village SET country = 'NL', timezone = 'Europe/London', reading_ends = NULL "
        "WHERE id = (SELECT village_id FROM trust_person WHERE id = %s)", here.xavi,
    )  # fmt: skip
    by.stands("DELETE FROM trust_birth WHERE person_id = %s", here.aunt)
    by.lies("trust_birth", person_id=here.xavi, born=date(2013, 3, 5))
    for born, child in ((date(2011, 3, 10), here.samira), (date(2012, 3, 11), here.yassin)):
        by.stands(BORN, born, child)
    for rule in (("NL", 12, 16), ("FR", 15, 18), ("BE", 13, 14)):
        country, *ages = rule
        by.stands(
            "UPDATE trust_agerule SET own_voice = %s, guardian_reads_until = %s WHERE country = %s", *ages, country
        )  # fmt: skip
    return by


def test_own_voice_comes_at_midnight_of_the_birthday_that_their_country_names(far):
    here = far.here
    children = here.samira, here.yassin, here.xavi, here.aunt
    told = [at(2026, 9, 23), at(2027, 10, 23), at(2025, 5, 0), None]
    assert answers(far, "own_voice_from", *children) == told
    assert answers(far, "own_voice_from", None) == [None]


@pytest.mark.parametrize(
    ("ends", "french", "dutch"),
    [(None, 18, 16), (10, 15, 12), (14, 15, 14), (17, 17, 16), (18, 18, 16), (21, 18, 16)],
)
def test_a_guardian_reads_until_the_age_the_village_names_between_own_voice_and_the_age_of_the_country(
    far, ends, french, dutch
):
    here = far.here
    far.stands("UPDATE trust_village SET reading_ends = %s", ends)
    children = here.samira, here.yassin, here.xavi, here.aunt
    told = [at(2011 + french, 9, 23), at(2012 + french, 10, 23), at(2013 + dutch, 5, 0), None]
    assert answers(far, "guardian_reads_until", *children) == told
    assert answers(far, "guardian_reads_until", None) == [None]


def test_a_village_says_for_itself_until_when_guardians_read(far):
    here = far.here
    far.stands("UPDATE trust_village SET reading_ends = 16 WHERE id = %s", here.village)
    assert answers(far, "guardian_reads_until", here.samira, here.xavi) == [at(2027, 9, 23), at(2029, 5, 0)]


def test_who_is_a_child_of_which_family(by):
    here = by.here
    said = "SELECT trust.is_child_of(%s, %s)"
    for family, children in ((here.family, {"samira", "yassin"}), (here.next_family, {"bram"})):
        told = {
            name: by.owner.execute(said, [who, family]).fetchone()[0]
            for name, who in (here.called | {"yassin": here.yassin}).items()
        }
        assert {name for name, yes in told.items() if yes is True} == children
        assert {yes for yes in told.values()} == {True, False}
    assert by.owner.execute(said, [here.samira, None]).fetchone() == (False,)
    assert by.owner.execute(said, [None, here.family]).fetchone() == (False,)
