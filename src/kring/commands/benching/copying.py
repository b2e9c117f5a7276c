"""Many rows at once: each table by one COPY, in the order in which they need each other."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Iterator
from random import Random
from typing import Any

import psycopg
from django.db import models
from psycopg import sql

Row = dict[str, Any]


class Ids:
    """Random ids that are the same in every run."""

    def __init__(self, seed: int) -> None:
        self.rng = Random(seed)  # noqa: S311  a made-up city is no secret

    def __call__(self) -> uuid.UUID:
        """The next one."""
        return uuid.UUID(int=self.rng.getrandbits(128), version=4)


def blank(field: models.Field[Any, Any]) -> Any:
    """What a column holds when a row does not say."""
    if field.has_default():
        value = field.get_default()
        return json.dumps(value) if isinstance(field, models.JSONField) else value
    if field.null:
        return None
    return "" if isinstance(field, models.CharField | models.TextField) else None


def copy(connection: psycopg.Connection[Any], model: type[models.Model], rows: Iterable[Row]) -> int:
    """Copy rows into the table of a model; returns how many."""
    fields = [field for field in model._meta.concrete_fields if not isinstance(field, models.AutoField)]
    empty = {field.attname: blank(field) for field in fields if field.attname != "id"}
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(model._meta.db_table),
        sql.SQL(", ").join(sql.Identifier(field.column) for field in fields),
    )
    count = 0
    with connection.cursor() as cursor, cursor.copy(statement) as stream:
        for row in rows:
            stream.write_row([row[f.attname] if f.attname in row else empty.get(f.attname) for f in fields])
            count += 1
    return count


def pieces(rows: list[Row], size: int) -> Iterator[list[Row]]:
    """The same rows in pieces."""
    for start in range(0, len(rows), size):
        yield rows[start : start + size]
