"""Asking a function of access of everybody who might come by, and laying what no rule would."""

from typing import Any
from uuid import UUID

from django.db import connection

from kring.trust import viewer
from trust.each_policy import Neighbourhood


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


def names(here: Neighbourhood, ids: list[UUID]) -> set[str]:
    """Those of them who have a name here."""
    called = {who: name for name, who in here.called.items()}
    return {called[one] for one in ids if one in called}


def stands(here: Neighbourhood, statement: str, *values: Any) -> None:
    """What the owner says stands there, whatever a trigger would say."""
    here.owner.execute("SET session_replication_role = replica")
    here.owner.execute(statement, values)
    here.owner.execute("SET session_replication_role = origin")


def end(here: Neighbourhood, who: UUID) -> None:
    """Whatever was open to them is not open any more."""
    stands(
        here, "UPDATE trust_access SET until = trust.moment() - interval '1 second' WHERE viewer_id = %s", who
    )
