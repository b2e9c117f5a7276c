"""A plan is frozen and comes into force: what that changes, in its own plan and never in the one next door."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import OperationalError, connection, transaction

from kring.trust import viewer
from trust.aside import Aside, Changes, aside
from trust.each_policy import LATER, NOW, Neighbourhood, lay
from trust.scenes import LONG_AGO
from trust.unheard import unheard

TABLES = (
    "wraparound_plan", "wraparound_version", "wraparound_versionpart", "wraparound_action", "trust_link",
)  # fmt: skip
#: The moment of the deed, and the day to look again.
AT, DAY = NOW - timedelta(minutes=5), date(2027, 1, 4)
STEP = {"what": "call", "doer_words": "grandma"}


@pytest.fixture
def by(owner: psycopg.Connection) -> Iterator[Aside]:
    """Two families, each with a plan; nothing waits and nothing is in force."""
    here = Neighbourhood(owner)
    with aside(here, *TABLES) as by:
        by.next_plan = by.row(
            "next plan", "wraparound_plan", circle_id=here.next_circle, family_id=here.next_family, stage="written",
            author_id=here.britt, at=AT,
        )  # fmt: skip
        by.named[here.plan] = "plan"
        yield by


def lay_version(by: Aside, name: str, plan: UUID, **said: Any) -> UUID:
    """A version of a plan with its family, with one part."""
    here = by.here
    circle, author = (here.circle, here.naima) if plan == here.plan else (here.next_circle, here.britt)
    lies = {"circle_id": circle, "author_id": author, "at": AT}
    facts = {"stage": "waiting", "in_force_at": LONG_AGO, "replaced_at": LONG_AGO, "number": len(by.named)}
    made: UUID = by.row(name, "wraparound_version", plan_id=plan, **lies | facts | said)
    by.lies("wraparound_versionpart", version_id=made, source_id=uuid4(), **lies)
    return made


def several(by: Aside) -> dict[str, UUID]:
    """Of each plan a version in every stage."""
    return {
        name + stage: lay_version(by, name + stage, plan, stage=stage)
        for name, plan in (("", by.here.plan), ("next ", by.next_plan))
        for stage in ("replaced", "in force", "waiting")
    }


def yes(by: Aside, version: UUID, *who: UUID) -> None:
    """They said yes to it."""
    for one in who:
        by.lies("wraparound_approval", version_id=version, person_id=one, answer="yes", at=AT)


def agreed(by: Aside, version: UUID) -> None:
    """Everybody said yes whose yes is asked in the first family."""
    yes(by, version, by.here.naima, by.here.karim, by.here.samira)


def settle(by: Aside, who: UUID, version: UUID) -> tuple[Any, Changes]:
    """What they are told, and what changed."""
    return by.deed(who, "settle_version", version, AT, DAY)


def test_with_everybodys_yes_it_is_in_force_and_only_the_one_before_is_replaced(by):
    all_of_them = several(by)
    waiting = all_of_them["waiting"]
    yes(by, waiting, by.here.naima, by.here.karim)
    assert settle(by, by.here.naima, waiting) == (False, {}), "Samira said nothing yet"
    yes(by, waiting, by.here.samira)
    assert settle(by, by.here.naima, waiting) == (True, {
        "waiting": {"stage": "in force", "in_force_at": AT},
        "in force": {"stage": "replaced", "replaced_at": AT},
        "plan": {"stage": "in force", "in_force_since": AT, "next_review_on": DAY},
    })  # fmt: skip
    by.stands("UPDATE wraparound_plan SET in_force_since = %s, stage = 'in force'", LONG_AGO)
    changed = settle(by, by.here.lotte, waiting)[1]
    assert changed["plan"] == {"next_review_on": DAY}, "in force it was before"


def test_who_may_not_know_it_settles_nothing(by):
    all_of_them = several(by)
    agreed(by, all_of_them["waiting"])
    for who in (by.here.britt, by.here.lou, None):
        assert settle(by, who, all_of_them["waiting"]) == (False, {})


def test_what_does_not_wait_is_as_it_is(by):
    all_of_them = several(by)
    for stage, told in (("in force", True), ("replaced", False)):
        agreed(by, all_of_them[stage])
        assert settle(by, by.here.naima, all_of_them[stage]) == (told, {})
    by.stands("DELETE FROM wraparound_version WHERE stage = 'in force'")
    assert settle(by, by.here.naima, all_of_them["replaced"]) == (False, {})


def test_a_plan_that_is_closed_stays_so(by):
    all_of_them = several(by)
    agreed(by, all_of_them["waiting"])
    by.stands("UPDATE wraparound_plan SET stage = 'closed', closed_at = %s", LONG_AGO)
    told, changed = settle(by, by.here.naima, all_of_them["waiting"])
    assert (told, set(changed)) == (True, {"waiting", "in force"})


def lay_step(by: Aside, name: str, version: UUID, said: Any = None, **more: Any) -> None:
    """A step of the first plan as it stands now, and as it stands in that version."""
    facts = STEP | {"circle_id": by.here.circle, "state": "open", "doer_id": None}
    step = by.row(name, "wraparound_action", **facts | more)
    content = STEP | {"doer_id": None} | (said or {})
    by.lies(
        "wraparound_versionpart", version_id=version, source_id=step, kind=more.get("kind", "action"), position=9,
        circle_id=by.here.circle, content=psycopg.types.json.Jsonb(content),
    )  # fmt: skip


def test_steps_that_stand_there_as_everybody_read_them_are_agreed(by):
    all_of_them, here = several(by), by.here
    waiting = all_of_them["waiting"]
    agreed(by, waiting)
    lay_step(by, "as read", waiting)
    lay_step(by, "by Karim", waiting, {"doer_id": str(here.karim)}, doer_id=here.karim)
    for name, said, more in (
        ("other words", {"what": "write"}, {}), ("others do it", {"doer_words": "aunt"}, {}),
        ("somebody does it", {"doer_id": str(here.karim)}, {}), ("another does it", {"doer_id": str(here.karim)}, {"doer_id": here.noor}),
        ("nobody does it", {}, {"doer_id": here.noor}), ("agreed before", {}, {"agreed_at": LONG_AGO}), ("a wish", {}, {"kind": "wish"}),
    ):  # fmt: skip
        lay_step(by, name, waiting, said, **more)
    lay_step(by, "in the one before", all_of_them["in force"])
    by.row("in none", "wraparound_action", **STEP, circle_id=here.circle, doer_id=None)
    changed = settle(by, here.naima, waiting)[1]
    assert {name: row for name, row in changed.items() if "agreed_at" in row} == {
        "as read": {"agreed_at": AT}, "by Karim": {"agreed_at": AT},
    }  # fmt: skip


def freeze(by: Aside, who: UUID, plan: UUID) -> tuple[Any, Changes]:
    """What they are told, and what changed."""
    return by.deed(who, "freeze_plan", plan, AT, '{"name": "Noor"}')


def test_freezing_replaces_what_waited_and_ends_its_links_alone(by):
    all_of_them, here = several(by), by.here
    for name, version in all_of_them.items():
        facts = {"person_id": here.naima, "object_id": version, "until": LATER, "token_hash": name.encode()}
        by.row(f"link to {name}", "trust_link", **facts)
    ended = {
        "person_id": here.karim,
        "object_id": all_of_them["waiting"],
        "until": LATER,
        "ended_at": LONG_AGO,
    }
    by.row("link that ended", "trust_link", token_hash=b"ended", **ended)
    last = "UPDATE wraparound_version SET number = %s WHERE id = %s"
    by.stands(last, 71, all_of_them["replaced"])
    by.stands(last, 95, all_of_them["next replaced"])
    told, changed = freeze(by, here.naima, here.plan)
    made, parts = changed.pop("wraparound_version"), changed.pop("wraparound_versionpart")
    assert changed == {
        "waiting": {"stage": "replaced", "replaced_at": AT},
        "link to waiting": {"ended_at": AT},
    }
    facts = {
        "id": told, "plan_id": here.plan, "number": 72, "stage": "waiting", "author_id": here.naima, "at": AT,
        "circle_id": here.circle, "caring": {"name": "Noor"},
    }  # fmt: skip
    assert {column: made[column] for column in facts} == facts
    assert parts["version_id"] == told


def test_who_keeps_a_plan_freezes_it_while_it_is_open(by):
    here = by.here
    refused = {
        name for name, who in here.called.items() if freeze(by, who, here.plan)[0] == "not_yours_to_offer"
    }
    assert set(here.called) - refused == {"naima", "karim", "samira", "noor"}
    assert freeze(by, here.naima, by.next_plan) == ("not_yours_to_offer", {})
    by.stands("UPDATE wraparound_plan SET stage = 'closed', closed_at = now() WHERE id = %s", by.next_plan)
    assert isinstance(freeze(by, here.naima, here.plan)[0], UUID), "the next one is closed"
    by.stands("UPDATE wraparound_plan SET stage = 'closed', closed_at = now() WHERE id = %s", here.plan)
    assert freeze(by, here.naima, here.plan) == ("plan_is_closed", {})


def test_who_settles_waits_for_what_happens_to_that_plan_and_for_no_other(owner):
    here, plans = Neighbourhood(owner), []
    with unheard(owner):
        lies = {"circle_id": here.next_circle, "author_id": here.britt}
        next_plan = lay(owner, "wraparound_plan", lies | {"family_id": here.next_family, "stage": "written"})
        for plan in (here.plan, next_plan):
            lies = {"circle_id": here.circle, "author_id": here.naima, "at": AT, "stage": "waiting"}
            plans.append((plan, lay(owner, "wraparound_version", lies | {"plan_id": plan})))
    for plan, version in plans:
        for held, _ in plans:
            with owner.transaction():
                owner.execute("SELECT 1 FROM wraparound_plan WHERE id = %s FOR UPDATE", [held])
                assert waits(here.naima, version) is (held == plan)


def waits(who: UUID, version: UUID) -> bool:
    """Whether they wait when they settle it now."""
    with viewer.acting(who), connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '300ms'")
        try:
            with transaction.atomic():
                cursor.execute("SELECT trust.settle_version(%s, %s, %s)", [version, AT, DAY])
                return bool(cursor.fetchone()[0])
        except OperationalError:
            return True
