"""In which order mutants are laid: first what policies and triggers say, then what they and the serving role come by."""

from collections.abc import Collection

RANKS = (
    "policies", "triggers", "constraints", "functions they come by", "functions the serving role may call",
    "functions those come by", "what only the clock does",
)  # fmt: skip
CLOCKS = RANKS.index("what only the clock does")


def ranks(places: Collection[str], callers: dict[str, set[str]], for_pages: set[str]) -> dict[str, int]:
    """The rank of each place; `callers` names for each function whose text comes by it, policies by their table."""
    kinds = ("policy", "trigger", "constraint")
    found = {one: kinds.index(one.split()[0]) for one in places if not one.startswith("function")}
    by_rows = {one for one in callers if any(not by.startswith("function") for by in callers[one])}
    reached = (_with_what_they_call(by_rows, callers), for_pages, _with_what_they_call(for_pages, callers))
    for rank, some in enumerate(reached, start=len(kinds)):
        found |= {one: rank for one in places if one in some and one not in found}
    return {one: found.get(one, CLOCKS) for one in places}


def _with_what_they_call(some: set[str], callers: dict[str, set[str]]) -> set[str]:
    found = set(some)
    while more := {one for one, by in callers.items() if by & found} - found:
        found |= more
    return found
