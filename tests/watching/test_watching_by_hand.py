"""Who hears what of looks: whole lines, asked by everybody, with two officers here and one in another village."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from trust.each_policy import Neighbourhood, lay
from trust.lines import rows, rows_of_all
from trust.scenes import LONG_AGO
from trust.unheard import unheard
from trust.whoever import by_whom, stands
from two_people.matters import says

DAY = date(2025, 7, 10)  # in summer the day of the village begins two hours before the day of UTC
BEGINS = datetime(2025, 7, 9, 22, tzinfo=UTC)
NOON = BEGINS + timedelta(hours=12)
MINUTE, INSTANT = timedelta(minutes=1), timedelta(microseconds=1)
OFFICERS, WATCHED = ("vera", "vik"), ("vera", "vik", "ada", "bea")


@pytest.fixture
def here(owner: psycopg.Connection) -> Neighbourhood:
    """Everybody has a surname, and nothing unusual lies there yet."""
    here = Neighbourhood(owner)
    stands(here, "UPDATE trust_person SET surname = 'De ' || given_name")
    stands(here, "DELETE FROM trust_unusuallook")
    return here


def laid(here: Neighbourhood, table: str, **said: Any) -> UUID:
    """A row that stands there, whatever a trigger would say."""
    with unheard(here.owner):
        made: UUID = lay(here.owner, table, said)
    return made


def circle(here: Neighbourhood, kind: str, family: UUID | None, village: UUID | None = None) -> UUID:
    """One more circle."""
    return laid(
        here,
        "trust_circle",
        village_id=village or here.village,
        kind=kind,
        family_id=family,
        opened_at=LONG_AGO,
    )


def village_of(here: Neighbourhood, who: UUID) -> UUID:
    """Where somebody stands."""
    return here.owner.execute("SELECT village_id FROM trust_person WHERE id = %s", [who]).fetchone()[0]


def elsewhere(here: Neighbourhood) -> tuple[UUID, UUID, UUID, UUID]:
    """The other village, an organisation there, a family and its circle."""
    village = village_of(here, here.xena)
    (work,) = here.owner.execute(
        "SELECT id FROM trust_organisation WHERE village_id = %s", [village]
    ).fetchone()
    family = laid(here, "trust_family", village_id=village, name="Elders", opened_at=LONG_AGO)
    return village, work, family, circle(here, "family", family, village)


def look(
    here: Neighbourhood,
    who: UUID | None,
    where: UUID,
    at: datetime = NOON,
    work: str = "School De Linde",
    **said: Any,
) -> None:
    """Somebody looked there through their work."""
    facts = {"kind": "read", "rule": "seat", "organisation_id": here.organisations[work]}
    laid(here, "trust_entry", person_id=who, circle_id=where, at=at, **facts | said)


def looks(here: Neighbourhood, since: datetime, before: datetime) -> set[tuple[Any, ...]]:
    """Every look there was."""
    return set(here.owner.execute("SELECT * FROM trust.reckon_looks(%s, %s)", [since, before]).fetchall())


def test_a_look_through_work_at_a_family_counts_and_nothing_else_does(here):
    school = here.organisations["School De Linde"]
    seen = {kind: circle(here, kind, here.family) for kind in ("part", "home", "own")} | {
        "family": here.circle
    }
    for where in seen.values():
        look(here, here.lotte, where)
    for kind in ("confidence", "sealed", "group", "first talk"):
        look(here, here.lotte, circle(here, kind, here.family))
    look(here, here.lotte, here.desk)
    look(here, here.lotte, here.circle, NOON + MINUTE, kind="done")
    look(here, None, here.circle, NOON + MINUTE)
    look(here, here.naima, here.circle, NOON + MINUTE, organisation_id=None)
    line = (here.lotte, school, here.village, here.family)
    told = {(*line, where, NOON, DAY, "Europe/Brussels", "seat") for where in seen.values()}
    assert looks(here, BEGINS, BEGINS + timedelta(days=1)) == told


def test_a_look_counts_from_the_first_moment_until_the_last_on_the_day_of_its_village(here):
    ends = BEGINS + timedelta(days=1)
    for at in (BEGINS - INSTANT, BEGINS, ends - INSTANT, ends):
        look(here, here.tom, here.next_circle, at, "Girlz Lounge", rule="danger")
    village, work, family, theirs = elsewhere(here)
    look(here, here.xena, theirs, organisation_id=work)
    lounge = here.organisations["Girlz Lounge"]
    assert looks(here, BEGINS, ends) == {
        *((here.tom, lounge, here.village, here.next_family, here.next_circle, at, DAY, "Europe/Brussels", "danger")
          for at in (BEGINS, ends - INSTANT)),
        (here.xena, work, village, family, theirs, NOON, DAY, "Europe/Brussels", "seat"),
    }  # fmt: skip


def test_officers_read_who_looked_at_how_many_families_from_when_to_when_of_their_village(here):
    for minutes, (where, work) in enumerate(
        ((here.circle, "School De Linde"), (here.own[here.samira], "School De Linde"), (here.next_circle, "School De Linde"),
         (here.circle, "Girlz Lounge"))
    ):  # fmt: skip
        look(here, here.lotte, where, NOON + minutes * MINUTE, work)
    look(here, here.tom, here.next_circle, NOON, "Girlz Lounge")
    look(here, here.lou, here.circle, BEGINS - INSTANT)
    _village, work, _family, theirs = elsewhere(here)
    look(here, here.xena, theirs, organisation_id=work)
    ours = [
        ("Lotte De Lotte", "Girlz Lounge", 1, NOON + 3 * MINUTE, NOON + 3 * MINUTE),
        ("Tom De Tom", "Girlz Lounge", 1, NOON, NOON),
        ("Lotte De Lotte", "School De Linde", 2, NOON, NOON + 2 * MINUTE),
    ]
    there = [("Xena De Xena", "Elsewhere", 1, NOON, NOON)]
    assert rows_of_all(here, "journal_facts", DAY) == dict.fromkeys(OFFICERS, ours) | {"xander": there}
    assert rows(here.vera, "journal_facts", DAY, seen_as=here.lotte) == []


def test_who_watches(here):
    assert by_whom(here, "watches") == {"vera", "vik", "xander"}
    assert says(here.vera, "watches") is True
    assert says(here.vera, "watches", seen_as=here.lotte) is False


def unusual(here: Neighbourhood, who: UUID, day: date = DAY, **said: Any) -> UUID:
    """One look that was not usual."""
    facts = {"village_id": village_of(here, who), "rule": "at night", "families": 2, "at": NOON} | said
    return laid(here, "trust_unusuallook", person_id=who, day=day, **facts)


def test_officers_read_the_unusual_looks_of_their_village_and_where_the_looker_worked_then(here):
    lounge, ombuds = here.organisations["Girlz Lounge"], here.organisations["Ombuds"]
    for organisation, since, until in (
        (lounge, LONG_AGO, NOON + INSTANT), (ombuds, LONG_AGO, NOON), (ombuds, NOON + INSTANT, None), (lounge, LONG_AGO, None),
    ):  # fmt: skip
        laid(
            here,
            "trust_job",
            person_id=here.lotte,
            organisation_id=organisation,
            role="worker",
            since=since,
            until=until,
        )
    lotte = unusual(here, here.lotte, answer="right", words="It was asked of me.")
    said = unusual(here, here.said, DAY + timedelta(days=1), rule="same name", families=1)
    unusual(here, here.tom, DAY - timedelta(days=1))
    xena = unusual(here, here.xena)
    lines = [
        (said, DAY + timedelta(days=1), NOON, "Said De Said", "", "same name", 1, "", ""),
        (lotte, DAY, NOON, "Lotte De Lotte", "Girlz Lounge, School De Linde", "at night", 2, "right", "It was asked of me."),
    ]  # fmt: skip
    there = [(xena, DAY, NOON, "Xena De Xena", "Elsewhere", "at night", 2, "", "")]
    assert rows_of_all(here, "unusual_looks", DAY) == dict.fromkeys(OFFICERS, lines) | {"xander": there}
    assert rows(here.vera, "unusual_looks", DAY, seen_as=here.lotte) == []


def answers(here: Neighbourhood, who: UUID, which: UUID, how: str, at: datetime = NOON, **more: Any) -> bool:
    """Whether their word counts."""
    return says(who, "answer_look", which, how, f"because {how}", at, **more)


def test_who_looked_says_what_it_was_until_they_say_that_it_was_not_them(here):
    mine, also_mine = unusual(here, here.lotte), unusual(here, here.lotte, DAY - timedelta(days=1))
    told = "SELECT answer, words, answered_at FROM trust_unusuallook WHERE id = %s"

    def said(which: UUID) -> Any:
        return here.owner.execute(told, [which]).fetchone()

    assert answers(here, here.tom, mine, "right") is answers(here, here.vera, mine, "right") is False
    assert answers(here, here.lotte, mine, "right", seen_as=here.noor) is False
    for how in ("", "no", "danger"):
        assert answers(here, here.lotte, mine, how) is False
    assert said(mine) == ("", "", None)
    for minutes, how in enumerate(("right", "mistake", "right", "not me")):
        at = NOON + minutes * MINUTE
        assert answers(here, here.lotte, mine, how, at) is True
        assert said(mine) == (how, f"because {how}", at)
    assert answers(here, here.lotte, mine, "right") is False, "a thief might answer too"
    assert said(mine)[0] == "not me"
    assert said(also_mine) == ("", "", None)


def test_who_reads_the_facts_is_read_by_officers_and_administrators(here):
    facts = {"kind": "done", "deed": "journal facts read", "organisation_id": None}
    for who, at in (
        (here.vera, NOON), (here.vera, NOON + INSTANT), (here.vik, NOON + MINUTE), (here.xander, NOON), (here.vera, NOON - INSTANT),
    ):  # fmt: skip
        laid(here, "trust_entry", person_id=who, at=at, **facts)
    laid(here, "trust_entry", person_id=here.lou, at=NOON, **facts | {"deed": "another deed"})
    lines = [("Vik De Vik", NOON + MINUTE, 1), ("Vera De Vera", NOON, 2)]
    theirs = [("Xander De Xander", NOON, 1)]
    there = dict.fromkeys(("xander", "xavi"), theirs)
    assert (
        rows_of_all(here, "watchers_looked", NOON + timedelta(seconds=30))
        == dict.fromkeys(WATCHED, lines) | there
    )
    for who in (here.vera, here.ada):
        assert rows(who, "watchers_looked", NOON, seen_as=here.lotte) == []


def seal(here: Neighbourhood, number: int) -> datetime:
    """A seal, set so many minutes after noon."""
    at = NOON + number * MINUTE
    here.owner.execute(
        "INSERT INTO trust_seal (number, at, lines, root, previous, fingerprint) VALUES (%s, %s, 1, 'r', '', %s)",
        [number, at, f"print {number}"],
    )
    return at


def test_officers_and_administrators_read_how_the_seals_stand(here):
    readers = (*WATCHED, "xander", "xavi")
    nothing = [(None,) * 6]
    assert rows_of_all(here, "seals_stand") == dict.fromkeys(readers, nothing)
    first, _second, third = (seal(here, number) for number in (1, 2, 3))
    for minutes, findings in ((5, 7), (9, 2), (1, 4)):
        insert_check(here, NOON + minutes * MINUTE, findings)
    newest = [(3, third, "print 3", NOON + 9 * MINUTE, 2, first)]
    assert rows_of_all(here, "seals_stand") == dict.fromkeys(readers, newest)
    for who in (here.vera, here.ada):
        assert rows(who, "seals_stand", seen_as=here.lotte) == []


def insert_check(here: Neighbourhood, at: datetime, findings: int) -> None:
    """The seals were looked through."""
    laid(here, "trust_sealcheck", id=uuid4(), at=at, up_to=3, lines=3, findings=findings)
