"""By hand-made SQL: what is the clock's to ask, nobody asks on the connection of the pages; and the clock is not more."""

from collections.abc import Iterator

import psycopg
import pytest
from django.db import DatabaseError, connection

import testbed
from clockwork import as_the_worker
from kring.clock import role
from kring.trust import viewer
from kring.trust.callers import BEFORE_ANYBODY, BY_FUNCTIONS_ALONE, BY_THE_CLOCK
from wraparound.home import Home

#: Every function of these names, asked with an absent word for each argument.
CALLS = """SELECT p.proname, format('SELECT * FROM trust.%%I(%%s)', p.proname,
    (SELECT string_agg(format('NULL::%%s', format_type(t, NULL)), ', ' ORDER BY n) FROM unnest(p.proargtypes) WITH ORDINALITY a(t, n)))
  FROM pg_proc p WHERE p.pronamespace = 'trust'::regnamespace AND p.proname = ANY(%s)"""
Refused = psycopg.errors.InsufficientPrivilege


@pytest.fixture
def connections(bed: testbed.Testbed, owner: psycopg.Connection) -> Iterator[dict[str, psycopg.Connection]]:
    """By hand: who serves pages, and the clock."""
    found = bed._addresses(bed.name)
    with (
        psycopg.connect(found.runtime.conninfo(), autocommit=True) as pages,
        psycopg.connect(found.clock.conninfo(), autocommit=True) as clock,
    ):
        yield {"pages": pages, "clock": clock}


def is_refused(by: psycopg.Connection, statement: str) -> bool:
    """Whether the database does not even listen; what it answers to nonsense is no matter."""
    try:
        with by.transaction(force_rollback=True):
            by.execute(statement)
    except psycopg.Error as problem:
        return isinstance(problem, Refused)
    return False


def test_each_function_of_the_clock_is_refused_to_the_pages_and_answers_the_clock(owner, connections) -> None:
    calls = dict(owner.execute(CALLS, [[*BY_THE_CLOCK, *BY_FUNCTIONS_ALONE]]).fetchall())
    assert set(calls) == {*BY_THE_CLOCK, *BY_FUNCTIONS_ALONE}
    pages, clock = connections["pages"], connections["clock"]
    assert {name for name, call in calls.items() if not is_refused(pages, call)} == set()
    assert {name for name, call in calls.items() if not is_refused(clock, call)} == set(BY_THE_CLOCK)


def test_who_is_signed_in_asks_nothing_of_the_clock_either(owner) -> None:
    home = Home(owner)
    question = "SELECT trust.what_must_be_kept(gen_random_uuid(), '{note}')"
    for who in (home.naima, home.hanne, home.worker("Wies", "administrator", "Town hall")):
        refused = pytest.raises(DatabaseError, match="permission denied")
        with refused, viewer.acting(who), connection.cursor() as cursor:
            cursor.execute(question)


def test_what_answers_before_anybody_is_known_answers(owner, connections) -> None:
    calls = dict(owner.execute(CALLS, [list(BEFORE_ANYBODY)]).fetchall())
    assert {name for name, call in calls.items() if is_refused(connections["pages"], call)} == set()


def test_the_clock_reads_and_writes_no_row_that_nobody_may(owner, connections) -> None:
    home = Home(owner)
    clock = connections["clock"]
    tables = (
        "trust_person",
        "trust_seat",
        "trust_entry",
        "trust_birth",
        "wraparound_note",
        "messaging_letter",
    )
    for table in tables:
        try:
            assert clock.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,), table
        except Refused:
            continue
    for might in ("SET ROLE kring_gatekeeper", "SET ROLE kring_migrator", "CREATE TABLE mine (words text)",
                  "CREATE FUNCTION trust.mine() RETURNS int LANGUAGE sql RETURN 1", "TRUNCATE trust_account",
                  "SELECT inner_pad FROM trust_signingkey"):  # fmt: skip
        assert is_refused(clock, might), might
    wies = home.worker("Wies", "administrator", "Town hall")
    owner.execute("UPDATE trust_job SET until = now() + interval '1 day' WHERE person_id = %s", [wies])
    refused = pytest.raises(DatabaseError, match="not_yours_to_decide")
    with role.for_a_while(), refused, viewer.acting(wies), connection.cursor() as cursor:
        cursor.execute("UPDATE trust_job SET until = now() + interval '1 year' WHERE person_id = %s", [wies])


def test_a_thread_is_the_clock_for_a_while_only(owner) -> None:
    def whoami() -> str:
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_user")
            return str(cursor.fetchone()[0])

    assert (whoami(), as_the_worker(whoami), whoami()) == ("kring_runtime", "kring_clock", "kring_runtime")
    with pytest.raises(ZeroDivisionError), role.for_a_while():
        raise ZeroDivisionError
    assert whoami() == "kring_runtime"
