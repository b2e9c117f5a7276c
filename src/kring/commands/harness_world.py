"""The operations of the harness, each written straight into the product's own tables."""

import time
import uuid
from typing import Any

import psycopg
from django.conf import settings

from kring.commands.harness_steps import STEPS, Refused, moment
from kring.trust import identity

SPACE = uuid.UUID("6b72696e-6700-4000-8000-000000000000")
RENEW_SECONDS = 30

WHO = "SELECT set_config('kring.identity', %s, true), set_config('harness.at', %s, true)"
ASK = 'SELECT array_agg(text ORDER BY text COLLATE "C") FROM wraparound_note'


class World:
    """A scratch world: `owner` writes it, `runtime` asks as somebody.

    Rows of one table that follow each other in a batch go in one statement; no rule of a table looks at other
    rows of the same table but its constraints, which hold within a statement too.
    """

    def __init__(self, owner: psycopg.Connection[Any], runtime: psycopg.Connection[Any]) -> None:
        self.owner, self.runtime = owner, runtime
        self.names: dict[str, tuple[str, uuid.UUID]] = {}
        self.lines: dict[uuid.UUID, tuple[str, float]] = {}
        self.rows: list[list[Any]] = []
        self.shape: tuple[str, tuple[str, ...]] = ("", ())

    def do(self, op: dict[str, Any]) -> dict[str, Any]:
        """One operation; refused ones change nothing."""
        name = op.get("op")
        if name == "ask":
            return {"items": self.ask(op)}
        if name == "reset":
            return self.reset()
        before = dict(self.names)
        try:
            with self.owner.transaction():
                self.owner.execute("SET CONSTRAINTS ALL IMMEDIATE")
                for step in op["ops"] if name == "batch" else [op]:
                    self._step(step)
                self._write_rows()
        except Exception as problem:
            self.names, self.rows = before, []
            raise _refusal(problem) from problem
        return {"ok": True}

    def reset(self) -> dict[str, Any]:
        """An empty world."""
        for table in (
            "wraparound_note", "trust_danger", "trust_exclusion", "trust_seat", "trust_birth", "trust_circle",
            "trust_familymember", "trust_family", "trust_job", "trust_agreement", "trust_organisation",
            "trust_person", "trust_village", "trust_access", "trust_denial",
        ):  # fmt: skip
            self.owner.execute(f"DELETE FROM {table}")  # noqa: S608  names of our own
        self.names.clear()
        self.lines.clear()
        return {"ok": True}

    def ask(self, op: dict[str, Any]) -> list[str]:
        """All items this person may know at that moment, through the policies and as the run-time role."""
        person, at = self._asker(op)
        return self._answers([(person, at)])[0]

    def ask_many(self, ops: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """The same for many questions at once: each as its own viewer at its own moment, sent together."""
        askers: list[tuple[uuid.UUID, str] | Refused] = []
        for op in ops:
            try:
                askers.append(self._asker(op))
            except Exception as problem:
                askers.append(_refusal(problem))
        answers = iter(self._answers([one for one in askers if not isinstance(one, Refused)]))
        return [
            {"error": one.code, "message": one.message}
            if isinstance(one, Refused)
            else {"items": next(answers)}
            for one in askers
        ]

    def _asker(self, op: dict[str, Any]) -> tuple[uuid.UUID, str]:
        at = moment(op, "at")
        viewer = self.names.get(str(op.get("viewer")))
        if viewer is None or viewer[0] != "person":
            raise Refused("unknown_id", "there is no such person")
        return viewer[1], at.isoformat()

    def _answers(self, askers: list[tuple[uuid.UUID, str]]) -> list[list[str]]:
        asked = []
        with self.runtime.pipeline():
            for person, at in askers:
                self.runtime.execute(WHO, (self._line(person), at))
                asked.append(self.runtime.execute(ASK))
        return [(row[0] or []) if (row := found.fetchone()) else [] for found in asked]

    def _line(self, person: uuid.UUID) -> str:
        """The signed identity, renewed before it ends."""
        line, until = self.lines.get(person, ("", 0.0))
        now = time.time()
        if now > until:
            backend = self.runtime.info.backend_pid
            line = identity.signed(settings.IDENTITY_KEY, person=person, backend=backend, at=now)
            self.lines[person] = (line, now + RENEW_SECONDS)
        return line

    def _step(self, op: Any) -> None:
        if not isinstance(op, dict) or op.get("op") not in STEPS:
            raise Refused("malformed", "there is no such operation")
        STEPS[op["op"]](self, op)

    def new(self, op: dict[str, Any], kind: str) -> uuid.UUID:
        """A new id, never used before in this world."""
        name = op["id"]
        if not isinstance(name, str) or name in self.names:
            raise Refused("repeated_id", f"{name!r} was used before")
        self.names[name] = (kind, uuid.uuid5(SPACE, name))
        return self.names[name][1]

    def id(self, name: Any, kind: str) -> uuid.UUID:
        """The id of something that is there."""
        found = self.names.get(name) if isinstance(name, str) else None
        if found is None or found[0] != kind:
            raise Refused("unknown_id", f"there is no {kind} {name!r}")
        return found[1]

    def maybe(self, name: Any, kind: str) -> uuid.UUID | None:
        """The same, where nothing is allowed too."""
        return None if name is None else self.id(name, kind)

    def insert(self, table: str, **fields: Any) -> None:
        """One row, written with the next ones of its kind."""
        shape = table, tuple(fields)
        if shape != self.shape:
            self._write_rows()
        self.shape = shape
        self.rows.append(list(fields.values()))

    def run(self, statement: str, values: list[Any]) -> Any:
        """A statement that sees all rows written so far."""
        self._write_rows()
        return self.owner.execute(statement, values)

    def _write_rows(self) -> None:
        rows, self.rows = self.rows, []
        if rows:
            table, columns = self.shape
            marks = f"({', '.join(['%s'] * len(columns))})"
            sql = f"INSERT INTO {table} ({', '.join(columns)}) VALUES {', '.join([marks] * len(rows))}"  # noqa: S608
            self.owner.execute(sql, [value for row in rows for value in row])


def _refusal(problem: Exception) -> Refused:
    """What went wrong, as a code of the harness."""
    if isinstance(problem, Refused):
        return problem
    if isinstance(problem, psycopg.errors.ExclusionViolation):
        return Refused("seats_overlap", "one live seat per person and circle")
    if isinstance(problem, psycopg.errors.CheckViolation):
        return Refused(problem.diag.constraint_name or "refused", "the row breaks a rule of its table")
    if isinstance(problem, psycopg.Error):
        return Refused(problem.diag.message_primary or "refused", "the database refuses")
    if isinstance(problem, KeyError | TypeError | ValueError | AttributeError):
        return Refused("malformed", f"{type(problem).__name__}: {problem}")
    raise problem
