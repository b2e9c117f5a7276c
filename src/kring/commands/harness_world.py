"""The operations of the harness, each written straight into the product's own tables."""

import time
import uuid
from datetime import date, datetime
from typing import Any

import psycopg
from django.conf import settings

from kring.trust import identity

SPACE = uuid.UUID("6b72696e-6700-4000-8000-000000000000")
ENDABLE = {
    "agreement": "trust_agreement",
    "job": "trust_job",
    "seat": "trust_seat",
    "exclusion": "trust_exclusion",
}
FAMILY_KINDS = {"family", "part", "home", "own", "confidence", "sealed"}
KINDS = FAMILY_KINDS | {"group", "desk"}
RENEW_SECONDS = 30

WHO = "SELECT set_config('kring.identity', %s, true), set_config('harness.at', %s, true)"
ASK = 'SELECT array_agg(text ORDER BY text COLLATE "C") FROM wraparound_note'


class Refused(Exception):
    """An operation that cannot be."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code, self.message = code, message


class World:
    """A scratch world: `owner` writes it, `runtime` asks as somebody."""

    def __init__(self, owner: psycopg.Connection[Any], runtime: psycopg.Connection[Any]) -> None:
        self.owner, self.runtime = owner, runtime
        self.names: dict[str, tuple[str, uuid.UUID]] = {}
        self.lines: dict[uuid.UUID, tuple[str, float]] = {}

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
        except Exception as problem:
            self.names = before
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
        """The same for many questions at once: each in a transaction of its own, sent together."""
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
        at = _moment(op, "at")
        viewer = self.names.get(str(op.get("viewer")))
        if viewer is None or viewer[0] != "person":
            raise Refused("unknown_id", "there is no such person")
        return viewer[1], at.isoformat()

    def _answers(self, askers: list[tuple[uuid.UUID, str]]) -> list[list[str]]:
        asked = []
        with self.runtime.pipeline():
            for person, at in askers:
                self.runtime.execute("BEGIN")
                self.runtime.execute(WHO, (self._line(person), at))
                asked.append(self.runtime.execute(ASK))
                self.runtime.execute("COMMIT")
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
        """One row."""
        columns, marks = ", ".join(fields), ", ".join(["%s"] * len(fields))
        self.owner.execute(f"INSERT INTO {table} ({columns}) VALUES ({marks})", list(fields.values()))  # noqa: S608


def _moment(op: dict[str, Any], field: str) -> datetime:
    at = datetime.fromisoformat(op[field])
    if at.tzinfo is None:
        raise Refused("malformed", f"{field} needs an offset")
    return at


def _span(op: dict[str, Any]) -> dict[str, Any]:
    return {"since": _moment(op, "since"), "until": _moment(op, "until") if op.get("until") else None}


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


def village(w: World, op: dict[str, Any]) -> None:
    key = w.new(op, "village")
    w.owner.execute("SELECT now() AT TIME ZONE %s", [op["timezone"]])
    if not w.owner.execute("SELECT 1 FROM trust_agerule WHERE country = %s", [op["country"]]).fetchone():
        raise Refused("unknown_country", "the profile of this country is not known")
    w.insert(
        "trust_village", id=key, name=op["id"][:120], slug=str(key), country=op["country"], timezone=op["timezone"],
        language="en", phone="", answer_days=2, term_days=90, started_at="2000-01-01T00:00:00Z",
    )  # fmt: skip


def organisation(w: World, op: dict[str, Any]) -> None:
    if op["sector"] not in {"education", "wellbeing", "leisure", "community", "police", "health", "town"}:
        raise Refused("malformed", "there is no such sector")
    at_home = w.id(op["village"], "village")
    w.insert(
        "trust_organisation",
        id=w.new(op, "organisation"),
        village_id=at_home,
        name=op["id"],
        sector=op["sector"],
    )


def agreement(w: World, op: dict[str, Any]) -> None:
    partner = w.id(op["organisation"], "organisation")
    w.insert("trust_agreement", id=w.new(op, "agreement"), organisation_id=partner, **_span(op))


def person(w: World, op: dict[str, Any]) -> None:
    at_home, key = w.id(op["village"], "village"), w.new(op, "person")
    w.insert("trust_person", id=key, village_id=at_home, given_name=op["id"][:80], surname="")
    if op.get("born") is not None:
        w.insert("trust_birth", person_id=key, born=date.fromisoformat(op["born"]))


def job(w: World, op: dict[str, Any]) -> None:
    worker, partner = w.id(op["person"], "person"), w.id(op["organisation"], "organisation")
    w.insert(
        "trust_job", id=w.new(op, "job"), person_id=worker, organisation_id=partner, role="worker", title="",
        bound=bool(op["bound"]), phone="", languages="", **_span(op),
    )  # fmt: skip


def family(w: World, op: dict[str, Any]) -> None:
    at_home, key = w.id(op["village"], "village"), w.new(op, "family")
    w.insert(
        "trust_family", id=key, village_id=at_home, name=op["id"][:120], opened_at="2000-01-01T00:00:00Z"
    )
    for kind, field in (("child", "children"), ("guardian", "guardians")):
        for name in op[field]:
            w.insert(
                "trust_familymember", id=uuid.uuid4(), family_id=key, person_id=w.id(name, "person"), kind=kind,
                relation="", authority=True,
            )  # fmt: skip


def circle(w: World, op: dict[str, Any]) -> None:
    if op["kind"] not in KINDS:
        raise Refused("malformed", "there is no such kind of circle")
    fields = {
        "village_id": w.id(op["village"], "village"),
        "family_id": w.maybe(op.get("family"), "family"),
        "subject_id": w.maybe(op.get("subject"), "person"),
    }
    w.insert(
        "trust_circle", id=w.new(op, "circle"), kind=op["kind"], name="", safety=bool(op.get("safety")),
        secrecy=bool(op.get("secrecy")), opened_at="2000-01-01T00:00:00Z", **fields,
    )  # fmt: skip


def seat(w: World, op: dict[str, Any]) -> None:
    if op["ground"] not in {"consent", "guardian", "own choice", "legal duty", "job"}:
        raise Refused("malformed", "there is no such ground")
    fields = {
        "circle_id": w.id(op["circle"], "circle"),
        "person_id": w.id(op["person"], "person"),
        "job_id": w.maybe(op.get("job"), "job"),
    }
    w.insert(
        "trust_seat", id=w.new(op, "seat"), role="professional" if op.get("job") else "natural", relation="", ring=2,
        ground=op["ground"], history=bool(op["history"]), **fields, **_span(op),
    )  # fmt: skip


def exclusion(w: World, op: dict[str, Any]) -> None:
    if op["ground"] not in {"own choice", "guardian", "court order", "conflict", "withheld"}:
        raise Refused("malformed", "there is no such ground")
    fields = {
        "subject_id": w.id(op["subject"], "person"),
        "person_id": w.maybe(op.get("person"), "person"),
        "organisation_id": w.maybe(op.get("organisation"), "organisation"),
    }
    w.insert(
        "trust_exclusion", id=w.new(op, "exclusion"), sector=op.get("sector"), ground=op["ground"], reason="",
        **fields, **_span(op),
    )  # fmt: skip


def item(w: World, op: dict[str, Any]) -> None:
    fields = {
        "circle_id": w.id(op["circle"], "circle"),
        "subject_id": w.maybe(op.get("subject"), "person"),
        "author_id": w.maybe(op.get("author"), "person"),
    }
    w.insert(
        "wraparound_note", id=w.new(op, "item"), at=_moment(op, "at"), text=op["id"], signed="", **fields
    )


def move(w: World, op: dict[str, Any]) -> None:
    row, target = w.id(op["item"], "item"), w.id(op["circle"], "circle")
    w.owner.execute("UPDATE wraparound_note SET circle_id = %s WHERE id = %s", [target, row])


def danger(w: World, op: dict[str, Any]) -> None:
    fields = {
        "person_id": w.id(op["person"], "person"),
        "job_id": w.id(op["job"], "job"),
        "family_id": w.id(op["family"], "family"),
    }
    w.insert("trust_danger", id=w.new(op, "danger"), at=_moment(op, "at"), reason="", **fields)


def end(w: World, op: dict[str, Any]) -> None:
    kind, row = w.names.get(op["id"], ("", None))
    if kind not in ENDABLE:
        raise Refused("unknown_id", "there is nothing of this name that ends")
    w.owner.execute(
        f"UPDATE {ENDABLE[kind]} SET until = greatest(since, least(coalesce(until, 'infinity'), %s)) "  # noqa: S608
        "WHERE id = %s", [_moment(op, "at"), row],
    )  # fmt: skip


STEPS = {
    step.__name__: step
    for step in (
        village, organisation, agreement, person, job, family, circle, seat, exclusion, item, move, danger, end,
    )
}  # fmt: skip
