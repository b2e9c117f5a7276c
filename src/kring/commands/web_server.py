"""The web server: Kring is loaded once, and its workers are born of it and share what was loaded."""

import gc
import importlib
import sys

from granian.cli import entrypoint

#: A page makes some ten thousand things that live as long as the page; looking through them oftener finds nothing.
MADE, YOUNG, OLD = 20_000, 20, 20


def load(application: str) -> None:
    """Load what answers, and every page of it; from then on it stays, and nobody looks for waste in it."""
    importlib.import_module(application.partition(":")[0])
    from django.urls import get_resolver

    _every_page = get_resolver().reverse_dict
    gc.collect()
    gc.freeze()
    gc.set_threshold(MADE, YOUNG, OLD)


if __name__ == "__main__":
    load(sys.argv[-1])
    entrypoint()
