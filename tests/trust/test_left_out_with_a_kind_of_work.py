"""Who comes to a kind of work while it is left out as a whole is left out too, whichever of the two stands first (K4)."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID

import psycopg
import pytest

import testbed
from trust.each_policy import Neighbourhood
from trust.scenes import LONG_AGO, insert

Deed = Callable[[psycopg.Connection], Any]
WAITS = "SELECT EXISTS (SELECT 1 FROM pg_stat_activity WHERE pid = %s AND wait_event_type = 'Lock')"


def left_out(here: Neighbourhood) -> Deed:
    """Sport is left out of Samira."""
    facts = {
        "subject_id": here.samira,
        "sector": "sport",
        "ground": "conflict",
        "since": LONG_AGO,
        "reason": "",
    }
    return lambda owner: insert(owner, "trust_exclusion", **facts)


def school_comes(here: Neighbourhood) -> Deed:
    """Lotte's school is a place of sport from now on."""
    school = here.organisations["School De Linde"]
    return lambda owner: owner.execute(
        "UPDATE trust_organisation SET sector = 'sport' WHERE id = %s", [school]
    )


def club_comes(here: Neighbourhood) -> Deed:
    """A new club, in which Lotte works."""
    facts = {"role": "worker", "title": "", "bound": False, "phone": "", "languages": "", "since": LONG_AGO}

    def comes(owner: psycopg.Connection) -> UUID:
        club = insert(owner, "trust_organisation", village_id=here.village, name="Club", sector="sport")
        return insert(owner, "trust_job", person_id=here.lotte, organisation_id=club, **facts)

    return comes


@pytest.mark.parametrize("comes", [school_comes, club_comes])
@pytest.mark.parametrize("is_first", [True, False])
def test_who_comes_to_it_meanwhile_is_left_out(
    here: Neighbourhood, bed: testbed.Testbed, comes: Callable[[Neighbourhood], Deed], is_first: bool
) -> None:
    first, second = (left_out(here), comes(here)) if is_first else (comes(here), left_out(here))
    with bed.connect() as other, ThreadPoolExecutor(1) as meanwhile:
        with here.owner.transaction():
            first(here.owner)
            waiting = meanwhile.submit(second, other)
            while (
                not here.owner.execute(WAITS, [other.info.backend_pid]).fetchone()[0] and not waiting.done()
            ):  # type: ignore[index]
                pass
        waiting.result()
    denied = "SELECT count(*) FROM trust_denial WHERE viewer_id = %s AND subject_id = %s"
    assert here.owner.execute(denied, [here.lotte, here.samira]).fetchone() == (1,)
