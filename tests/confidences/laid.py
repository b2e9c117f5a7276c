"""Confidences of the neighbourhood, laid as no rule would: who sits in them, what was told and what was promised."""

from typing import Any
from uuid import UUID

from trust.each_policy import NOW, Neighbourhood
from trust.told import circle, laid, works_in


def hears(here: Neighbourhood, where: UUID, who: UUID, **said: Any) -> UUID:
    """Somebody listens, through their job where they have one; the seat."""
    job = here.jobs.get(who)
    return works_in(
        here, where, who, **{"role": "professional" if job else "natural", "ground": "own choice"} | said
    )


def confidence(here: Neighbourhood, young: UUID, *hearers: UUID, **said: Any) -> UUID:
    """Somebody young confides in these."""
    facts = {"subject_id": young, "opened_by_id": young, "safety": False, "secrecy": False}
    made = circle(here, "confidence", **facts | said)
    works_in(here, made, young, role="child", ground="own choice")
    for who in hearers:
        hears(here, made, who)
    return made


def lies(here: Neighbourhood, table: str, where: UUID, young: UUID, who: UUID, **said: Any) -> UUID:
    """What somebody told, worded, wants to reach or promised there."""
    facts = {"circle_id": where, "subject_id": young, "author_id": who, "at": NOW}
    row: UUID = laid(here, f"confidences_{table}", **facts | said)
    return row
