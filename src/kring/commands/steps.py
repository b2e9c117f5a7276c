"""One line per step with its seconds, as everything an administrator starts shows it."""

import contextlib
import time
from collections.abc import Iterator


@contextlib.contextmanager
def step(title: str) -> Iterator[None]:
    """Say what is being done and, when it is done, how long it took."""
    print(f"{title} ".ljust(35, "."), end=" ", flush=True)
    begun = time.monotonic()
    try:
        yield
    except BaseException:
        print(flush=True)
        raise
    print(f"{time.monotonic() - begun:6.1f} s", flush=True)
