"""What the policies cost: the very statements of a page, once as the role that serves, once past all policies.

Both connections prepare the same statements with the same parameters on the same rows, identity and journal
included; each run is one transaction that commits, as on the page. Compared is the time from the first statement to the last.
"""

import pickle
import time
from pathlib import Path
from statistics import median
from typing import Any
from uuid import UUID

import psycopg
from django.conf import settings

from kring.ground.addresses import Addresses
from kring.trust import identity

Statements = list[tuple[str, Any]]


def recorded(folder: Path, name: str) -> Statements:
    """The statements of a page, as its worker kept them; the session's own reading is left out."""
    kept: Statements = pickle.loads((folder / f"{name}.pickle").read_bytes())  # noqa: S301  our own file
    first = next(i for i, (text, _params) in enumerate(kept) if "kring.identity" in text)
    return [(text, params) for text, params in kept[first:] if "_session(" not in text]


def cost(here: Addresses, statements: Statements, person: UUID, rounds: int) -> tuple[float, float]:
    """Median seconds of a page's statements, with the policies and without."""
    assert here.owner is not None
    with (
        psycopg.connect(here.runtime.conninfo(), prepare_threshold=1) as with_policies,
        psycopg.connect(here.owner.conninfo(), prepare_threshold=1) as without,
    ):
        times: tuple[list[float], list[float]] = ([], [])
        for number in range(rounds + 5):
            for connection, kept in ((with_policies, times[0]), (without, times[1])):
                without.execute("TRUNCATE trust_entry")  # the lines of the run before
                without.commit()
                took = _once(connection, statements, person)
                if number >= 5:
                    kept.append(took)
    return median(times[0]), median(times[1])


def _once(connection: psycopg.Connection[Any], statements: Statements, person: UUID) -> float:
    line = identity.signed(
        settings.IDENTITY_KEY, person=person, backend=connection.info.backend_pid, at=time.time()
    )
    began = time.perf_counter()
    for text, params in statements:
        known = [line] if "kring.identity" in text else params
        connection.execute(text, known).fetchall() if _answers(text) else connection.execute(text, known)
    took = time.perf_counter() - began
    connection.commit()
    return took


def _answers(text: str) -> bool:
    return text.lstrip("( ").upper().startswith(("SELECT", "WITH"))
