"""What hangs on something lies where that lies, and goes along when it is moved; what was, stays written down."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from trust.each_policy import NOW, Neighbourhood, lay
from trust.one_trigger import Alone, alone
from trust.scenes import LONG_AGO
from trust.test_which_trigger_hears import unbound

CROSSES = "crosses_families"


@contextmanager
def by_itself(here: Neighbourhood, trigger: str, *tables: str) -> Iterator[Alone]:
    """One trigger alone; what its rows name need not be there."""
    with alone(here.owner, trigger, *tables) as by:
        for table in tables:
            unbound(here.owner, table)
        yield by


@pytest.mark.parametrize(
    ("trigger", "table", "column", "beside"),
    [("must_know_check", "wraparound_mustknow", "hand_over_id", "trust_handover"),
     ("path_check_telling", "wraparound_earliertelling", "help_id", "wraparound_earlierhelp")],
)  # fmt: skip
def test_it_lies_in_the_circle_of_what_it_belongs_to(here, trigger, table, column, beside):
    with by_itself(here, trigger, table, beside) as by:
        mine, theirs = (by.lies(beside, circle_id=circle) for circle in (here.circle, here.next_circle))
        for which, told in ((mine, "done"), (theirs, CROSSES), (uuid4(), CROSSES)):
            assert by.is_written(None, table, circle_id=here.circle, **{column: which}) == told


def test_what_went_well_with_a_step_belongs_to_the_family_of_that_step(here):
    with by_itself(here, "plan_check_celebration", "wraparound_celebration", "wraparound_action") as by:
        part = by.lies("trust_circle", kind="part", family_id=here.family, village_id=here.village)
        mine, theirs = (by.lies("wraparound_action", circle_id=circle) for circle in (part, here.next_circle))
        for step, told in ((mine, "done"), (theirs, CROSSES), (None, "done")):
            assert (
                by.is_written(None, "wraparound_celebration", circle_id=here.circle, action_id=step) == told
            )


def test_help_of_before_and_a_meeting_lie_in_a_circle_or_a_part_of_the_family(here):
    with by_itself(here, "path_check_earlier_help", "wraparound_earlierhelp") as by:
        part = by.lies("trust_circle", kind="part", family_id=here.family, village_id=here.village)
        for circle, told in (
            (here.circle, "done"),
            (part, "done"),
            (here.home, CROSSES),
            (here.own[here.samira], CROSSES),
        ):
            assert by.is_written(None, "wraparound_earlierhelp", circle_id=circle) == told
    with by_itself(here, "meeting_check", "wraparound_meeting") as by:
        part = by.lies("trust_circle", kind="part", family_id=here.family, village_id=here.village)
        for circle, family, told in (
            (here.circle, here.family, "done"), (part, here.family, "done"), (here.home, here.family, CROSSES),
            (here.circle, here.next_family, CROSSES),
        ):  # fmt: skip
            assert by.is_written(None, "wraparound_meeting", circle_id=circle, family_id=family) == told


@pytest.mark.parametrize(
    ("table", "column"), [("wraparound_action", "action_id"), ("intake_promise", "promise_id")]
)
def test_what_is_passed_on_goes_along_with_its_step_or_its_promise(here, table, column):
    with by_itself(here, "pass_ons_along", table, "wraparound_passon") as by:
        mine, other = (by.lies(table, circle_id=here.circle) for _ in range(2))
        kept = {which: by.lies("wraparound_passon", circle_id=circle, **{"promise_id": None, "action_id": None} | {column: step})
                for which, step, circle in (("along", mine, here.circle), ("another's", other, here.circle), ("away", mine, here.home))}  # fmt: skip
        here.owner.execute(f"UPDATE {table} SET circle_id = %s WHERE id = %s", [here.next_circle, mine])
        lies = dict(here.owner.execute("SELECT id, circle_id FROM wraparound_passon").fetchall())
        assert {which: lies[row] for which, row in kept.items()} == {
            "along": here.next_circle, "another's": here.circle, "away": here.home
        }  # fmt: skip


def test_what_was_told_of_help_of_before_goes_along_with_it(here):
    tables = ("wraparound_earlierhelp", "wraparound_earliertelling", "intake_promise", "intake_promisechange")
    with by_itself(here, "path_tellings_along", *tables) as by:
        mine, other = (by.lies("wraparound_earlierhelp", circle_id=here.circle) for _ in range(2))
        for help_ in (mine, other):
            by.lies("wraparound_earliertelling", help_id=help_, circle_id=here.circle)
            promise = by.lies("intake_promise", object_id=help_, circle_id=here.circle)
            by.lies("intake_promisechange", promise_id=promise, circle_id=here.circle)
        here.owner.execute(
            "UPDATE wraparound_earlierhelp SET circle_id = %s WHERE id = %s", [here.home, mine]
        )
        for table in tables:
            told = here.owner.execute(
                f"SELECT circle_id FROM {table} WHERE circle_id IN (%s, %s)", [here.circle, here.home]
            )
            assert sorted(told.fetchall()) == sorted([(here.circle,), (here.home,)]), table


def test_a_day_of_birth_that_was_written_before_stays_known(here):
    before = "SELECT person_id, circle_id, born FROM trust_birthbefore"
    with by_itself(here, "birth_kept", "trust_birth") as by:
        by.stands("DELETE FROM trust_birthbefore")
        here.owner.execute("UPDATE trust_birth SET born = '2012-01-05' WHERE person_id = %s", [here.samira])
        assert here.owner.execute(before).fetchall() == [(here.samira, here.circle, date(2012, 1, 4))]
        here.owner.execute("UPDATE trust_birth SET born = born WHERE person_id = %s", [here.yassin])
        assert len(here.owner.execute(before).fetchall()) == 1, "nothing was changed"


def test_a_seat_or_an_exclusion_of_who_became_one_with_another_is_the_others(here):
    for table in ("trust_seat", "trust_exclusion"):
        with by_itself(here, "as_who_stays", table) as by:
            by.stands("DELETE FROM trust_sameperson")
            by.lies("trust_sameperson", goes_id=here.karim, stays_id=here.naima)
            for who, means in ((here.karim, here.naima), (here.naima, here.naima), (here.britt, here.britt)):
                facts = {"person_id": who, "circle_id": uuid4(), "since": NOW}
                assert by.writes(None, table, **facts)["person_id"] == str(means), table


def test_of_a_line_of_the_journal_nothing_goes(here):
    with by_itself(here, "never_changes", "trust_entry") as by:
        line = by.lies("trust_entry", person_id=here.lotte, at=LONG_AGO)
        for deed in (
            "DELETE FROM trust_entry WHERE id = %s",
            "UPDATE trust_entry SET person_id = NULL WHERE id = %s",
        ):
            assert by.does(None, deed, line) == "never_changes"


def sessions(here: Neighbourhood) -> set[str]:
    """Which sessions there are."""
    return {key for (key,) in here.owner.execute("SELECT session_key FROM trust_session").fetchall()}


@pytest.mark.parametrize("trigger", ["not_too_many", "not_too_many_either"])
def test_nobody_is_in_at_more_than_twenty_places(here, trigger):
    with by_itself(here, trigger, "trust_session") as by:
        by.stands("DELETE FROM trust_session")
        for number in range(22):
            seen = NOW - timedelta(hours=number)
            by.lies(
                "trust_session",
                session_key=f"{number:02}",
                person_id=here.lotte,
                seen_at=seen,
                since=LONG_AGO,
            )
        by.lies(
            "trust_session", session_key="another's", person_id=here.noor, seen_at=LONG_AGO, since=LONG_AGO
        )
        comes = {"session_key": "new", "person_id": here.lotte, "seen_at": LONG_AGO, "since": LONG_AGO}
        if trigger == "not_too_many":
            lay(here.owner, "trust_session", comes)
        else:
            by.lies("trust_session", **comes | {"person_id": here.tom})
            here.owner.execute(
                "UPDATE trust_session SET person_id = %s WHERE session_key = 'new'", [here.lotte]
            )
        assert sessions(here) == {"new", "another's", *(f"{number:02}" for number in range(19))}


def test_a_way_in_that_ends_ends_what_it_opened(here):
    with by_itself(here, "sessions_end", "trust_signon", "trust_session", "trust_shareddevice") as by:
        for table in ("trust_signon", "trust_session", "trust_shareddevice"):
            by.stands(f"DELETE FROM {table}")
        for name, who in (("lotte's", here.lotte), ("noor's", here.noor)):
            by.lies("trust_session", session_key=name, person_id=who)
            by.lies("trust_shareddevice", person_id=who, ended_at=None)
            by.lies("trust_signon", person_id=who, ended_at=None, subject_hash=name.encode())
        here.owner.execute("UPDATE trust_signon SET ended_at = now() WHERE person_id = %s", [here.lotte])
        open_still = here.owner.execute("SELECT person_id FROM trust_shareddevice WHERE ended_at IS NULL")
        assert open_still.fetchall() == [(here.noor,)]
        assert sessions(here) == {"noor's"}


def test_what_one_can_choose_from_is_counted_when_an_offer_comes_and_when_it_goes(here):
    signposts = (
        "SELECT name, offers FROM network_signpost WHERE village_id = %s AND kind = 'language' ORDER BY name"
    )
    offer = {"village_id": here.village, "status": "open", "languages": ["nl", "fr"], "near": []}
    for trigger in ("offers_come", "offers_go"):
        with by_itself(here, trigger, "network_offer") as by:
            by.stands("DELETE FROM network_offer")
            by.stands("DELETE FROM network_signpost")
            by.lies("network_offer", **offer | {"languages": ["nl"]})
            if trigger == "offers_come":
                lay(here.owner, "network_offer", offer)
                told = [("fr", 1), ("nl", 2)]
            else:
                gone = by.lies("network_offer", **offer)
                here.owner.execute("DELETE FROM network_offer WHERE id = %s", [gone])
                told = [("nl", 1)]
            assert here.owner.execute(signposts, [here.village]).fetchall() == told


def given(here: Neighbourhood, by: Alone, who: UUID | None, served: bool) -> dict[str, Any]:
    """Work that somebody writes down as if another gave it and a third confirmed it."""
    said = {
        "given_by_id": here.vera,
        "given_here": False,
        "confirmed_by_id": here.vik,
        "confirmed_at": LONG_AGO,
        "written_at": LONG_AGO,
    }
    told = by.writes(who, "trust_job", served=served, person_id=here.lotte, **said)
    return {column: told[column] for column in said}


def test_who_gave_work_says_the_database(here):
    with by_itself(here, "work_is_given", "trust_job") as by:
        told = given(here, by, here.ada, served=True)
        assert datetime.fromisoformat(told.pop("written_at")) > NOW
        assert told == {
            "given_by_id": str(here.ada),
            "given_here": True,
            "confirmed_by_id": None,
            "confirmed_at": None,
        }
        assert given(here, by, None, served=False)["given_by_id"] == str(here.vera)
    with by_itself(here, "work_stays_given", "trust_job") as by:
        work = here.jobs[here.lotte]
        for column, value in (
            ("given_by_id", here.ada),
            ("given_here", True),
            ("confirmed_by_id", here.ada),
            ("confirmed_at", NOW),
        ):
            change = f"UPDATE trust_job SET {column} = %s WHERE id = %s"
            assert by.does(here.ada, change, value, work, served=True) == "not_yours_to_decide"
            assert by.does(None, change, value, work) == 1
        assert by.does(here.ada, "UPDATE trust_job SET title = 'x' WHERE id = %s", work, served=True) == 1
