"""What holds at the very instant at which a length of time is over: all is laid and asked in one message, at one moment."""

from uuid import uuid4

import psycopg
import pytest

from kring.trust import identity
from trust.by_hand import account_with_app
from trust.each_policy import LATER, NOW
from trust.scenes import insert
from trust.whoever import asked_at_once

OBJECT = uuid4()


def test_a_factor_of_five_minutes_is_still_new(here):
    account = account_with_app(here.owner, here.lotte, "lotte@linde.example")
    said = (
        "UPDATE mfa_authenticator SET created_at = trust.moment() - {} WHERE user_id = %s; "
        "SELECT trust.may_add_factor(%s, 'recovery_codes')"
    )
    for long, new in (("interval '5 minutes'", True), ("interval '5 minutes 0.000001 seconds'", False)):
        told = asked_at_once(here, here.lotte, said.format(long), account, account, scope=identity.NOTHING)
        assert told is new


def test_a_link_is_over_at_its_end(here):
    insert(
        here.owner, "trust_link", token_hash=b"x", purpose="approve", person_id=here.karim, object_id=OBJECT,
        made_by_id=here.karim, made_at=NOW, until=LATER, wrong_codes=0,
    )  # fmt: skip
    said = "UPDATE trust_link SET until = trust.moment() + {}; SELECT trust.link_knows(%s, NULL, %s, %s)"
    for more, knows in (("interval '0'", False), ("interval '1 second'", True)):
        values = (here.circle, here.naima, NOW)
        assert asked_at_once(here, here.karim, said.format(more), *values, scope=OBJECT) is knows


def test_work_that_ended_thirty_days_ago_ended_for_good(here):
    said = (
        "SET LOCAL session_replication_role = replica; "
        "UPDATE trust_job SET until = trust.moment() - {} WHERE id = %s; "
        "SET LOCAL session_replication_role = origin; SET LOCAL ROLE kring_runtime; "
        "UPDATE trust_job SET until = NULL WHERE id = %s RETURNING true"
    )
    job = here.jobs[here.lotte]
    assert asked_at_once(here, here.ada, said.format("interval '29 days'"), job, job) is True
    with pytest.raises(psycopg.DatabaseError, match="not_yours_to_decide"):
        asked_at_once(here, here.ada, said.format("interval '30 days'"), job, job)
