"""The contact point of a neighbourhood, where concerns, promises, duties and what is open to whom are laid unheard."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID, uuid4

import psycopg

from trust.each_policy import LATER, Neighbourhood
from trust.laid import Laid, laid
from trust.scenes import LONG_AGO

#: What a concern is that has ended.
CLOSED = {"outcome": "help", "state": "done"}


class Door:
    """Els and Eva work there, Xeno at the one of the next village."""

    def __init__(self, home: Neighbourhood, by: Laid) -> None:
        self.home, self.by = home, by
        self.els, self.eva, self.lotte, self.desk = home.els, home.eva, home.lotte, home.desk
        self.xeno, self.village = home.called["xeno"], home.village
        self.next_village: UUID = by.looks("SELECT village_id FROM trust_person WHERE id = %s", self.xeno)[0][
            0
        ]
        self.next_desk: UUID = by.looks(
            "SELECT id FROM trust_circle WHERE kind = 'desk' AND village_id = %s", self.next_village
        )[0][0]

    def circle(self, kind: str = "first talk", **more: Any) -> UUID:
        """One more circle of the village."""
        facts = {"village_id": self.village, "opened_at": LONG_AGO}
        made: UUID = self.by.lies("trust_circle", kind=kind, **facts | more)
        return made

    def concern(self, circle: UUID | None = None, **more: Any) -> UUID:
        """Something that was told, at the desk if nothing else is said; the receipt of it is its number."""
        key = uuid4()
        facts = {
            "circle_id": circle or self.desk,
            "state": "taken up",
            "outcome": "",
            "reason": "",
            "receipt_hash": key.bytes,
        }
        made: UUID = self.by.lies("intake_concern", id=key, **facts | more)
        return made

    def promise(self, concern: UUID, **more: Any) -> UUID:
        """Something that was promised to who asked."""
        facts = {
            "circle_id": self.desk,
            "was_true": "",
            "to_asker": True,
            "by_id": self.els,
            "concern_id": concern,
        }
        made: UUID = self.by.lies("intake_promise", **facts | more)
        return made

    def sits(self, circle: UUID, who: UUID, **more: Any) -> UUID:
        """They sit there by their work, since long ago if nothing else is said."""
        facts = {
            "role": "professional",
            "ground": "job",
            "job_id": self.home.jobs[who],
            "since": LONG_AGO,
            "history": True,
        }
        seat: UUID = self.by.lies("trust_seat", circle_id=circle, person_id=who, **facts | more)
        return seat

    def opens(self, circle: UUID, who: UUID, **more: Any) -> None:
        """It is open to them."""
        facts = {"since": LONG_AGO, "until": LATER, "danger": False}
        self.by.lies("trust_access", viewer_id=who, circle_id=circle, **facts | more)


@contextmanager
def at_the_door(owner: psycopg.Connection) -> Iterator[Door]:
    """Nothing of it stays."""
    home = Neighbourhood(owner)
    with laid(owner) as by:
        yield Door(home, by)
