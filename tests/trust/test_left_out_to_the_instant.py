"""Who is left out of a child, and who knows a thing then, as exclusions, seats and danger say themselves: to the instant."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import psycopg
import pytest

from trust.still import DAY, HOUR, INSTANT, Still, standing
from trust.whoever import NOBODY

SCHOOL = {"lotte", "lou"}
GROUNDS = ("own choice", "guardian", "court order", "conflict", "withheld")


@pytest.fixture
def still(owner: psycopg.Connection) -> Iterator[Still]:
    """Nobody sits anywhere yet, and nobody read in danger or was left out."""
    with standing(owner) as made:
        made.stands("DELETE FROM trust_seat; DELETE FROM trust_danger; DELETE FROM trust_exclusion")
        yield made


def meant(still: Still, exclusion: UUID, at: datetime | None = None) -> set[str]:
    """Whom it means then; of everybody it is yes or no."""
    said = "SELECT trust.is_target(%s, e, %s) FROM trust_exclusion e WHERE e.id = %s"
    return yes(still, said, at or still.now, exclusion)


def denied(
    still: Still, about: UUID | None, author: UUID | None = None, at: datetime | None = None, *danger: bool
) -> set[str]:
    """From whom it is kept then; of everybody it is yes or no."""
    marks = ", ".join(["%s"] * (4 + len(danger)))
    return yes(still, f"SELECT trust.is_denied({marks})", about, author, at or still.now, *danger)


def yes(still: Still, said: str, *values: Any) -> set[str]:
    """Of whom it is said, and of the others that it is not."""
    told = {
        name: still.owner.execute(said, [who, *values]).fetchone()[0]  # type: ignore[index]
        for name, who in still.here.called.items()
    }
    assert {*told.values()} <= {True, False}
    return {name for name, one in told.items() if one}


def test_a_person_who_is_named_is_meant_at_any_time_and_nobody_else(still):
    here = still.here
    for who in ("tom", "hind"):
        out = still.keeps_away(here.samira, "conflict", person_id=here.called[who])
        for at in (still.now - 900 * DAY, still.now):
            assert meant(still, out, at) == {who}


def test_an_organisation_means_who_works_there_while_they_do(still):
    here, since, until = still.here, still.now - HOUR, still.now + HOUR
    out = still.keeps_away(here.samira, "conflict", organisation_id=here.organisations["School De Linde"])
    assert meant(still, out) == SCHOOL
    still.stands(
        "UPDATE trust_job SET since = %s, until = %s WHERE id = %s", since, until, here.jobs[here.lou]
    )
    for at, who in (
        (since - INSTANT, {"lotte"}),
        (since, SCHOOL),
        (until - INSTANT, SCHOOL),
        (until, {"lotte"}),
    ):
        assert meant(still, out, at) == who


def test_a_sector_means_who_works_in_it_in_the_village_of_the_child(still):
    here = still.here
    still.stands("UPDATE trust_organisation SET sector = 'care'")
    for name in ("School De Linde", "Elsewhere"):
        still.stands("UPDATE trust_organisation SET sector = 'sport' WHERE name = %s", name)
    out = still.keeps_away(here.samira, "conflict", sector="sport")
    assert meant(still, out) == SCHOOL
    there = still.keeps_away(here.xavi, "conflict", sector="sport")
    assert meant(still, there) == {"xavi", "xena", "xander", "xeno"}
    assert meant(still, still.keeps_away(here.samira, "conflict", sector="police")) == NOBODY
    still.stands("UPDATE trust_job SET until = %s WHERE id = %s", still.now, here.jobs[here.lou])
    assert meant(still, out) == {"lotte"}


def test_somebody_is_left_out_of_one_child_from_the_first_moment_to_the_last(still):
    here, since, until = still.here, still.now - HOUR, still.now + HOUR
    still.keeps_away(here.samira, "conflict", person_id=here.tom, since=since, until=until)
    still.keeps_away(
        here.samira, "conflict", person_id=here.tom, since=since - 9 * DAY, until=since - 8 * DAY
    )
    still.keeps_away(here.yassin, "conflict", person_id=here.lotte)
    for at, who in (
        (since - INSTANT, NOBODY),
        (since, {"tom"}),
        (until - INSTANT, {"tom"}),
        (until, NOBODY),
    ):
        assert denied(still, here.samira, here.naima, at) == who
    assert denied(still, here.yassin) == denied(still, here.yassin, at=still.now + 900 * DAY) == {"lotte"}
    assert denied(still, here.bram) == denied(still, None) == NOBODY


def test_nobody_is_left_out_of_themself(still):
    here = still.here
    school = here.organisations["School De Linde"]
    still.lies(
        "trust_job", person_id=here.samira, organisation_id=school, role="worker", since=still.now - DAY
    )
    still.keeps_away(here.samira, "conflict", organisation_id=school)
    assert denied(still, here.samira) == SCHOOL
    still.keeps_away(here.yassin, "conflict", organisation_id=school)
    assert denied(still, here.yassin) == SCHOOL | {"samira"}


def test_whom_a_guardian_left_out_is_let_in_when_the_child_has_its_own_voice(still):
    here, twelve = still.here, datetime(2029, 2, 3, tzinfo=ZoneInfo("Europe/Brussels"))
    still.keeps_away(here.bram, "guardian", person_id=here.tom)
    still.keeps_away(here.bram, "own choice", person_id=here.lotte)
    still.keeps_away(here.yassin, "guardian", person_id=here.tom)
    assert denied(still, here.bram, at=twelve - INSTANT) == {"tom", "lotte"}
    assert denied(still, here.bram, at=twelve) == {"lotte"}
    assert denied(still, here.yassin, at=twelve) == {"tom"}, "he is eleven"


def test_what_somebody_wrote_only_a_court_keeps_from_them_and_danger_passes_what_the_family_said(still):
    here = still.here
    for ground in GROUNDS:
        out = still.keeps_away(here.yassin, ground, person_id=here.tom)
        mine = {"tom"} if ground == "court order" else NOBODY
        in_danger = NOBODY if ground in ("own choice", "guardian") else {"tom"}
        for author in (None, here.naima):
            assert denied(still, here.yassin, author) == {"tom"}, ground
            assert denied(still, here.yassin, author, None, False) == {"tom"}, ground
            assert denied(still, here.yassin, author, None, True) == in_danger, ground
        assert denied(still, here.yassin, here.tom) == mine, ground
        assert denied(still, here.yassin, here.tom, None, True) == mine & in_danger, ground
        still.stands("DELETE FROM trust_exclusion WHERE id = %s", out)


def knows(still: Still, *, about: UUID | None = None, author: UUID | None = None, **more: Any) -> set[str]:
    """Who knows a thing in the first circle."""
    here = still.here
    circle, written, at = (
        more.get("circle", here.circle),
        more.get("written", still.now),
        more.get("at", still.now),
    )
    return yes(still, "SELECT trust.knows(%s, %s, %s, %s, %s, %s)", circle, about, author, written, at)


def sits(still: Still, who: UUID, *, history: bool = True) -> None:
    """A seat in the first circle since an hour."""
    still.lies(
        "trust_seat", circle_id=still.here.circle, person_id=who, role="natural", relation="", ring=2, ground="consent",
        history=history, since=still.now - HOUR,
    )  # fmt: skip


def test_a_thing_is_known_by_a_seat_or_in_danger_to_who_is_not_left_out(still):
    here = still.here
    sits(still, here.noor, history=False)
    sits(still, here.karim)
    still.danger(here.tom)
    everybody = {"noor", "karim", "tom"}
    assert knows(still) == knows(still, about=here.samira) == everybody
    assert knows(still, circle=here.next_circle) == NOBODY
    assert knows(still, at=still.now - HOUR - INSTANT) == NOBODY
    assert knows(still, written=still.now - HOUR - INSTANT) == everybody - {"noor"}
    for ground, kept_from in (
        ("own choice", {"noor", "karim"}), ("guardian", {"noor", "karim"}), ("conflict", everybody), ("court order", everybody),
    ):  # fmt: skip
        outs = [
            still.keeps_away(here.yassin, ground, person_id=here.called[name], until=still.now + HOUR)
            for name in everybody
        ]
        assert knows(still, about=here.yassin) == everybody - kept_from, ground
        assert knows(still, about=here.samira) == knows(still) == everybody, ground
        hidden = {"karim"} if ground == "court order" else NOBODY
        assert knows(still, about=here.yassin, author=here.karim) & {"karim"} == {"karim"} - hidden, ground
        still.stands("DELETE FROM trust_exclusion WHERE id = ANY(%s)", outs)


def test_danger_opens_to_who_sits_there_what_a_family_keeps_from_them(still):
    here = still.here
    for who in (here.noor, here.karim):
        sits(still, who)
        still.keeps_away(here.yassin, "guardian", person_id=who)
    still.danger(here.noor)
    assert knows(still, about=here.yassin) == {"noor"}
    still.keeps_away(here.yassin, "withheld", person_id=here.noor)
    assert knows(still, about=here.yassin) == NOBODY
    assert knows(still, about=here.yassin, author=here.noor) == {"noor"}
