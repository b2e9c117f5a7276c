"""What can happen in a world of the harness, each written straight into the product's own tables."""

import uuid
from datetime import date, datetime
from typing import Any, Protocol

ENDABLE = {
    "agreement": "trust_agreement",
    "job": "trust_job",
    "seat": "trust_seat",
    "exclusion": "trust_exclusion",
}
FAMILY_KINDS = {"family", "part", "home", "own", "confidence", "sealed"}
KINDS = FAMILY_KINDS | {"group", "desk"}


class Refused(Exception):
    """An operation that cannot be."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code, self.message = code, message


class World(Protocol):
    """The world a step is written into."""

    names: dict[str, tuple[str, uuid.UUID]]

    def new(self, op: dict[str, Any], kind: str) -> uuid.UUID: ...
    def id(self, name: Any, kind: str) -> uuid.UUID: ...
    def maybe(self, name: Any, kind: str) -> uuid.UUID | None: ...
    def insert(self, table: str, **fields: Any) -> None: ...
    def run(self, statement: str, values: list[Any]) -> Any: ...


def moment(op: dict[str, Any], field: str) -> datetime:
    """A moment with its offset."""
    at = datetime.fromisoformat(op[field])
    if at.tzinfo is None:
        raise Refused("malformed", f"{field} needs an offset")
    return at


def span(op: dict[str, Any]) -> dict[str, Any]:
    """Since when and until when."""
    return {"since": moment(op, "since"), "until": moment(op, "until") if op.get("until") else None}


def village(w: World, op: dict[str, Any]) -> None:
    key = w.new(op, "village")
    w.run("SELECT now() AT TIME ZONE %s", [op["timezone"]])
    if not w.run("SELECT 1 FROM trust_agerule WHERE country = %s", [op["country"]]).fetchone():
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
    w.insert("trust_agreement", id=w.new(op, "agreement"), organisation_id=partner, **span(op))


def person(w: World, op: dict[str, Any]) -> None:
    at_home, key = w.id(op["village"], "village"), w.new(op, "person")
    w.insert("trust_person", id=key, village_id=at_home, given_name=op["id"][:80], surname="")
    if op.get("born") is not None:
        w.insert("trust_birth", person_id=key, born=date.fromisoformat(op["born"]))


def job(w: World, op: dict[str, Any]) -> None:
    worker, partner = w.id(op["person"], "person"), w.id(op["organisation"], "organisation")
    w.insert(
        "trust_job", id=w.new(op, "job"), person_id=worker, organisation_id=partner, role="worker", title="",
        bound=bool(op["bound"]), phone="", languages="", **span(op),
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
        ground=op["ground"], history=bool(op["history"]), **fields, **span(op),
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
        **fields, **span(op),
    )  # fmt: skip


def item(w: World, op: dict[str, Any]) -> None:
    fields = {
        "circle_id": w.id(op["circle"], "circle"),
        "subject_id": w.maybe(op.get("subject"), "person"),
        "author_id": w.maybe(op.get("author"), "person"),
    }
    w.insert("wraparound_note", id=w.new(op, "item"), at=moment(op, "at"), text=op["id"], signed="", **fields)


def move(w: World, op: dict[str, Any]) -> None:
    row, target = w.id(op["item"], "item"), w.id(op["circle"], "circle")
    w.run("UPDATE wraparound_note SET circle_id = %s WHERE id = %s", [target, row])


def danger(w: World, op: dict[str, Any]) -> None:
    fields = {
        "person_id": w.id(op["person"], "person"),
        "job_id": w.id(op["job"], "job"),
        "family_id": w.id(op["family"], "family"),
    }
    w.insert("trust_danger", id=w.new(op, "danger"), at=moment(op, "at"), **fields)


def end(w: World, op: dict[str, Any]) -> None:
    kind, row = w.names.get(op["id"], ("", None))
    if kind not in ENDABLE:
        raise Refused("unknown_id", "there is nothing of this name that ends")
    w.run(
        f"UPDATE {ENDABLE[kind]} SET until = greatest(since, least(coalesce(until, 'infinity'), %s)) "  # noqa: S608
        "WHERE id = %s", [moment(op, "at"), row],
    )  # fmt: skip


STEPS = {
    step.__name__: step
    for step in (
        village, organisation, agreement, person, job, family, circle, seat, exclusion, item, move, danger, end,
    )
}  # fmt: skip
