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
PUT_BACK = "Put the keys back with kring keys restore FILE, the copy with its backup, then come again: the number still counts."


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
    from kring.trust import kept, keys

    copies = list(kept.every())
    try:
        wanted = kept.mark(name, born) if name and copies else None
    except keys.Gone:
        raise Refusal(f"The keys are not here, so no name finds a copy. {PUT_BACK}") from None
    found = [copy for copy in copies if wanted is None or wanted in copy.marks]
    for copy in found:
        state = f"destroyed on {copy.destroyed_on}" if copy.destroyed_on else f"until {copy.until}"
        print(f"{copy.id}: {copy.village}, {copy.law}, {state}, opened {len(copy.opened_on)} times")
    if not found:
        print("There is no such copy here.")
    return 0


def opened_by_two(which: UUID, number: str | None, at: datetime) -> dict[str, Any]:
    """What was kept, when two people of its village agreed on exactly this number. Raises Refusal.

    The number of two people is used up only when the copy opens.
    """
    from django.db import transaction

    from kring.trust import kept, keys
    from kring.trust.keys import store
    from kring.trust.models import Matter
    from kring.trust.usecases import two_people

    copy = kept.find(which)
    if copy is None:
        raise Refusal(f"There is no copy {which}; kring kept list names them.")
    if copy.destroyed_on or keys.destroyed("circle", which):
        raise Refusal("Its day has come: the key was destroyed, and nobody can open it any more.")
    if not store.stands("circle", which):
        raise Refusal(f"The key of this copy is not here. {PUT_BACK}")
    if not number:
        raise Refusal(TWO)
    try:
        with transaction.atomic(using="migrator"):
            told = {"copy": str(which)}
            two_people.use_by_command(number, Matter.Kind.KEPT_COPY, told, of=UUID(copy.house), at=at)
            return kept.opened(which, at)
    except two_people.NotAgreed:
        raise Refusal(
            f"Two people did not agree on this copy under this number within a day. {TWO}"
        ) from None
    except (keys.Gone, keys.DoesNotOpen, store.Damaged):
        raise Refusal(f"This copy or its key is damaged. {PUT_BACK}") from None
