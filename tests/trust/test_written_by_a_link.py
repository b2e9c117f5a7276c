"""Who came by a link writes beside the one object it opens, in their own name; and what is heard by some is first of all known."""

import time
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.db import Error, IntegrityError, connection, transaction

from kring.trust import identity, viewer
from trust.each_policy import LATER, NOW, Neighbourhood, lay
from trust.scenes import LONG_AGO, insert
from trust.unheard import unheard
from trust.whoever import CIRCLE, stands

OBJECT = uuid4()
REMARK = (
    'INSERT INTO wraparound_remark (id, circle_id, author_id, at, "on", object_id, words, language) '
    "VALUES (gen_random_uuid(), %s, %s, now(), 'version', %s, 'w', 'nl')"
)


APPROVAL = (
    "INSERT INTO wraparound_approval (id, circle_id, author_id, at, version_id, person_id, answer, words, language, how, "
    "interpreter, said_on) VALUES (gen_random_uuid(), %s, %s, now(), %s, gen_random_uuid(), 'yes', '', 'nl', 'link', '', now())"
)


def said_by_a_link(here: Neighbourhood, who: UUID, statement: str, *values: Any) -> bool:
    """Whether the policy let it be written by whoever came by this link; taken back at once."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            facts = {"person": who, "scope": OBJECT, "at": time.time()}
            line = identity.signed(
                settings.IDENTITY_KEY, backend=connection.connection.info.backend_pid, **facts
            )
            cursor.execute("SELECT set_config('kring.identity', %s, true)", [line])
            cursor.execute(statement, values)
            transaction.set_rollback(True)
    except IntegrityError:  # a row of another table is missing; the policy had let it through
        return True
    except Error as refused:
        if "row-level security" in str(refused):
            return False
        raise
    return True


@pytest.mark.parametrize(
    ("table", "writes"),
    [("wraparound_remark", REMARK), ("wraparound_approval", APPROVAL)],
    ids=["remark", "approval"],
)
def test_by_a_link_one_writes_beside_its_object_what_one_knows_in_ones_own_name(here, table, writes):
    said = {"purpose": "approve", "object_id": OBJECT, "made_at": NOW, "until": LATER, "wrong_codes": 0}
    for number, who in enumerate((here.naima, here.britt)):
        insert(
            here.owner, "trust_link", token_hash=bytes([number]), person_id=who, made_by_id=here.noor, **said
        )
    here.owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    try:
        for circle, author, about, told in (
            (here.circle, here.naima, OBJECT, True),
            (here.circle, here.naima, uuid4(), False),
            (here.circle, here.karim, OBJECT, False),
            (here.next_circle, here.naima, OBJECT, False),
        ):
            assert said_by_a_link(here, here.naima, writes, circle, author, about) is told, (circle, author)
        assert not said_by_a_link(here, here.britt, writes, here.circle, here.britt, OBJECT)
    finally:
        here.owner.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def reads_by_a_link(here: Neighbourhood, who: UUID, table: str) -> set[UUID]:
    """What whoever came by this link reads of a table."""
    with viewer.acting(who, page="approval", scope=OBJECT), connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM {table}")
        return {row for (row,) in cursor.fetchall()}


@pytest.mark.parametrize("table", [
    "wraparound_version", "wraparound_versionpart", "wraparound_approval", "wraparound_recording", "wraparound_remark",
])  # fmt: skip
def test_by_a_link_one_reads_of_its_object_what_one_knows(here, table):
    said = {"purpose": "approve", "object_id": OBJECT, "made_at": NOW, "until": LATER, "wrong_codes": 0}
    for number, who in enumerate((here.naima, here.britt)):
        insert(
            here.owner, "trust_link", token_hash=bytes([number]), person_id=who, made_by_id=here.noor, **said
        )
    column = {"wraparound_version": "id", "wraparound_remark": "object_id"}.get(table, "version_id")
    facts = {
        "circle_id": here.circle,
        "author_id": here.noor,
        "at": LONG_AGO,
        "on": "version",
        "stage": "replaced",
        "replaced_at": NOW,
    }
    with unheard(here.owner):
        here.owner.execute(f"DELETE FROM {table}")
        if table != "wraparound_version":
            lay(here.owner, "wraparound_version", facts | {"id": OBJECT, "plan_id": here.plan, "number": 1})
        other = uuid4()
        if table != "wraparound_version":
            lay(here.owner, "wraparound_version", facts | {"id": other, "plan_id": here.plan, "number": 2})
        its_own = lay(here.owner, table, facts | {column: OBJECT, "number": 1, "position": 1})
        lay(here.owner, table, facts | {column: other, "number": 2, "position": 2})
        if column != "id":
            lay(
                here.owner,
                table,
                facts | {column: OBJECT, "circle_id": here.next_circle, "number": 3, "position": 3},
            )
    assert reads_by_a_link(here, here.naima, table) == {its_own}
    assert its_own not in reads_by_a_link(here, here.britt, table)
    stands(here, f"UPDATE {table} SET circle_id = %s", here.next_circle)
    assert reads_by_a_link(here, here.naima, table) == set()


def test_what_stands_beside_a_text_is_hidden_from_its_writer_who_is_left_out(here):
    """Her own text she keeps; what another says of it lies about the child from whom she is left out."""
    said = {"circle_id": here.circle, "subject_id": here.yassin, "about_id": here.yassin, "at": NOW}
    stands(here, "DELETE FROM trust_denial")
    with unheard(here.owner):
        note = lay(here.owner, "wraparound_note", said | {"author_id": here.lotte})
        facts = {"author_id": here.noor, "asked_by_id": here.naima, "on": "note", "object_id": note}
        beside = lay(
            here.owner, "wraparound_notright", said | facts | {"answer": "beside", "answered_at": NOW}
        )

    def read(who: UUID, table: str, row: UUID) -> bool:
        with viewer.acting(who), connection.cursor() as cursor:
            cursor.execute(f"SELECT 1 FROM {table} WHERE id = %s", [row])
            return cursor.fetchone() is not None

    def both(who: UUID) -> tuple[bool, bool]:
        return read(who, "wraparound_note", note), read(who, "wraparound_notright", beside)

    assert both(here.lotte) == both(here.naima) == (True, True)
    lay(
        here.owner,
        "trust_denial",
        {
            "viewer_id": here.lotte, "subject_id": here.yassin, "ground": "own choice", "since": LONG_AGO,
            "until": LATER, "source_id": uuid4(),
        },
    )  # fmt: skip
    assert (both(here.lotte), both(here.naima)) == ((True, False), (True, True))


@pytest.mark.parametrize("table", ["wraparound_sheet", "wraparound_review"])
def test_what_lies_beside_a_plan_is_read_by_who_sits_there(here, table):
    facts = {
        "circle_id": here.circle,
        "author_id": here.noor,
        "at": LONG_AGO,
        "plan_id": here.plan,
        "outcome": "",
    }
    with unheard(here.owner):
        here.owner.execute("DELETE FROM wraparound_approval")
        here.owner.execute(f"DELETE FROM {table}")
        over = {"number": 1, "stage": "replaced", "replaced_at": NOW, "caring": "{}"}
        version = lay(here.owner, "wraparound_version", facts | over)
        row = lay(here.owner, table, facts | {"version_id": version})
    readers = set()
    for name, who in here.called.items():
        with viewer.acting(who), connection.cursor() as cursor:
            cursor.execute(f"SELECT id FROM {table} WHERE id = %s", [row])
            readers |= {name} if cursor.fetchone() else set()
    assert readers == CIRCLE
