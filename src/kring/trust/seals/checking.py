"""Every seal recomputed over one moment of the database, by the role that keeps the gate; and that somebody did."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from kring.trust import ledger
from kring.trust.seals import reading
from kring.trust.seals.prints import Sealed
from kring.trust.seals.verifying import Verified, verify


def verified(
    connection: Any, outside: Iterable[Sealed], forgotten: Path | None = None, *, besides: str = ""
) -> Verified:  # fmt: skip
    """Recompute every seal, and write down that somebody did; what was found `besides` counts too.

    Lines emptied since are held against the ledger `forgotten`, else this installation's own.
    """
    connection.autocommit = False
    connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
    connection.execute("SET LOCAL ROLE kring_gatekeeper")
    with connection.cursor() as cursor:
        seals = reading.seals(cursor)
    result = verify(reading.lines(connection), seals, outside, ledger.moments(forgotten))
    if besides:
        result.say(None, besides)
    connection.execute(
        "INSERT INTO trust_sealcheck (id, at, up_to, lines, findings) VALUES (gen_random_uuid(), clock_timestamp(), %s, %s, %s)",
        [max((seal.number for seal in seals), default=0), result.lines, len(result.findings)],
    )
    connection.commit()
    return result
