"""Of every kind of guarded row: it moves to no other village, and what is written once stays; whoever changes it by hand."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest

from kring.trust import enforcement
from trust import narrowed
from trust.each_policy import lay
from trust.one_trigger import CHECKS, OTHERS
from trust.scenes import Scene
from trust.unheard import unheard

KIND = "SELECT data_type FROM information_schema.columns WHERE table_name = %s AND column_name = %s"
#: Something else than what stands there, by the kind of its column.
OTHER = {
    "uuid": "gen_random_uuid()", "boolean": "NOT {0}", "text": "'else'", "character varying": "'e'", "date": "'2031-03-03'",
    "timestamp with time zone": "now() + interval '90 days'", "jsonb": """'{{"else": 1}}'""", "bytea": "'else'::bytea",
    "ARRAY": "array_append({0}, NULL)", "xid8": "pg_current_xact_id()",
}  # fmt: skip
GUARDED = [model for model in enforcement.guarded_models() if model.policy == "circle"]
FIXED = [model for model in enforcement.guarded_models() if getattr(model, "fixed_fields", ())]


@pytest.fixture(scope="module")
def house(bed) -> Iterator[psycopg.Connection]:
    """The owner, whose every change is taken back."""
    with bed.connect() as owner:
        yield owner


@contextmanager
def one_row(owner: psycopg.Connection, table: str, trigger: str) -> Iterator[str]:
    """A row that stands there, whose changes this trigger alone hears, and the number of a circle elsewhere."""
    with owner.transaction(force_rollback=True):
        here, there = Scene(owner), Scene(owner)
        for (name,) in owner.execute(CHECKS, [table]).fetchall():
            owner.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
        for (name,) in owner.execute(OTHERS, [table, trigger]).fetchall():
            owner.execute(f'ALTER TABLE {table} DISABLE TRIGGER "{name}"')
        with unheard(owner):
            lay(owner, table, {"village_id": here.village, "circle_id": here.desk})
        yield str(there.desk)


def said(owner: psycopg.Connection, table: str, column: str, value: str) -> str:
    """What the database says to this change."""
    try:
        with owner.transaction():
            owner.execute(f'UPDATE {table} SET "{column}" = {value}')
    except psycopg.Error as refused:
        return str(refused)
    return "done"


@pytest.mark.django_db
def test_no_row_moves_to_another_village(house):
    for table in (model._meta.db_table for model in GUARDED):
        if narrowed.asks(table):
            with one_row(house, table, "check_guarded") as elsewhere:
                assert "crosses_villages" in said(house, table, "circle_id", f"'{elsewhere}'"), table


@pytest.mark.django_db
def test_what_is_written_once_stays(house):
    for model in FIXED:
        table = model._meta.db_table
        if narrowed.asks(table):
            with one_row(house, table, "stays_as_written_here"):
                for field in model.fixed_fields:
                    (kind,) = house.execute(KIND, [table, field]).fetchone()
                    other = OTHER.get(kind, "{0} + 1").format(f'"{field}"')
                    assert "stays_as_written" in said(house, table, field, other), (table, field)
