"""Asking, answering and taking back by hand: which row it makes, what the journal says, and that the neighbour's stays."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from trust.each_policy import LATER, NOW, Neighbourhood, lay
from trust.scenes import LONG_AGO
from trust.unheard import unheard
from trust.whoever import asked_at_once, of_whom, stands
from two_people.matters import HOUR, answered, ask, matter, plain, row, says


def moment(here: Neighbourhood) -> datetime:
    """The machine's clock."""
    return here.owner.execute("SELECT clock_timestamp()").fetchone()[0]  # type: ignore[index]


def test_what_is_asked_twice_is_one_and_anything_else_is_another(here):
    first = ask(here.ada)
    assert ask(here.ada) == first
    others = [ask(here.bea), ask(here.ada, "restore"), ask(here.ada, families=13)]
    assert len({first, *others}) == 4
    assert ask(here.ada) == first


@pytest.mark.parametrize("over", ["taken_back_at = now()", "until = now()", "answered"])
def test_what_is_over_is_asked_anew(here, over):
    first = ask(here.ada)
    no = "answer = 'no', answered_at = now(), answered_by_id = (SELECT id FROM trust_person WHERE given_name = 'Vera')"
    stands(here, f"UPDATE trust_matter SET {no if over == 'answered' else over} WHERE id = %s", first)
    assert isinstance(ask(here.ada), UUID)
    assert ask(here.ada) != first


def test_what_was_asked_is_over_at_its_end(here):
    first = ask(here.ada)
    said = (
        "SET LOCAL session_replication_role = replica; UPDATE trust_matter SET until = trust.moment() + {} WHERE id = %s; "
        "SET LOCAL session_replication_role = origin; SELECT trust.ask_two(%s, 'export', %s, '', %s) = %s"
    )
    for more, same in (("interval '0'", False), ("interval '1 second'", True)):
        values = (first, uuid4(), plain({"families": 12}), NOW, first)
        assert asked_at_once(here, here.ada, said.format(more), *values) is same


def test_what_is_asked_waits_three_days_from_when_it_was_said(here):
    asked = ask(here.ada, at=NOW - HOUR)
    assert row(here, asked, "asked_at", "until") == (NOW - HOUR, NOW + timedelta(hours=71))
    assert row(here, asked, "village_id", "circle_id", "subject_id", "kind", "asked_by_id", "answer", "words_locked") == (
        here.village, here.desk, None, "export", here.ada, "", b"why"
    )  # fmt: skip
    ahead = ask(here.bea, at=NOW + 5 * HOUR)
    asked_at, until = row(here, ahead, "asked_at", "until")
    assert NOW < asked_at <= moment(here), "nobody asks ahead of time, so that it waits longer"
    assert until == asked_at + timedelta(hours=72)


def entries(here: Neighbourhood, which: UUID) -> list[tuple[Any, ...]]:
    """What the journal says of a matter."""
    told = (
        "SELECT kind, at, person_id, organisation_id, role, circle_id, about_id, part, deed, purpose, rule FROM trust_entry "
        "WHERE object_id = %s ORDER BY at, deed"
    )
    return here.owner.execute(told, [which]).fetchall()


def noted(here: Neighbourhood, which: UUID, who: UUID) -> tuple[Any, ...]:
    """What the journal says of a deed of this person."""
    say = "SELECT trust.lock_note_matter(m, %s, 'did', %s) FROM trust_matter m WHERE id = %s"
    here.owner.execute(say, [who, NOW, which])
    (line,) = entries(here, which)
    return line


@pytest.mark.parametrize(
    ("kind", "in_circle"),
    [("sealed seat", True), ("authority", True), ("household", True), ("birth", True), ("merge", True), ("conflict", False),
     ("withheld", False), ("court order", False), ("exclusion ends", False), ("export", False), ("country", False)],
)  # fmt: skip
def test_the_journal_names_the_circle_but_never_where_somebody_is_left_out_in_silence(here, kind, in_circle):
    asked = matter(here, kind, here.noor, here.samira, family=here.family)
    about = here.samira if kind == "birth" else None
    where = here.circle if in_circle else None
    lounge = here.organisations["Girlz Lounge"]
    assert noted(here, asked, here.noor) == (
        "done", NOW, here.noor, lounge, "worker", where, about, "", f"did: {kind}", "", "two people"
    )  # fmt: skip


def test_the_journal_names_the_work_that_somebody_has_now_and_none_of_who_has_none(here):
    def work(who: UUID) -> tuple[Any, ...]:
        return noted(here, matter(here, "export", here.ada), who)[3:5]

    assert work(here.naima) == (None, "")
    ombuds, school = here.organisations["Ombuds"], here.organisations["School De Linde"]
    assert work(here.vera) == (ombuds, "trust officer")
    with unheard(here.owner):
        for organisation, since, until in (
            (school, LONG_AGO - HOUR, LONG_AGO),
            (school, LONG_AGO + HOUR, None),
        ):
            lay(here.owner, "trust_job", {
                "person_id": here.vera, "organisation_id": organisation, "role": "teacher", "since": since, "until": until,
            })  # fmt: skip
    assert work(here.vera) == (ombuds, "trust officer"), (
        "the first that runs, neither what ended nor what came"
    )
    stands(here, "UPDATE trust_job SET until = now() WHERE id = %s", here.jobs[here.vera])
    assert work(here.vera) == (school, "teacher")


def test_who_is_left_out_of_the_child_seems_to_ask_and_does_not(here):
    facts = plain({"family": here.family, "subject": here.samira, "born": "2015-01-01"})
    assert of_whom(here, "may_ask_two", "birth", facts) == {"noor", "els"}
    assert of_whom(here, "may_ask_two", "export", facts) == {"ada", "bea", "xavi"}
    stands(here, "UPDATE trust_exclusion SET person_id = %s", here.noor)
    assert of_whom(here, "may_seem_to_ask", "birth", facts) == {"noor", "els"}
    assert of_whom(here, "may_ask_two", "birth", facts) == {"els"}


def waits(here: Neighbourhood, which: UUID) -> bool:
    """Whether it still waits."""
    told = "SELECT trust.still_waits_for_two(m) FROM trust_matter m WHERE id = %s"
    return here.owner.execute(told, [which]).fetchone()[0]  # type: ignore[index]


def test_it_waits_while_it_has_no_answer_is_not_taken_back_and_the_asker_may_ask(here):
    facts = {"family": here.family, "subject": here.samira, "born": "2015-01-01"}

    def still(by: UUID, **said: Any) -> bool:
        return waits(here, matter(here, "birth", by, here.samira, row=said, **facts))

    assert still(here.noor)
    assert not still(here.tom), "he keeps another family"
    for said in (answered(here.vera), answered(here.vera, "no"), {"taken_back_at": NOW}):
        assert not still(here.noor, **said), said
    stands(here, "UPDATE trust_exclusion SET person_id = %s", here.noor)
    assert not still(here.noor), "who is left out of the child asks for nothing"
    assert still(here.els)


def test_it_waits_until_its_end_and_not_at_it(here):
    asked = matter(here, "export", here.ada, families=12)
    said = (
        "SET LOCAL session_replication_role = replica; UPDATE trust_matter SET until = trust.moment() + {}; "
        "SELECT trust.still_waits_for_two(m) FROM trust_matter m WHERE id = %s"
    )
    for more, still in (("interval '0'", False), ("interval '1 second'", True), ("interval '-1 day'", False)):
        assert asked_at_once(here, here.ada, said.format(more), asked) is still


@pytest.mark.parametrize("seconds", [-7200, -60, 0, 7200])
def test_an_answer_is_written_down_when_it_was_said_neither_before_it_was_asked_nor_ahead(here, seconds):
    asked = matter(here, "export", here.ada, row={"asked_at": NOW - HOUR}, families=12)
    at = NOW + timedelta(seconds=seconds)
    assert says(here.vera, "answer_two", asked, True, b"", at) == "yes"
    ((said,), now) = row(here, asked, "answered_at"), moment(here)
    if seconds > 0:
        assert NOW < said <= now
    else:
        assert said == max(at, NOW - HOUR)
    assert entries(here, asked) == [
        ("done", said, here.vera, here.organisations["Ombuds"], "trust officer", None, None, "", "said the second yes: export", "",
         "two people"),
    ]  # fmt: skip


def test_a_no_keeps_its_reason_and_is_carried_out_nowhere_a_yes_has_none(here):
    no, yes, other = (matter(here, "export", here.ada, families=many) for many in (12, 13, 14))
    told = ("answer", "answered_by_id", "no_locked", "carried_in IS NOT NULL")
    assert says(here.vera, "answer_two", no, False, b"because", NOW) == "no"
    assert says(here.vik, "answer_two", yes, True, b"because", NOW) == "yes"
    assert row(here, no, *told) == ("no", here.vera, b"because", False)
    assert row(here, yes, *told) == ("yes", here.vik, b"", True)
    assert row(here, other, *told) == ("", None, b"", False)


def test_who_may_no_longer_ask_gets_no_yes_and_it_waits_on(here):
    asked = matter(here, "export", here.ada, families=12)
    stands(here, "UPDATE trust_job SET until = now() WHERE person_id = %s", here.ada)
    assert says(here.vera, "answer_two", asked, True, b"", NOW) == "over"
    assert row(here, asked, "answer", "answered_by_id") == ("", None)
    assert entries(here, asked) == []


def test_what_somebody_takes_back_is_theirs_and_that_one_alone(here):
    mine, also_mine = (
        matter(here, "export", here.ada, row={"asked_at": NOW - HOUR}, families=many) for many in (12, 13)
    )
    theirs = matter(here, "export", here.bea, families=12)
    assert says(here.ada, "take_back_two", theirs, NOW) is False
    assert says(here.ada, "take_back_two", mine, NOW, seen_as=here.lotte) is False
    assert says(here.ada, "take_back_two", mine, NOW) is True
    assert says(here.ada, "take_back_two", mine, LATER) is False
    assert [row(here, one, "taken_back_at") for one in (mine, also_mine, theirs)] == [(NOW,), (None,), (None,)]  # fmt: skip
    assert says(here.ada, "take_back_two", also_mine, NOW - 2 * HOUR) is True
    assert row(here, also_mine, "taken_back_at") == (NOW - HOUR,), "not before it was asked"


def test_what_was_answered_is_not_taken_back(here):
    for answer in ("yes", "no", "over"):
        asked = matter(here, "export", here.ada, row=answered(here.vera, answer), families=12)
        assert says(here.ada, "take_back_two", asked, NOW) is False
        assert row(here, asked, "taken_back_at") == (None,)
