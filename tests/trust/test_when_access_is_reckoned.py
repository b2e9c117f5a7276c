"""After which change who may know is reckoned anew: from nothing, only what that change touches comes to stand there."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from trust.each_policy import NOW, Neighbourhood, lay
from trust.scenes import LONG_AGO, insert
from trust.unheard import unheard
from trust.whoever import lay_danger

HOUR = timedelta(hours=1)
SOURCES = "SELECT source_id FROM trust_access UNION SELECT source_id FROM trust_denial"


@contextmanager
def meanwhile(here: Neighbourhood, *laid: tuple[str, list[Any]]) -> Iterator[Callable[..., set[UUID]]]:
    """Nothing was reckoned yet, and this was laid unheard; what is changed then, and from what is reckoned after it."""
    with here.owner.transaction(force_rollback=True):
        with unheard(here.owner):
            for statement, values in (
                ("DELETE FROM trust_access", []),
                ("DELETE FROM trust_denial", []),
                *laid,
            ):
                here.owner.execute(statement, values)

        def change(statement: str, *values: Any) -> set[UUID]:
            here.owner.execute(statement, values)
            return {source for (source,) in here.owner.execute(SOURCES).fetchall()}

        yield change


def of_seats(here: Neighbourhood, which: str, *values: Any) -> set[UUID]:
    """The seats of which this is said."""
    return {
        seat for (seat,) in here.owner.execute(f"SELECT id FROM trust_seat WHERE {which}", values).fetchall()
    }


def exclusion(here: Neighbourhood, **said: Any) -> tuple[UUID, list[tuple[str, list[Any]]]]:
    """Somebody is left out of Samira; written down unheard."""
    facts = {"person_id": None, "organisation_id": None, "sector": None} | said
    made = here.rows["trust_exclusion"]
    return made, [(
        "UPDATE trust_exclusion SET person_id = %s, organisation_id = %s, sector = %s, ground = 'conflict', since = %s, until = NULL",
        [facts["person_id"], facts["organisation_id"], facts["sector"], LONG_AGO],
    )]  # fmt: skip


def test_a_seat_that_comes_changes_or_goes(here):
    (seat,) = of_seats(here, "person_id = %s AND circle_id = %s", here.lotte, here.circle)
    with meanwhile(here) as change:
        assert change("UPDATE trust_seat SET relation = 'x' WHERE id = %s", seat) == {seat}
        assert change("DELETE FROM trust_seat WHERE id = %s", seat) == set()
    with meanwhile(here) as change:
        new = here.seat(here.circle, here.nel)
        assert change("SELECT 1") == {new}


def test_work_that_comes_changes_or_goes(here):
    out, laid = exclusion(here, organisation_id=here.organisations["School De Linde"])
    lottes = of_seats(here, "job_id = %s", here.jobs[here.lotte])
    assert lottes
    with meanwhile(here, *laid) as change:
        assert change("UPDATE trust_job SET title = 'x' WHERE id = %s", here.jobs[here.lotte]) == lottes | {
            out
        }
    with meanwhile(here, *laid) as change:
        insert(here.owner, "trust_job", person_id=here.nel, organisation_id=here.organisations["School De Linde"],
               role="worker", title="", bound=False, phone="", languages="", since=LONG_AGO)  # fmt: skip
        assert change("SELECT 1") == {out}
    with meanwhile(here, *laid) as change:
        assert change("DELETE FROM trust_job WHERE id = %s", here.jobs[here.lou]) == {out}


def test_work_reckons_the_readings_in_danger_through_it_and_no_others(here):
    lottes = {"person_id": here.lotte, "job_id": here.jobs[here.lotte]}
    theirs = lay_danger(here, at=NOW - HOUR, ended_at=None)
    other = lay_danger(here, at=NOW - HOUR, ended_at=None, **lottes)
    change_of = "UPDATE trust_job SET title = 'x' WHERE id = %s"
    for who, danger in ((here.tom, theirs), (here.lotte, other)):
        seats = of_seats(here, "job_id = %s", here.jobs[who])
        with meanwhile(here) as change:
            assert change(change_of, here.jobs[who]) == seats | {danger}


def test_work_reckons_who_is_left_out_with_its_sector_and_no_others(here):
    out, laid = exclusion(here, sector="sport")
    moved = "UPDATE trust_organisation SET sector = 'sport' WHERE id = %s"
    change_of = "UPDATE trust_job SET title = 'x' WHERE id = %s"
    for who, reckoned in ((here.lotte, True), (here.lou, True), (here.tom, False), (here.noor, False)):
        with meanwhile(here, *laid, (moved, [here.organisations["School De Linde"]])) as change:
            assert (out in change(change_of, here.jobs[who])) is reckoned


def test_an_agreement_that_comes_changes_or_goes(here):
    school = here.organisations["School De Linde"]
    lottes = of_seats(here, "job_id = %s", here.jobs[here.lotte])
    one = "DELETE FROM trust_agreement WHERE organisation_id = %s AND since > %s"  # one of them was laid for other tests
    with meanwhile(here, (one, [school, LONG_AGO])) as change:
        assert change("UPDATE trust_agreement SET until = NULL WHERE organisation_id = %s", school) == lottes
        assert change("DELETE FROM trust_agreement WHERE organisation_id = %s", school) == set()
        insert(here.owner, "trust_agreement", organisation_id=school, since=LONG_AGO)
        assert change("SELECT 1") == lottes


def test_an_agreement_reckons_the_readings_in_danger_of_who_works_there_and_no_others(here):
    lottes = {"person_id": here.lotte, "job_id": here.jobs[here.lotte]}
    theirs = lay_danger(here, at=NOW - HOUR, ended_at=None)
    other = lay_danger(here, at=NOW - HOUR, ended_at=None, **lottes)
    change_of = "UPDATE trust_agreement SET until = NULL WHERE organisation_id = %s AND since = %s"
    for place, danger, elsewhere in (("Girlz Lounge", theirs, other), ("School De Linde", other, theirs)):
        with meanwhile(here) as change:
            reckoned = change(change_of, here.organisations[place], LONG_AGO)
            assert danger in reckoned
            assert elsewhere not in reckoned


def test_an_organisation_that_comes_to_another_kind_of_work(here):
    out, laid = exclusion(here, sector="sport")
    denied = "SELECT array_agg(DISTINCT viewer_id) FROM trust_denial"
    school, lounge = here.organisations["School De Linde"], here.organisations["Girlz Lounge"]
    nearby = ("UPDATE trust_organisation SET sector = 'sport' WHERE id = %s", [lounge])
    next_door = {"subject_id": here.bram, "person_id": here.lou, "ground": "conflict"}
    with meanwhile(here, *laid, nearby) as change:
        with unheard(here.owner):
            lay(here.owner, "trust_exclusion", next_door)
        both = "UPDATE trust_organisation SET name = id::text WHERE id = ANY(%s)"
        assert change(both, [school]) == set(), "another name alone"
        assert change(both, [school, lounge]) == set(), "of two at once"
        assert change("UPDATE trust_organisation SET sector = 'sport' WHERE id = %s", school) == {out}
        assert set(here.owner.execute(denied).fetchone()[0]) == {here.lotte, here.lou, here.tom, here.noor}


def test_a_birthday_that_comes_changes_or_goes(here):
    out, laid = exclusion(here, person_id=here.tom)
    (born,) = here.owner.execute(
        "SELECT born FROM trust_birth WHERE person_id = %s", [here.samira]
    ).fetchone()
    with meanwhile(here, *laid) as change:
        assert out in change("UPDATE trust_birth SET born = born + 1 WHERE person_id = %s", here.samira)
    with meanwhile(here, *laid) as change:
        assert out not in change("UPDATE trust_birth SET born = born + 1 WHERE person_id = %s", here.yassin)
    with meanwhile(here, *laid) as change:
        assert out in change("DELETE FROM trust_birth WHERE person_id = %s", here.samira)
    with meanwhile(here, *laid, ("DELETE FROM trust_birth WHERE person_id = %s", [here.samira])) as change:
        born_again = "INSERT INTO trust_birth (person_id, born, circle_id) VALUES (%s, %s, %s)"
        assert out in change(born_again, here.samira, born, here.circle)


def test_an_exclusion_that_comes_changes_or_goes(here):
    out, laid = exclusion(here, person_id=here.tom)
    with meanwhile(here, *laid) as change:
        assert change("UPDATE trust_exclusion SET reason = 'x' WHERE id = %s", out) == {out}
        assert change("DELETE FROM trust_exclusion WHERE id = %s", out) == set()
        new = uuid4()
        made = (
            "INSERT INTO trust_exclusion (id, subject_id, person_id, ground, decided_by_id, reason, since) "
            "VALUES (%s, %s, %s, 'conflict', %s, '', now() - interval '1 hour')"
        )
        assert change(made, new, here.samira, here.lou, here.karim) == {new}


def test_a_reading_in_danger_that_comes_changes_or_goes_and_a_circle_that_comes_meanwhile(here):
    danger = lay_danger(here, at=NOW - HOUR, ended_at=None)
    with meanwhile(here) as change:
        assert change("UPDATE trust_circle SET name = 'x' WHERE id = %s", here.circle) == {danger}
    with meanwhile(here) as change:
        assert change("UPDATE trust_circle SET name = 'x' WHERE id = %s", here.next_circle) == set()
        insert(here.owner, "trust_circle", village_id=here.village, kind="part", name="", safety=False, secrecy=False,
               opened_at=LONG_AGO, family_id=here.family)  # fmt: skip
        assert change("SELECT 1") == {danger}
    with meanwhile(here) as change:
        assert change("UPDATE trust_danger SET ended_at = now() WHERE id = %s", danger) == {danger}
        assert change("DELETE FROM trust_danger WHERE id = %s", danger) == set()
        new = insert(
            here.owner,
            "trust_danger",
            person_id=here.tom,
            job_id=here.jobs[here.tom],
            family_id=here.family,
            at=NOW,
        )
        assert change("SELECT 1") == {new}


AGES = (
    "INSERT INTO trust_agerule SELECT (jsonb_populate_record(r, '{\"country\": \"XX\"}')).* FROM trust_agerule r LIMIT 1",
    "UPDATE trust_agerule SET own_voice = own_voice", "DELETE FROM trust_agerule WHERE country = 'XX'",
    "UPDATE trust_village SET name = name",
)  # fmt: skip


def test_a_birthday_reckons_the_seats_of_those_who_decide_for_that_child_and_no_others(here):
    out, laid = exclusion(here, person_id=here.tom)
    britts = {here.seat(here.bram_own, here.britt, role="guardian", ground="guardian")}
    before = here.rows["trust_birth"], here.bram
    later = "UPDATE trust_birth SET born = born + 1 WHERE person_id = %s"
    gone = "DELETE FROM trust_birth WHERE person_id = %s"
    born = "INSERT INTO trust_birth (person_id, born, circle_id) VALUES (%s, %s, %s)"
    for whose, reckoned in zip(before, ({out}, britts), strict=True):
        for said in (later, gone):
            with meanwhile(here, *laid) as change:
                assert change(said, whose) == reckoned
        with meanwhile(here, *laid, (gone, [whose])) as change:
            assert change(born, whose, LONG_AGO.date(), here.circle) == reckoned


def test_other_ages_or_another_country_reckon_everything(here):
    out, laid = exclusion(here, person_id=here.tom)
    danger = lay_danger(here, at=NOW - HOUR, ended_at=None)
    every = of_seats(here, "until IS NULL OR until > since") | {out, danger}
    for number, said in enumerate(AGES):
        before = [(AGES[0], [])] if number in (1, 2) else []
        with meanwhile(here, *laid, *before) as change:
            assert change(said) == every, said
    with meanwhile(here, *laid) as change:
        assert change("SELECT trust.reckon_everything()") == every
