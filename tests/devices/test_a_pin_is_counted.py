"""The PIN of a device left to others: each try counts for its own worker, and the sixth ends that device alone."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import psycopg
import pytest

from trust.by_hand import account_with_app
from trust.each_policy import LATER, NOW, Neighbourhood
from trust.scenes import LONG_AGO
from trust.told import laid, told
from trust.whoever import stands

BEFORE = NOW - timedelta(hours=1)
KEYS = ("gone", "hers", "his", "nobody's", "the other of hers")


@pytest.fixture
def here(owner: psycopg.Connection) -> Neighbourhood:
    """Lotte left two devices to others and one that is over, Tom one; Noor has a PIN and no device."""
    made = Neighbourhood(owner)
    stands(made, "DELETE FROM trust_pin; DELETE FROM trust_shareddevice; DELETE FROM trust_session")
    for name, who in (("lotte", made.lotte), ("tom", made.tom), ("noor", made.noor)):
        account_with_app(owner, who, f"{name}@example.org")
        laid(made, "trust_pin", person_id=who, pin_hash=f"hash of {name}", wrong=2, set_at=LONG_AGO)
    for key, who, ended in (
        ("gone", made.lotte, BEFORE), ("hers", made.lotte, None), ("his", made.tom, None),
        ("the other of hers", made.lotte, None),
    ):  # fmt: skip
        device = laid(made, "trust_shareddevice", person_id=who, since=LONG_AGO, until=LATER, ended_at=ended)
        laid(made, "trust_session", session_key=key, shared_id=device, person_id=None, expire_date=LATER)
    laid(made, "trust_session", session_key="nobody's", person_id=None, expire_date=LATER)
    return made


def wrong(here: Neighbourhood) -> dict[str, int]:
    """How often one guessed, of each."""
    said = "SELECT p.given_name, n.wrong FROM trust_pin n JOIN trust_person p ON p.id = n.person_id"
    return dict(here.owner.execute(said).fetchall())


def devices(here: Neighbourhood) -> list[tuple[str, str]]:
    """Whose devices were ended, and when."""
    rows = here.owner.execute(
        "SELECT p.given_name, CASE WHEN d.ended_at = %s THEN 'before' ELSE 'now' END FROM trust_shareddevice d "
        "JOIN trust_person p ON p.id = d.person_id WHERE d.ended_at IS NOT NULL ORDER BY 1, 2", [BEFORE],
    )  # fmt: skip
    return rows.fetchall()


def sessions(here: Neighbourhood) -> set[str]:
    """Where somebody is in."""
    return {key for (key,) in here.owner.execute("SELECT session_key FROM trust_session").fetchall()}


def tries(here: Neighbourhood, key: str) -> list[tuple[UUID, str]]:
    """Somebody types a PIN there."""
    rows: list[tuple[UUID, str]] = told(here, None, "try_pin", key, kept=True)
    return rows


USUAL = {"Lotte": 2, "Tom": 2, "Noor": 2}
ENDED = [("Lotte", "before")]


def test_each_try_counts_for_who_left_the_device(here):
    assert tries(here, "hers") == [(here.lotte, "hash of lotte")]
    assert wrong(here) == USUAL | {"Lotte": 3}
    assert tries(here, "the other of hers") == [(here.lotte, "hash of lotte")]
    assert tries(here, "his") == [(here.tom, "hash of tom")]
    assert wrong(here) == USUAL | {"Lotte": 4, "Tom": 3}
    assert tries(here, "hers") == [(here.lotte, "hash of lotte")]
    assert wrong(here) == USUAL | {"Lotte": 5, "Tom": 3}
    assert (devices(here), sessions(here)) == (ENDED, set(KEYS))


def test_the_sixth_try_in_vain_ends_that_device_and_no_other(here):
    stands(here, "UPDATE trust_pin SET wrong = 5")
    assert tries(here, "hers") == []
    assert wrong(here) == {"Lotte": 0, "Tom": 5, "Noor": 5}
    assert devices(here) == [*ENDED, ("Lotte", "now")]
    assert sessions(here) == {*KEYS} - {"hers"}
    assert tries(here, "the other of hers") == [(here.lotte, "hash of lotte")]


def test_nothing_is_tried_where_no_device_lives(here):
    for key in ("gone", "nobody's", "unknown"):
        assert tries(here, key) == [], key
    stands(here, "UPDATE trust_job SET until = %s WHERE person_id = %s", NOW, here.tom)
    assert tries(here, "his") == []
    assert (wrong(here), devices(here)) == (USUAL, ENDED)


@pytest.mark.parametrize("ends", [False, True])
def test_the_right_one_forgets_the_wrong_ones_of_its_worker_and_ends_the_device_where_that_is_meant(
    here, ends
):
    def right(key: str) -> tuple[Any, ...]:
        told(here, None, "pin_was_right", key, ends, kept=True)
        return wrong(here), devices(here), sessions(here)

    assert right("nobody's") == right("unknown") == (USUAL, ENDED, {*KEYS})
    over = [("Lotte", "now")] if ends else []
    assert right("hers") == (USUAL | {"Lotte": 0}, ENDED + over, {*KEYS} - ({"hers"} if ends else set()))
    assert right("gone") == (USUAL | {"Lotte": 0}, ENDED + over, {*KEYS} - ({"hers"} if ends else set()))
