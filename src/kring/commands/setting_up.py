"""`kring setup`: print the code with which an empty house gets its village in the browser."""

import argparse

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
        if not invite(on_a_screen=True) and not lead_back():
            raise Refusal(
                "There is a village here already. It grows by invitation: sign in as its administrator."
            )
    return 0


def invite(*, on_a_screen: bool) -> bool:
    """Print where and with which code the village is founded; False when there is one already.

    Printed on a screen only: what goes into a log would still be read tomorrow.
    """
    from django.utils import timezone

    from kring.trust.usecases import setting_up

    if not setting_up.house_is_empty():
        return False
    print("There is no village here yet.")
    if not on_a_screen:
        print("Run kring setup on this machine: it shows the code with which you begin.", flush=True)
        return True
    print(f"Open {settings.PUBLIC_ADDRESS}/set-up/ and type this code:")
    print(f"    {setting_up.new_code(at=timezone.now())}")
    print("It works for one day and is not shown again; kring setup makes another.", flush=True)
    return True


def lead_back() -> bool:
    """Print a new way in for the first administrator, as long as nobody who keeps the village can sign in yet."""
    from django.utils import timezone

    from kring.trust.usecases import setting_up

    made = setting_up.way_back(at=timezone.now())
    if made is None:
        return False
    print("The village is there, but its administrator has not set up a way to sign in yet.")
    print(f"Open {settings.PUBLIC_ADDRESS}/l/{made.token}/ with the code {made.in_groups}")
    print("Both work for seven days and are not shown again.", flush=True)
    return True
