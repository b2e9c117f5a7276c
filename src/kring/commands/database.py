"""The database under a command: the embedded one is started for as long as the command lasts."""

import contextlib
from collections.abc import Iterator

from django.db import connections

from kring.ground import addresses, places, roles
from kring.ground.addresses import Addresses
from kring.ground.cluster import Cluster


@contextlib.contextmanager
def running() -> Iterator[Addresses]:
    """The addresses of a database that answers; the last command to leave stops the embedded one."""
    place = places.here()
    found = addresses.find(place)
    if not found.embedded:
        roles.reach(found.owner or found.runtime).close()
    with Cluster(place).held() if found.embedded else contextlib.nullcontext():
        try:
            yield found
        finally:
            _let_go()


def _let_go() -> None:
    """No connection waits for a server that stops now: its pool would complain on the screen."""
    for connection in connections.all(initialized_only=True):
        connection.close()
        if getattr(connection, "pool", None):
            connection.close_pool()
