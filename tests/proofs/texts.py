"""The texts that decide in the database: policies, functions, triggers; as they stand, and broken."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import psycopg

from proofs.cutting import Cut, cuts

if TYPE_CHECKING:
    from kring.trust.policies import Policy

BODY = "AS $function$"
DEEDS = {"read": "SELECT", "insert": "INSERT", "update": "UPDATE", "delete": "DELETE", "seen_as": "SELECT"}


def print_of(text: str) -> str:
    """Eight letters that are others as soon as the text is."""
    return hashlib.sha256(text.encode()).hexdigest()[:8]


@dataclass(frozen=True)
class Mutant:
    """One broken text: how it is laid in the database, and how what was there comes back."""

    place: str
    name: str
    lay: str
    undo: str
    tables: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """Where, and what is broken."""
        return f"{self.place} · {self.name}"

    @property
    def key(self) -> str:
        """Its title and the print of both texts: another mutant as soon as one of them is another."""
        return f"{self.title} #{print_of(f'{self.lay} / {self.undo}')}"


def policies() -> Iterator[Mutant]:
    """Each policy once, broken on every table that names it: all guarded tables share one text."""
    from kring.trust import enforcement  # only once Django is ready

    tables: dict[str, list[tuple[str, Policy]]] = {}
    for model in enforcement.guarded_models():
        also = " by a link" if getattr(model, "link_field", None) else ""
        also += " by its author alone" if getattr(model, "author_alone", False) else ""
        some = "only between some, " if getattr(model, "only_between", "") else ""
        tables.setdefault(some + model.policy + also, []).append(
            (model._meta.db_table, enforcement.policy_of(model))
        )
    for named, there in tables.items():
        for deed in DEEDS:
            ways = [(table, text, cuts(text)) for table, policy in there if (text := getattr(policy, deed))]
            for number in range(len(ways[0][2]) if ways else 0):
                yield _policy(
                    f"policy {named}, {deed}", deed, [(table, text, cut[number]) for table, text, cut in ways]
                )


def _policy(place: str, deed: str, broken: list[tuple[str, str, Cut]]) -> Mutant:
    name = "seen_as" if deed == "seen_as" else f"may_{DEEDS[deed].lower()}"

    def lay(table: str, text: str) -> str:
        using = f"WITH CHECK ({text})" if deed == "insert" else f"USING ({text})"
        also = f" WITH CHECK ({text})" if deed == "update" else ""
        return f'ALTER POLICY {name} ON "{table}" {using}{also}'

    return Mutant(
        place,
        broken[0][2].name,
        "; ".join(lay(table, cut.text) for table, _, cut in broken),
        "; ".join(lay(table, whole) for table, whole, _ in broken),
        tuple(table for table, _, _ in broken),
    )


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
        yield Mutant(title, f"not called: {calls}", deed.format("DISABLE"), deed.format("ENABLE"), (table,))


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
            f'ALTER TABLE "{table}" DROP CONSTRAINT IF EXISTS "{name}"',
            f'ALTER TABLE "{table}" DROP CONSTRAINT IF EXISTS "{name}", ADD CONSTRAINT "{name}" {whole}',
            (table,),
        )


def every(owner: psycopg.Connection) -> list[Mutant]:
    """All of them, in an order that stays the same."""
    return [*policies(), *functions(owner), *triggers(owner), *constraints(owner)]


def callers(owner: psycopg.Connection) -> dict[str, set[str]]:
    """For each function, the functions and tables whose text comes by it, also by way of another."""
    told = owner.execute(
        "SELECT 'function ' || proname, prosrc FROM pg_proc WHERE pronamespace = 'trust'::regnamespace "
        "UNION ALL SELECT tablename, concat(qual, with_check) FROM pg_policies WHERE schemaname = 'public' "
        "UNION ALL SELECT c.relname, 'trust.' || p.proname || '(' FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
        "JOIN pg_proc p ON p.oid = t.tgfoid WHERE p.pronamespace = 'trust'::regnamespace"
    ).fetchall()
    found: dict[str, set[str]] = {}
    for place, text in told:
        for name in re.findall(r"trust\.(\w+)\(", text or ""):
            found.setdefault(f"function {name}", set()).add(place)
    return found
