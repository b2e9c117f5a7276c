"""By hand-made SQL of the serving role: no number, no counter and no question tells that there is something hidden."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from clockwork import as_the_worker
from danger.scene import House
from kring.ground.roles import COUNTERS
from kring.messaging import dangers, usecases
from kring.trust import viewer
from trust.by_hand import tried
from trust.scenes import LONG_AGO, insert

#: What a page writes to itself; beside these no number that counts on tells how many rows there are.
COUNTED_BY_PAGES = {
    "procrastinate_jobs_id_seq", "procrastinate_events_id_seq", "mfa_authenticator_id_seq", "account_emailaddress_id_seq",
}  # fmt: skip


@pytest.fixture
def house(owner: psycopg.Connection) -> House:
    return House(owner)


def asked(question: str, *values: object) -> object:
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        return cursor.fetchone()[0]


@pytest.mark.parametrize("counter", [
    "n_tup_ins FROM pg_stat_user_tables", "idx_scan FROM pg_stat_user_indexes", "query FROM pg_stat_activity",
    "relation FROM pg_locks", "tup_inserted FROM pg_stat_database", "pg_stat_get_live_tuples('confidences_telling'::regclass)",
    "pg_relation_size('confidences_telling')", "pg_total_relation_size('trust_exclusion')",
])  # fmt: skip
def test_no_counter_of_the_server_counts_for_the_pages(transactional_db, counter: str) -> None:
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        asked(f"SELECT {counter}")


def test_what_watches_over_the_server_still_counts(owner: psycopg.Connection) -> None:
    assert owner.execute(COUNTERS).fetchone() == (None,)
    assert owner.execute(
        "SELECT bool_and(has_function_privilege('pg_monitor', p.oid, 'EXECUTE')) FROM pg_proc p WHERE p.proname LIKE 'pg\\_stat\\_get\\_%'"
    ).fetchone() == (True,)


def test_only_numbers_of_rows_that_pages_write_count_on(house: House) -> None:
    seen = "SELECT array_agg(sequencename::text) FROM pg_sequences WHERE last_value IS NOT NULL OR has_sequence_privilege(sequencename, 'USAGE')"
    assert set(asked(seen)) <= COUNTED_BY_PAGES


def test_nobody_asks_whether_somebody_is_left_out_of_a_child(house: House) -> None:
    insert(
        house.owner, "trust_exclusion", subject_id=house.jonas, person_id=house.dirk, ground="conflict", reason="",
        since=LONG_AGO,
    )  # fmt: skip
    for who in (house.dirk, house.sarah, house.joke, house.sofie):
        assert tried(who, "SELECT trust.keeps_a_silence(%s)", house.jonas) == "refused"


def test_a_danger_not_told_yet_and_one_that_never_was_answer_alike(house: House) -> None:
    house.right(house.noor)
    danger, now = house.opens(house.noor), datetime.now(UTC)

    def answers(who: UUID, at: datetime) -> list[object]:
        with viewer.acting(who):
            return [
                asked("SELECT trust.told_of_reading(%s, %s, %s)", by, house.circle, at)
                for by in (house.noor, house.joke)
            ]

    assert answers(house.sarah, now) == answers(house.ruth, now) == [False, False]
    assert answers(house.hanne, now) == [True, False], "the coordinator is told at once"
    house.days_pass(danger, timedelta(hours=73))
    assert answers(house.sarah, now - timedelta(hours=73)) == [True, False]
    assert answers(house.ruth, now - timedelta(hours=73)) == [False, False], "not of the family"


def test_nobody_puts_in_a_letter_of_the_clock_to_silence_it_or_to_see_whether_it_lies_there(
    house: House,
) -> None:
    house.right(house.noor)
    danger, now = house.opens(house.noor), datetime.now(UTC)
    for kind in (dangers.FAMILY, dangers.YOUNG, "review due"):
        for object_id in (danger, house.jonas):
            put_in = "SELECT trust.queue_letter(%s, %s, %s, 'e-mail', 'nl', true, now())"
            assert tried(house.dirk, put_in, kind, object_id, house.sarah) == "refused"
    put = as_the_worker(usecases.queue, dangers.FAMILY, danger, at=now, person_id=house.sarah, once=True)
    assert put is not None
