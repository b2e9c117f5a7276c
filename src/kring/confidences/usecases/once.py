"""Sent twice it is there once; and with other words in it nothing of what came is lost."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import Any
from uuid import UUID, uuid5


def place(of: Any, key: UUID, name: str, is_same: Callable[[Any], bool]) -> tuple[UUID, Any]:
    """The row that this form wrote already with the same words in it; else nothing, and the id for a new one.

    A form can come again with more in it: its answer got lost on the way, and somebody wrote on. An id never tells what
    was written.
    """
    for times in count():
        row_id = uuid5(key, f"{name} {times}" if times else name)
        row = of.objects.filter(pk=row_id).first()
        if row is None or is_same(row):
            return row_id, row
    raise AssertionError  # one of them is free
