"""Words of their author, who is reached first, what is confided and what is not right: changed by whom it is theirs to."""

from typing import Any
from uuid import uuid4

import psycopg

from trust.each_policy import NOW
from trust.one_trigger import alone
from trust.test_which_trigger_hears import calling, unbound

STAYS, NOT_YOURS = "stays_as_written", "not_yours_to_decide"


def test_words_are_changed_by_their_author_and_by_what_was_agreed_elsewhere(owner):
    author, other = uuid4(), uuid4()
    found = calling(owner, "own_words_stay")
    assert found
    for table, trigger, fields in found:
        with alone(owner, trigger, table) as by:
            by.lies(table, author_id=author)
            for field in fields:
                change = f"UPDATE {table} SET {field} = {else_than(owner, table, field)}"
                assert by.does(author, change, served=True) == 1, (table, field)
                assert by.does(other, change, served=True) == STAYS, (table, field)
                assert by.does(None, change, served=True) == STAYS, (table, field)
                assert by.does(None, change) == 1, (table, field)
            assert by.does(other, f"UPDATE {table} SET at = at", served=True) == 1, table


def else_than(owner: psycopg.Connection, table: str, field: str) -> str:
    """Something else than what stands there."""
    told = "SELECT data_type FROM information_schema.columns WHERE table_name = %s AND column_name = %s"
    kind = owner.execute(told, [table, field]).fetchone()[0]
    return "'else'::bytea" if kind == "bytea" else "'{\"else\": 1}'" if kind == "jsonb" else "'else'"


def test_who_is_reached_first_is_said_by_who_speaks_for_the_family_or_was_agreed_elsewhere(here):
    card = {"person_id": here.naima, "circle_id": here.circle, "first": True}
    with alone(here.owner, "first_insert_check", "trust_contactcard") as by:
        by.stands("DELETE FROM trust_contactcard")
        for who, told in (
            (here.naima, "done"),
            (here.noor, "done"),
            (here.lou, NOT_YOURS),
            (here.britt, NOT_YOURS),
        ):
            assert by.is_written(who, "trust_contactcard", served=True, **card) == told
        assert by.is_written(here.lou, "trust_contactcard", served=True, **card | {"first": False}) == "done"
        assert by.is_written(None, "trust_contactcard", **card) == "done"
    with alone(here.owner, "first_update_check", "trust_contactcard") as by:
        by.stands("DELETE FROM trust_contactcard")
        row = by.lies("trust_contactcard", **card | {"first": False})
        first = "UPDATE trust_contactcard SET first = true WHERE id = %s"
        for who, told in ((here.naima, 1), (here.noor, 1), (here.lou, NOT_YOURS), (here.britt, NOT_YOURS)):
            assert by.does(who, first, row, served=True) == told
        assert by.does(None, first, row) == 1
        by.stands("UPDATE trust_contactcard SET first = true")
        assert by.does(here.lou, first, row, served=True) == 1, "that was said before"


def test_of_what_is_confided_only_that_it_is_about_safety_is_said_later(here):
    with alone(here.owner, "check_confidence", "trust_circle") as by:
        told, home = (
            by.lies("trust_circle", kind=kind, village_id=here.village) for kind in ("confidence", "home")
        )
        change = "UPDATE trust_circle SET {} WHERE id = %s".format
        for what in ("name = 'else'", "secrecy = true", "name = 'else', safety = true"):
            assert by.does(None, change(what), told) == STAYS, what
            assert by.does(None, change(what), home) == 1, what
        assert by.does(None, change("safety = true"), told) == 1
        by.stands(change("safety = true"), told)
        assert by.does(None, change("safety = false"), told) == STAYS


def test_what_is_said_not_to_be_right_is_worded_anew_by_its_author_until_it_is_answered(here):
    with alone(here.owner, "right_check_not_right_stays", "wraparound_notright") as by:
        facts: dict[str, Any] = {"circle_id": here.circle, "author_id": here.naima, "at": NOW}
        open_one = by.lies("wraparound_notright", answer="", **facts)
        answered = by.lies("wraparound_notright", answer="beside", **facts)
        words = "UPDATE wraparound_notright SET words_locked = 'else', should_locked = 'else' WHERE id = %s"
        other = "UPDATE wraparound_notright SET at = at - interval '1 day' WHERE id = %s"
        for who, change, row, told in (
            (here.naima, words, open_one, 1), (here.naima, words, answered, STAYS), (here.karim, words, open_one, STAYS),
            (here.naima, other, open_one, STAYS), (None, words, open_one, STAYS),
        ):  # fmt: skip
            assert by.does(who, change, row, served=True) == told
        assert by.does(None, other, answered) == 1
        assert by.does(here.naima, "DELETE FROM wraparound_notright", served=True) == "never_changes"


def test_what_was_written_beside_stays_and_any_other_remark_goes(here):
    with alone(here.owner, "right_check_beside_stays", "wraparound_remark", "wraparound_notright") as by:
        unbound(here.owner, "wraparound_remark")
        facts = {"circle_id": here.circle, "author_id": here.naima, "at": NOW}
        beside, other = (by.lies("wraparound_remark", **facts) for _ in range(2))
        by.lies("wraparound_notright", id=beside, answer="beside", **facts)
        gone = "DELETE FROM wraparound_remark WHERE id = %s"
        assert by.does(None, gone, beside) == "never_changes"
        assert by.does(None, gone, other) == 1
