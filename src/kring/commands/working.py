"""`kring worker`: letters, paper and reminders, done in the background."""

import argparse

from kring.commands import database, preparing


def main(argv: list[str]) -> int:
    """Work until told to stop; what is begun is finished first."""
    parser = argparse.ArgumentParser(prog="kring worker")
    parser.add_argument("--concurrency", type=int, default=2, help="how many jobs at the same time")
    parser.add_argument("--once", action="store_true", help="do what is waiting, then end")
    asked = parser.parse_args(argv)
    preparing.django_ready()
    from procrastinate.contrib.django import app

    from kring.clock import role

    with database.running() as found:
        preparing.refuse_unready(found)
        preparing.refuse_without_clock(found)
        role.from_now_on()
        with app.replace_connector(app.connector.get_worker_connector()) as working:
            try:
                working.run_worker(
                    concurrency=asked.concurrency, wait=not asked.once, shutdown_graceful_timeout=30
                )
            finally:
                seal_what_is_left()
    return 0


def seal_what_is_left() -> None:
    """No line of the journal stays open while nobody works; a database that is gone keeps none back."""
    from django.db import Error
    from django.utils import timezone

    from kring.trust.seals import kept
    from kring.trust.usecases import sealing

    try:
        sealing.seal(at=timezone.now())
    except (Error, OSError, kept.AnotherChain, kept.NotSeals) as problem:
        print(f"The last lines of the journal are not sealed yet ({type(problem).__name__}).", flush=True)
