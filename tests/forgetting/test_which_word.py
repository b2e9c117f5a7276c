"""To be forgotten: by which word it is asked, what waits for whom, and who thinks again until which moment; asked of everybody."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import OperationalError, connection

from kring.trust import viewer
from trust.each_policy import NOW, Neighbourhood
from trust.one_trigger import Alone
from trust.scenes import LONG_AGO
from trust.whoever import NOBODY, hearing, stands

DAY = timedelta(days=1)
FAMILY = {"naima", "karim", "samira"}


def words(by: Alone, here: Neighbourhood, kind: str, whom: UUID | None = None) -> dict[str, set[str]]:
    """Who may ask this of somebody, or of themselves, and by which word."""
    told: dict[str, set[str]] = {}
    for name, who in here.called.items():
        word = by.hears(who, "word_to_forget", kind, whom or who)
        told.setdefault(word, set()).add(name)
    del told[""]
    return told


def test_a_guardian_who_decides_asks_for_the_family_they_sit_with(here, by):
    by.stands("UPDATE trust_seat SET role = 'guardian' WHERE person_id = %s", here.samira)
    by.stands("UPDATE trust_familymember SET authority = true WHERE person_id = %s", here.samira)
    assert words(by, here, "family", here.family) == {"guardian": {"naima", "karim"}}, (
        "a child is no guardian"
    )
    assert words(by, here, "family", here.next_family) == {"guardian": {"britt"}}
    assert words(by, here, "circle", here.family) == {}, "nothing else is asked for"
    by.stands("UPDATE trust_familymember SET authority = false WHERE person_id = %s", here.karim)
    by.stands("UPDATE trust_seat SET until = now() WHERE person_id = %s", here.naima)
    assert words(by, here, "family", here.family) == {}


def test_a_young_person_who_is_a_guardian_elsewhere_or_without_authority_does_not_ask_for_the_family(
    here, by
):
    """She stops for it by her own voice; that it is forgotten is asked by a guardian of it who decides."""
    for family, authority, told in (
        (here.next_family, True, {}),
        (here.family, False, {}),
        (here.family, True, {"guardian": {"samira"}}),
    ):
        with by.owner.transaction(force_rollback=True):
            by.stands(
                "UPDATE trust_familymember SET authority = false WHERE person_id = ANY(%s)",
                [here.naima, here.karim],
            )
            by.lies(
                "trust_familymember",
                person_id=here.samira,
                family_id=family,
                kind="guardian",
                authority=authority,
            )
            assert words(by, here, "family", here.family) == told


def test_everybody_asks_for_themself_and_a_child_from_its_own_voice(here, by):
    grown = set(here.called) - {"samira", "bram"}
    assert words(by, here, "person") == {"adult": grown, "young person": {"samira"}}
    assert by.hears(here.yassin, "word_to_forget", "person", here.yassin) == ""
    assert by.hears(None, "word_to_forget", "person", here.naima) == ""
    assert words(by, here, "family") == words(by, here, "circle") == {}, (
        "somebody is neither a family nor a circle"
    )
    by.stands("DELETE FROM trust_birth WHERE person_id = %s", here.samira)
    assert words(by, here, "person") == {"adult": grown}, "whose day of birth nobody wrote down"


def test_nobody_asks_for_another_nor_through_other_eyes(here, by):
    for whom in (here.naima, here.samira, here.yassin, here.said):
        alone_may = {name for name, who in here.called.items() if who == whom} - {"yassin"}
        assert set().union(*words(by, here, "person", whom).values()) == alone_may
    assert hearing(by, here, "word_to_forget", "person", here.naima, seen_as=here.karim) == NOBODY
    assert hearing(by, here, "word_to_forget", "family", here.family, seen_as=here.karim) == NOBODY


@pytest.mark.parametrize(("sooner", "told"), [("", "young person"), (" - interval '1 microsecond'", "")])
def test_own_voice_is_there_from_its_moment(here, by, sooner, told):
    by.stops_the_clock(f"SELECT trust.own_voice_from('{here.samira}'){sooner}")
    assert by.hears(here.samira, "word_to_forget", "person", here.samira) == told


def test_there_are_fourteen_days_to_think_and_one_line_however_often_it_is_asked(here, by):
    at = by.stops_the_clock()
    others = [
        by.lies("trust_forgetting", kind=kind, whose=whose, word=word, asked_by=here.karim, due_at=at + DAY, asked_at=at - DAY, **over)
        for kind, whose, word, over in (
            ("person", here.karim, "adult", {}), ("family", here.family, "guardian", {"done_at": at}),
            ("family", here.family, "guardian", {"taken_back_at": at}), ("family", here.next_family, "guardian", {}),
            ("person", here.family, "adult", {}),
        )
    ]  # fmt: skip
    by.asks(here.naima)
    ask = "SELECT trust.ask_to_be_forgotten('family', %s)"
    which = [here.owner.execute(ask, [here.family]).fetchone() for _ in range(2)]
    assert which[0] == which[1] != (None,)
    told = (
        "SELECT id, kind, whose, word, asked_by, asked_at, due_at FROM trust_forgetting WHERE id <> ALL(%s)"
    )
    assert here.owner.execute(told, [others]).fetchall() == [
        (*which[0], "family", here.family, "guardian", here.naima, at, at + 14 * DAY)
    ]  # fmt: skip
    refused = by.does(here.noor, ask, here.family)
    assert refused == "not_yours_to_be_forgotten"


def lines(by: Alone, here: Neighbourhood, **more: Any) -> dict[str, UUID]:
    """What waits of both families and of two people."""
    facts = {"word": "x", "asked_by": here.naima, "asked_at": LONG_AGO, "due_at": NOW + DAY} | more
    of = {
        "family": ("family", here.family), "next family": ("family", here.next_family), "Naima": ("person", here.naima),
        "Britt": ("person", here.britt),
    }  # fmt: skip
    return {
        name: by.lies("trust_forgetting", kind=kind, whose=whose, **facts)
        for name, (kind, whose) in of.items()
    }


MAY = {"family": FAMILY, "next family": {"britt"}, "Naima": {"naima"}, "Britt": {"britt"}}


def waiting(by: Alone, here: Neighbourhood, laid: dict[str, UUID], **more: Any) -> dict[str, set[str]]:
    """To whom each of them is shown as waiting."""
    told: dict[str, set[str]] = {name: set() for name in laid}
    for name, who in here.called.items():
        rows = {row for (row,) in by.reads(who, "SELECT id FROM trust.forgettings()", **more)}
        for line in {line for line, row in laid.items() if row in rows}:
            told[line].add(name)
    return told


def test_what_waits_is_shown_to_who_may_think_again_and_so_is_its_line(here, by):
    laid = lines(by, here)
    assert waiting(by, here, laid) == MAY
    assert set().union(*waiting(by, here, laid, seen_as=here.britt).values()) == NOBODY
    for name, which in laid.items():
        assert hearing(by, here, "forgetting_line", which) == MAY[name]
        assert hearing(by, here, "forgetting_line", which, seen_as=here.britt) == NOBODY
        for who in MAY[name]:
            assert by.hears(here.called[who], "forgetting_line", which)["id"] == str(which)
        assert by.hears(None, "forgetting_line", which) is None
    assert by.reads(None, "SELECT * FROM trust.forgettings()") == []


@pytest.mark.parametrize("over", ["taken_back_at", "done_at"])
def test_what_was_done_or_taken_back_waits_no_more(here, by, over):
    laid = lines(by, here, **{over: NOW})
    assert set().union(*waiting(by, here, laid).values()) == NOBODY
    assert hearing(by, here, "think_again", laid["family"]) == NOBODY


def test_who_asked_it_themselves_is_told_so(here, by):
    lines(by, here)
    assert by.reads(here.karim, "SELECT mine FROM trust.forgettings()") == [(False,)]
    assert by.reads(here.naima, "SELECT mine FROM trust.forgettings()") == [(True,), (True,)]


def test_it_waits_until_its_day_and_not_at_it(here, by):
    at = by.stops_the_clock()
    for due, told in ((at, NOBODY), (at + timedelta(microseconds=1), FAMILY)):
        with by.owner.transaction(force_rollback=True):
            assert waiting(by, here, lines(by, here, due_at=due))["family"] == told


def taken_back(here: Neighbourhood, laid: dict[str, UUID]) -> dict[str, datetime]:
    """Which are taken back, and when."""
    told = dict(here.owner.execute("SELECT id, taken_back_at FROM trust_forgetting").fetchall())
    return {name: told[which] for name, which in laid.items() if told[which]}


def test_who_may_thinks_again_of_this_one_and_of_no_other(here, by):
    laid, at = lines(by, here), by.stops_the_clock()
    for name, which in laid.items():
        assert hearing(by, here, "think_again", which) == MAY[name]
        assert hearing(by, here, "think_again", which, seen_as=here.britt) == NOBODY
    with by.owner.transaction(force_rollback=True):
        by.asks(here.naima)
        here.owner.execute("SELECT trust.think_again(%s)", [laid["family"]])
        assert taken_back(here, laid) == {"family": at}
        assert by.hears(here.karim, "think_again", laid["family"]) is False, "once is enough"


def test_after_its_day_nobody_thinks_again(here, by):
    """By the clock on the wall, however long the asking took: keys may be gone from that day."""
    by.stops_the_clock("now() - interval '1 hour'")
    laid = lines(by, here, due_at=NOW - timedelta(minutes=1))
    assert hearing(by, here, "think_again", laid["family"]) == NOBODY
    assert waiting(by, here, laid) == MAY, "as far as a reader's clock knows"


def test_who_may_not_think_again_waits_for_nobody(here):
    """A row that is held by another makes only who may change it wait."""
    stands(
        here,
        "INSERT INTO trust_forgetting (id, kind, whose, word, asked_by, asked_at, due_at) "
        "SELECT gen_random_uuid(), kind, whose, 'guardian', %s, now(), now() + interval '1 day' "
        "FROM unnest(%s::text[], %s::uuid[]) f (kind, whose)",
        here.naima, ["family", "family", "person"], [here.family, here.next_family, here.naima],
    )  # fmt: skip
    rows = dict(here.owner.execute("SELECT whose, id FROM trust_forgetting").fetchall())

    def again(who: UUID, family: UUID) -> bool:
        with viewer.acting(who), connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '300ms'")
            cursor.execute("SELECT trust.think_again(%s)", [rows[family]])
            return cursor.fetchone()[0]

    held = "SELECT 1 FROM trust_forgetting WHERE whose = %s FOR UPDATE"
    with here.owner.transaction():
        here.owner.execute(held, [here.family])
        assert again(here.noor, here.family) is False
        assert again(here.britt, here.next_family) is True
        with pytest.raises(OperationalError):
            again(here.naima, here.family)
    with here.owner.transaction():
        here.owner.execute(held, [here.naima])
        assert again(here.naima, here.family) is True
