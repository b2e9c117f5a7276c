"""What the worker does is done in tests as the worker does it: asked in the clock's own role."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections

from kring.clock import role


def as_the_worker(deed: Callable[..., Any], /, *values: Any, **named: Any) -> Any:
    """Do this as the worker would: what nobody may ask who serves pages, the clock may."""
    with role.for_a_while():
        return deed(*values, **named)


@contextmanager
def in_its_place() -> Iterator[None]:
    """Within, whatever thread comes to the database comes as the clock, as in the worker's own process."""
    usual = connections.settings[DEFAULT_DB_ALIAS]
    before = dict(usual)
    role.from_now_on()
    try:
        yield
    finally:
        usual.update(before)
