"""A change of what decides who may know holds whom it is about, until it stands: another that reads them comes before or after it."""

from collections.abc import Iterator
from uuid import UUID

import pytest

import testbed
from trust.each_policy import NOW, Neighbourhood, lay
from trust.scenes import LONG_AGO
from trust.unheard import unheard
from trust.waits import Waits


@pytest.fixture
def waits(here: Neighbourhood, bed: testbed.Testbed) -> Iterator[Waits]:
    """Two at once."""
    with bed.connect() as other:
        yield Waits(here, other)


def school(here: Neighbourhood) -> UUID:
    """The school of Lotte and Lou."""
    found: UUID = here.organisations["School De Linde"]
    return found


def test_who_reckons_holds_what_is_reckoned_from_and_nothing_else(waits):
    here, locks = waits.here, "SELECT trust.lock_rows(%s, %s, %s)"
    town = here.organisations["Town hall"]
    asked = [school(here), town], [here.family], [here.noor, here.tom]
    assert waits.held(locks, *asked) == {school(here), town, here.family, here.noor, here.tom}
    assert waits.held(locks, *asked, how="KEY SHARE") == set(), "who writes a row of theirs does not wait"
    assert waits.held(locks, [], [], []) == set()


def test_a_seat_holds_who_sits_there_their_work_and_the_child_whose_guardian_it_is(waits):
    here = waits.here
    own = here.own[here.samira]
    change = "UPDATE trust_seat SET relation = 'x' WHERE person_id = %s AND circle_id = %s"
    assert waits.held(change, here.lotte, here.circle) == {here.lotte, school(here)}
    assert waits.held(change, here.karim, here.circle) == {here.karim}
    here.seat(own, here.karim, role="guardian", ground="guardian")
    here.seat(own, here.aunt)
    assert waits.held(change, here.karim, own) == {here.karim, here.samira}
    assert waits.held(change, here.aunt, own) == {here.aunt}
    said = {
        "circle_id": here.circle,
        "role": "professional",
        "relation": "",
        "ring": 3,
        "ground": "consent",
        "history": True,
    }
    new = said | {"since": LONG_AGO, "person_id": here.lou, "job_id": here.jobs[here.lou]}
    assert waits.made("trust_seat", **new) == {here.lou, school(here)}
    gone = "DELETE FROM trust_seat WHERE person_id = %s AND circle_id = %s"
    assert waits.held(gone, here.lotte, here.circle) == {here.lotte, school(here)}
    assert waits.held(gone, here.karim, own) == {here.karim, here.samira}


def test_work_holds_who_works_where_and_the_village(waits):
    here = waits.here
    place = {school(here), here.village}
    lotte, ombuds = here.jobs[here.lotte], here.organisations["Ombuds"]
    assert waits.held("UPDATE trust_job SET title = 'x' WHERE id = %s", lotte) == {here.lotte} | place
    assert waits.held("DELETE FROM trust_job WHERE id = %s", here.jobs[here.lou]) == {here.lou} | place
    facts = {"role": "worker", "title": "", "bound": False, "phone": "", "languages": "", "since": LONG_AGO}
    assert waits.made("trust_job", person_id=here.said, organisation_id=ombuds, **facts) == {
        here.said, ombuds, here.village,
    }  # fmt: skip


def test_a_place_that_comes_to_another_kind_of_work_holds_the_village(waits):
    here, change = waits.here, "UPDATE trust_organisation SET {} WHERE id = %s".format
    assert waits.held(change("sector = 'sport'"), school(here)) == {school(here), here.village}
    assert waits.held(change("name = 'x'"), school(here)) == {school(here)}


def test_an_agreement_holds_whose_it_is(waits):
    here = waits.here
    of = "organisation_id = %s"
    assert waits.held(f"UPDATE trust_agreement SET until = NULL WHERE {of}", school(here)) == {school(here)}
    assert waits.held(f"DELETE FROM trust_agreement WHERE {of}", school(here)) == {school(here)}


def test_a_birthday_holds_whose_it_is(waits):
    here = waits.here
    of, before = "person_id = %s", "DELETE FROM trust_birth WHERE person_id = %s"
    assert waits.held(f"UPDATE trust_birth SET born = born + 1 WHERE {of}", here.samira) == {here.samira}
    assert waits.held(before, here.samira) == {here.samira}
    with unheard(here.owner):
        here.owner.execute(before, [here.samira])
    born = "INSERT INTO trust_birth (person_id, born, circle_id) VALUES (%s, %s, %s)"
    assert waits.held(born, here.samira, NOW.date(), here.circle) == {here.samira}


def test_a_circle_holds_its_family(waits):
    here = waits.here
    assert waits.held("UPDATE trust_circle SET name = 'x' WHERE id = %s", here.circle) == {here.family}
    assert waits.held("UPDATE trust_circle SET name = 'x' WHERE id = %s", here.desk) == set()


def test_who_is_left_out_holds_the_child_and_where_they_work(waits):
    here = waits.here
    out = "UPDATE trust_exclusion SET reason = 'x'"
    for left_out, places in (
        ({"person_id": here.tom}, set()), ({"organisation_id": school(here)}, {school(here)}),
        ({"sector": "education"}, None),
    ):  # fmt: skip
        facts = {"person_id": None, "organisation_id": None, "sector": None} | left_out
        with unheard(here.owner):
            here.owner.execute(
                "UPDATE trust_exclusion SET person_id = %s, organisation_id = %s, sector = %s", list(facts.values())
            )  # fmt: skip
        of_sector = "SELECT id FROM trust_organisation WHERE sector = %s"
        every = {one for (one,) in here.owner.execute(of_sector, [facts["sector"]]).fetchall()}
        assert waits.held(out) == {here.samira} | (every | {here.village} if places is None else places)
    assert every, "one sector has organisations"


def test_who_is_left_out_of_another_child_is_not_held(waits):
    here = waits.here
    lounge, one = here.organisations["Girlz Lounge"], here.rows["trust_exclusion"]
    next_door = {"subject_id": here.bram, "organisation_id": lounge, "ground": "conflict"}
    with unheard(here.owner):
        other = lay(here.owner, "trust_exclusion", next_door)
        lay(here.owner, "trust_exclusion", {"subject_id": here.bram, "sector": "sport", "ground": "conflict"})
    out = "UPDATE trust_exclusion SET reason = 'x' WHERE id = %s"
    assert waits.held(out, one) == {here.samira}
    assert waits.held(out, other) == {here.bram, lounge}
