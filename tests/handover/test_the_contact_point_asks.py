"""The contact point asks somebody to coordinate for a family that waits, and a job brings the seats that go with it."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from handover.hours import Hours, hours, moment
from trust.each_policy import LATER, lay
from trust.scenes import LONG_AGO


def waits(there: Hours, *families: str) -> None:
    """Nobody coordinates for these any more; who was asked into a circle before is forgotten."""
    there.owner.execute("DELETE FROM trust_invitation")
    there.owner.execute(
        "WITH gone AS (UPDATE trust_seat SET until = %s WHERE role = 'coordinator' AND circle_id = ANY(%s) RETURNING id) "
        "DELETE FROM trust_access a USING gone WHERE a.source_id = gone.id",
        [moment(-2), [there.where[one] for one in families]],
    )
    # the circle of the family is not the first one that is found
    there.owner.execute("UPDATE trust_circle SET name = name WHERE kind = 'family'")


def asks_lotte(there: Hours, family: UUID | None = None, job: UUID | None = None) -> Any:
    """What Els hears when she asks."""
    here = there.here
    values = (family or here.family, job or here.jobs[here.lotte], "coach", moment(1), LATER)
    return there.does("els", "ask_coordinator_for", *values)


def decides(there: Hours, who: str, where: str, role: str, since: int, until: int | None = None) -> None:
    """They sit there as one of the family."""
    there.owner.execute(
        "DELETE FROM trust_seat WHERE person_id = %s AND circle_id = %s",
        [there.here.called[who], there.where[where]],
    )
    lay(there.owner, "trust_seat", {
        "person_id": there.here.called[who], "circle_id": there.where[where], "role": role, "ring": 1, "ground": "guardian",
        "since": moment(since), "until": moment(until),
    })  # fmt: skip


def test_who_is_asked_is_asked_into_the_circle_of_that_family_on_the_word_of_a_guardian(here):
    with hours(here) as there:
        waits(there, "family", "next family")
        decides(there, "hind", "family", "guardian", -900, -100)
        decides(there, "karim", "family", "guardian", -99)
        decides(there, "naima", "family", "guardian", -98)
        decides(there, "samira", "family", "child", -200)
        decides(there, "britt", "next family", "guardian", -199)
        for family, circle, word_of in (
            (here.family, here.circle, here.karim),
            (here.next_family, here.next_circle, here.britt),
        ):
            made = asks_lotte(there, family)
            row = there.owner.execute(
                "SELECT to_jsonb(i) FROM trust_invitation i WHERE id = %s", [made]
            ).fetchone()[0]
            said = {
                "circle_id": circle, "author_id": here.els, "person_id": here.lotte, "job_id": here.jobs[here.lotte],
                "word_of_id": word_of,
            }  # fmt: skip
            plain = {
                "given_name": "Lotte",
                "role": "coordinator",
                "relation": "coach",
                "ring": 2,
                "history": True,
            }
            assert row == row | {key: str(value) for key, value in said.items()} | plain
            assert there.column("trust_invitation", "at", made) == [1]
        assert there.owner.execute("SELECT count(*) FROM trust_invitation").fetchone() == (2,)


def test_where_no_guardian_is_left_it_is_on_the_word_of_the_child(here):
    with hours(here) as there:
        waits(there, "family")
        there.owner.execute("DELETE FROM trust_seat WHERE role = 'guardian'")
        decides(there, "samira", "family", "child", -200)
        assert there.column("trust_invitation", "word_of_id", asks_lotte(there)) == ["samira"]


def test_nobody_is_asked_for_a_family_that_does_not_wait_nor_by_work_that_has_ended(here):
    with hours(here) as there:
        waits(there, "next family")
        assert asks_lotte(there) is None
        assert asks_lotte(there, here.next_family) is not None
        there.owner.execute("UPDATE trust_job SET until = %s WHERE person_id = %s", [moment(-1), here.lotte])
        assert asks_lotte(there, here.next_family) is None


def test_whoever_was_asked_to_coordinate_there_before_is_not_asked_any_more(here):
    with hours(here) as there:
        waits(there, "family")
        asked = [
            there.invitation("family", "lou"),
            there.invitation("family", "tom", role="professional"),
            there.invitation("family", "nel", answer="no", answered_at=-3),
            there.invitation("family", "ada", withdrawn_at=-4),
            there.invitation("next family", "lou"),
        ]
        assert asks_lotte(there)
        assert there.column("trust_invitation", "withdrawn_at", *asked) == [1, None, None, -4, None]


def by_job(there: Hours, by: str, whose: str, at: int = 0, *, alone: bool = True) -> Any:
    """The seats that come with this job, or that it is refused."""
    if alone:
        there.nobody_sits()
        there.owner.execute("DELETE FROM trust_access")
    told = there.does(by, "seat_by_job", there.here.jobs.get(there.here.called[whose], uuid4()), moment(at))
    rows = there.owner.execute(
        "SELECT circle_id, person_id, job_id, since, decided_by_id, role, ground, history FROM trust_seat"
    )
    return told if told else sorted(rows.fetchall(), key=str)


def test_a_job_brings_a_seat_in_the_village_and_at_the_desk_to_who_answers_there(here):
    with hours(here) as there:
        elsewhere = here.owner.execute(
            "SELECT village_id FROM trust_person WHERE id = %s", [here.xavi]
        ).fetchone()[0]
        square, there_square = (
            lay(here.owner, "trust_circle", {"village_id": village, "kind": "village", "opened_at": LONG_AGO})
            for village in (here.village, elsewhere)
        )

        def seats(by: UUID, who: UUID, *circles: UUID, since: int = 0) -> list[Any]:
            rest = (who, here.jobs[who], moment(since), by, "professional", "job", True)
            return sorted(((circle, *rest) for circle in circles), key=str)

        assert by_job(there, "ada", "lotte") == seats(here.ada, here.lotte, square)
        assert by_job(there, "ada", "eva") == seats(here.ada, here.eva, square, here.desk)
        begins = "UPDATE trust_job SET since = %s WHERE person_id = %s"
        there.owner.execute(begins, [moment(9), here.lotte])
        assert by_job(there, "bea", "lotte") == seats(here.bea, here.lotte, square, since=9)
        job = there.owner.execute("SELECT id FROM trust_job WHERE person_id = %s", [here.xena]).fetchone()[0]
        here.jobs[here.xena] = job
        assert by_job(there, "xavi", "xena") == seats(here.xavi, here.xena, there_square)


@pytest.mark.parametrize(("access", "seats"), [
    ("", []), ("until = now() - interval '1 second'", [False]), ("since = now() + interval '1 hour'", [False]),
    ("danger = true", [False]), ("circle_id = gen_random_uuid()", [False]),
])  # fmt: skip
def test_where_somebody_sits_at_the_desk_a_job_alone_opens_it_to_nobody(here, access, seats):
    """Where nobody sits any more, it opens from now on: what waited before waits for somebody's word."""
    with hours(here) as there:
        there.owner.execute("DELETE FROM trust_seat WHERE person_id = %s", [here.eva])
        there.owner.execute("DELETE FROM trust_access WHERE viewer_id = %s", [here.eva])
        if access:
            there.owner.execute(f"UPDATE trust_access SET {access} WHERE circle_id = %s", [here.desk])
        by_job(there, "ada", "eva", alone=False)
        found = there.owner.execute(
            "SELECT history FROM trust_seat WHERE person_id = %s AND circle_id = %s", [here.eva, here.desk]
        )
        assert [history for (history,) in found.fetchall()] == seats


def test_who_sits_elsewhere_closes_no_desk_and_the_square_is_open_to_all_that_was(here):
    with hours(here) as there:
        there.nobody_sits()
        there.owner.execute("DELETE FROM trust_access")
        square = lay(
            here.owner, "trust_circle", {"village_id": here.village, "kind": "village", "opened_at": LONG_AGO}
        )
        lay(
            here.owner,
            "trust_seat",
            {"circle_id": square, "person_id": here.tom, "job_id": here.jobs[here.tom]},
        )
        by_job(there, "ada", "eva", alone=False)
        told = there.owner.execute(
            "SELECT circle_id, history FROM trust_seat WHERE person_id = %s", [here.eva]
        )
        assert sorted(told.fetchall()) == sorted([(square, True), (here.desk, True)])


def test_only_another_administrator_of_the_village_gives_it(here):
    with hours(here) as there:

        def give(job: UUID) -> set[str]:
            there.nobody_sits()
            told = there.told("seat_by_job", job, moment(0))
            return {name for name, said in told.items() if said != "no_seat_by_this_job"}

        assert give(here.jobs[here.lotte]) == {"ada", "bea"}
        assert give(here.jobs[here.ada]) == {"bea"}
        of_xena = there.owner.execute(
            "SELECT id FROM trust_job WHERE person_id = %s", [here.xena]
        ).fetchone()[0]
        assert give(of_xena) == {"xavi"}
        assert give(uuid4()) == set()
