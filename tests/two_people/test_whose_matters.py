"""Whose matters are whose: what each sees of what was asked, by which names, who decided last, and what a command may use."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from trust.each_policy import LATER, NOW, Neighbourhood
from trust.lines import rows, rows_of_all
from trust.scenes import LONG_AGO
from trust.whoever import asked, asked_at_once, by_whom, of_whom, stands
from two_people.matters import HOUR, answered, matter, plain, row, says

HERE_AT_WORK = {"noor", "lotte", "tom", "els", "lou", "ada", "nel", "vera", "bea", "nils", "eva", "vik"}


@pytest.fixture
def here(owner: psycopg.Connection) -> Neighbourhood:
    """Everybody has a surname."""
    here = Neighbourhood(owner)
    stands(here, "UPDATE trust_person SET surname = 'De ' || given_name")
    return here


def sees(here: Neighbourhood, which: UUID) -> set[str]:
    """Who sees it among theirs."""
    return {name for name, told in asked(here, "my_matters").items() if which in told}


def sealed(here: Neighbourhood) -> UUID:
    """Something sealed of the family."""
    circle = uuid4()
    stands(
        here,
        "INSERT INTO trust_circle (id, village_id, kind, name, safety, secrecy, opened_at, family_id) "
        "VALUES (%s, %s, 'sealed', '', false, false, %s, %s)", circle, here.village, LONG_AGO, here.family,
    )  # fmt: skip
    return circle


def opens(here: Neighbourhood, circle: UUID, who: UUID, danger: bool = False, until: Any = LATER) -> None:
    """It is open to somebody."""
    stands(
        here, "INSERT INTO trust_access (viewer_id, circle_id, since, until, danger, source_id) "
        "VALUES (%s, %s, %s, %s, %s, %s)", who, circle, LONG_AGO, until, danger, uuid4(),
    )  # fmt: skip


def test_what_waits_is_seen_by_who_asked_and_who_may_say_yes(here):
    asked_for = matter(here, "export", here.ada, families=12)
    assert sees(here, asked_for) == {"ada", "vera", "vik"}
    stands(here, "UPDATE trust_job SET until = now() WHERE person_id = %s", here.ada)
    assert sees(here, asked_for) == {"vera", "vik"}, "whoever may not ask does not see what they asked"


def test_what_is_over_or_taken_back_is_seen_by_who_asked(here):
    for said in ({"taken_back_at": NOW}, {"until": NOW - HOUR}):
        assert sees(here, matter(here, "export", here.ada, row=said, families=12)) == {"ada"}


def test_what_is_answered_is_seen_by_who_asked_and_who_answered(here):
    for answer in ("yes", "no", "over"):
        done = matter(here, "export", here.ada, row=answered(here.vera, answer), families=12)
        assert sees(here, done) == {"ada", "vera"}
    stands(here, "UPDATE trust_job SET until = now() WHERE person_id = %s", here.vera)
    assert sees(here, done) == {"ada"}


def test_who_answered_and_is_concerned_by_now_does_not_see_it_any_more(here):
    facts = {"family": here.family, "subject": here.samira}
    done = matter(here, "conflict", here.noor, here.samira, row=answered(here.vera), person=here.tom, **facts)
    assert sees(here, done) == {"noor", "vera"}
    here.seat(here.circle, here.vera, ground="job", job_id=here.jobs[here.vera], role="professional")
    assert sees(here, done) == {"noor"}


def test_who_answered_for_something_sealed_sees_it_while_they_sit_there(here):
    circle = sealed(here)
    opens(here, circle, here.noor)
    done = matter(
        here, "sealed seat", here.noor, row=answered(here.lotte) | {"circle_id": circle},
        circle=circle, person=here.tom,
    )  # fmt: skip
    assert sees(here, done) == {"noor"}
    opens(here, circle, here.lotte)
    assert sees(here, done) == {"noor", "lotte"}


def test_another_village_sees_nothing_of_it(here):
    theirs = matter(here, "export", here.xavi, row={"village_id": there(here)}, families=12)
    assert sees(here, theirs) == {"xavi", "xander"}
    astray = matter(here, "export", here.ada, row={"village_id": there(here)}, families=12)
    assert "ada" not in sees(here, astray)


def there(here: Neighbourhood) -> UUID:
    """The other village."""
    return here.owner.execute("SELECT village_id FROM trust_person WHERE id = %s", [here.xavi]).fetchone()[0]


def test_nobody_sees_anothers_matters_through_their_eyes(here):
    matter(here, "export", here.ada, families=12)
    assert says(here.ada, "my_matters", seen_as=here.lotte) == []
    assert len(says(here.ada, "my_matters")) == 1


def test_what_waits_waits_until_its_end_and_not_at_it(here):
    which = matter(here, "export", here.ada, families=12)
    said = (
        "SET LOCAL session_replication_role = replica; UPDATE trust_matter SET until = trust.moment() + {} WHERE id = %s; "
        "SELECT %s = ANY(trust.my_matters())"
    )
    for more, waits in (("interval '0'", False), ("interval '1 second'", True)):
        assert asked_at_once(here, here.vera, said.format(more), which, which) is waits


def test_whom_a_matter_is_about_is_called_by_the_first_name_and_colleagues_by_the_whole(here):
    school = here.organisations["School De Linde"]
    one = matter(here, "withheld", here.noor, here.samira, row=answered(here.vera),
                 family=here.family, subject=here.samira, person=here.tom, organisation=school)  # fmt: skip
    lost = matter(here, "second factor", here.noor, person=here.lou, circle=here.circle)
    stands(here, "UPDATE trust_matter SET asked_by_id = %s WHERE id = %s", here.vera, lost)
    stands(
        here,
        "UPDATE trust_matter SET answered_by_id = %s, answer = 'yes', answered_at = now() WHERE id = %s",
        here.vik,
        lost,
    )

    def named(who: UUID, *which: UUID) -> dict[str, str]:
        known = {here.called[name]: name for name in here.called} | {school: "the school"}
        return {known[one]: name for one, name in rows(who, "names_in_matters", list(which))}

    about = {"samira": "Samira", "tom": "Tom", "the school": "School De Linde"}
    assert named(here.noor, one) == about | {"noor": "Noor De Noor", "vera": "Vera De Vera"}
    assert named(here.noor) == {}
    assert named(here.ada, one) == named(here.lotte, one) == {}, "it is not theirs"
    assert named(here.vik, lost) == {"lou": "Lou De Lou", "vera": "Vera De Vera", "vik": "Vik De Vik"}
    assert named(here.vik, one, lost) == named(here.vik, lost)


def test_a_colleague_whom_another_matter_is_about_is_called_by_the_first_name(here):
    asked_for = matter(here, "export", here.ada, families=12)
    about = matter(here, "danger", here.ada, person=here.bea)
    hers = matter(here, "export", here.bea, families=12)
    told = dict(rows(here.vera, "names_in_matters", [asked_for, about, hers]))
    assert told == {here.ada: "Ada De Ada", here.bea: "Bea"}
    assert dict(rows(here.vera, "names_in_matters", [asked_for, hers])) == {
        here.ada: "Ada De Ada", here.bea: "Bea De Bea"
    }  # fmt: skip


def test_whether_somebody_can_say_the_second_yes_at_all(here):
    elsewhere = {"xavi", "xena", "xeno"}
    everybody = set(here.called) - elsewhere - {"xander"}
    assert by_whom(here, "somebody_can_second") == everybody | elsewhere, "an officer is not two alone"
    stands(here, "UPDATE trust_job SET until = now() WHERE person_id = %s", here.vik)
    assert by_whom(here, "somebody_can_second") == (everybody | elsewhere) - {"vera"}
    stands(here, "UPDATE trust_job SET until = now() WHERE person_id = %s", here.vera)
    assert by_whom(here, "somebody_can_second") == elsewhere


def test_whether_anything_may_wait_for_somebody(here):
    officers = {"vera", "vik", "xander"}
    assert of_whom(here, "reckon_seconds") == officers, (
        "whoever sits in a family's circle says no second yes by it"
    )
    circle = sealed(here)
    opens(here, circle, here.lotte)
    opens(here, circle, here.aunt)
    opens(here, circle, here.lou, danger=True)
    opens(here, circle, here.nel, until=NOW - HOUR)
    assert of_whom(here, "reckon_seconds") == officers | {"lotte"}
    for who in (here.lotte, here.vera):
        stands(here, "UPDATE trust_job SET until = now() WHERE person_id = %s", who)
    assert of_whom(here, "reckon_seconds") == officers - {"vera"}


def decided(here: Neighbourhood, kind: str, by: UUID, second: UUID, days: int, **said: Any) -> None:
    """This was answered so many days ago."""
    at = NOW - timedelta(days=days)
    matter(here, kind, by, row=answered(second, at=at) | said, country="FR")


def test_who_works_here_reads_who_decided_last_for_the_whole_village(here):
    decided(here, "country", here.ada, here.vera, 3)
    decided(here, "country", here.bea, here.vik, 2)
    decided(here, "country", here.ada, here.vik, 1, answer="no")
    decided(here, "export", here.ada, here.vera, 0)
    decided(here, "reading ends", here.bea, here.vera, 0)
    decided(here, "country", here.xavi, here.xander, 0, village_id=there(here))
    last = [(NOW - timedelta(days=2), "Bea De Bea", "Vik De Vik")]
    there_last = [(NOW, "Xavi De Xavi", "Xander De Xander")]
    theirs = dict.fromkeys(("xavi", "xena", "xander", "xeno"), there_last)
    assert rows_of_all(here, "decided_by_two", "country") == dict.fromkeys(HERE_AT_WORK, last) | theirs
    reading = [(NOW, "Bea De Bea", "Vera De Vera")]
    assert rows_of_all(here, "decided_by_two", "reading ends") == dict.fromkeys(HERE_AT_WORK, reading)
    assert rows_of_all(here, "decided_by_two", "export") == {}
    assert rows(here.ada, "decided_by_two", "country", seen_as=here.lotte) == []


def used(here: Neighbourhood, number: str, kind: str = "export", **facts: Any) -> Any:
    """What a command is told that shows this number."""
    told = "SELECT trust.lock_use_matter(%s, %s, %s, %s)"
    return here.owner.execute(told, [number, kind, plain(facts), NOW]).fetchone()[0]


def agreed(here: Neighbourhood, number: str, **said: Any) -> UUID:
    """Vera said yes to what Ada asked."""
    return matter(here, "export", here.ada, row=answered(here.vera) | {"number": number} | said, families=12)


def test_a_command_uses_what_two_agreed_on_once_and_exactly(here):
    one, other = agreed(here, "1"), agreed(here, "2")
    for number, kind, facts in (
        ("3", "export", {"families": 12}), ("1", "restore", {"families": 12}), ("1", "export", {"families": 13}),
        ("1", "export", {"families": 12, "more": 1}), ("1", "export", {}),
    ):  # fmt: skip
        assert used(here, number, kind, **facts) is None
    assert used(here, "1", families=12) == one
    assert used(here, "1", families=12) is None
    assert [row(here, which, "used_at") for which in (one, other)] == [(NOW,), (None,)]
    for answer in ("no", "over"):
        agreed(here, answer, answer=answer)
        assert used(here, answer, families=12) is None


def test_what_two_agreed_on_is_used_within_a_day(here):
    one = agreed(here, "1")
    said = (
        "SET LOCAL session_replication_role = replica; UPDATE trust_matter SET answered_at = trust.moment() - {} WHERE id = %s; "
        "SELECT trust.lock_use_matter('1', 'export', %s, now())"
    )
    long = {"23 hours 59 minutes": one, "24 hours": None, "25 hours": None}
    for ago, told in long.items():
        values = (one, plain({"families": 12}))
        assert asked_at_once(here, here.ada, said.format(f"interval '{ago}'"), *values) == told


def test_only_who_asked_uses_what_two_agreed_on(here):
    one, others = (
        agreed(here, "1"),
        matter(here, "export", here.bea, row=answered(here.vera) | {"number": "2"}, families=12),
    )

    def uses(who: UUID, number: str, seen_as: UUID | None = None) -> Any:
        return says(who, "use_matter", number, "export", plain({"families": 12}), NOW, seen_as=seen_as)

    for who in (here.bea, here.vera, here.noor, here.xavi):
        assert uses(who, "1") is None
    assert uses(here.ada, "2") is uses(here.ada, "1", seen_as=here.lotte) is None
    assert uses(here.ada, "1") == one
    assert [row(here, which, "used_at") for which in (one, others)] == [(NOW,), (None,)]
