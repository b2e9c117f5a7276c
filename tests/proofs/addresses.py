"""Every address of the house, found by itself, with ids of a world in place of its blanks."""

import re
import uuid
from collections.abc import Iterator
from itertools import product

import psycopg
from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver

#: Where nothing of the village lies, or where reading changes something for the reader alone.
NOT_ASKED = re.compile(
    r"^(static|demo|sign-out|leave|language|account|l/|who-looked|.*who-looked|.*set-up|icons?|.*\.js|.*\.css)"
)
BLANK = re.compile(r"<(?:(\w+):)?(\w+)>")
WORDS = {"str": "x", "slug": "x", "int": "1", "path": "x"}
MISSING = uuid.UUID("00000000-0000-4000-8000-00000000dead")


def patterns(resolver: URLResolver | None = None, before: str = "") -> Iterator[str]:
    """Every address that leads to a view, as it is written."""
    for one in (resolver or get_resolver()).url_patterns:
        if isinstance(one, URLPattern):
            written = before + str(one.pattern)
            if not NOT_ASKED.match(written) and "(?P" not in written:
                yield written.replace("^", "").replace("$", "")
        else:
            yield from patterns(one, before + str(one.pattern))


def ids(owner: psycopg.Connection) -> dict[str, list[uuid.UUID]]:
    """For each model of the house, by its small name, the ids of its rows."""
    found = {}
    for model in apps.get_models():
        key = model._meta.pk
        if model.__module__.startswith("kring.") and key.get_internal_type() == "UUIDField":
            rows = owner.execute(f"SELECT {key.column} FROM {model._meta.db_table} ORDER BY 1 LIMIT 40")
            found[model._meta.model_name] = [row[0] for row in rows.fetchall()]
    return found


def filled(pattern: str, known: dict[str, list[uuid.UUID]], most: int = 3) -> list[str]:
    """This address with ids that are there; every id has its turn, not every pair of them."""
    blanks = BLANK.findall(pattern)
    choices = [_choices(kind, name, known)[:most] for kind, name in blanks]
    addresses = []
    for values in list(product(*choices))[: most * max(1, len(blanks))]:
        left = iter(values)
        addresses.append("/" + BLANK.sub(lambda _: str(next(left)), pattern))  # noqa: B023  used at once
    return addresses


def without(pattern: str) -> str:
    """The same address with ids of which there is nothing."""
    return "/" + BLANK.sub(lambda m: str(MISSING) if m[1] == "uuid" else WORDS.get(m[1], "x"), pattern)


ALSO = {
    "person": "person",
    "child": "person",
    "member": "person",
    "step": "action",
    "paper": "plancopy",
    "home": "home",
}


def _choices(kind: str, name: str, known: dict[str, list[uuid.UUID]]) -> list[object]:
    if kind != "uuid":
        return [WORDS.get(kind, "x")]
    noun = name.removesuffix("_id")
    return list(known.get(noun.replace("_", "")) or known.get(ALSO.get(noun, "")) or [MISSING])
