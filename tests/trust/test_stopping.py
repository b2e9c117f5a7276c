"""A family stops: who may say so, what ends with it, and what of theirs and of their neighbours goes on."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import OperationalError, connection

from kring.trust import viewer
from trust.each_policy import NOW, Neighbourhood
from trust.one_trigger import Alone
from trust.scenes import LONG_AGO
from trust.whoever import NOBODY, hearing, stands

HOUR = timedelta(hours=1)
AT = NOW
BEFORE = AT - HOUR
ENDED = "UPDATE trust_seat SET until = now() - interval '1 minute' WHERE person_id = %s AND circle_id = %s"


def sits(by: Alone, circle: UUID, who: UUID, **more: Any) -> UUID:
    """A seat."""
    facts = {"circle_id": circle, "person_id": who, "role": "natural", "ground": "consent", "since": LONG_AGO}
    seat: UUID = by.lies("trust_seat", **facts | more)
    return seat


def may(by: Alone, here: Neighbourhood) -> list[set[str]]:
    """Who may stop for the one family, and who for the next."""
    return [hearing(by, here, "may_withdraw", family) for family in (here.family, here.next_family)]


def test_who_decides_for_a_family_and_sits_with_it_may_stop(here, by):
    assert may(by, here) == [{"naima", "karim", "samira"}, {"britt"}]
    assert hearing(by, here, "may_withdraw", here.family, seen_as=here.naima) == NOBODY
    by.stands(ENDED, here.naima, here.circle)
    assert may(by, here)[0] == {"karim", "samira"}, "a home is not the circle of the family"


def test_nobody_stops_from_some_later_hour_on(here, by):
    said = "SELECT trust.withdraw(%s, trust.moment() + %s)"
    assert by.does(here.naima, said, here.family, timedelta(minutes=2)) == "not_yet"
    assert by.does(here.naima, said, here.family, timedelta(0)) == 1


def test_a_guardian_of_one_family_does_not_stop_for_another(here, by):
    by.stands(ENDED, here.karim, here.circle)
    sits(by, here.next_circle, here.karim)
    sits(by, here.circle, here.britt)
    assert may(by, here) == [{"naima", "samira"}, {"britt"}]


def test_neither_without_authority_nor_below_own_voice(here, by):
    by.stands("UPDATE trust_seat SET since = %s WHERE role = 'child'", LONG_AGO)
    by.stands("UPDATE trust_familymember SET authority = false WHERE person_id = %s", here.karim)
    by.stands("UPDATE trust_familymember SET authority = true WHERE person_id = %s", here.yassin)
    by.lies("trust_birth", person_id=here.karim, born="2008-01-01")
    assert may(by, here) == [{"naima", "samira"}, {"britt"}]
    by.stands("DELETE FROM trust_birth WHERE person_id = %s", here.samira)
    told = by.reads(here.samira, "SELECT trust.may_withdraw(%s)", here.family)
    assert told == [(False,)], "whose day of birth nobody wrote down"


def test_from_the_moment_of_own_voice(here, by):
    for later, who in (
        ("", {"naima", "karim", "samira"}),
        (" - interval '1 microsecond'", {"naima", "karim"}),
    ):
        by.stops_the_clock(f"SELECT trust.own_voice_from('{here.samira}'){later}")
        by.stands("UPDATE trust_seat SET since = '2020-01-01'")
        by.stands("UPDATE trust_access SET since = '2020-01-01'")
        assert may(by, here)[0] == who


def circle(by: Alone, here: Neighbourhood, kind: str, subject: UUID | None = None) -> UUID:
    """One more circle of the family."""
    facts = {
        "village_id": here.village,
        "family_id": here.family,
        "subject_id": subject,
        "opened_at": LONG_AGO,
    }
    made: UUID = by.lies("trust_circle", kind=kind, **facts)
    return made


def places(by: Alone, here: Neighbourhood) -> dict[str, UUID]:
    """Circles of every kind, of this family and of the next."""
    home = here.owner.execute("SELECT circle_id FROM trust_home WHERE id = %s", [here.home]).fetchone()[0]
    return {
        "family": here.circle, "part": circle(by, here, "part"), "home": home, "hers": here.own[here.samira],
        "his": here.own[here.yassin], "sealed": circle(by, here, "sealed"), "he confided": circle(by, here, "confidence", here.yassin),
        "she confided": circle(by, here, "confidence", here.samira), "next family": here.next_circle, "Bram's": here.bram_own,
    }  # fmt: skip


def stop(by: Alone, here: Neighbourhood, who: UUID, at: datetime = AT) -> bool:
    """They stop."""
    by.asks(who)
    told: bool = here.owner.execute("SELECT trust.withdraw(%s, %s)", [here.family, at]).fetchone()[0]
    return told


def ends(here: Neighbourhood) -> dict[UUID, datetime | None]:
    """When each seat ends."""
    return dict(here.owner.execute("SELECT id, until FROM trust_seat").fetchall())


def left(by: Alone, here: Neighbourhood, who: UUID, at: datetime = AT) -> set[str]:
    """Out of which circles Lou comes when they stop."""
    seats = {name: sits(by, where, here.lou) for name, where in places(by, here).items()}
    assert stop(by, here, who, at)
    after = ends(here)
    assert {after[seat] for seat in seats.values()} == {None, max(at, LONG_AGO)}
    return {name for name, seat in seats.items() if after[seat]}


def test_a_parents_word_ends_the_circle_its_parts_and_homes_and_what_a_small_child_shows(here, by):
    assert left(by, here, here.naima) == {"family", "part", "home", "his"}


def test_a_young_persons_word_ends_what_she_shows_too(here, by):
    assert left(by, here, here.samira) == {"family", "part", "home", "hers", "his"}


def test_a_child_whose_age_nobody_knows_has_no_own_voice_yet(here, by):
    by.stands("DELETE FROM trust_birth WHERE person_id = ANY(%s)", [here.samira, here.yassin])
    assert left(by, here, here.naima) == {"family", "part", "home", "hers", "his"}


@pytest.mark.parametrize(("sooner", "hers"), [("", set()), (" - interval '1 microsecond'", {"hers"})])
def test_at_the_moment_of_own_voice_what_she_shows_is_hers(here, by, sooner, hers):
    at = by.stops_the_clock(f"SELECT trust.own_voice_from('{here.samira}'){sooner}")
    by.stands("UPDATE trust_seat SET since = '2020-01-01'")
    by.stands("UPDATE trust_access SET since = '2020-01-01'")
    assert left(by, here, here.naima, at) == {"family", "part", "home", "his"} | hers


def test_the_family_stays_and_who_is_of_another_goes(here, by):
    before = ends(here)
    of_next = sits(by, here.circle, here.britt)
    assert stop(by, here, here.naima)
    after = ends(here)
    members = "SELECT id FROM trust_seat WHERE person_id = ANY(%s)"
    for (seat,) in here.owner.execute(members, [[here.naima, here.karim, here.samira, here.yassin]]):
        assert after[seat] is None
    assert after[of_next] == AT
    told = "SELECT id FROM trust_seat WHERE circle_id = %s AND person_id = ANY(%s)"
    gone = {
        seat
        for (seat,) in here.owner.execute(told, [here.circle, [here.noor, here.els, here.aunt, here.lotte]])
    }
    assert {seat for seat in before if after[seat] != before[seat]} == gone


def test_what_ended_before_stays_as_it_ended_and_what_has_not_begun_never_begins(here, by):
    facts = {
        "before": (LONG_AGO, BEFORE),
        "now": (LONG_AGO, AT),
        "soon": (LONG_AGO, AT + HOUR),
        "coming": (AT + HOUR, None),
    }
    seats = {
        name: sits(by, here.circle, who, since=since, until=until)
        for who, (name, (since, until)) in zip(
            (here.tom, here.lou, here.ada, here.nel), facts.items(), strict=True
        )
    }
    assert stop(by, here, here.naima)
    after = ends(here)
    assert {name: after[seat] for name, seat in seats.items()} == {
        "before": BEFORE,
        "now": AT,
        "soon": AT,
        "coming": AT + HOUR,
    }


def test_a_hand_over_that_has_not_begun_is_stopped_and_another_is_not(here, by):
    taken = {"next_id": here.lotte, "taken_at": BEFORE, "leaves_at": AT + 9 * HOUR}
    facts: dict[str, dict[str, Any]] = {
        "not taken": {}, "begins later": taken | {"begins_at": AT + HOUR}, "begins now": taken | {"begins_at": AT},
        "began": taken | {"begins_at": BEFORE}, "stopped before": {"stopped_at": BEFORE}, "next door": {"circle_id": here.next_circle},
    }  # fmt: skip
    laid = {
        name: by.lies(
            "trust_handover", **{"circle_id": here.circle, "leaver_id": here.noor, "told_how": ""} | said
        )
        for name, said in facts.items()
    }
    assert stop(by, here, here.karim)
    told = {
        key: (at, who)
        for key, at, who in here.owner.execute("SELECT id, stopped_at, stopped_by_id FROM trust_handover")
    }
    stopped = {name: told[key] for name, key in laid.items() if told[key][0]}
    assert stopped == {
        "not taken": (AT, here.karim), "begins later": (AT, here.karim), "stopped before": (BEFORE, None),
    }  # fmt: skip


def test_what_was_asked_and_not_answered_is_over_and_so_are_its_links(here, by):
    by.stands("DELETE FROM trust_invitation")
    facts: dict[str, dict[str, Any]] = {
        "open": {}, "answered": {"answer": "no", "answered_at": BEFORE, "person_id": here.tom},
        "withdrawn": {"withdrawn_at": BEFORE, "person_id": here.lou}, "next door": {"circle_id": here.next_circle},
    }  # fmt: skip
    asked = {
        name: by.lies(
            "trust_invitation",
            **{
                "circle_id": here.circle,
                "person_id": here.said,
                "role": "natural",
                "phone": "0470",
                "answer": "",
            }
            | said,
        )
        for name, said in facts.items()
    }
    links = {
        (name, ended): by.lies("trust_link", token_hash=uuid4().bytes, object_id=key, ended_at=ended)
        for name, key in asked.items()
        for ended in (None, BEFORE)
    }
    assert stop(by, here, here.naima)
    told = {
        key: said for key, *said in here.owner.execute("SELECT id, withdrawn_at, phone FROM trust_invitation")
    }
    assert {name: told[key] for name, key in asked.items()} == {
        "open": [AT, ""], "answered": [None, "0470"], "withdrawn": [BEFORE, "0470"], "next door": [None, "0470"],
    }  # fmt: skip
    over = dict(here.owner.execute("SELECT id, ended_at FROM trust_link").fetchall())
    changed = {which: over[key] for which, key in links.items() if over[key] != which[1]}
    assert changed == {("open", None): AT}


def test_that_they_stopped_is_written_once(here, by):
    by.stands("DELETE FROM trust_withdrawal")
    ended = by.lies("trust_withdrawal", family_id=here.family, by_id=here.naima, at=LONG_AGO, ended_at=BEFORE)
    assert not stop(by, here, here.noor)
    for who, at in ((here.karim, BEFORE), (here.naima, AT)):
        assert stop(by, here, who, at)
    told = here.owner.execute(
        "SELECT family_id, by_id, at, ended_at FROM trust_withdrawal WHERE id <> %s", [ended]
    )
    assert told.fetchall() == [(here.family, here.karim, BEFORE, None)]


def test_who_stops_waits_for_what_happens_in_a_circle_of_the_family_and_in_no_other(here):
    part = uuid4()
    stands(
        here,
        "INSERT INTO trust_circle (id, village_id, kind, name, safety, secrecy, opened_at, family_id) "
        "VALUES (%s, %s, 'part', '', false, false, %s, %s)", part, here.village, LONG_AGO, here.family,
    )  # fmt: skip

    def stops() -> bool:
        with viewer.acting(here.naima), connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '300ms'")
            cursor.execute("SELECT trust.withdraw(%s, %s)", [here.family, BEFORE])
            return cursor.fetchone()[0]

    held = "SELECT 1 FROM trust_circle WHERE id = %s FOR NO KEY UPDATE"
    with here.owner.transaction():
        here.owner.execute(held, [part])
        with pytest.raises(OperationalError):
            stops()
    with here.owner.transaction():
        here.owner.execute(held, [here.next_circle])
        assert stops() is True
