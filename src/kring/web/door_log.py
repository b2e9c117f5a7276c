"""What the log tells of the doors: that somebody came in or did not, by which way, and that a door stayed shut.

Never who, from where, or for what: whoever has the log learns nothing of a person. Who it was stands in the journal.
"""

import logging
from typing import Any

log = logging.getLogger("kring.doors")

#: The ways in, as the log names them; another way is only "another way".
WAYS = {
    "password": "password", "mfa": "second factor", "link": "link and code", "sign on": "sign-in of the town",
    "digits": "own digits", "pin": "PIN", "demonstration": "demonstration",
}  # fmt: skip


def came_in(way: str) -> None:
    """One step of coming in was right."""
    log.info(f"right at the door: {WAYS.get(way, 'another way')}")


def stayed_out(way: str) -> None:
    """One step of coming in was wrong."""
    log.warning(f"wrong at the door: {WAYS.get(way, 'another way')}")


def refused(page: str) -> None:
    """Somebody wanted to do what is not theirs to do. What is hidden is not written down: it looks like nothing (K12)."""
    log.warning(f"not theirs to do: {page or 'a page'}")


def on_a_step(method: str = "", **_: Any) -> None:
    """The library that knows passwords and factors says that a step was right."""
    came_in(method)


def on_a_wrong_password(**_: Any) -> None:
    """Django says that a password was wrong."""
    stayed_out("password")
