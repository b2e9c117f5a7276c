"""The key with which a backup opens: this machine's, or the codes of two people."""

import getpass
import sys

from django.conf import settings

from kring.ground.backups import codes


def key_for(by_codes: bool) -> bytes:
    """The backup key of this machine; or, where the machine is new, from the codes of two people."""
    if not by_codes:
        return codes.backup_key(settings.PLACE)
    return codes.joined(_asked("The first code: "), _asked("The second code: "))


def _asked(question: str) -> str:
    """A code, typed unseen; or a line of what is piped in."""
    return getpass.getpass(question) if sys.stdin.isatty() else sys.stdin.readline()
