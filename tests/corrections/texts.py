"""Texts of every kind, laid as no rule would, and what was said not to be right about them."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from trust.each_policy import NOW, Neighbourhood
from trust.one_trigger import Alone

HOUR = timedelta(hours=1)
#: Where each kind of text lies, and in which column its words stand.
KINDS = {
    "story": ("wraparound_story", "text"), "wish": ("wraparound_wish", "text"), "goal": ("wraparound_goal", "aim"),
    "action": ("wraparound_action", "what"), "note": ("wraparound_note", "text"), "beginning": ("intake_beginning", "wanted"),
    "attempt": ("messaging_attempt", "words"), "card": ("trust_contactcard", "words"),
}  # fmt: skip
TABLES = (*(table for table, _ in KINDS.values()), "wraparound_notright", "wraparound_remark")


def text(by: Alone, here: Neighbourhood, kind: str, **more: Any) -> UUID:
    """A text of Noor with these words."""
    table, column = KINDS[kind]
    facts = {
        "circle_id": here.circle, "author_id": here.noor, "told_by_id": here.naima, column: "before", "at": NOW - 2 * HOUR,
        "changed_at": NOW - 2 * HOUR, "agreed_at": NOW - HOUR, "plan_id": here.plan, "language": "nl", "interpreter": "Ali", "how": "told",
    }  # fmt: skip
    made: UUID = by.lies(table, **facts | more)
    return made


def two(by: Alone, here: Neighbourhood, kind: str, **more: Any) -> tuple[UUID, UUID]:
    """A text and its neighbour; a card is somebody's own."""
    whose = ({"person_id": here.said}, {"person_id": here.lou})
    of, other = (text(by, here, kind, **person, **more) for person in whose)
    return of, other


def not_right(by: Alone, here: Neighbourhood, kind: str, row: UUID, **more: Any) -> UUID:
    """An hour ago Naima said that it is not right."""
    facts = {
        "on": kind,
        "object_id": row,
        "circle_id": here.circle,
        "asked_by_id": here.naima,
        "author_id": here.naima,
    }
    facts |= {"at": NOW - HOUR, "answer": "", "words_locked": b"x", "language": "fr"}
    said: UUID = by.lies("wraparound_notright", **facts | more)
    return said
