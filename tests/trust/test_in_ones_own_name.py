"""What somebody does by hand stands in their own name, and what they read of it ends when its reason does."""

import json
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import Error, IntegrityError, connection, transaction

from kring.trust import viewer
from trust.each_policy import NOW, Neighbourhood
from trust.scenes import LONG_AGO, insert
from trust.whoever import lay_danger, stands


def written(here: Neighbourhood, who: UUID, table: str, **said: Any) -> str:
    """What comes of one more row like the one that lies there, in which this stands; taken back at once."""
    row = json.loads(here.copies()[table]) | {name: str(one) if one else None for name, one in said.items()}
    with viewer.acting(who):
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(here.writing()[table], [json.dumps(row)])
                transaction.set_rollback(True)
        except IntegrityError:  # the policy had allowed it
            return "written"
        except Error as refused:
            return "refused" if "row-level security" in str(refused) else str(refused)
    return "written"


def reads(who: UUID, table: str, row: UUID, key: str = "id") -> bool:
    """Whether this row is there for them."""
    with viewer.acting(who), connection.cursor() as cursor:
        cursor.execute(f"SELECT 1 FROM {table} WHERE {key} = %s", [row])
        return cursor.fetchone() is not None


def changes(who: UUID, statement: str, *values: Any) -> int:
    """How many rows it changed; taken back at once."""
    with viewer.acting(who), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        transaction.set_rollback(True)
        return cursor.rowcount


def test_nobody_writes_in_the_name_of_a_colleague_with_the_same_work(here):
    told = lay_danger(here)
    deeds = (
        (here.ada, here.bea, "trust_change", "by_id", {}),
        (here.els, here.eva, "trust_family", "opened_by_id", {}),
        (here.noor, here.tom, "trust_circle", "opened_by_id", {"kind": "group", "family_id": None}),
        (here.samira, here.naima, "trust_seat", "decided_by_id", {"circle_id": here.own[here.samira], "person_id": here.aunt}),
        (here.samira, here.naima, "trust_exclusion", "decided_by_id", {}),
        (here.vera, here.vik, "trust_sealkeeper", "chosen_by_id", {}),
        (here.vera, here.vik, "trust_postponement", "by_id", {"danger_id": told}),
        (here.vera, here.vik, "trust_dangerreview", "by_id", {"danger_id": told}),
        (here.els, here.eva, "trust_leaving", "said_by_id", {}),
        (here.nel, here.nils, "vision_principlesversion", "written_by_id", {}),
    )  # fmt: skip
    with here.without_triggers():
        for who, other, table, column, said in deeds:
            assert written(here, who, table, **said | {column: who}) == "written", table
            assert written(here, who, table, **said | {column: other}) == "refused", table
            assert written(here, other, table, **said | {column: who}) == "refused", table


def test_what_the_trust_officer_watches_is_on_no_page_seen_as_somebody_else(here):
    danger = lay_danger(here)
    stands(here, "UPDATE trust_postponement SET danger_id = %s", danger)
    stands(here, "UPDATE trust_dangerreview SET danger_id = %s", danger)
    for table in ("trust_postponement", "trust_dangerreview", "trust_danger"):
        row = danger if table == "trust_danger" else here.rows[table]
        assert reads(here.vera, table, row), table
        with viewer.acting(here.vera, seen_as=here.lotte), connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM {table}")
            assert cursor.fetchone() == (0,), table


def test_whom_one_just_met_is_a_stranger_once_they_sit_where_one_does_not(here):
    met = insert(
        here.owner, "trust_person", village_id=here.village, given_name="Zora", surname="", met_by_id=here.eva
    )
    assert [reads(who, "trust_person", met) for who in (here.eva, here.els, met)] == [True, False, True]
    here.seat(here.own[here.yassin], met)
    assert [reads(who, "trust_person", met) for who in (here.eva, here.els, met)] == [False, False, True]


def test_a_family_with_a_circle_is_for_those_who_sit_there_not_for_who_opened_it(here):
    said = {"village_id": here.village, "name": "New", "opened_at": LONG_AGO, "opened_by_id": here.eva}
    family = insert(here.owner, "trust_family", **said)
    assert reads(here.eva, "trust_family", family)
    insert(
        here.owner, "trust_circle", village_id=here.village, kind="family", name="", safety=False, secrecy=False,
        opened_at=LONG_AGO, family_id=family,
    )  # fmt: skip
    assert not reads(here.eva, "trust_family", family)


def test_who_left_and_who_said_it_still_read_that_after_the_last_day(here):
    row, job = here.rows["trust_leaving"], here.jobs[here.lotte]
    here.owner.execute("UPDATE trust_leaving SET said_by_id = %s", [here.els])
    here.owner.execute("UPDATE trust_job SET until = now() WHERE id = %s", [job])
    readers = {name for name, who in here.called.items() if reads(who, "trust_leaving", row)}
    assert readers == {"lotte", "els"}
    with here.read_by_all(), here.without_triggers():
        again = "UPDATE trust_leaving SET settled = settled WHERE id = %s"
        assert {name for name, who in here.called.items() if changes(who, again, row)} == readers


def test_ones_own_seat_is_there_after_it_ended_and_nobodys_else(here):
    gone = here.seat(here.own[here.samira], here.said, since=LONG_AGO, until=NOW)
    assert reads(here.said, "trust_seat", gone)
    assert not reads(here.tom, "trust_seat", gone)


def test_a_guardians_no_ends_by_the_hand_that_gave_it(here):
    stands(here, "UPDATE trust_exclusion SET ground = 'guardian', decided_by_id = %s", here.naima)
    again = "UPDATE trust_exclusion SET until = until WHERE id = %s"
    row = here.rows["trust_exclusion"]
    able = {name for name, who in here.called.items() if changes(who, again, row)}
    assert able == {"naima", "samira"}
    stands(here, "UPDATE trust_exclusion SET ground = 'court order'")
    assert not {name for name, who in here.called.items() if changes(who, again, row)}


def test_a_card_of_a_colleague_is_theirs_as_long_as_they_are_one(here):
    card = here.rows["network_colleaguecard"]
    again = "UPDATE network_colleaguecard SET role = role WHERE id = %s"
    assert changes(here.lotte, again, card) == 1
    here.owner.execute("UPDATE trust_job SET until = now() WHERE person_id = %s", [here.lotte])
    with here.read_by_all():
        assert changes(here.lotte, again, card) == 0


def test_who_is_left_out_by_a_court_still_writes_what_is_about_nobody(here):
    here.owner.execute(
        "UPDATE trust_denial SET ground = 'court order', subject_id = %s, since = now() - interval '1 day', "
        "until = 'infinity'",
        [here.samira],
    )
    says = (
        "INSERT INTO wraparound_note (id, circle_id, author_id, at, text, signed, subject_id) "
        "VALUES (%s, %s, %s, now(), 'x', '', %s)"
    )
    for about, done in ((None, 1), (here.yassin, 1), (here.samira, 0)):
        facts = {"circle_id": here.circle, "author_id": here.lotte, "subject_id": about}
        note = insert(here.owner, "wraparound_note", at=NOW, text="x", signed="", **facts)
        assert changes(here.lotte, "UPDATE wraparound_note SET at = at WHERE id = %s", note) == done
        assert changes(here.lotte, "DELETE FROM wraparound_note WHERE id = %s", note) == done
        if done:
            assert changes(here.lotte, says, uuid4(), here.circle, here.lotte, about) == 1
        else:
            with pytest.raises(Error):
                changes(here.lotte, says, uuid4(), here.circle, here.lotte, about)
