"""What a guard says of a change made by hand: the last day of work, a seat that ends, who asks the next coordinator in."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from kring.trust import viewer
from trust.by_hand import tried
from trust.each_policy import LATER, NOW, Neighbourhood, lay
from trust.scenes import LONG_AGO
from trust.unheard import unheard
from trust.whoever import asked_at_once, stands

LAST_DAY = "UPDATE trust_job SET until = %s WHERE person_id = %s"
DAY = timedelta(days=1)
SEALED = (
    "INSERT INTO trust_circle (id, village_id, kind, name, safety, secrecy, opened_at, family_id) "
    "VALUES (%s, %s, 'sealed', '', false, false, %s, %s)"
)


@pytest.fixture
def here(owner: psycopg.Connection) -> Neighbourhood:
    """Two families and their neighbours; nobody leaves yet."""
    here = Neighbourhood(owner)
    owner.execute("DELETE FROM trust_leaving")
    return here


def work_ends(here: Neighbourhood, whose: UUID, at: datetime | None) -> None:
    """The last day of their work."""
    stands(here, LAST_DAY, at, whose)


def test_only_an_administrator_lets_work_go_on_and_never_their_own(here):
    soon = NOW + DAY
    for who in (here.lotte, here.ada):
        work_ends(here, who, soon)
    for until in (NOW + 2 * DAY, None):
        assert tried(here.ada, LAST_DAY, until, here.lotte) == 1
        for who in (here.lotte, here.lou, here.els):
            assert tried(who, LAST_DAY, until, here.lotte) == "refused"
        assert tried(here.ada, LAST_DAY, until, here.ada) == "refused"
        assert tried(here.bea, LAST_DAY, until, here.ada) == 1
    for until in (NOW + DAY / 2, soon):
        assert tried(here.lotte, LAST_DAY, until, here.lotte) == 1, "it comes nearer, or stays"


def test_work_goes_back_to_where_it_was_before_that_one_left(here):
    for who in (here.lotte, here.tom):
        work_ends(here, who, NOW + DAY)
    with unheard(here.owner):
        lay(
            here.owner,
            "trust_leaving",
            {"person_id": here.lotte, "job_id": here.jobs[here.lotte], "was_until": NOW + 3 * DAY},
        )
    assert tried(here.els, LAST_DAY, NOW + 3 * DAY, here.lotte) == 1
    assert tried(here.els, LAST_DAY, NOW + 4 * DAY, here.lotte) == "refused"
    assert tried(here.els, LAST_DAY, NOW + 2 * DAY, here.tom) == "refused", "another leaves"


def test_what_ended_a_month_ago_ended_for_good(here):
    for days, goes_on in ((29.5, 1), (30.5, "refused")):
        work_ends(here, here.lotte, NOW - days * DAY)
        assert tried(here.ada, LAST_DAY, None, here.lotte) == goes_on
    here.owner.execute(LAST_DAY, [LATER, here.lotte])
    told = "SELECT until FROM trust_job WHERE person_id = %s"
    assert here.owner.execute(told, [here.lotte]).fetchone()[0] == LATER, "who serves nobody is not asked"


def seat_ends(here: Neighbourhood, who: UUID, whose: UUID, circle: UUID | None = None) -> str:
    """What the guard alone says when this one lets that seat end; taken back at once."""
    with here.read_by_all(), viewer.acting(who):
        return ended(whose, circle or here.circle)


def ended(whose: UUID, circle: UUID) -> str:
    said = "UPDATE trust_seat SET until = %s WHERE person_id = %s AND circle_id = %s"
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(said, [NOW + DAY, whose, circle])
            many = cursor.rowcount
            transaction.set_rollback(True)
    except DatabaseError as problem:
        return str(problem).splitlines()[0]
    return str(many)


def test_a_child_and_a_guardian_leave_a_family_only_by_themselves(here):
    for whose in (here.karim, here.samira):
        assert "leaves_only_by_itself" in seat_ends(here, here.naima, whose)
        assert seat_ends(here, whose, whose) == "1"
    assert seat_ends(here, here.naima, here.lotte) == "1"
    with unheard(here.owner):
        here.seat(here.own[here.samira], here.naima, role="guardian", ground="guardian")
    assert seat_ends(here, here.samira, here.naima, here.own[here.samira]) == "1", "not out of an own page"


def test_no_seat_is_made_longer(here):
    said = "UPDATE trust_seat SET until = %s WHERE person_id = %s"
    here.owner.execute(said, ["infinity", here.aunt])
    here.owner.execute(said, [LATER, here.aunt])
    for until in (LATER + DAY, None):
        with pytest.raises(psycopg.DatabaseError, match="a_seat_is_not_lengthened"):
            here.owner.execute(said, [until, here.aunt])


def asks_in(here: Neighbourhood, who: UUID, **more: Any) -> int | str:
    """They ask somebody in by hand; taken back at once."""
    said = {
        "id": uuid4(), "circle_id": here.circle, "author_id": who, "person_id": here.lou, "job_id": here.jobs[here.lou],
        "given_name": "Lou", "role": "coordinator", "relation": "", "ring": 3, "history": True, "phone": "", "overlap_days": 0,
        "at": NOW, "until": LATER, "answer": "", "word_of_id": None,
    } | more  # fmt: skip
    columns, marks = ", ".join(said), ", ".join(["%s"] * len(said))
    return tried(who, f"INSERT INTO trust_invitation ({columns}) VALUES ({marks})", *said.values())


def test_a_coordinator_asks_the_next_one_in_a_hand_over_on_the_familys_word(here):
    def hands_over(**more: Any) -> None:
        with unheard(here.owner):
            here.owner.execute("DELETE FROM trust_handover")
            facts = {"circle_id": here.circle, "leaver_id": here.noor, "author_id": here.noor, "told_how": ""}
            lay(here.owner, "trust_handover", facts | more)

    assert asks_in(here, here.naima) == 1, "the family asks when it wants"
    assert asks_in(here, here.noor, word_of_id=here.karim) == "refused"
    assert asks_in(here, here.noor, role="professional", word_of_id=here.karim) == 1
    assert asks_in(here, here.noor, role="professional") == asks_in(here, here.naima, role="professional")
    here.seat(here.next_circle, here.noor, role="professional", ground="job", job_id=here.jobs[here.noor])
    hands_over()
    assert asks_in(here, here.noor, word_of_id=here.karim) == 1
    assert asks_in(here, here.noor) == "refused"
    assert asks_in(here, here.noor, word_of_id=here.aunt) == "refused", "Hind does not decide"
    for other in (
        {"circle_id": here.next_circle},
        {"leaver_id": here.tom},
        {"stopped_at": NOW},
        {"taken_at": NOW, "next_id": here.lou, "begins_at": NOW, "leaves_at": NOW},
    ):
        hands_over(**other)
        assert asks_in(here, here.noor, word_of_id=here.karim) == "refused", other


def test_a_sealed_circle_closes_no_other_and_nobody_is_asked_who_serves_nobody(here):
    sealed = uuid4()
    stands(here, SEALED, sealed, here.village, LONG_AGO, here.family)
    job = {"role": "professional", "ground": "job", "job_id": here.jobs[here.lou]}
    seat = "INSERT INTO trust_seat (id, circle_id, person_id, role, relation, ring, ground, history, since, decided_by_id) " \
           "VALUES (gen_random_uuid(), %s, %s, 'natural', '', 2, 'consent', true, now(), %s)"  # fmt: skip
    assert tried(here.samira, seat, here.own[here.samira], here.aunt, here.samira) == 1
    here.seat(sealed, here.lou, **job)
    told = "SELECT count(*) FROM trust_seat WHERE circle_id = %s"
    assert here.owner.execute(told, [sealed]).fetchone() == (1,)


def test_only_who_opens_a_sealed_circle_seats_people_in_it_while_it_is_opened(here):
    said = (
        "INSERT INTO trust_circle (id, village_id, kind, name, safety, secrecy, opened_at, family_id, opened_by_id, opened_in) "
        "VALUES (%s, %s, 'sealed', '', false, false, %s, %s, %s, pg_current_xact_id()); "
        "INSERT INTO trust_seat (id, circle_id, person_id, job_id, role, relation, ring, ground, history, since) "
        "VALUES (gen_random_uuid(), %s, %s, %s, 'professional', '', 3, 'job', true, now()) RETURNING true"
    )
    sealed = uuid4()
    values = (sealed, here.village, LONG_AGO, here.family, here.els, sealed, here.lou, here.jobs[here.lou])
    assert asked_at_once(here, here.els, said, *values) is True
    with pytest.raises(psycopg.DatabaseError, match="two_people_decide"):
        asked_at_once(here, here.noor, said, *values)


def test_an_organisation_that_changes_its_sector_is_left_out_with_its_new_one(here):
    told = "SELECT DISTINCT viewer_id FROM trust_denial WHERE subject_id = %s AND coalesce(until, 'infinity') > now()"

    def denied() -> set[str]:
        left_out = {row[0] for row in here.owner.execute(told, [here.samira]).fetchall()}
        return {name for name, who in here.called.items() if who in left_out}

    here.owner.execute("DELETE FROM trust_exclusion")
    lay(here.owner, "trust_exclusion", {
        "subject_id": here.samira, "sector": "health", "ground": "conflict", "decided_by_id": here.karim,
        "since": NOW - DAY,
    })  # fmt: skip
    assert "lotte" not in denied()
    changed = "UPDATE trust_organisation SET sector = %s WHERE id = %s"
    here.owner.execute(changed, ["health", here.organisations["School De Linde"]])
    assert {"lotte", "lou"} <= denied()
    here.owner.execute(changed, ["education", here.organisations["School De Linde"]])
    assert not {"lotte", "lou"} & denied()
