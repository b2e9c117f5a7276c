"""The clock has a role of its own in the database: what is done by the clock alone, nobody may do who serves pages."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DEFAULT_DB_ALIAS, connections

ALIAS = "clock"


def from_now_on() -> None:
    """This process asks the database as the clock, in every thread: the worker, before its first question."""
    usual, clocks = connections.settings[DEFAULT_DB_ALIAS], connections.settings[ALIAS]
    pool = {key: value for key, value in usual["OPTIONS"].items() if key == "pool"}
    usual.update(clocks | {"OPTIONS": clocks["OPTIONS"] | pool})


class NotWrittenYet(Exception):
    """The clock has a connection of its own: it would not see what is being written on the other."""


@contextmanager
def for_a_while() -> Iterator[None]:
    """Within, this thread asks the database as the clock, on a connection of its own: a command. No page does."""
    usual = connections[DEFAULT_DB_ALIAS]
    if usual.in_atomic_block:
        raise NotWrittenYet
    clocks = connections.create_connection(ALIAS)
    clocks.alias = DEFAULT_DB_ALIAS
    connections[DEFAULT_DB_ALIAS] = clocks
    try:
        yield
    finally:
        connections[DEFAULT_DB_ALIAS] = usual
        clocks.close()
