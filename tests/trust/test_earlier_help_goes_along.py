"""Earlier help that fewer people know takes along what is told and promised about it, and leaves the rest."""

from uuid import UUID

import psycopg
import pytest

from trust.circle_scene import FamilyScene
from trust.one_trigger import alone
from trust.scenes import LONG_AGO

TABLES = ("wraparound_earlierhelp", "wraparound_earliertelling", "intake_promise", "intake_promisechange")


@pytest.fixture
def home(owner: psycopg.Connection) -> FamilyScene:
    """A family and those around it."""
    return FamilyScene(owner)


def test_what_is_told_and_promised_about_it_goes_along_and_nothing_else(home):
    with alone(home.owner, "path_tellings_along", *TABLES) as by:
        circles = {
            "village_id": home.village,
            "family_id": home.family,
            "kind": "part",
            "opened_at": LONG_AGO,
        }
        part, aside = (by.lies("trust_circle", **circles) for _ in range(2))
        here = {"circle_id": home.circle}
        rows: dict[str, dict[str, UUID]] = {table: {} for table in TABLES}
        for name in ("moved", "stays"):
            rows[TABLES[0]][name] = help_ = by.lies(TABLES[0], **here)
            rows[TABLES[1]][name] = by.lies(TABLES[1], help_id=help_, **here)
            rows[TABLES[2]][name] = promise = by.lies(TABLES[2], object_id=help_, **here)
            rows[TABLES[3]][name] = by.lies(TABLES[3], promise_id=promise, **here)
        by.lies(TABLES[2], object_id=None, circle_id=aside)

        def lie(name: str) -> set[UUID]:
            said = "SELECT circle_id FROM {} WHERE id = %s"
            asked = [by.owner.execute(said.format(table), [rows[table][name]]).fetchone() for table in TABLES]
            return {circle for (circle,) in asked}

        assert lie("moved") == lie("stays") == {home.circle}
        by.asks(None)
        by.owner.execute(
            "UPDATE wraparound_earlierhelp SET circle_id = %s WHERE id = %s", [part, rows[TABLES[0]]["moved"]]
        )
        assert (lie("moved"), lie("stays")) == ({part}, {home.circle})
        assert by.owner.execute(
            "SELECT count(*) FROM intake_promise WHERE circle_id = %s", [aside]
        ).fetchone() == (1,)
