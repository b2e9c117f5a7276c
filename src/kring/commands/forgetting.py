"""`kring forget`: who is due now, and after a restore everybody whom the ledger outside the database names by number."""

import argparse

from kring.commands import database, preparing
from kring.ground.refusals import Refusal


def main(argv: list[str]) -> int:
    """Forget those who are due, or replay the ledger."""
    parser = argparse.ArgumentParser(prog="kring forget")
    parser.add_argument("deed", choices=("due", "replay"))
    asked = parser.parse_args(argv)
    preparing.django_ready()
    return {"due": _due, "replay": _replay}[asked.deed]()


def _due() -> int:
    from kring.clock import role
    from kring.trust.usecases import forgettings

    with database.running() as found:
        preparing.refuse_without_clock(found)
        with role.for_a_while():
            print(f"Forgotten: {forgettings.forget_those_due()}")
    return 0


def _replay() -> int:
    from kring.trust import ledger
    from kring.trust.usecases import forgettings

    try:
        print(f"Lines of the ledger that hold again: {forgettings.replay()}")
    except ledger.LedgerIsDamaged as problem:
        raise Refusal(
            f"The ledger {ledger.path()} is damaged at {problem}; put it back from its copy."
        ) from None
    return 0
