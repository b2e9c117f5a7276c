"""Answering an invitation: when it is too late, who sits there already, what it ends and what it leaves alone."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import OperationalError, connection

from kring.trust import viewer
from trust.each_policy import LATER, NOW, Neighbourhood, lay
from trust.unheard import unheard
from trust.whoever import asked_at_once, stands

HOUR = timedelta(hours=1)
#: When a stand-in comes and goes.
EVENING = {"begins_at": NOW + 2 * HOUR, "ends_at": NOW + 4 * HOUR}


def invited(here: Neighbourhood, who: UUID, **more: Any) -> UUID:
    """Naima asked them into the family's circle, by their work."""
    said = {
        "circle_id": here.circle, "author_id": here.naima, "person_id": who, "job_id": here.jobs.get(who), "role": "professional",
        "at": NOW - HOUR, "until": LATER, "answer": "", "phone": "", "history": True, "ring": 3, "overlap_days": 0,
    }  # fmt: skip
    with unheard(here.owner):
        here.owner.execute("DELETE FROM trust_invitation WHERE person_id = %s", [who])
        asked: UUID = lay(here.owner, "trust_invitation", said | more)
    return asked


def answer(who: UUID, invitation: UUID, yes: bool = True, at: datetime = NOW) -> str | None:
    """What they are told."""
    with viewer.acting(who), connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '300ms'")
        cursor.execute("SELECT trust.answer_invitation(%s, %s, %s)", [invitation, yes, at])
        return cursor.fetchone()[0]


def answered(here: Neighbourhood, who: UUID, yes: bool = True, at: datetime = NOW, **more: Any) -> str | None:
    """They are asked and answer."""
    return answer(who, invited(here, who, **more), yes, at)


def sits(here: Neighbourhood, who: UUID, since: datetime, until: datetime | None, **more: Any) -> None:
    """They sit in this time, by their work in the family's circle if nothing else is said, whatever a rule would say."""
    said = {"circle": here.circle, "role": "professional", "ground": "job", "job_id": here.jobs[who]} | more
    with unheard(here.owner):
        here.seat(person=who, since=since, until=until, **said)


def times(
    here: Neighbourhood, who: UUID, circle: UUID | None = None
) -> list[tuple[datetime, datetime | None]]:
    """From when to when they sit there."""
    told = "SELECT since, until FROM trust_seat WHERE circle_id = %s AND person_id = %s ORDER BY since, until"
    return here.owner.execute(told, [circle or here.circle, who]).fetchall()


def test_what_is_too_late_is_gone(here):
    assert answered(here, here.lou, until=NOW - timedelta(minutes=1)) == "gone"
    assert answered(here, here.lou, begins_at=NOW + HOUR, ends_at=NOW + HOUR) == "gone"
    assert answered(here, here.lou, at=NOW + 3 * HOUR, ends_at=NOW + 2 * HOUR) == "gone"
    assert times(here, here.lou) == []
    assert answered(here, here.lou, ends_at=NOW + 2 * HOUR) == "yes"


def test_it_is_gone_when_nobody_decides_there_who_asked_or_gave_their_word(here):
    assert answered(here, here.lou, author_id=here.aunt) == "gone"
    assert answered(here, here.lou, author_id=here.aunt, word_of_id=here.tom) == "gone"
    assert answered(here, here.lou, author_id=here.aunt, word_of_id=here.karim) == "yes"
    assert answered(here, here.ada) == "yes"


@pytest.mark.parametrize("role", ["child", "guardian", "natural", "coordinator"])
def test_who_sits_there_already_in_another_way_does_not_come_twice(here, role):
    stands(here, "UPDATE trust_seat SET until = %s WHERE person_id = %s", NOW - 2 * HOUR, here.noor)
    sits(here, here.lou, NOW - HOUR, LATER, role=role)
    assert answered(here, here.lou, **EVENING) == "gone"
    assert answered(here, here.lou, yes=False, **EVENING) == "no", "who says no is not told so"


def test_who_works_there_without_an_end_does_not_come_twice(here):
    sits(here, here.lou, NOW - HOUR, None)
    assert answered(here, here.lou, **EVENING) == "gone"
    assert len(times(here, here.lou)) == 1


def test_who_sits_elsewhere_or_sat_there_before_comes(here):
    sits(here, here.lou, NOW - 5 * HOUR, NOW - HOUR, role="natural")
    sits(here, here.lou, NOW - HOUR, None, circle=here.next_circle)
    assert answered(here, here.lou, **EVENING) == "yes"


def test_a_family_begins_again_with_its_first_yes_and_no_other_does(here):
    ended = "SELECT ended_at FROM trust_withdrawal WHERE id = %s"
    with unheard(here.owner):
        before = here.rows["trust_withdrawal"]
        was = here.owner.execute(ended, [before]).fetchone()
        families = [
            lay(
                here.owner,
                "trust_withdrawal",
                {"by_id": here.naima, "family_id": family, "at": NOW - HOUR, "ended_at": None},
            )
            for family in (here.family, here.next_family)
        ]
    assert answered(here, here.lou, yes=False) == "no"
    assert [here.owner.execute(ended, [one]).fetchone()[0] for one in families] == [None, None]
    assert answered(here, here.lou, at=NOW + HOUR) == "yes"
    assert [here.owner.execute(ended, [one]).fetchone()[0] for one in families] == [NOW + HOUR, None]
    assert here.owner.execute(ended, [before]).fetchone() == was


def test_hours_that_were_agreed_before_in_the_same_time_become_one(here):
    begins, ends = EVENING.values()
    sits(here, here.lou, begins + HOUR, ends + HOUR)
    assert answered(here, here.lou, **EVENING) == "yes"
    assert times(here, here.lou) == [(begins, ends + HOUR), (begins + HOUR, begins + HOUR)]


def test_hours_before_and_after_stay_as_they_were(here):
    begins, ends = EVENING.values()
    before, after = (NOW - 3 * HOUR, NOW - 2 * HOUR), (ends + HOUR, ends + 2 * HOUR)
    for hours in (before, after):
        sits(here, here.lou, *hours)
    assert answered(here, here.lou, **EVENING) == "yes"
    assert times(here, here.lou) == [before, (begins, ends), after]


def test_hours_of_others_and_elsewhere_stay_as_they_were(here):
    begins, ends = EVENING.values()
    longer = (begins, ends + 2 * HOUR)
    sits(here, here.ada, *longer)
    sits(here, here.lou, *longer, circle=here.next_circle)
    assert answered(here, here.lou, **EVENING) == "yes"
    assert times(here, here.lou) == [(begins, ends)]
    assert times(here, here.ada) == times(here, here.lou, here.next_circle) == [longer]


def test_without_an_end_hours_that_were_agreed_before_are_part_of_it(here):
    sits(here, here.lou, NOW + HOUR, NOW + 2 * HOUR)
    assert answered(here, here.lou) == "yes"
    assert times(here, here.lou) == [(NOW, None), (NOW + HOUR, NOW + HOUR)]


def test_an_answer_waits_for_what_happens_in_its_circle_and_for_no_other(here):
    held = "SELECT 1 FROM trust_circle WHERE id = %s FOR NO KEY UPDATE"
    with here.owner.transaction():
        here.owner.execute(held, [here.circle])
        with pytest.raises(OperationalError):
            answered_while_held(here)
    with here.owner.transaction():
        here.owner.execute(held, [here.next_circle])
        assert answered_while_held(here) == "no"


def answered_while_held(here: Neighbourhood) -> str | None:
    """An answer to what Naima asked of a neighbour before."""
    return answer(here.asked.person_id, here.asked.pk, yes=False)


def test_hours_that_begin_when_these_end_stay_as_they_were(here):
    begins, ends = EVENING.values()
    after = (ends, ends + HOUR)
    sits(here, here.lou, *after)
    assert answered(here, here.lou, **EVENING) == "yes"
    assert times(here, here.lou) == [(begins, ends), after]


def test_hours_that_are_over_are_gone_however_late_the_answer_comes(here):
    over = {"at": NOW - 3 * HOUR, "ends_at": NOW - HOUR / 60}
    assert answer(here.lou, invited(here, here.lou, **over), at=NOW - 2 * HOUR) == "gone"


def test_an_invitation_can_be_answered_until_the_very_instant_of_its_end(here):
    asked = invited(here, here.lou)
    said = "UPDATE trust_invitation SET until = trust.moment() + {} WHERE id = %s; SELECT trust.answer_invitation(%s, true, %s)"
    for more, told in (("interval '0'", "gone"), ("interval '1 second'", "yes")):
        assert asked_at_once(here, here.lou, said.format(more), asked, asked, NOW) == told


def test_an_answer_answers_one_invitation_and_never_before_it_was_asked(here):
    told = "SELECT answer, answered_at FROM trust_invitation WHERE id = %s"
    mine, of_ada = invited(here, here.lou), invited(here, here.ada)
    assert answer(here.lou, mine, at=NOW - 5 * HOUR) == "yes"
    assert here.owner.execute(told, [mine]).fetchone() == ("yes", NOW - HOUR)
    assert here.owner.execute(told, [of_ada]).fetchone() == ("", None)
    assert times(here, here.lou) == [(NOW - HOUR, None)]


def test_a_family_does_not_begin_again_before_it_stopped(here):
    with unheard(here.owner):
        facts = {"by_id": here.naima, "family_id": here.family, "at": NOW + 2 * HOUR, "ended_at": None}
        stopped = lay(here.owner, "trust_withdrawal", facts)
    assert answered(here, here.lou) == "yes"
    ended = "SELECT ended_at FROM trust_withdrawal WHERE id = %s"
    assert here.owner.execute(ended, [stopped]).fetchone() == (NOW + 2 * HOUR,)
