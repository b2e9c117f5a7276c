"""Letters that leave after the answer.

A page that waited until a letter is with the mail server would tell by its time that the address is known here.
"""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor

from django.core.mail import EmailMessage

log = logging.getLogger("kring.letters")
_leaving = ThreadPoolExecutor(max_workers=1, thread_name_prefix="letters")


def leaves(letter: EmailMessage) -> None:
    """One letter, soon; whoever asked can ask again if it does not arrive."""
    _leaving.submit(_leave, letter)


def wait() -> None:
    """Until what was given so far has left, or could not."""
    _leaving.submit(lambda: None).result()


def _leave(letter: EmailMessage) -> None:
    try:
        letter.send()
    except Exception as failed:  # whatever a mail server can do: it is said, without the address
        log.error("A letter about signing in could not leave: %s", type(failed).__name__)
