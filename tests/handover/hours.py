"""Seats and hand-overs laid at hours around now, each in one line, and what stands there after a deed.

No trigger hears anything, so that only the deed itself is seen; and all is taken back.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import psycopg

from trust.each_policy import NOW, Neighbourhood, lay
from trust.one_trigger import said_by
from trust.scenes import LONG_AGO

#: Who, where, as what, from which hour, until which hour.
Seat = tuple[str, str, str, int, int | None]
REFUSED = "not_yours_to_decide"
CIRCLES = {
    "part": "part", "other part": "part", "third part": "part", "fourth part": "part", "home": "home", "other home": "home", "own": "own",
    "next part": "part",
}  # fmt: skip


def moment(hour: int | None) -> datetime | None:
    """So many hours from now."""
    return None if hour is None else NOW + timedelta(hours=hour)


def hour(at: datetime | None) -> int | None:
    """In how many hours that is."""
    return None if at is None else round((at - NOW) / timedelta(hours=1))


class Hours:
    """Two families with parts and homes, in which only those sit of whom it is said."""

    def __init__(self, here: Neighbourhood) -> None:
        self.here, self.owner = here, here.owner
        self.where: dict[str, UUID] = {"family": here.circle, "next family": here.next_circle}
        for name, kind in CIRCLES.items():
            family = here.next_family if name.startswith("next") else here.family
            self.where[name] = lay(
                self.owner, "trust_circle", {"village_id": here.village, "kind": kind, "family_id": family, "opened_at": LONG_AGO}
            )  # fmt: skip

    def nobody_sits(self) -> None:
        """Whoever sat somewhere before this."""
        self.owner.execute("DELETE FROM trust_seat")

    def sit(self, *seats: Seat) -> None:
        """They sit there; who works, by their work."""
        for who, where, role, since, until in seats:
            person = self.here.called[who]
            job = None if role == "natural" else self.here.jobs.get(person)
            lay(self.owner, "trust_seat", {
                "person_id": person, "circle_id": self.where[where], "role": role, "job_id": job, "ring": 2,
                "ground": "consent", "since": moment(since), "until": moment(until),
            })  # fmt: skip

    def sitting(self) -> Counter[Seat]:
        """Who sits where now, of those who were laid here and what came of it."""
        called, where = ({key: name for name, key in m.items()} for m in (self.here.called, self.where))
        told = "SELECT person_id, circle_id, role, since, until FROM trust_seat WHERE circle_id = ANY(%s)"
        rows = self.owner.execute(told, [list(where)]).fetchall()
        return Counter(
            (called[who], where[circle], role, hour(since), hour(until))
            for who, circle, role, since, until in rows
            if who in called
        )

    def hand_over(self, where: str, leaver: str, **said: Any) -> UUID:
        """A hand-over there."""
        facts = {
            "circle_id": self.where[where],
            "leaver_id": self.here.called[leaver],
            "at": moment(-20),
            "told_how": "",
        }
        made: UUID = lay(self.owner, "trust_handover", facts | self._rows(said))
        return made

    def invitation(self, where: str, who: str, **said: Any) -> UUID:
        """Somebody was asked there."""
        person = self.here.called[who]
        facts = {
            "circle_id": self.where[where], "person_id": person, "author_id": self.here.naima, "role": "coordinator", "answer": "",
            "job_id": self.here.jobs.get(person), "at": moment(-20), "until": moment(99), "phone": "", "history": True,
        }  # fmt: skip
        made: UUID = lay(self.owner, "trust_invitation", facts | self._rows(said))
        return made

    def _rows(self, said: dict[str, Any]) -> dict[str, Any]:
        """Names and hours as the columns hold them."""
        called = self.here.called
        return {
            column: moment(value) if isinstance(value, int) and column.endswith(("_at", "until", "at"))
            else called.get(value, value) if column.endswith("_id") else value
            for column, value in said.items()
        }  # fmt: skip

    def column(self, table: str, column: str, *keys: UUID) -> list[Any]:
        """What stands in this column of these rows; times in hours."""
        told = dict(
            self.owner.execute(
                f"SELECT id, {column} FROM {table} WHERE id = ANY(%s)", [list(keys)]
            ).fetchall()
        )
        names = {key: name for name, key in self.here.called.items()}
        return [
            hour(value) if isinstance(value, datetime) else names.get(value, value)
            for value in (told[key] for key in keys)
        ]

    def asks(self, who: str | None, **more: Any) -> None:
        """From here on it is this person who asks, or nobody."""
        told = said_by(self.owner, self.here.called[who] if who else None, **more)
        self.owner.execute("SELECT set_config('kring.identity', %s, true)", [told])

    def does(self, who: str | None, function: str, *values: Any, **more: Any) -> Any:
        """What they are told, or the word of the refusal."""
        self.asks(who, **more)
        said = f"SELECT trust.{function}({', '.join(['%s'] * len(values))})"
        try:
            with self.owner.transaction():
                return self.owner.execute(said, values).fetchone()[0]  # type: ignore[index]
        except psycopg.DatabaseError as refused:
            return str(refused.diag.message_primary)

    def told(self, function: str, *values: Any) -> dict[str, Any]:
        """What each is told; what it did is taken back."""
        told = {}
        for name in self.here.called:
            with self.owner.transaction(force_rollback=True):
                told[name] = self.does(name, function, *values)
        return told


@contextmanager
def hours(here: Neighbourhood) -> Iterator[Hours]:
    """Everything is laid and done unheard, and taken back."""
    with here.owner.transaction(force_rollback=True):
        here.owner.execute("SET LOCAL session_replication_role = replica")
        yield Hours(here)


def but(laid: Iterable[Seat], ended: dict[Seat, int], new: Iterable[Seat] = ()) -> Counter[Seat]:
    """Those seats as they were, except these, which end at another hour, and these, which came."""
    return Counter([(*seat[:4], ended[seat]) if seat in ended else seat for seat in laid] + list(new))
