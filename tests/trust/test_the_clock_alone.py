"""By hand-made SQL: what is the clock's to ask, nobody asks on the connection of the pages; and the clock is not more."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import product
from random import Random
from uuid import UUID

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction
from procrastinate.contrib.django import app

import testbed
from clockwork import as_the_worker
from handover.scene import HandOverScene
from kring.clock import role, tasks
from kring.trust import viewer
from kring.trust.callers import BEFORE_ANYBODY, BY_FUNCTIONS_ALONE, BY_THE_CLOCK, PUT_IN_BY_PAGES
from kring.trust.enforcement import OF_THE_QUEUE
from kring.trust.usecases import accounts
from wraparound.home import Home

#: Every function of these names, asked with an absent word for each argument.
CALLS = """SELECT p.proname, format('SELECT * FROM trust.%%I(%%s)', p.proname,
    (SELECT string_agg(format('NULL::%%s', format_type(t, NULL)), ', ' ORDER BY n) FROM unnest(p.proargtypes) WITH ORDINALITY a(t, n)))
  FROM pg_proc p WHERE p.pronamespace = 'trust'::regnamespace AND p.proname = ANY(%s)"""
#: The same with a place for each argument, of what may be asked on the connection of the pages.
OPEN = """SELECT p.proname, array(SELECT format_type(t, NULL) FROM unnest(p.proargtypes) t) FROM pg_proc p
  WHERE p.pronamespace = 'trust'::regnamespace AND p.prosecdef AND has_function_privilege('kring_runtime', p.oid, 'EXECUTE')"""
TABLES = """SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'id' AND a.atttypid = 'uuid'::regtype
  WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace"""
#: What answers nobody with the same word whatever is asked, each with the reason.
ALIKE = {
    "told_of_reading": "asked by a policy about rows one may read",
    "village_figures": "no figure, in a village of nobody",
    "tells_of_review": "asked by a policy about rows one may read",
    "tells_of_version": "asked by a policy about rows one may read",
}
#: What needs no secret to say something, of all that answers before anybody is known.
SAYS_SOMETHING = {
    "front_door": "who reads what is told here, to whoever comes to the door",
    "count_against": "the number of tries under a fingerprint that one made up",
    "keep_session": "that it is kept: a session of nobody, under a key that one made up",
}
SOME = {"timestamp with time zone": lambda: datetime.now(UTC), "boolean": lambda: True, "text": lambda: "person",
        "bytea": lambda: b"x", "jsonb": lambda: "{}", "integer": lambda: 1, "bigint": lambda: 1}  # fmt: skip
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


def test_by_no_number_that_is_there_does_nobody_learn_or_do_anything(owner, connections) -> None:
    """Whoever got hold of the connection of the pages, and of every number in the village, besides."""
    scene = HandOverScene(owner)
    scene.begin()
    numbers = [
        number
        for (table,) in owner.execute(TABLES).fetchall()
        for (number,) in owner.execute(f'SELECT id FROM "{table}" LIMIT 4')
    ]
    answered = {name for name, kinds in owner.execute(OPEN).fetchall() for asked in with_numbers(kinds, numbers)
                if answers(connections["pages"], name, kinds, asked)}  # fmt: skip
    assert answered - {*BEFORE_ANYBODY, *ALIKE} == set()


def test_nothing_is_believed_because_something_is_missing(owner, connections) -> None:
    """Of what answers before anybody is known, with each of its values missing or there, and no secret in hand."""
    home = Home(owner)
    address = "wies@linde.example"
    as_the_worker(lambda: accounts.of_person(home.worker("Wies", "teacher", "De Wilg")))
    owner.execute("UPDATE trust_account SET email = %s", [address])
    plausible = SOME | {"text": lambda: address, "uuid": lambda: home.hanne, "bigint": lambda: 4102444800}
    kinds_of = dict(row for row in owner.execute(OPEN).fetchall() if row[0] in BEFORE_ANYBODY)
    answered = {
        name
        for name, kinds in kinds_of.items()
        for there in product((True, False), repeat=len(kinds))
        if answers(connections["pages"], name, kinds,
                   [plausible.get(kind, lambda: None)() if is_there else None
                    for kind, is_there in zip(kinds, there, strict=True)])
    }  # fmt: skip
    assert answered == SAYS_SOMETHING.keys()


def with_numbers(kinds: list[str], numbers: list[UUID]) -> Iterator[list[object]]:
    """Values for these arguments: each number where one is asked, some of them together where more are."""
    places, rest = sum("uuid" in kind for kind in kinds), Random(7)
    for one in numbers if places else [None]:
        values = [one if places == 1 else rest.choice(numbers) for kind in kinds if "uuid" in kind]
        yield [
            SOME.get(kind, lambda: None)()
            if "uuid" not in kind
            else [values.pop()]
            if "[]" in kind
            else values.pop()
            for kind in kinds
        ]


def answers(by: psycopg.Connection, name: str, kinds: list[str], values: list[object]) -> bool:
    """Whether anything but nothing, no and none comes back."""
    places = ", ".join(f"%s::{kind}" for kind in kinds)
    try:
        with by.transaction(force_rollback=True):
            rows = by.execute(f"SELECT * FROM trust.{name}({places})", values).fetchall()
    except psycopg.Error:
        return False
    return any(value for row in rows for value in row)


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
    with pytest.raises(role.NotWrittenYet), transaction.atomic(), role.for_a_while():
        pass
    assert whoami() == "kring_runtime"


DEFER = """SELECT procrastinate_defer_jobs_v1(ARRAY[ROW('letters', '{task}', 0, {lock}, {queueing}, '{{"timestamp": 4102444800}}',
  now() + interval '1 hour')]::procrastinate_job_to_defer_v1[])"""


def put_in(task: str, lock: str = "NULL", queueing: str = "NULL") -> str:
    return DEFER.format(task=task, lock=lock, queueing=queueing)


def is_not_theirs(by: psycopg.Connection, statement: str) -> bool:
    """Whether the database listens and says no."""
    try:
        with by.transaction(force_rollback=True):
            by.execute(statement)
    except psycopg.Error as problem:
        return problem.sqlstate == "KR001"
    return False


def test_a_page_puts_in_the_queue_only_what_pages_need_and_the_clock_everything(owner, connections) -> None:
    pages, clock = connections["pages"], connections["clock"]
    own = [name for name in app.tasks if name.startswith("clock.")]
    others = [name for name in app.tasks if "builtin_tasks" in name]
    assert own
    assert others
    assert set(app.tasks) == {*own, *others, *PUT_IN_BY_PAGES}
    with pages.transaction(force_rollback=True):
        for task in PUT_IN_BY_PAGES:
            assert pages.execute(put_in(task)).fetchone()[0]
    refused = [*(put_in(task) for task in (*own, *others)),
               put_in("web.make_paper", lock="'l'"), put_in("web.make_paper", queueing="'clock.forget'")]  # fmt: skip
    assert [asked for asked in refused if not is_not_theirs(pages, asked)] == []
    for asked in refused:
        with clock.transaction(force_rollback=True):
            assert clock.execute(asked).fetchone()[0]


def test_the_queue_itself_is_the_clocks(owner, connections) -> None:
    tables = "SELECT relname FROM pg_class WHERE relkind = 'r' AND relname LIKE 'procrastinate%'"
    assert {name for (name,) in owner.execute(tables)} == set(OF_THE_QUEUE)
    for deed in (
        "SELECT args FROM procrastinate_jobs", "UPDATE procrastinate_jobs SET status = 'cancelled'", "DELETE FROM procrastinate_jobs",
        "INSERT INTO procrastinate_jobs (queue_name, task_name, status) VALUES ('letters', 'web.make_paper', 'failed')",
        "INSERT INTO procrastinate_periodic_defers (task_name, defer_timestamp) VALUES ('clock.forget', 4102444800)",
        "DELETE FROM procrastinate_events", "DELETE FROM procrastinate_workers", "TRUNCATE procrastinate_jobs CASCADE",
    ):  # fmt: skip
        assert is_refused(connections["pages"], deed), deed
        if "TRUNCATE" not in deed:
            with connections["clock"].transaction(force_rollback=True):
                connections["clock"].execute(deed)


def test_no_deed_of_the_clock_believes_a_moment_that_has_not_come() -> None:
    now = datetime.now(UTC)
    assert now <= tasks._moment(4102444800) <= datetime.now(UTC)
    before = int((now - timedelta(hours=1)).timestamp())
    assert tasks._moment(before).timestamp() == before


def test_nobody_silences_a_letter_that_goes_once(owner, connections) -> None:
    home = Home(owner)
    put = (
        "SELECT trust.queue_letter('%s', gen_random_uuid(), '"
        + str(home.naima)
        + "', 'e-mail', 'nl', %s, now())"
    )
    once, again, by_a_page = (
        put % ("seats asleep", "true"),
        put % ("seats asleep", "false"),
        put % ("danger opened", "true"),
    )
    for statement in (once, by_a_page):
        assert is_not_theirs(connections["pages"], statement)
    for by, asked in (("pages", again), ("clock", once)):
        with connections[by].transaction(force_rollback=True):
            assert connections[by].execute(asked).fetchone()[0]
    with viewer.acting(home.naima), connection.cursor() as cursor:
        cursor.execute(by_a_page)
        assert cursor.fetchone()[0]
