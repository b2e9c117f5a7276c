"""A line of the journal, a day of birth and whoever became one with another: what stays, what is emptied, and who is meant."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from trust.each_policy import NOW, Neighbourhood, lay
from trust.one_trigger import Alone, alone
from trust.unheard import unheard
from trust.whoever import stands

NEVER = "never_changes"


def tries(by: Alone, role: str, statement: str, *values: Any) -> Any:
    """How many rows this role changed, or the word of the refusal."""
    try:
        with by.owner.transaction(force_rollback=True):
            by.owner.execute(f"SET LOCAL ROLE {role}")
            return by.owner.execute(statement, values).rowcount
    except psycopg.Error as refused:
        return str(refused.diag.message_primary)


def test_a_line_of_the_journal_is_emptied_wholly_and_by_the_gatekeeper_alone(here):
    who, what = (
        ("person_id = NULL", "role = ''"),
        ("circle_id = NULL", "about_id = NULL", "object_id = NULL", "part = ''", "purpose = ''"),
    )
    other = f"'{uuid4()}'"
    with alone(here.owner, "never_changes", "trust_entry") as by:
        by.owner.execute("GRANT ALL ON trust_entry TO kring_gatekeeper; SET LOCAL lock_timeout = '5s'")
        facts = {
            "person_id": here.naima,
            "role": "guardian",
            "circle_id": here.circle,
            "about_id": here.samira,
            "object_id": here.plan,
        }
        row = by.lies("trust_entry", part="plan", purpose="help", kind="read", deed="", rule="", **facts)

        def told(*changes: str, role: str = "kring_gatekeeper") -> Any:
            return tries(by, role, f"UPDATE trust_entry SET {', '.join(changes)} WHERE id = %s", row)

        for whole in (("at = at",), who, what, who + what):
            assert told(*whole) == 1
            for role in ("kring_runtime", "owner"):
                assert told(*whole, role=role) == NEVER
        for half in (
            who[:1], who[1:], (f"person_id = {other}",), ("role = 'x'",), (f"person_id = {other}", who[1]), (who[0], "role = 'x'"),
            *(what[:n] + what[n + 1 :] for n in range(5)), *((one,) for one in what),
            *((*(w for w in what if w != one), f"{one.split()[0]} = {other}") for one in what), (*who, "deed = 'x'"), (*what, "kind = 'x'"),
            ("rule = 'x'",), ("at = now()",),
        ):  # fmt: skip
            assert told(*half) == NEVER, half
        for role in ("kring_gatekeeper", "kring_runtime", "owner"):
            assert tries(by, role, "DELETE FROM trust_entry WHERE id = %s", row) == NEVER


def matter(by: Alone, here: Neighbourhood, kind: str, subject: UUID, now: bool = True) -> None:
    """Noor asked for this, and it is carried out now, or was before."""
    facts = {
        "kind": kind,
        "subject_id": subject,
        "asked_by_id": here.noor,
        "number": uuid4().hex[:9],
        "circle_id": here.circle,
    }
    made = by.lies("trust_matter", village_id=here.village, answer="", **facts)
    carried = "pg_current_xact_id()" if now else "'7'::xid8"
    by.stands(f"UPDATE trust_matter SET carried_in = {carried} WHERE id = %s", made)


def younger(by: Alone, here: Neighbourhood) -> tuple[list[Any], list[Any]]:
    """Samira and Bram get another day; what stays of the one before, and what their families read."""
    by.stands("DELETE FROM trust_birthbefore")
    seen = by.owner.execute("SELECT coalesce(array_agg(id), '{}') FROM trust_entry").fetchone()[0]
    told = "SELECT person_id, circle_id, born, changed_by_id, at FROM trust_birthbefore ORDER BY born"
    read = "SELECT at, kind, person_id, role, circle_id, about_id, part, deed, object_id, purpose, rule FROM trust_entry WHERE id <> ALL(%s)"
    with by.owner.transaction(force_rollback=True):
        by.owner.execute(
            "UPDATE trust_birth SET born = born + 1 WHERE person_id = ANY(%s)", [[here.samira, here.bram]]
        )
        return by.owner.execute(told).fetchall(), by.owner.execute(read, [seen]).fetchall()


def test_the_day_of_birth_before_stays_with_who_asked_for_another(here):
    with alone(
        here.owner, "birth_kept", "trust_birth", "trust_birthbefore", "trust_entry", "trust_matter"
    ) as by:
        at = by.stops_the_clock()
        of = {
            child: here.owner.execute(
                "SELECT circle_id FROM trust_birth WHERE person_id = %s", [child]
            ).fetchone()[0]
            for child in (here.samira, here.bram)
        }

        def kept(asked_by: UUID | None) -> list[Any]:
            return [
                (here.samira, of[here.samira], date(2012, 1, 4), asked_by, at), (here.bram, of[here.bram], date(2017, 2, 3), None, at),
            ]  # fmt: skip

        assert younger(by, here) == (kept(None), [])
        matter(by, here, "household", here.samira)
        matter(by, here, "birth", here.yassin)
        matter(by, here, "birth", here.samira, now=False)
        assert younger(by, here) == (kept(None), []), (
            "nothing of that was the day of one of these children, now"
        )
        matter(by, here, "birth", here.samira)
        line = (
            at,
            "done",
            here.noor,
            "",
            of[here.samira],
            here.samira,
            "",
            "birth date changed",
            here.samira,
            "",
            "two people",
        )
        assert younger(by, here) == (kept(here.noor), [line])
        forgotten = by.lies(
            "trust_forgetting",
            kind="person",
            whose=here.samira,
            asked_by=here.samira,
            due_at=NOW + timedelta(days=1),
        )
        by.stands("UPDATE trust_forgetting SET done_in = pg_current_xact_id() WHERE id = %s", forgotten)
        assert younger(by, here) == ([], []), "of who is being forgotten nothing is kept"


def became_one(here: Neighbourhood) -> None:
    """Lou is Ada, and Nel is Nils."""
    with unheard(here.owner):
        for goes, stays in ((here.lou, here.ada), (here.nel, here.nils)):
            lay(here.owner, "trust_sameperson", {"goes_id": goes, "stays_id": stays})


@pytest.mark.parametrize("table", ["trust_seat", "trust_exclusion"])
def test_who_just_went_is_meant_as_who_stays(here, table):
    became_one(here)
    facts = {"circle_id": here.circle, "subject_id": here.samira, "role": "natural", "ground": "consent"}
    with alone(here.owner, "as_who_stays", table) as by:
        for person, meant in (
            (here.lou, here.ada),
            (here.nel, here.nils),
            (here.ada, here.ada),
            (here.said, here.said),
        ):
            assert by.writes(None, table, person_id=person, **facts)["person_id"] == str(meant)


def test_a_seat_waits_while_somebody_becomes_one_with_another_and_for_nobody_else(here, bed):
    became_one(here)
    seat = (
        "INSERT INTO trust_seat (id, circle_id, person_id, role, relation, ring, ground, history, since) "
        "VALUES (gen_random_uuid(), %s, %s, 'natural', '', 2, 'consent', true, now())"
    )
    stands(here, "UPDATE trust_seat SET until = now() WHERE person_id = %s", here.ada)
    with bed.connect() as other:
        other.execute("SET lock_timeout = '300ms'")
        for held, waits in ((here.lou, True), (here.said, False)):
            with here.owner.transaction(force_rollback=True), other.transaction(force_rollback=True):
                here.owner.execute("SELECT 1 FROM trust_person WHERE id = %s FOR UPDATE", [held])
                if waits:
                    with pytest.raises(psycopg.errors.LockNotAvailable):
                        other.execute(seat, [here.next_circle, here.lou])
                else:
                    assert other.execute(seat, [here.next_circle, here.lou]).rowcount == 1
