"""`kring serve`: the pages, for real use. It refuses to start on ground that would not hold."""

import argparse
import contextlib
import os
import sys

from kring.commands import database, preparing, safety, setting_up, static_files
from kring.commands.children import Children, Stopped, stop_politely
from kring.ground.refusals import Refusal

THREADS = 4


def main(argv: list[str]) -> int:
    """Check the ground, then serve until told to stop."""
    asked = _parser().parse_args(argv)
    preparing.django_ready()
    with database.running() as found:
        if found.embedded:
            print("This is the embedded database: for a demonstration, tests and a small trial.")
            print("A town runs on a PostgreSQL of its own: set DATABASE_URL.")
            preparing.prepare(found)
        preparing.refuse_unready(found)
        refuse_if_unsafe(asked.host)
        static_files.collect_if_changed()
        setting_up.invite(on_a_screen=sys.stdout.isatty())
        return serve(asked.host, asked.port, asked.workers)


def refuse_if_unsafe(host: str) -> None:
    """Stop with a sentence for each thing that is unsafe."""
    problems = safety.problems(host)
    if problems:
        raise Refusal("\n".join(problems))


def serve(host: str, port: int, workers: int) -> int:
    """Run the web server as a process of its own; when we are asked to stop, it stops first."""
    children = Children()
    stop_politely()
    with contextlib.suppress(Stopped), contextlib.ExitStack() as stack:
        stack.callback(children.stop)
        children.start("server", command(host, port, workers))
        print(f"Serving on http://{host}:{port}", flush=True)
        children.watch()
        return 1
    return 0


def command(host: str, port: int, workers: int) -> list[str]:
    """Granian with blocking pages: each of a few threads answers one request at a time."""
    options = ["--interface", "wsgi", "--host", host, "--port", str(port), "--workers", str(workers)]
    options += ["--blocking-threads", str(THREADS), "--no-ws", "--log-level", "warning"]
    options += ["--respawn-failed-workers", "--workers-kill-timeout", "15"]
    return [sys.executable, "-m", "kring.commands.web_server", *options, "kring.commands.wsgi:application"]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="kring serve")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")))
    parser.add_argument("--workers", type=int, default=2)
    return parser
