"""`kring kept`: what the law makes us keep of families that were forgotten. Two people open it, once, with a reason."""

import argparse
import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from kring.commands import preparing
from kring.ground.refusals import Refusal

TWO = (
    "Opening needs two people: an administrator asks it on the page “Two people”, another says yes, and the number goes "
    "with --number."
)


def main(argv: list[str]) -> int:
    """List the copies without a name, find one of a child by name and birthday, or open one."""
    parser = argparse.ArgumentParser(prog="kring kept")
    deeds = parser.add_subparsers(dest="deed", required=True)
    deeds.add_parser("list", help="every copy: its number, law and day")
    found = deeds.add_parser(
        "find", help="the numbers of copies about a child of this first name and birthday"
    )
    found.add_argument("name")
    found.add_argument("born", metavar="YYYY-MM-DD")
    opened = deeds.add_parser("open", help="print one copy, when two people agreed on it")
    opened.add_argument("id", type=UUID)
    opened.add_argument("--number", help="the number from the page “Two people”; it counts for a day, once")
    asked = parser.parse_args(argv)
    preparing.django_ready()
    if asked.deed == "open":
        print(
            json.dumps(opened_by_two(asked.id, asked.number, datetime.now(UTC)), ensure_ascii=False, indent=1)
        )
        return 0
    return listed(getattr(asked, "name", ""), getattr(asked, "born", ""))


def listed(name: str, born: str) -> int:
    """One line for each copy; only for those about this child, where a name is told."""
    from kring.trust import kept

    wanted = kept.mark(name, born) if name else None
    for copy in kept.every():
        if wanted is None or wanted in copy.marks:
            state = f"destroyed on {copy.destroyed_on}" if copy.destroyed_on else f"until {copy.until}"
            print(f"{copy.id}: {copy.law}, {state}, opened {len(copy.opened_on)} times")
    return 0


def opened_by_two(which: UUID, number: str | None, at: datetime) -> dict[str, Any]:
    """What was kept, when two people agreed on exactly this number. Raises Refusal."""
    from kring.trust import kept, keys
    from kring.trust.models import Matter
    from kring.trust.usecases import two_people

    if kept.find(which) is None:
        raise Refusal(f"There is no copy {which}; kring kept list names them.")
    if not number:
        raise Refusal(TWO)
    try:
        two_people.use_by_command(number, Matter.Kind.KEPT_COPY, {"copy": str(which)}, at=at)
        return kept.opened(which, at)
    except two_people.NotAgreed:
        raise Refusal(
            f"Two people did not agree on this copy under this number within a day. {TWO}"
        ) from None
    except keys.Gone:
        raise Refusal("Its day has come: the key was destroyed, and nobody can open it any more.") from None
