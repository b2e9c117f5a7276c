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

    with database.running() as found, app.replace_connector(app.connector.get_worker_connector()) as working:
        preparing.refuse_unready(found)
        working.run_worker(concurrency=asked.concurrency, wait=not asked.once, shutdown_graceful_timeout=30)
    return 0
