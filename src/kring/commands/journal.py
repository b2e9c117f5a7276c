"""`kring journal`: seal what was written, and recompute every seal."""

import argparse
import time
from pathlib import Path
from typing import TYPE_CHECKING

from kring.commands import database, preparing
from kring.ground import roles
from kring.ground.addresses import Addresses
from kring.ground.refusals import Refusal

if TYPE_CHECKING:
    from kring.trust.seals.verifying import Verified

SHOWN = 20


def main(argv: list[str]) -> int:
    """Seal, verify, or begin a new file of seals; 1 when something is not as it was sealed."""
    asked = _parser().parse_args(argv)
    preparing.django_ready()
    if asked.deed == "aside":
        return _aside()
    with database.running() as found:
        preparing.refuse_unready(found)
        if asked.deed == "seal":
            return _seal(found)
        return _verify(found, asked.seals, asked.ledger)


def _seal(found: Addresses) -> int:
    from django.utils import timezone

    from kring.clock import role
    from kring.trust.seals import kept
    from kring.trust.usecases import sealing

    preparing.refuse_without_clock(found)
    try:
        with role.for_a_while():
            print(f"{sealing.seal(at=timezone.now())} lines sealed; the seals are kept in {kept.file()}.")
    except kept.AnotherChain as last:
        raise Refusal(
            f"Seal {last}, the last in {kept.file()}, is not in this database, so no other is kept there. When an older "
            "state was put back, run kring journal aside; if not, somebody took seals away: run kring journal verify."
        ) from None
    return 0


def _aside() -> int:
    """After a restore the seals kept outside are of days the database does not know: they stay, beside a new file."""
    from kring.trust.seals import kept

    aside = kept.set_aside(kept.file())
    print(f"The seals kept until now lie in {aside}." if aside else "No seals were kept yet.")
    return 0


def _verify(found: Addresses, seals: Path | None, forgotten: Path | None) -> int:
    from kring.trust import ledger
    from kring.trust.seals import checking, kept

    if found.owner is None:
        raise Refusal("Only the owner of the database reads the whole journal; name it in DATABASE_URL.")
    began = time.monotonic()
    try:
        outside = kept.read(seals) if seals else kept.every_seal()
    except kept.NotSeals as problem:
        raise Refusal(f"These are no seals: {problem}.") from None
    try:
        with roles.reach(found.migrator) as connection:
            result = checking.verified(connection, outside, forgotten)
    except ledger.LedgerIsDamaged as problem:
        raise Refusal(f"The ledger {forgotten or ledger.path()} is damaged at {problem}.") from None
    _tell(result, len(outside), time.monotonic() - began)
    return 1 if result.findings else 0


def _tell(result: "Verified", outside: int, seconds: float) -> None:
    for finding in result.findings[:SHOWN]:
        print(finding)
    if len(result.findings) > SHOWN:
        print(f"and {len(result.findings) - SHOWN} more")
    print(
        f"{result.lines} lines in {result.seals} batches, {outside} seals kept elsewhere, {result.emptied} emptied by "
        f"erasure, {result.waiting} waiting for the next seal: {len(result.findings)} findings. "
        f"{(result.lines + result.waiting) / max(seconds, 0.001):.0f} lines a second."
    )
    if not outside:
        print("Nothing was kept elsewhere yet, so a whole new chain could not be told from the true one.")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="kring journal")
    parser.add_argument("deed", choices=("seal", "verify", "aside"))
    parser.add_argument(
        "--seals", type=Path, help="the seals kept elsewhere; else this installation's own file"
    )
    parser.add_argument(
        "--ledger", type=Path, help="the ledger of who was forgotten; else this installation's own"
    )
    return parser
