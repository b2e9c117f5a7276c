"""Links one by one: what they open on which device, what a code uses up, what a new one replaces, and who ends which."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from trust.aside import Aside, aside
from trust.each_policy import LATER, NOW, Neighbourhood
from trust.whoever import asked_at_once

PLAN, STORY = uuid4(), uuid4()
PHONE, TABLET = b"phone", b"tablet"
WEEK = timedelta(days=7)


@pytest.fixture
def by(owner: psycopg.Connection) -> Iterator[Aside]:
    """Two families and their neighbours, without a link."""
    with aside(Neighbourhood(owner), "trust_link") as by:
        by.stands("DELETE FROM trust_link")
        yield by


def lay_link(by: Aside, name: str, **said: Any) -> UUID:
    """A link that Noor made for Naima; its token is its name."""
    facts = {
        "token_hash": name.encode(), "purpose": "approve", "person_id": by.here.naima, "object_id": PLAN,
        "made_by_id": by.here.noor, "made_at": NOW, "until": LATER, "wrong_codes": 0,
    }  # fmt: skip
    made: UUID = by.row(name, "trust_link", **facts | said)
    return made


def every_kind(by: Aside) -> None:
    """One link of each sort that opens something, and of each that opens nothing."""
    for name, said in {
        "plain": {"purpose": "join", "object_id": STORY}, "coded": {"code_hash": b"c"}, "hers": {"device_hash": PHONE},
        "four times": {"code_hash": b"c", "wrong_codes": 4, "person_id": by.here.karim}, "another's": {"device_hash": TABLET},
        "five times": {"code_hash": b"c", "wrong_codes": 5}, "ended": {"ended_at": NOW},
        "over": {"until": NOW - timedelta(seconds=1)},
    }.items():  # fmt: skip
        lay_link(by, name, **said)


OPEN = {
    "plain": ("join", False, 5), "coded": ("approve", True, 5), "hers": ("approve", False, 5),
    "four times": ("approve", True, 1),
}  # fmt: skip
NAMES = ("plain", "coded", "hers", "four times", "another's", "five times", "ended", "over", "unknown")


def test_what_a_link_would_open_is_told_of_that_link_while_it_opens_anything(by):
    every_kind(by)
    told = {name: by.told(None, "link_opens", name.encode(), PHONE) for name in NAMES}
    assert {name: rows for name, rows in told.items() if rows} == {name: [one] for name, one in OPEN.items()}
    looked = {name: by.told(None, "look_at_link", name.encode()) for name in NAMES}
    on_any = {name: [one[:2]] for name, one in OPEN.items()} | {"another's": [("approve", False)]}
    assert {name: rows for name, rows in looked.items() if rows} == on_any


def test_who_says_the_code_is_in_and_only_that_link_is_bound_to_the_device(by):
    every_kind(by)
    here, bound = by.here, {"device_hash": PHONE}
    for name, code, who, changed in (
        ("plain", None, (here.naima, "join", STORY), bound), ("plain", b"c", (here.naima, "join", STORY), bound),
        ("coded", b"c", (here.naima, "approve", PLAN), bound), ("hers", None, (here.naima, "approve", PLAN), {}),
        ("four times", b"c", (here.karim, "approve", PLAN), bound | {"wrong_codes": 0}),
    ):  # fmt: skip
        told, changes = by.deed(None, "exchange_link", name.encode(), code, PHONE)
        assert (told, changes) == ([who], {name: changed} if changed else {}), name


def test_a_wrong_code_is_counted_on_its_link_and_opens_nothing(by):
    every_kind(by)
    for name, code, many in (
        ("coded", b"d", 1),
        ("coded", None, 1),
        ("four times", b"d", 5),
        ("four times", None, 5),
    ):
        assert by.deed(None, "exchange_link", name.encode(), code, PHONE) == (
            [],
            {name: {"wrong_codes": many}},
        )


def test_what_is_over_used_up_or_anothers_answers_nothing_and_counts_nothing(by):
    every_kind(by)
    for name in ("another's", "five times", "ended", "over", "unknown"):
        for code in (b"c", b"d", None):
            assert by.deed(None, "exchange_link", name.encode(), code, PHONE) == ([], {}), (name, code)


@pytest.mark.parametrize("question", [
    "link_opens('one', 'phone')", "look_at_link('one')", "exchange_link('one', NULL, 'phone')",
])  # fmt: skip
def test_a_link_opens_until_its_end_and_not_at_it(by, question):
    lay_link(by, "one")
    said = "UPDATE trust_link SET until = trust.moment() + {}; SELECT count(*) FROM trust." + question
    for more, many in (("interval '0'", 0), ("interval '1 microsecond'", 1)):
        assert asked_at_once(by.here, by.here.naima, said.format(more)) == many


def made(by: Aside, who: UUID, at: datetime, until: datetime | None = None) -> dict[Any, Any]:
    """What changed when they made a link to the plan for Naima; the new one is called trust_link."""
    told, changes = by.deed(who, "make_link", b"new", b"c", "approve", by.here.naima, PLAN, at, until)
    assert changes["trust_link"]["id"] == told
    return changes


def test_a_new_link_takes_the_place_of_the_one_before_to_the_same_thing(by):
    here, ago = by.here, NOW - timedelta(hours=1)
    for name, said in {
        "before": {}, "by Els": {"made_by_id": here.els}, "ended": {"ended_at": ago - WEEK}, "for Karim": {"person_id": here.karim},
        "to sign in": {"purpose": "sign in"}, "to the story": {"object_id": STORY}, "to nothing": {"object_id": None},
    }.items():  # fmt: skip
        lay_link(by, name, **said)
    changes = made(by, here.noor, ago)
    row = changes.pop("trust_link")
    assert changes == {"before": {"ended_at": ago}, "by Els": {"ended_at": ago}}
    facts = {
        "token_hash": b"new", "code_hash": b"c", "device_hash": None, "purpose": "approve", "person_id": here.naima,
        "object_id": PLAN, "made_by_id": here.noor, "made_at": ago, "ended_at": None, "wrong_codes": 0,
    }  # fmt: skip
    assert {column: row[column] for column in facts} == facts
    signs_in = (here.naima, "make_link", b"new", None, "sign in", here.naima, None, ago, None)
    assert set(by.deed(*signs_in)[1]) == {"trust_link"}, "the one before was to an object"
    by.stands("UPDATE trust_link SET purpose = 'sign in' WHERE token_hash = 'to nothing'")
    assert set(by.deed(*signs_in)[1]) == {"trust_link", "to nothing"}


def test_nobody_makes_a_link_after_now_and_it_lives_seven_days_at_most(by):
    here, hour = by.here, timedelta(hours=1)
    lay_link(by, "before")
    begun = by.owner.execute("SELECT clock_timestamp()").fetchone()[0]
    for at, until, ends in (
        (begun - hour, None, begun - hour + WEEK), (begun - hour, begun + hour, begun + hour),
        (begun - hour, begun + 9 * WEEK, begun - hour + WEEK),
    ):  # fmt: skip
        changes = made(by, here.noor, at, until)
        assert changes["before"] == {"ended_at": at}
        assert (changes["trust_link"]["made_at"], changes["trust_link"]["until"]) == (at, ends)
    changes = made(by, here.noor, begun + hour, None)
    ended = by.owner.execute("SELECT clock_timestamp()").fetchone()[0]
    row, before = changes["trust_link"], changes["before"]["ended_at"]
    assert begun <= row["made_at"] == before <= ended
    assert row["until"] == row["made_at"] + WEEK


def some(by: Aside) -> None:
    """Links of both families and of workers, to two things; and what is over of each."""
    here = by.here
    for name, said in {
        "Naima's": {}, "her own": {"made_by_id": here.naima}, "her story": {"object_id": STORY, "made_by_id": here.els},
        "her sign in": {"object_id": None, "purpose": "sign in"}, "Britt's": {"person_id": here.britt, "made_by_id": here.tom},
        "Lotte's": {"person_id": here.lotte, "made_by_id": here.els}, "Lou's": {"person_id": here.lou, "made_by_id": here.lotte},
        "Lotte's own": {"person_id": here.lotte, "made_by_id": here.lotte},
        "ended": {"ended_at": NOW - timedelta(hours=1)}, "over": {"until": NOW - timedelta(seconds=1)},
    }.items():  # fmt: skip
        lay_link(by, name, **said)


HERS = {"Naima's", "her own", "her story", "her sign in", "over"}
LOTTES = {"Lotte's", "Lotte's own"}


def test_who_ends_which_links(by):
    some(by)
    here, at = by.here, NOW + timedelta(minutes=3)

    def ended(who: UUID, whom: UUID | None = None, what: UUID | None = None) -> set[str]:
        changes = by.deed(who, "end_links", whom, what, at)[1]
        assert all(change == {"ended_at": at} for change in changes.values())
        return set(changes)

    assert ended(here.lotte) == LOTTES | {"Lou's"}, "those she has, and what she made"
    assert ended(here.lou) == {"Lou's"}
    assert ended(here.naima) == ended(here.noor) == HERS | LOTTES, "who gives seats ends what these have"
    assert ended(here.britt) == {"Britt's"}
    assert ended(here.els) == {"her story", "Lotte's"}
    assert ended(here.karim, here.lotte) == LOTTES
    assert ended(here.karim, None, PLAN) == HERS - {"her story", "her sign in"} | LOTTES
    assert ended(here.karim, here.naima, STORY) == {"her story"}
    assert ended(here.karim, here.britt) == set()


def test_who_leaves_counts_and_ends_the_links_they_made_for_others(by):
    some(by)
    here, at = by.here, NOW + timedelta(minutes=3)
    many = {name: told for name, told in by.everybody("links_i_made").items() if told}
    assert many == {"noor": 2, "els": 2, "tom": 1, "lotte": 1}
    theirs = {
        "noor": {"Naima's", "her sign in"}, "els": {"her story", "Lotte's"}, "tom": {"Britt's"}, "lotte": {"Lou's"},
    }  # fmt: skip
    for name, who in here.called.items():
        links = theirs.get(name, set())
        assert by.deed(who, "end_links_i_made", at) == (len(links), {one: {"ended_at": at} for one in links})


@pytest.mark.parametrize("question", ["links_i_made()", "end_links_i_made(now())"])
def test_a_link_that_is_over_at_this_instant_is_not_counted(by, question):
    lay_link(by, "one")
    said = "UPDATE trust_link SET until = trust.moment() + {}; SELECT trust." + question
    for more, many in (("interval '0'", 0), ("interval '1 microsecond'", 1)):
        assert asked_at_once(by.here, by.here.noor, said.format(more)) == many
