"""The texts that decide in the database: policies, functions, triggers; as they stand, and broken."""

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

import psycopg

from proofs import values
from proofs.cutting import Cut, cuts

if TYPE_CHECKING:
    from kring.trust.policies import Policy

BODY, OVER = "AS $function$", "$function$"
DEEDS = {
    "read": "SELECT",
    "insert": "INSERT",
    "update": "UPDATE",
    "delete": "DELETE",
    "seen_as": "SELECT",
    "back": "SELECT",
}
NAMES = {"seen_as": "seen_as", "back": "may_select_back"}


def print_of(text: str) -> str:
    """Eight letters that are others as soon as the text is."""
    return hashlib.sha256(text.encode()).hexdigest()[:8]


@dataclass(frozen=True)
class Whole:
    """One text that decides, and how it is laid once its clauses were changed."""

    place: str
    text: str
    lay: Callable[[str], str]
    tables: tuple[str, ...] = ()
    shared: str = ""  # the words of it that another place says too: they are broken there

    def is_own(self, cut: Cut) -> bool:
        """Whether this clause stands here alone."""
        start = self.text.find(self.shared) if self.shared else len(self.text)
        return not (start <= cut.start and cut.end <= start + len(self.shared))

    @property
    def stem(self) -> str:
        """What its signs are called after."""
        return print_of(f"{self.place} / {self.text}")


@dataclass(frozen=True)
class Mutant:
    """One broken text: how it is laid in the database, and how what was there comes back."""

    place: str
    name: str
    lay: str
    undo: str
    tables: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()  # of `values.py`: a test that gave none of them cannot notice

    @property
    def title(self) -> str:
        """Where, and what is broken."""
        return f"{self.place} · {self.name}"

    @property
    def met(self) -> set[str]:
        """The signs, and the functions by which they are given: without a call the clause was never met."""
        return {*self.signs, *(sign.rpartition("_")[0] for sign in self.signs)}

    @property
    def key(self) -> str:
        """Its title and the print of both texts: another mutant as soon as one of them is another."""
        return f"{self.title} #{print_of(f'{self.lay} / {self.undo}')}"


def policies() -> Iterator[list[Whole]]:
    """Each policy once, with its text on every table that names it: all guarded tables share one text.

    Some add a clause to it (a link, its author alone); of theirs only what they add is broken once more.
    """
    from kring.trust import enforcement  # only once Django is ready
    from kring.trust.policies import circle_policy

    tables: dict[str, list[tuple[str, Policy]]] = {}
    more: set[str] = set()
    for model in enforcement.guarded_models():
        also = " by a link" if getattr(model, "link_field", None) else ""
        also += " by its author alone" if getattr(model, "author_alone", False) else ""
        some = f"only between some of {model._meta.db_table}, " if getattr(model, "only_between", "") else ""
        named = some + model.policy + also
        more |= {named} if model.policy == "circle" != named else set()
        tables.setdefault(named, []).append((model._meta.db_table, enforcement.policy_of(model)))

    for named, there in tables.items():
        for deed in DEEDS:
            place = f"policy {named}, {deed}"
            yield [
                Whole(
                    place,
                    text,
                    partial(_policy, table, deed),
                    (table,),
                    getattr(circle_policy(table, None), deed) if named in more else "",
                )
                for table, policy in there
                if (text := getattr(policy, deed))
            ]


def _policy(table: str, deed: str, text: str) -> str:
    name = NAMES.get(deed) or f"may_{DEEDS[deed].lower()}"
    using = f"WITH CHECK ({text})" if deed == "insert" else f"USING ({text})"
    also = f" WITH CHECK ({text})" if deed == "update" else ""
    return f'ALTER POLICY {name} ON "{table}" {using}{also}'


def functions(owner: psycopg.Connection) -> Iterator[list[Whole]]:
    """Each function of the schema `trust`, as the database itself tells it."""
    told = owner.execute(
        "SELECT p.proname, pg_get_functiondef(p.oid) FROM pg_proc p "
        "WHERE p.pronamespace = 'trust'::regnamespace AND p.prokind = 'f' AND p.prolang IN "
        "(SELECT oid FROM pg_language WHERE lanname IN ('sql', 'plpgsql')) ORDER BY 1, 2"
    )
    for name, whole in told.fetchall():
        head, rest = whole.split(BODY, 1)
        body, over, end = rest.rpartition(OVER)  # else the last clause would go on behind the body
        yield [Whole(f"function {name}", body, partial(_function, head + BODY, over + end))]


def _function(head: str, end: str, body: str) -> str:
    return head + body + end


def broken(wholes: list[Whole]) -> Iterator[Mutant]:
    """Every mutant of one text, laid wherever it stands."""
    if not wholes:
        return
    ways = [cuts(one.text) for one in wholes]
    signs = [one.signs for one in values.asked(wholes[0].stem, wholes[0].text)]
    for number, first in enumerate(ways[0]):
        if not wholes[0].is_own(first):
            continue
        yield Mutant(
            wholes[0].place,
            first.name,
            "; ".join(one.lay(way[number].text) for one, way in zip(wholes, ways, strict=True)),
            "; ".join(one.lay(one.text) for one in wholes),
            tuple(table for one in wholes for table in one.tables),
            signs[number],
        )


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
    texts = chain(policies(), functions(owner))
    return [*chain.from_iterable(map(broken, texts)), *triggers(owner), *constraints(owner)]


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


def for_pages(owner: psycopg.Connection) -> set[str]:
    """The functions the serving role may call itself."""
    told = owner.execute(
        "SELECT 'function ' || proname FROM pg_proc WHERE pronamespace = 'trust'::regnamespace "
        "AND has_function_privilege('kring_runtime', oid, 'execute')"
    )
    return {name for (name,) in told.fetchall()}
