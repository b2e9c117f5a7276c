"""Every address of the house, found by itself, with ids of a world in place of its blanks."""

import re
import uuid
from collections.abc import Iterator
from itertools import product, zip_longest

import psycopg
from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver

#: Where nothing of the village lies, or where reading changes something for the reader alone.
NOT_ASKED = re.compile(
    r"^(static|demo|sign-out|leave|language|account|l/|who-looked|.*who-looked|.*set-up|icons?|.*\.js|.*\.css)"
)
BLANK = re.compile(r"<(?:(\w+):)?(\w+)>")
WORDS = {"str": "x", "slug": "x", "int": "1", "path": "x", "goal_deed": "drop"}
#: Words that lead further than any other would.
NAMED = {"size": "small", "where": "circle"}
#: A word that says of which kind the row behind it is: by its converter and name, each word with the model of the row.
KINDS = {
    "<slug:kind>": {
        "wish": "wish", "goal": "goal", "action": "action", "story": "story", "celebration": "celebration",
        "help": "earlierhelp", "sheet": "learningsheet",
    },
    "<slug:on>": {
        "wish": "wish", "goal": "goal", "action": "action", "story": "story", "part": "versionpart",
        "version": "version", "meeting": "meeting", "decision": "decision", "note": "note",
        "beginning": "beginning", "attempt": "attempt", "card": "contactcard",
    },
    "<thing:kind>": {"promises": "promise", "steps": "action"},
}  # fmt: skip
MISSING = uuid.UUID("00000000-0000-4000-8000-00000000dead")


def patterns(resolver: URLResolver | None = None, before: str = "") -> Iterator[str]:
    """Every address that leads to a view, as it is written."""
    for one in (resolver or get_resolver()).url_patterns:
        if isinstance(one, URLPattern):
            written = before + str(one.pattern)
            if not NOT_ASKED.match(written) and "(?P" not in written:
                yield from _each_kind(written.replace("^", "").replace("$", ""))
        else:
            yield from patterns(one, before + str(one.pattern))


def _each_kind(pattern: str) -> Iterator[str]:
    """The address once for each word that says what the row behind it is, and that row by its model."""
    for blank, kinds in KINDS.items():
        if blank in pattern:
            before, _, after = pattern.partition(blank)
            for word, model in kinds.items():
                yield before + word + re.sub(r"<uuid:\w+>", f"<uuid:{model}_id>", after, count=1)
            return
    yield pattern


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
    return "/" + BLANK.sub(
        lambda m: str(MISSING) if m[1] == "uuid" else NAMED.get(m[2]) or WORDS.get(m[1], "x"), pattern
    )


#: What a blank is called where it is not called as the model of its rows.
ALSO = {
    "child": ("person",),
    "member": ("person",),
    "step": ("action",),
    "row": ("onthemenu",),
    "line": ("ownpage",),
    "point": ("agendapoint",),
    "asked": ("participant", "interpreter"),
    "help": ("earlierhelp",),
    "telling": ("telling", "earliertelling"),
    "profile": ("learningprofile",),
    "sheet": ("learningsheet",),
    "word": ("talentword",),
    "words": ("wordstotell",),
    "right": ("dangerright",),
    "said": ("notright",),
    "draft": ("importdraft",),
    "map": ("townmap",),
    "service": ("offer",),
    "spot": ("offerplace",),
    "device": ("shareddevice",),
}
#: Blanks of which no row lies in a table with an id of its own.
NO_ROWS = {"taxonomy", "term", "copy"}


def models_of(name: str) -> tuple[str, ...]:
    """The models whose rows fill a blank of this name."""
    noun = name.removesuffix("_id")
    return ALSO.get(noun) or (noun.replace("_", ""),)


def _choices(kind: str, name: str, known: dict[str, list[uuid.UUID]]) -> list[object]:
    if kind != "uuid":
        return [NAMED.get(name) or WORDS.get(kind, "x")]
    rows = zip_longest(*(known.get(model, []) for model in models_of(name)))
    return [row for one_of_each in rows for row in one_of_each if row is not None] or [MISSING]
