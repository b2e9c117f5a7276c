"""Cutting: every way to break one clause of an SQL text, found from the text itself.

A text is read as words, not understood. A condition is what stands between WHERE, ON, IF, WHEN, a bracket or a
comma and the next such word; AND and OR part it into clauses. Each clause is dropped and turned round, each
comparison shifted by an instant, each alternative left out, each statement not done.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

WORDS = re.compile(
    r"""(?P<space>\s+|--[^\n]*) | (?P<text>'(?:[^']|'')*')
    | (?P<word>IS\s+NOT\s+DISTINCT\s+FROM|IS\s+DISTINCT\s+FROM|NOT\s+IN\b|[A-Za-z_"][\w."]*|\d+)
    | (?P<sign><=|>=|<>|:=|::|\|\||&&|->>|->|.)""",
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
#: After these a condition stands for certain; what takes its place when it is dropped.
CONDITION = {"WHERE": "true", "ON": "true", "HAVING": "true", "WHEN": "true", "IF": "false", "ELSIF": "false"}
#: After these one may stand.
PERHAPS = {"SELECT", "RETURN", ":=", "THEN", "ELSE", ",", "("}
OVER = {
    "GROUP", "ORDER", "LIMIT", "UNION", "LEFT", "JOIN", "CROSS", "RETURNING", "FOR", ";", "LOOP", "FROM", "AS",
    "END", "INTO", "SET", "VALUES", "DESC", "ASC", "BEGIN", "DECLARE",
}  # fmt: skip
SHIFTED = {"<=": "<", "<": "<=", ">=": ">", ">": ">="}
OPEN, CLOSED = "([", ")]"
DONE = ("PERFORM", "DELETE", "INSERT", "UPDATE", "NEW.")
HOURS = re.compile(r"'(\d+) (hours|days|hour)'")


class Word(NamedTuple):
    """One word or sign, and where it stands."""

    said: str
    start: int
    end: int


class Cut(NamedTuple):
    """One way to break the text: what stands instead of the words from here to there."""

    name: str
    text: str
    start: int = 0
    end: int = 0
    instead: str = ""

    @property
    def way(self) -> str:
        """What is done to the clause: `dropped`, `turned`, …"""
        return self.name.partition(" ")[2].partition(":")[0]


@dataclass
class Frame:
    """What stands between two brackets, or is the whole text."""

    start: int
    opener: str = ""
    begun_by: str = ""
    clauses: list[tuple[int, int]] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    first: int = -1


def words_of(text: str) -> list[Word]:
    """The words of a text, without space and comments."""
    found = WORDS.finditer(text)
    return [Word(" ".join(m[0].split()), m.start(), m.end()) for m in found if m.lastgroup != "space"]


def cuts(text: str) -> list[Cut]:
    """Every broken copy of this text, each once."""
    words = words_of(text)
    found: list[Cut] = []
    seen = {text}
    ways = (_clauses(text, words), _shifts(text, words), _choices(text, words), _statements(text, words))
    for name, start, end, instead in (one for way in ways for one in way):
        broken = text[:start] + instead + text[end:]
        if broken not in seen:
            seen.add(broken)
            line = text.count("\n", 0, start) + 1
            found.append(Cut(f"{line}.{len(found) + 1} {name}", broken, start, end, instead))
    return found


Change = tuple[str, int, int, str]


def _short(text: str, start: int, end: int) -> str:
    said = " ".join(text[start:end].split())
    return said if len(said) <= 60 else f"{said[:38]} … {said[-19:]}"


def _clauses(text: str, words: list[Word]) -> Iterator[Change]:
    """Each clause of each condition, dropped and turned round."""
    frames = [Frame(0, begun_by="WHERE", first=0)]
    for number, word in enumerate(words):
        said = word.said.upper()
        frame = frames[-1]
        if said in OPEN or said == "CASE":
            frames.append(Frame(number + 1, opener=said, begun_by="(", first=number + 1))
        elif said in CLOSED or (said == "END" and frame.opener == "CASE"):
            yield from _condition(text, words, frame, number)
            if len(frames) > 1:
                frames.pop()
        elif said in ("AND", "OR"):
            frame.clauses.append((frame.first, number))
            frame.links.append(said)
            frame.first = number + 1
        elif said in CONDITION or said in PERHAPS or said in OVER:
            yield from _condition(text, words, frame, number)
            frame.clauses, frame.links = [], []
            frame.begun_by = said if said in CONDITION or said in PERHAPS else ""
            frame.first = number + 1
    yield from _condition(text, words, frames[0], len(words))


def _condition(text: str, words: list[Word], frame: Frame, end: int) -> Iterator[Change]:
    """The clauses between two places; a lone one after SELECT or a bracket is only turned round."""
    if not frame.begun_by or end <= frame.first or words[frame.first].said.upper() == "CONFLICT":
        return
    spans = [*frame.clauses, (frame.first, end)]
    lone = len(spans) == 1
    if lone and frame.begun_by not in CONDITION:
        if words[frame.first].said.upper() in ("NOT", "EXISTS"):
            yield _turned(text, words, spans[0])
        return
    for place, (first, last) in enumerate(spans):
        if last <= first:
            continue
        beside = frame.links[max(0, place - 1) : place + 1]
        missing = (
            CONDITION.get(frame.begun_by, "true") if lone else "false" if "AND" not in beside else "true"
        )
        start, over = words[first].start, words[last - 1].end
        yield f"dropped: {_short(text, start, over)}", start, over, missing
        yield _turned(text, words, (first, last))
    yield from _arms(text, words, spans, frame.links)


def _arms(text: str, words: list[Word], spans: list[tuple[int, int]], links: list[str]) -> Iterator[Change]:
    """Where OR and AND stand side by side: each whole arm of the OR."""
    if set(links) != {"AND", "OR"}:
        return
    arm = [spans[0]]
    for link, span in zip([*links, "OR"], [*spans[1:], None], strict=True):
        if link == "OR" and len(arm) > 1:
            start, over = words[arm[0][0]].start, words[arm[-1][1] - 1].end
            yield f"arm dropped: {_short(text, start, over)}", start, over, "false"
        arm = [span] if link == "OR" else [*arm, span]


def _turned(text: str, words: list[Word], span: tuple[int, int]) -> Change:
    first, last = span
    start, over = words[first].start, words[last - 1].end
    said = text[start:over]
    turned = said[3:] if words[first].said.upper() == "NOT" else f"NOT coalesce(({said}), false)"
    return f"turned: {_short(text, start, over)}", start, over, turned


def _shifts(text: str, words: list[Word]) -> Iterator[Change]:
    """Each comparison with or without its boundary; each length of time a little longer."""
    for number, word in enumerate(words):
        if word.said in SHIFTED:
            near = _short(text, words[max(0, number - 1)].start, words[min(number + 1, len(words) - 1)].end)
            yield f"shifted: {near}", word.start, word.end, SHIFTED[word.said]
        elif match := HOURS.fullmatch(word.said):
            for many in (int(match[1]) - 1, int(match[1]) + 1):
                yield f"longer or shorter: {word.said}", word.start, word.end, f"'{many} {match[2]}'"


def _choices(text: str, words: list[Word]) -> Iterator[Change]:
    """Each word of a list left out, each arm of coalesce, greatest and least, each half of a union."""
    for number, word in enumerate(words[:-1]):
        said = word.said.upper()
        if words[number + 1].said != "(" or said not in ("IN", "NOT IN", "COALESCE", "GREATEST", "LEAST"):
            continue
        parts = _parts(words, number + 1)
        if len(parts) < 2 or words[number + 2].said.upper() == "SELECT":
            continue
        for here, (first, last) in enumerate(parts):
            others = [text[words[a].start : words[b - 1].end] for a, b in parts[:here] + parts[here + 1 :]]
            left_out = _short(text, words[first].start, words[last - 1].end)
            inside = words[parts[0][0]].start, words[parts[-1][1] - 1].end
            yield f"{said.lower()} without {left_out}", *inside, ", ".join(others)
    yield from _unions(text, words)


def _parts(words: list[Word], opening: int) -> list[tuple[int, int]]:
    depth, first, found = 0, opening + 1, []
    for number in range(opening, len(words)):
        said = words[number].said
        depth += (said in OPEN) - (said in CLOSED)
        if depth == 0 or (depth == 1 and said == ","):
            found.append((first, number))
            first = number + 1
        if depth == 0:
            return found
    return found


def _unions(text: str, words: list[Word]) -> Iterator[Change]:
    openings: list[list[int]] = []
    for number, word in enumerate(words):
        if word.said in OPEN:
            openings.append([number])
        elif word.said.upper() == "UNION" and openings:
            openings[-1].append(number)
        elif word.said in CLOSED and openings:
            marks = [*openings.pop(), number]
            for here in range(len(marks) - 1 if len(marks) > 2 else 0):
                first, last = (marks[here] + 1, marks[here + 1] + 1) if here == 0 else marks[here : here + 2]
                last += here == 0 and words[marks[1] + 1].said.upper() == "ALL"
                start, over = words[first].start, words[last - 1].end
                yield f"union without {_short(text, start, over)}", start, over, ""


def _statements(text: str, words: list[Word]) -> Iterator[Change]:
    """Each statement that does something, not done; what refuses is met by its condition already."""
    begins = True
    for number, word in enumerate(words):
        said = word.said.upper()
        if begins and said.startswith(DONE) and words[number + 1].said != "trust.refuse":
            last = next((w for w in words[number:] if w.said == ";"), None)
            if last:
                yield f"not done: {_short(text, word.start, last.start)}", word.start, last.start, "NULL"
        begins = said in (";", "BEGIN", "THEN", "ELSE", "LOOP")
