"""A first talk goes to a colleague of the contact point: who may give and take it, and what changes by it alone."""

from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import pytest

from intake.at_the_door import Door
from trust.each_policy import NOW
from trust.scenes import LONG_AGO

HOUR = timedelta(hours=1)
SEATS = (
    "SELECT circle_id, person_id, job_id, since, until FROM trust_seat WHERE circle_id = ANY(%s) "
    "ORDER BY since, until, person_id"
)
#: What the new seat is like.
SEAT = (
    "SELECT job_id, role, relation, ring, ground, history, since, until, decided_by_id FROM trust_seat "
    "WHERE circle_id = %s AND person_id = %s ORDER BY since DESC LIMIT 1"
)
PROMISES = "SELECT id, by_id FROM intake_promise"
TAKEN = "SELECT id, taken_by_id, stand_in_id FROM intake_concern"


@pytest.fixture
def here(door: Door) -> SimpleNamespace:
    """Els has two first talks, each in a circle of its own; Eva is her colleague."""
    said = SimpleNamespace(door=door, by=door.by, home=door.home, els=door.els, eva=door.eva)
    said.job = door.home.jobs[door.eva]
    door.by.stands("UPDATE trust_job SET since = since + interval '1 day' WHERE id = %s", said.job)
    said.talk, said.other_talk = (door.circle() for _ in range(2))
    said.concern, said.other = (
        door.concern(talk, taken_by_id=door.els) for talk in (said.talk, said.other_talk)
    )
    for talk in (said.talk, said.other_talk):
        door.sits(talk, door.els)
    door.opens(said.talk, door.els)
    return said


def given(
    here: SimpleNamespace,
    then: str,
    *of: Any,
    by: UUID | None = None,
    to: UUID | None = None,
    at: datetime = NOW,
) -> Any:
    """What comes of giving the first talk, by Els to Eva if nothing else is said."""
    values = (here.concern, to or here.eva, at)
    return here.by.done(by or here.els, "pass_on_talk", *values, then=then, of=of)


def refused(here: SimpleNamespace, **more: Any) -> bool:
    """It is not given, and everything stands as it stood."""
    told = [given(here, *then, **more) for then in ((SEATS, [here.talk]), (TAKEN,))]
    return told == [(False, here.by.looks(SEATS, [here.talk])), (False, here.by.looks(TAKEN))]


def test_it_is_not_given_at_a_moment_to_come_or_who_gave_it_would_read_on_until_then(here):
    assert given(here, TAKEN, at=NOW + HOUR) == "not_yet"


def test_the_colleague_sits_in_that_talk_from_now_on_and_who_gave_it_does_not(here):
    els, talks = here.home.jobs[here.els], [here.talk, here.other_talk]
    told = given(here, SEATS, talks)
    assert told == (True, [
        (here.talk, here.els, els, LONG_AGO, NOW), (here.other_talk, here.els, els, LONG_AGO, None),
        (here.talk, here.eva, here.job, NOW, None),
    ])  # fmt: skip
    new = (here.job, "professional", "", 3, "job", True, NOW, None, here.els)
    assert given(here, SEAT, here.talk, here.eva) == (True, [new])


def test_the_concern_is_theirs_and_whoever_stood_in_for_another_still_does(here):
    before = dict((row[0], row[1:]) for row in here.by.looks(TAKEN))
    for stand_in, left in ((None, None), (here.eva, None), (here.home.lotte, here.home.lotte)):
        with here.by.meanwhile(
            "UPDATE intake_concern SET stand_in_id = %s WHERE id = %s", stand_in, here.concern
        ):
            told, taken = given(here, TAKEN)
            assert told is True
            assert dict((row[0], row[1:]) for row in taken) == before | {here.concern: (here.eva, left)}


def test_what_was_promised_there_and_is_still_to_come_is_theirs(here):
    def promise(by: UUID, concern: UUID, **more: Any) -> UUID:
        return here.door.promise(concern, by_id=by, **more)

    goes = promise(here.els, here.concern)
    stay = {
        promise(here.els, here.other): here.els, promise(here.home.lotte, here.concern): here.home.lotte,
        promise(here.els, here.concern, kept_at=NOW): here.els, promise(here.els, here.concern, ended_at=NOW): here.els,
    }  # fmt: skip
    told, promises = given(here, PROMISES)
    assert told is True
    assert dict(promises) == stay | {goes: here.eva}


def test_only_who_has_taken_it_up_gives_it_and_only_while_it_is_open(here):
    here.door.opens(here.talk, here.eva)
    assert refused(here, by=here.eva, to=here.els)
    assert refused(here, to=here.els), "to themselves"
    nothing = here.by.done(here.els, "pass_on_talk", uuid4(), here.eva, NOW, then=TAKEN)
    assert nothing == (False, here.by.looks(TAKEN)), "of a concern that is not there"
    for said in ("taken_by_id = NULL", "closed_at = now(), outcome = 'help', state = 'done'"):
        with here.by.meanwhile(f"UPDATE intake_concern SET {said}"):
            assert refused(here), said


def test_who_does_not_work_at_the_contact_point_any_more_gives_nothing(here):
    here.by.lies(
        "trust_job", person_id=here.els, organisation_id=here.home.organisations["Ombuds"], role="worker",
        since=LONG_AGO,
    )  # fmt: skip
    assert given(here, TAKEN)[0] is True
    here.by.stands("UPDATE trust_job SET until = now() WHERE id = %s", here.home.jobs[here.els])
    assert refused(here)


def test_only_who_sits_in_that_first_talk_now_gives_it(here):
    for said in (
        "viewer_id = '{eva}'",
        "circle_id = '{other_talk}'",
        "danger = true",
        "until = now() - interval '1 hour'",
    ):
        with here.by.meanwhile(
            f"UPDATE trust_access SET {said.format(**vars(here))} WHERE circle_id = %s", here.talk
        ):
            assert refused(here), said
    here.by.stands("UPDATE intake_concern SET circle_id = %s WHERE id = %s", here.home.desk, here.concern)
    assert here.by.hears(here.els, "sits_in", here.home.desk) is True
    assert refused(here), "what lies at the desk is nobody's first talk"


def test_it_goes_to_nobody_but_a_colleague_of_the_same_contact_point(here):
    elsewhere = here.home.called["xeno"]
    for whom in (here.home.lotte, here.home.naima, elsewhere):
        assert refused(here, to=whom)
    here.by.lies(
        "trust_job",
        person_id=here.eva,
        organisation_id=here.home.organisations["Ombuds"],
        role="worker",
        since=LONG_AGO,
    )
    with here.by.meanwhile("UPDATE trust_job SET until = now() WHERE id = %s", here.job):
        assert refused(here), "that work has ended"
    away = here.by.lies("trust_organisation", village_id=here.home.village, name="Away", sector="town")
    here.by.stands("UPDATE trust_job SET organisation_id = %s WHERE id = %s", away, here.job)
    assert refused(here), "where they work nothing is agreed"


def test_they_sit_there_by_their_work_at_the_contact_point_and_no_other(here):
    facts = {"person_id": here.eva, "since": LONG_AGO - HOUR}
    here.by.lies("trust_job", organisation_id=here.home.organisations["Ombuds"], role="worker", **facts)
    before = {"organisation_id": here.home.organisations["Huis van het Kind"], "until": LONG_AGO}
    here.by.lies("trust_job", role="contact point", **facts | before)
    told, seat = given(here, SEAT, here.talk, here.eva)
    assert (told, seat[0][0]) == (True, here.job)


def test_who_sits_there_already_has_no_second_seat(here):
    job = here.home.jobs[here.els]
    here.door.sits(here.talk, here.eva)
    here.door.sits(here.talk, here.home.lotte)
    told, seats = given(here, SEATS, [here.talk])
    assert told is True
    assert {row[1:] for row in seats} == {
        (here.els, job, LONG_AGO, NOW), (here.eva, here.job, LONG_AGO, None),
        (here.home.lotte, here.home.jobs[here.home.lotte], LONG_AGO, None),
    }  # fmt: skip


def test_who_sat_there_before_or_sits_in_another_talk_comes_in(here):
    here.door.sits(here.talk, here.eva, until=NOW - HOUR)
    here.door.sits(here.other_talk, here.eva)
    told, seats = given(here, SEATS, [here.talk])
    assert told is True
    assert [row[3:] for row in seats if row[1] == here.eva] == [(LONG_AGO, NOW - HOUR), (NOW, None)]


def test_each_seat_of_who_gave_it_ends_now_and_what_had_ended_stays(here):
    here.by.stands("DELETE FROM trust_seat WHERE circle_id = %s", here.talk)
    before, now, coming = (LONG_AGO, LONG_AGO + HOUR), (NOW - HOUR, NOW + HOUR), (NOW + 2 * HOUR, None)
    for since, until in (before, now, coming):
        here.door.sits(here.talk, here.els, since=since, until=until)
    told, seats = given(here, SEATS, [here.talk])
    assert told is True
    ended = [before, (NOW - HOUR, NOW), (NOW + 2 * HOUR, NOW + 2 * HOUR)]
    assert [row[3:] for row in seats if row[1] == here.els] == ended
