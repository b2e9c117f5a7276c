"""Which families wait at the contact point for a coordinator, since when and whom one calls there: two families."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from intake.at_the_door import Door
from trust.each_policy import LATER, NOW
from trust.scenes import LONG_AGO

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
OPENED = LONG_AGO + 9 * DAY
NAIMA = "0470 11 11 11"


class Waiting:
    """Neither family has a coordinator any more, nor ever had one."""

    def __init__(self, door: Door) -> None:
        self.door, self.by, self.home = door, door.by, door.home
        self.family, self.next_family = self.home.family, self.home.next_family
        self.circle, self.next_circle = self.home.circle, self.home.next_circle
        self.by.stands(
            "DELETE FROM trust_access WHERE source_id IN (SELECT id FROM trust_seat WHERE role = 'coordinator')"
        )
        self.by.stands("DELETE FROM trust_seat WHERE role = 'coordinator'; DELETE FROM trust_withdrawal")
        self.by.stands("UPDATE trust_circle SET opened_at = %s WHERE kind = 'family'", OPENED)
        self.by.stands("UPDATE trust_seat SET since = %s WHERE role IN ('guardian', 'child')", OPENED)
        self.by.stands("DELETE FROM trust_contactcard")

    def rows(self, who: UUID | None = None) -> list[tuple[Any, ...]]:
        """What is told; to Els if nothing else is said."""
        return self.by.rows(who or self.door.els, "waiting_families")

    def since(self, family: UUID | None = None) -> datetime | None:
        """Since when this family waits, the first if nothing else is said."""
        return {row[0]: row[3] for row in self.rows()}.get(family or self.family)

    def whom(self) -> tuple[str, str]:
        """Whom one calls in the first family."""
        name, phone = next(row[1:3] for row in self.rows() if row[0] == self.family)
        return name, phone

    def coordinated(self, until: datetime | None, who: UUID | None = None, **more: Any) -> UUID:
        """Noor coordinated the family until then, or it is somebody else, elsewhere."""
        facts = {"circle": self.circle, "role": "coordinator", "until": until} | more
        return self.door.sits(who=who or self.home.noor, **facts)

    def open(self, seat: UUID, until: datetime = LATER) -> None:
        """This seat opens its circle."""
        self.by.stands(
            "INSERT INTO trust_access (viewer_id, circle_id, since, until, danger, source_id) "
            "SELECT person_id, circle_id, %s, %s, false, id FROM trust_seat WHERE id = %s", LONG_AGO, until, seat,
        )  # fmt: skip

    def card(self, who: UUID, phone: str = "", first: bool = False, circle: UUID | None = None) -> None:
        """How one reaches them."""
        facts = {"circle_id": circle or self.circle, "person_id": who, "phone": phone, "first": first}
        self.by.lies("trust_contactcard", **facts)

    def stopped(self, family: UUID, by: UUID, ended_at: datetime | None, at: datetime = OPENED) -> None:
        """They wanted no help for a while, or still do not."""
        self.by.lies("trust_withdrawal", family_id=family, by_id=by, at=at, ended_at=ended_at)


@pytest.fixture
def here(door: Door) -> Waiting:
    """Two families that wait since they came."""
    return Waiting(door)


def test_each_contact_point_is_told_of_the_families_of_its_village(here):
    here.card(here.home.naima, NAIMA)
    both = [(here.family, "Naima", NAIMA, OPENED), (here.next_family, "Britt", "", OPENED)]
    for who in (here.door.els, here.door.eva):
        assert sorted(here.rows(who)) == sorted(both)
    assert here.rows(here.home.noor) == here.rows(here.home.naima) == here.rows(here.door.xeno) == []
    here.by.stands(
        "UPDATE trust_circle SET village_id = %s WHERE id = %s", here.door.next_village, here.next_circle
    )
    assert here.rows() == both[:1]
    assert here.rows(here.door.xeno) == both[1:]


def test_a_family_with_a_coordinator_waits_no_more(here):
    assert {row[0] for row in here.rows()} == {here.family, here.next_family}
    other = here.coordinated(None, here.home.tom, circle=here.next_circle)
    here.open(other)
    assert {row[0] for row in here.rows()} == {here.family}
    seat = here.coordinated(None)
    assert {row[0] for row in here.rows()} == {here.family}, "it sleeps: their work or an agreement ended"
    here.open(seat, until=NOW - HOUR)
    assert {row[0] for row in here.rows()} == {here.family}
    here.open(seat)
    assert here.rows() == []


def test_it_waits_since_its_last_coordinator_left(here):
    here.coordinated(NOW - 9 * DAY, here.home.tom)
    here.coordinated(NOW - 5 * DAY, since=NOW - 8 * DAY)
    here.door.sits(here.circle, here.home.ada, until=NOW - DAY)
    here.coordinated(NOW - 2 * DAY, here.home.tom, circle=here.next_circle)
    here.coordinated(NOW + 9 * DAY, here.home.lou, since=NOW + 8 * DAY)
    never = NOW - 3 * DAY
    here.coordinated(never, here.home.vera, since=never)
    assert here.since() == NOW - 5 * DAY, "nobody else's seat counts, nor one that never began"
    assert here.since(here.next_family) == NOW - 2 * DAY


def test_it_waits_since_the_work_ended_by_which_its_last_coordinator_sat_there(here):
    job = "UPDATE trust_job SET until = %s WHERE id = %s"
    here.by.stands(job, NOW - 2 * DAY, here.home.jobs[here.home.tom])
    here.by.stands(job, NOW - 5 * DAY, here.home.jobs[here.home.noor])
    seat = here.coordinated(None)
    for until, since in ((None, 5), (NOW + DAY, 5), (NOW - 7 * DAY, 7), (NOW - 3 * DAY, 5)):
        here.by.stands("UPDATE trust_seat SET until = %s WHERE id = %s", until, seat)
        assert here.since() == NOW - since * DAY, until
    here.by.stands(job, NOW + DAY, here.home.jobs[here.home.noor])
    assert here.since() == NOW - 3 * DAY


def test_it_waits_since_the_agreement_ended_with_the_organisation_of_its_last_coordinator(here):
    of_noor = "(SELECT organisation_id FROM trust_job WHERE id = %s)"
    ended = f"UPDATE trust_agreement SET since = %s, until = %s WHERE organisation_id = {of_noor}"
    job = here.home.jobs[here.home.noor]
    seat = here.coordinated(None)
    assert here.since() == OPENED, "it sleeps for another reason"
    here.by.stands(ended, OPENED, NOW - 3 * DAY, job)
    assert here.since() == NOW - 3 * DAY
    (organisation,) = here.door.home.owner.execute(
        "SELECT organisation_id FROM trust_job WHERE id = %s", [job]
    ).fetchone()
    facts = {"organisation_id": organisation, "village_id": here.home.village}
    here.by.lies("trust_agreement", **facts, since=OPENED - DAY, until=OPENED)
    here.by.lies("trust_agreement", **facts, since=NOW + DAY, until=None)
    assert here.since() == NOW - 3 * DAY, "neither one before nor one that is still to come"
    here.by.stands("UPDATE trust_seat SET until = %s WHERE id = %s", NOW - 5 * DAY, seat)
    assert here.since() == NOW - 5 * DAY


def test_at_the_very_instant_at_which_a_coordinator_leaves_it_waits_since_now(here):
    seat = here.coordinated(None)
    left = "UPDATE trust_seat SET until = trust.moment() WHERE id = %s"
    said = "SELECT since = trust.moment() FROM trust.waiting_families() WHERE family_id = %s"
    assert here.by.done_at_once(here.door.els, [(left, [seat]), (said, [here.family])], "SELECT 1")[0] is True


def test_who_stopped_and_began_again_waits_since_then_and_who_stopped_does_not_wait(here):
    here.stopped(here.next_family, here.home.britt, NOW - DAY)
    here.stopped(here.family, here.home.naima, NOW - 3 * DAY)
    assert (here.since(), here.since(here.next_family)) == (NOW - 3 * DAY, NOW - DAY)
    here.coordinated(NOW - 2 * DAY)
    assert here.since() == NOW - 2 * DAY
    here.stopped(here.next_family, here.home.britt, None)
    assert (here.since(), here.since(here.next_family)) == (NOW - 2 * DAY, None)


def test_one_calls_a_guardian_or_a_child_who_sits_there_now(here):
    here.card(here.home.aunt, "0470 22 22 22")
    assert here.whom() == ("Karim", ""), "an aunt is not called"
    ends = "UPDATE trust_seat SET until = %s WHERE circle_id = %s AND person_id = %s"
    here.by.stands(ends, NOW - DAY, here.circle, here.home.karim)
    assert here.whom() == ("Naima", "")
    here.by.stands(ends, NOW - DAY, here.circle, here.home.naima)
    assert here.whom() == ("Samira", "")


def test_one_calls_who_can_be_called_in_that_circle(here):
    elsewhere = here.door.circle("home", family_id=here.family)
    here.card(here.home.karim, "0470 33 33 33", circle=elsewhere)
    here.card(here.home.karim)
    here.card(here.home.naima, NAIMA)
    assert here.whom() == ("Naima", NAIMA)


def test_one_calls_first_who_is_to_be_called_first(here):
    here.card(here.home.naima, NAIMA)
    here.card(here.home.karim, "0470 33 33 33")
    assert here.whom() == ("Karim", "0470 33 33 33")
    here.by.stands("UPDATE trust_contactcard SET first = true WHERE person_id = %s", here.home.naima)
    assert here.whom() == ("Naima", NAIMA)


def test_a_card_on_which_nothing_stands_is_no_card(here):
    here.card(here.home.naima)
    assert here.whom() == ("Karim", "")


def test_one_calls_who_began_again_before_who_did_not(here):
    here.stopped(here.next_family, here.home.karim, NOW - DAY, at=NOW - 2 * DAY)
    assert here.whom() == ("Karim", ""), "by name, where nobody began again"
    here.stopped(here.family, here.home.naima, NOW - 3 * DAY)
    assert here.whom() == ("Naima", "")
    here.by.stands(
        "UPDATE trust_withdrawal SET by_id = %s WHERE family_id = %s", here.home.britt, here.next_family
    )
    assert here.whom() == ("Naima", "")
