"""Decisions about stories and plans that need no database: words, dates, who counts, what changed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal

#: A plan is looked at together at the latest after so many months (W13).
REVIEW_MONTHS = 6

STORY, WISH, NEED, AIM, STEP, ANSWER, NAME, JOY = 20_000, 1_000, 2_000, 500, 300, 2_000, 120, 500

#: What somebody told can be taken back for so long.
TAKEN_BACK_WITHIN = timedelta(days=1)

#: A meeting is awaited so long after its hour, stands so long in a calendar, and lies at most so far ahead.
MEETING_IS_AWAITED, MEETING_LASTS = timedelta(hours=12), timedelta(hours=1)
MEETING_FARTHEST = timedelta(days=730)

#: Languages written from right to left.
RIGHT_TO_LEFT = frozenset({"ar", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"})

#: Signs that turn the direction of what follows or hide it; nobody types them by hand.
_TRICKS = {
    code: None
    for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF, *range(0x09), 0x0B, 0x0C,
                 *range(0x0E, 0x20), 0x7F)
}  # fmt: skip


class WordsAreMissing(Exception):
    """Something was left empty that needs a few words."""


class WordsAreTooLong(Exception):
    """More words than fit."""

    def __init__(self, longest: int) -> None:
        super().__init__(longest)
        self.longest = longest


def tidy(text: str, longest: int, *, needed: bool = True) -> str:
    """What somebody wrote, without signs that play tricks; whole paragraphs stay as they are.

    Raises WordsAreMissing and WordsAreTooLong.
    """
    clean = plain(text)
    if needed and not clean:
        raise WordsAreMissing
    if len(clean) > longest:
        raise WordsAreTooLong(longest)
    return clean


def line(words: str, longest: int, *, needed: bool = True) -> str:
    """What somebody wrote, on one line."""
    return " ".join(tidy(words, longest, needed=needed).split())


def plain(text: str) -> str:
    """What somebody wrote, without signs that play tricks."""
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_TRICKS).strip()


def direction(language: str) -> Literal["rtl", "ltr"]:
    """In which direction a language is written."""
    return "rtl" if language.lower().split("-")[0].split("_")[0] in RIGHT_TO_LEFT else "ltr"


def next_review(on: date, months: int = REVIEW_MONTHS) -> date:
    """The day on which all look at the plan together again: the same day so many months later, or the month's last."""
    month = on.month - 1 + months
    year, month = on.year + month // 12, month % 12 + 1
    for day in (on.day, 30, 29, 28):
        try:
            return date(year, month, day)
        except ValueError:
            continue
    raise AssertionError(on)


def may_be_met(begins_at: datetime, at: datetime) -> bool:
    """Whether people can be asked to come at that moment: still to come, and not years away."""
    return at < begins_at <= at + MEETING_FARTHEST


def may_look_again_on(day: date, today: date) -> bool:
    """Whether all may look at a plan again on this day: after today, and within six months."""
    return today < day <= next_review(today)


def may_be_taken_back(told_at: datetime, now: datetime) -> bool:
    """Whether what was told can still be taken back: within the day."""
    return now - told_at < TAKEN_BACK_WITHIN


def may_start(needs_authority: bool, agreed: bool) -> bool:
    """Whether a small step may begin now: only what needs joint authority waits for everybody's yes (D3)."""
    return agreed or not needs_authority


def everybody_said_yes(asked: Iterable[str]) -> bool:
    """Whether a version is agreed: somebody was asked, and the last answer of each is yes."""
    answers = list(asked)
    return bool(answers) and all(answer == "yes" for answer in answers)


@dataclass(frozen=True)
class Difference:
    """One part of a plan that came, changed or went between two versions."""

    how: Literal["added", "changed", "gone"]
    kind: str
    now: Mapping[str, Any]
    before: Mapping[str, Any]

    @property
    def shown(self) -> Mapping[str, Any]:
        """The part as it is now, or as it last was."""
        return self.now or self.before


def what_changed(before: Sequence[tuple[Any, str, Mapping[str, Any]]],
                 now: Sequence[tuple[Any, str, Mapping[str, Any]]]) -> list[Difference]:  # fmt: skip
    """What came, changed or went between two lists of (id of the source, kind, content), in the order of reading."""
    old = {source: content for source, _kind, content in before}
    new = {source for source, _kind, _content in now}
    found = [
        Difference("changed" if source in old else "added", kind, content, old.get(source, {}))
        for source, kind, content in now
        if old.get(source) != content
    ]
    gone = [Difference("gone", kind, {}, content) for source, kind, content in before if source not in new]
    return found + gone
