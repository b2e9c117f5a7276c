"""What the clock does as the keeper of the gate: on a connection of its own, where nobody asks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

from django.db import connections

from kring.trust.usecases.villages import ALIAS


@contextmanager
def of_its_own() -> Iterator[Any]:
    """A connection of the migrator that nobody else goes on with; closed afterwards."""
    gate = connections[ALIAS]
    with closing(gate.get_new_connection(gate.get_connection_params())) as own:
        yield own
