"""The texts that decide in the database: policies, functions, triggers; as they stand, and broken."""

from collections.abc import Iterator
from dataclasses import dataclass

import psycopg

from proofs.cutting import Cut, cuts

BODY = "AS $function$"
DEEDS = {"read": "SELECT", "insert": "INSERT", "update": "UPDATE", "delete": "DELETE", "seen_as": "SELECT"}


@dataclass(frozen=True)
class Mutant:
    """One broken text: how it is laid in the database, and how what was there comes back."""

    place: str
    name: str
    lay: str
    undo: str

    @property
    def title(self) -> str:
        """Where, and what is broken."""
        return f"{self.place} · {self.name}"


def policies() -> Iterator[Mutant]:
    """Each policy once, on the first table that names it; all guarded tables share one text."""
    from kring.trust import enforcement  # only once Django is ready

    seen = set()
    for model in enforcement.guarded_models():
        named = model.policy + (" by a link" if getattr(model, "link_field", None) else "")
        if named in seen:
            continue
        seen.add(named)
        # the oracle's questions are asked of notes
        table = "wraparound_note" if named == "circle" else model._meta.db_table
        policy = enforcement.policy_of(model)
        for deed in DEEDS:
            text = getattr(policy, deed)
            if named == "circle":
                text = text.replace(model._meta.db_table, table)
            for cut in cuts(text) if text else ():
                yield _policy(f"policy {named}, {deed}", table, deed, cut, text)


def _policy(place: str, table: str, deed: str, cut: Cut, whole: str) -> Mutant:
    name = "seen_as" if deed == "seen_as" else f"may_{DEEDS[deed].lower()}"

    def lay(text: str) -> str:
        using = f"WITH CHECK ({text})" if deed == "insert" else f"USING ({text})"
        also = f" WITH CHECK ({text})" if deed == "update" else ""
        return f'ALTER POLICY {name} ON "{table}" {using}{also}'

    return Mutant(place, cut.name, lay(cut.text), lay(whole))


def functions(owner: psycopg.Connection) -> Iterator[Mutant]:
    """Each function of the schema `trust`, as the database itself tells it."""
    told = owner.execute(
        "SELECT p.proname, pg_get_functiondef(p.oid) FROM pg_proc p "
        "WHERE p.pronamespace = 'trust'::regnamespace AND p.prokind = 'f' AND p.prolang IN "
        "(SELECT oid FROM pg_language WHERE lanname IN ('sql', 'plpgsql')) ORDER BY 1, 2"
    )
    for name, whole in told.fetchall():
        head, body = whole.split(BODY, 1)
        for cut in cuts(body):
            yield Mutant(f"function {name}", cut.name, f"{head}{BODY}{cut.text}", whole)


def triggers(owner: psycopg.Connection) -> Iterator[Mutant]:
    """Each trigger that calls a function of `trust`, not called."""
    told = owner.execute(
        "SELECT c.relname, t.tgname, p.proname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
        "JOIN pg_proc p ON p.oid = t.tgfoid WHERE p.pronamespace = 'trust'::regnamespace ORDER BY 1, 2"
    )
    for table, name, calls in told.fetchall():
        deed = f'ALTER TABLE "{table}" {{}} TRIGGER "{name}"'
        title = f"trigger {table}.{name}"
        yield Mutant(title, f"not called: {calls}", deed.format("DISABLE"), deed.format("ENABLE"))


def constraints(owner: psycopg.Connection) -> Iterator[Mutant]:
    """Each check and each rule against overlapping of the tables of trust, dropped."""
    told = owner.execute(
        "SELECT c.relname, k.conname, pg_get_constraintdef(k.oid) FROM pg_constraint k "
        "JOIN pg_class c ON c.oid = k.conrelid WHERE k.contype IN ('c', 'x') AND c.relname LIKE 'trust_%' "
        "ORDER BY 1, 2"
    )
    for table, name, whole in told.fetchall():
        yield Mutant(
            f"constraint {table}.{name}",
            "dropped",
            f'ALTER TABLE "{table}" DROP CONSTRAINT "{name}"',
            f'ALTER TABLE "{table}" ADD CONSTRAINT "{name}" {whole}',
        )


def every(owner: psycopg.Connection) -> list[Mutant]:
    """All of them, in an order that stays the same."""
    return [*policies(), *functions(owner), *triggers(owner), *constraints(owner)]
