"""Asking a function of access of everybody who might come by, and laying what no rule would."""

from typing import Any
from uuid import UUID

import psycopg
from django.db import connection

from kring.trust import viewer
from trust.each_policy import NOW, Neighbourhood, lay
from trust.one_trigger import Alone, said_by
from trust.unheard import unheard

CIRCLE = {"naima", "karim", "samira", "hind", "noor", "lotte", "els"}
PARENTS = {"naima", "karim", "samira"}
NOBODY: set[str] = set()


def of_whom(here: Neighbourhood, function: str, *values: Any) -> set[str]:
    """Of whom this is said: they stand first among its arguments."""
    said = f"SELECT trust.{function}({', '.join(['%s'] * (len(values) + 1))})"
    return {
        name for name, who in here.called.items() if here.owner.execute(said, [who, *values]).fetchone()[0]
    }


def by_whom(here: Neighbourhood, function: str, *values: Any) -> set[str]:
    """Who is told yes when they ask."""
    return {name for name, told in asked(here, function, *values).items() if told}


def asked(here: Neighbourhood, function: str, *values: Any) -> dict[str, Any]:
    """What each is told."""
    told = {}
    for name, who in here.called.items():
        with viewer.acting(who), connection.cursor() as cursor:
            cursor.execute(f"SELECT trust.{function}({', '.join(['%s'] * len(values))})", values)
            told[name] = cursor.fetchone()[0]
    return told


def hearing(
    by: Alone, here: Neighbourhood, function: str, *values: Any, seen_as: UUID | None = None
) -> set[str]:
    """Who is told something, while nobody else hears of what is tried."""
    return {name for name, who in here.called.items() if by.hears(who, function, *values, seen_as=seen_as)}


def names(here: Neighbourhood, ids: list[UUID]) -> set[str]:
    """Those of them who have a name here."""
    called = {who: name for name, who in here.called.items()}
    return {called[one] for one in ids if one in called}


def stands(here: Neighbourhood, statement: str, *values: Any) -> None:
    """What the owner says stands there, whatever a trigger would say."""
    with unheard(here.owner):
        here.owner.execute(statement, values)


def lay_danger(here: Neighbourhood, **more: Any) -> UUID:
    """A reading in danger by Tom."""
    facts = {
        "person_id": here.tom, "job_id": here.jobs[here.tom], "family_id": here.family, "circle_id": here.circle,
        "at": NOW, "ended_at": NOW, "ground": "violence",
    }  # fmt: skip
    with unheard(here.owner):
        danger: UUID = lay(here.owner, "trust_danger", facts | more)
    return danger


def end(here: Neighbourhood, who: UUID) -> None:
    """Whatever was open to them is not open any more."""
    stands(
        here, "UPDATE trust_access SET until = trust.moment() - interval '1 second' WHERE viewer_id = %s", who
    )


def asked_at_once(here: Neighbourhood, who: UUID, said: str, *values: Any, scope: UUID | None = None) -> Any:
    """What the last of these statements answers to this person."""
    line = said_by(here.owner, who, scope=scope)
    with here.owner.transaction(force_rollback=True):
        told = psycopg.ClientCursor(here.owner)
        told.execute(f"SELECT set_config('kring.identity', %s, true); {said}", [line, *values])
        while told.nextset():
            pass
        return told.fetchone()[0]
