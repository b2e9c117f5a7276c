"""What a function answers somebody, row by row, or the word of its refusal; and what is laid as no rule would."""

from typing import Any
from uuid import UUID, uuid4

import psycopg

from trust.each_policy import LATER, Neighbourhood, lay
from trust.one_trigger import said_by
from trust.scenes import LONG_AGO
from trust.unheard import unheard


def told(
    here: Neighbourhood, who: UUID | None, function: str, *values: Any, seen_as: UUID | None = None, kept: bool = False
) -> Any:  # fmt: skip
    """The rows this person is given; what the function writes is taken back unless it is kept."""
    line = said_by(here.owner, who, seen_as=seen_as)
    try:
        with here.owner.transaction(force_rollback=not kept):
            here.owner.execute("SELECT set_config('kring.identity', %s, true)", [line])
            said = f"SELECT * FROM trust.{function}({', '.join(['%s'] * len(values))})"
            return here.owner.execute(said, values).fetchall()
    except psycopg.Error as refused:
        return str(refused.diag.message_primary)


def laid(here: Neighbourhood, table: str, **said: Any) -> Any:
    """A row that stands there, whatever a trigger would say; its key."""
    with unheard(here.owner):
        key = lay(here.owner, table, said)
    return key


def circle(here: Neighbourhood, kind: str, **said: Any) -> UUID:
    """A circle of the village, of the family where nothing else is said."""
    facts = {
        "id": uuid4(),
        "village_id": here.village,
        "family_id": here.family,
        "kind": kind,
        "opened_at": LONG_AGO,
    }
    made: UUID = laid(here, "trust_circle", **facts | said)
    return made


def opens(here: Neighbourhood, who: UUID, where: UUID, **said: Any) -> None:
    """From long ago until later a circle is open to somebody, by whatever source."""
    facts = {
        "viewer_id": who,
        "circle_id": where,
        "since": LONG_AGO,
        "until": LATER,
        "danger": False,
        "source_id": uuid4(),
    }
    laid(here, "trust_access", **facts | said)


def works_in(here: Neighbourhood, where: UUID, who: UUID, **said: Any) -> UUID:
    """Somebody sits there by their job; the seat."""
    facts = {
        "circle_id": where, "person_id": who, "role": "professional", "relation": "", "ring": 3, "ground": "job",
        "history": True,
        "since": LONG_AGO, "job_id": here.jobs.get(who),
    }  # fmt: skip
    seat: UUID = laid(here, "trust_seat", **facts | said)
    opens(here, who, where, source_id=seat)
    return seat
