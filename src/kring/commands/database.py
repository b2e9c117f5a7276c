"""The database under a command: the embedded one is started for as long as the command lasts."""

import contextlib
from collections.abc import Iterator

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
        yield found
