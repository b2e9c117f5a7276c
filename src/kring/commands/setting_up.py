"""`kring setup`: print the code with which an empty house gets its village in the browser."""

import argparse
import sys

from django.conf import settings

from kring.commands import database, preparing
from kring.ground.refusals import Refusal


def main(argv: list[str]) -> int:
    """Make the house ready and print a code; it stands nowhere else."""
    argparse.ArgumentParser(prog="kring setup").parse_args(argv)
    preparing.django_ready()
    with database.running() as found:
        if found.embedded:
            preparing.prepare(found)
        preparing.refuse_unready(found)
        if not invite():
            raise Refusal(
                "There is a village here already. It grows by invitation: sign in as its administrator."
            )
    return 0


def invite() -> bool:
    """Print where and with which code the village is founded; False when there is one already.

    Printed on a screen only: what goes into a log would still be read tomorrow.
    """
    from django.utils import timezone

    from kring.trust.usecases import setting_up

    if not setting_up.house_is_empty():
        return False
    print("There is no village here yet.")
    if not sys.stdout.isatty():
        print("Run kring setup on this machine: it shows the code with which you begin.", flush=True)
        return True
    print(f"Open {settings.PUBLIC_ADDRESS}/set-up/ and type this code:")
    print(f"    {setting_up.new_code(at=timezone.now())}")
    print("It works for one day and is not shown again; kring setup makes another.", flush=True)
    return True
