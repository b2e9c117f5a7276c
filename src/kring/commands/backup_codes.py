"""The two codes of two people: printed once, asked when a machine is new."""

import getpass
import sys

from django.conf import settings

from kring.ground.backups import codes


def print_codes() -> int:
    """Two codes for two people; on a screen the first is gone before the second is shown."""
    first, second = codes.halves(codes.backup_key(settings.PLACE))
    print("With both codes a backup opens when the server is gone. Two people keep one each, on paper.\n")
    print(f"The first code, for the first person:\n\n  {first}\n")
    if sys.stdin.isatty() and sys.stdout.isatty():
        input("Write it down, press Enter, and let the second person come. ")
        print("\033[2J\033[3J\033[H", end="")
    print(f"The second code, for the second person:\n\n  {second}\n")
    return 0


def key_for(by_codes: bool) -> bytes:
    """The backup key of this machine; or, where the machine is new, from the codes of two people."""
    if not by_codes:
        return codes.backup_key(settings.PLACE)
    return codes.joined(_asked("The first code: "), _asked("The second code: "))


def _asked(question: str) -> str:
    """A code, typed unseen; or a line of what is piped in."""
    return getpass.getpass(question) if sys.stdin.isatty() else sys.stdin.readline()
