"""One record as it stood in the file, knowing where it stood and what could not be read in it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from kring.network import rules
from kring.network.hsds import values
from kring.network.hsds.shapes import (
    MOST_PROBLEMS,
    WHILE_SOMEBODY_WAITS,
    Fields,
    Limits,
    Problem,
    Reading,
)
from kring.network.hsds.values import Unreadable

T = TypeVar("T")


Tell = Callable[[int, int], None]
"""Hears how many records of how many are done; may raise to stop."""


def to_nobody(_done: int, _total: int) -> None:
    """Nobody waits to hear how far it is."""


class TookTooLong(Exception):
    """The file needs more time than one file may have."""


class TooMuch(Exception):
    """The file, put together, is larger than its bytes promised."""


class TableRow(Fields):
    """The cells of one line of a table, with its table, file and line."""

    table: str
    file: str
    line: int


class Book:
    """Collects what a file tells and what is wrong in it, and minds the time."""

    def __init__(
        self,
        file: str,
        now: Callable[[], float] = time.monotonic,
        limits: Limits = WHILE_SOMEBODY_WAITS,
        tell: Tell = to_nobody,
    ) -> None:
        self.file = file
        self.limits = limits
        self.tell = tell
        self.reading = Reading()
        self._now = now
        self._until = now() + limits.seconds
        self._seen: set[Problem] = set()
        self._room = 3 * limits.bytes

    def report(self, problem: Problem) -> None:
        """Notes a problem once; after a thousand only the count goes on."""
        if problem in self._seen:
            return
        self.reading.problem_count += 1
        if len(self.reading.problems) < MOST_PROBLEMS:
            self._seen.add(problem)
            self.reading.problems.append(problem)

    def leave_out(self, problem: Problem) -> None:
        """Notes why a whole record is not read; the list is then no longer complete."""
        self.reading.left_out += 1
        self.report(problem)

    def report_file(self, key: str, file: str = "", **params: object) -> None:
        """Notes a problem of a file as a whole."""
        self.report(Problem(file or self.file, 0, "", key, Unreadable(key, **params).params))

    def mind_the_time(self) -> None:
        """Stops a file that takes longer than a person should wait."""
        if self._now() > self._until:
            raise TookTooLong

    def keep(self, value: Any) -> Any:
        """A foreign value fit to keep as JSON: no zero bytes, no numbers JSON does not know."""
        if isinstance(value, dict):
            return {rules.one_line(str(name), 100): self.keep(inner) for name, inner in value.items()}
        if isinstance(value, list):
            return [self.keep(inner) for inner in value]
        if isinstance(value, bool) or value is None:
            return value
        if isinstance(value, int | float) and abs(value) < 10**15:
            return value
        words = rules.clean(str(value), 20_000)
        self._room -= len(words)
        if self._room < 0:
            raise TooMuch
        return words


class Row:
    """A record with readers that never raise: what cannot be read is reported and left out."""

    def __init__(self, fields: Fields, book: Book, file: str, number: int, path: str = "") -> None:
        self.fields = fields
        self.book = book
        self.file, self.number, self.path = file, number, path
        self.used: set[str] = set()

    def report(self, column: str, key: str, params: tuple[tuple[str, str], ...] = ()) -> None:
        """Notes a problem in one of this record's columns."""
        self.book.report(Problem(self.file, self.number, (self.path + column)[:200], key, params))

    def leave_out(self, column: str, key: str) -> None:
        """Notes why this whole record is not read."""
        self.book.leave_out(Problem(self.file, self.number, (self.path + column)[:200], key))

    def read(self, column: str, reader: Callable[[Any], T], otherwise: T) -> T:
        """The column's value through a reader; unreadable values are reported and left out."""
        self.used.add(column)
        try:
            return reader(self.fields.get(column))
        except Unreadable as why:
            self.report(column, why.key, why.params)
            return otherwise

    def words(self, column: str, longest: int = 5_000) -> str:
        """A text of several lines, cut (and reported) when it is too long."""
        return self._cut(column, longest, rules.clean)

    def line(self, column: str, longest: int = 250) -> str:
        """A text on one line, cut (and reported) when it is too long."""
        return self._cut(column, longest, rules.one_line)

    def _cut(self, column: str, longest: int, tidy: Callable[[str, int], str]) -> str:
        whole = self.read(column, values.as_text, "")
        if len(whole) > longest and len(whole.strip()) > longest:
            self.report(column, "text_cut", (("longest", str(longest)),))
        return tidy(whole, longest)

    def children(self, column: str) -> Iterator[Row]:
        """The records nested under a column; a lone record counts as a list of one."""
        self.used.add(column)
        found = self.fields.get(column)
        if found is None or found == "":
            return
        if isinstance(found, dict):
            found = [found]
        if not isinstance(found, list):
            self.report(column, "not_a_list")
            return
        for number, fields in enumerate(found):
            child = self._child(column, number, fields)
            if child is not None:
                yield child

    def child(self, column: str) -> Row | None:
        """The one record nested under a column."""
        self.used.add(column)
        found = self.fields.get(column)
        return None if found is None or found == "" else self._child(column, None, found)

    def _child(self, column: str, number: int | None, fields: object) -> Row | None:
        step = column if number is None else f"{column}[{number}]"
        if not isinstance(fields, dict):
            self.report(step, "not_a_record")
            return None
        if isinstance(fields, TableRow):
            return Row(fields, self.book, fields.file, fields.line)
        return Row(fields, self.book, self.file, self.number, f"{self.path}{step}.")

    def rest(self, *kept: str) -> Fields:
        """The columns nobody read, and the named ones as they came: kept for passing on later."""
        return {
            rules.one_line(str(name), 100): self.book.keep(value)
            for name, value in self.fields.items()
            if (name not in self.used or name in kept) and value not in (None, "", [], {})
        }
