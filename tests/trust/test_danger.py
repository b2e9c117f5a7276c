"""K8: who may not take a seat in danger, whatever the hour."""

from datetime import UTC, date, datetime

import psycopg
import pytest

from trust.scenes import LONG_AGO, Scene, insert

AT = datetime(2026, 9, 1, 12, tzinfo=UTC)


@pytest.fixture
def scene(owner: psycopg.Connection) -> Scene:
    return Scene(owner)


def family_of(scene: Scene, child) -> object:
    family = insert(scene.owner, "trust_family", village_id=scene.village, name="F", opened_at=LONG_AGO)
    insert(scene.owner, "trust_familymember", family_id=family, person_id=child, kind="child", relation="", authority=True)  # fmt: skip
    scene.owner.execute(
        "INSERT INTO trust_birth (person_id, born) VALUES (%s, %s)", [child, date(2012, 1, 1)]
    )
    return family


def opens(scene: Scene, person, family) -> None:
    insert(
        scene.owner,
        "trust_danger",
        person_id=person,
        job_id=scene.jobs[person],
        family_id=family,
        at=AT,
    )


def kept_away(scene: Scene, child, ground: str, **whom) -> None:
    insert(scene.owner, "trust_exclusion", subject_id=child, ground=ground, since=LONG_AGO, reason="", **whom)


@pytest.mark.parametrize("ground", ["court order", "conflict"])
@pytest.mark.parametrize("how", ["person", "organisation", "sector"])
def test_a_court_order_or_a_conflict_meets_a_person_their_organisation_or_their_sector(scene, ground, how):
    worker, child = scene.worker("Tom", organisation="Jeugdwerk"), scene.person("Lise")
    family = family_of(scene, child)
    whom = {
        "person": {"person_id": worker},
        "organisation": {"organisation_id": scene.organisation("Jeugdwerk")},
        "sector": {"sector": "education"},
    }[how]
    kept_away(scene, child, ground, **whom)
    with pytest.raises(psycopg.Error, match="danger_against_an_exclusion"):
        opens(scene, worker, family)


@pytest.mark.parametrize("ground", ["own choice", "withheld"])
def test_other_grounds_do_not_stop_it(scene, ground):
    worker, child = scene.worker("Tom", organisation="Jeugdwerk"), scene.person("Lise")
    family = family_of(scene, child)
    kept_away(scene, child, ground, person_id=worker)
    opens(scene, worker, family)


def test_an_exclusion_also_meets_the_young_person_it_is_about(scene):
    """It denies nothing to its subject, and yet whoever it names takes no seat in danger."""
    young = scene.worker("Lise", organisation="Jeugdwerk")
    family = family_of(scene, young)
    kept_away(scene, young, "conflict", person_id=young)
    with pytest.raises(psycopg.Error, match="danger_against_an_exclusion"):
        opens(scene, young, family)
