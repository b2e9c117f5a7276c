"""A question that every opening of a page asks: Django puts its text together once, afterwards only its values change.

Half of what a page of forty lines costs in Python is putting the same statements together again.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import connections, models
from django.db.models.sql.compiler import SQLCompiler

#: What stands for a value while the text is put together: nothing that could stand in a question by itself.
LONG_AGO = datetime(1, 2, 3, tzinfo=UTC)
#: Kinds of values that come from outside; every other kind stands in the text as it was written.
FROM_OUTSIDE = (UUID, date, list)


class ValueMissing(Exception):
    """A value does not stand in the question as it was given; whatever is reckoned from it is a value of its own."""


class AnyOf(models.Lookup):
    """`person__any_of=ids`: one of these; the text stays the same however many there are."""

    lookup_name, prepare_rhs = "any_of", False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """The field, and one list as its value."""
        field, values = self.process_lhs(compiler, connection)
        return f"{field} = ANY(%s)", (*values, self.rhs)


models.UUIDField.register_lookup(AnyOf)
models.ForeignKey.register_lookup(AnyOf)


@dataclass(frozen=True)
class _Text:
    queryset: models.QuerySet[Any]
    compiler: SQLCompiler
    sql: str
    #: Each value of the text: a constant, or the name of what was given.
    values: tuple[tuple[str, Any], ...]


class Statement:
    """The rows of a queryset that is always built the same way; only UUIDs, moments, days and lists of UUIDs change.

    Parameters
    ----------
    build
        Called once with a stand-in for each value; returns a queryset of rows, or of `values_list`.
    """

    def __init__(self, build: Callable[..., models.QuerySet[Any]]) -> None:
        self.build = build
        self.text: _Text | None = None

    def __call__(self, **given: Any) -> list[Any]:
        """The rows for these values, asked now.

        Raises
        ------
        ValueMissing
            A value does not stand in the question as it was given.
        """
        text = self.text = self.text or _put_together(self.build, given)
        if given.keys() != {name for name, _ in text.values if name}:
            raise ValueMissing(", ".join(given))
        values = tuple(given[name] if name else constant for name, constant in text.values)
        made: Any = text.queryset._iterable_class
        return list(made(_Asked(text, values)))


class _Asked:
    """What Django's way of making rows asks of a queryset and of its query."""

    def __init__(self, text: _Text, values: tuple[Any, ...]) -> None:
        self.text, self.values = text, values
        self.db = text.queryset.db
        self.query = self

    def get_compiler(self, using: str) -> SQLCompiler:
        """The compiler that has put the text together, on the connection of this thread, with these values."""
        compiler = copy(self.text.compiler)
        compiler.connection = connections[using]
        compiler.as_sql = lambda *_how, **_named: (self.text.sql, self.values)  # type: ignore[method-assign]
        return compiler

    def __getattr__(self, name: str) -> Any:
        return getattr(self.text.queryset, name)


def _put_together(build: Callable[..., models.QuerySet[Any]], given: dict[str, Any]) -> _Text:
    stands_for = {name: _stand_in(value, place) for place, (name, value) in enumerate(given.items())}
    queryset = build(**stands_for)
    compiler = queryset.query.get_compiler(queryset.db)
    sql, values = compiler.as_sql()
    found = tuple(_named(value, stands_for) for value in values)
    if missing := stands_for.keys() - {name for name, _ in found}:
        raise ValueMissing(", ".join(sorted(missing)))
    return _Text(queryset, compiler, sql, found)


def _stand_in(value: Any, place: int) -> Any:
    if isinstance(value, UUID):
        return uuid4()
    if isinstance(value, datetime):
        return LONG_AGO + timedelta(microseconds=place)
    if isinstance(value, date):
        return LONG_AGO.date() + timedelta(days=place)
    if isinstance(value, list):
        return [uuid4()]
    raise ValueMissing(type(value).__name__)


def _named(value: Any, stands_for: dict[str, Any]) -> tuple[str, Any]:
    for name, stand_in in stands_for.items():
        if type(value) is type(stand_in) and value == stand_in:
            return name, None
    if isinstance(value, FROM_OUTSIDE):
        raise ValueMissing(repr(value))
    return "", value
