"""`kring demo`: the demonstration village, from nothing to an address, and away again with Ctrl-C."""

import argparse
import contextlib
import datetime
import importlib
import io
import os
import socket
import time
import urllib.error
import urllib.request
from importlib.util import find_spec

import psycopg
from psycopg import sql

from kring.commands import preparing, serving, static_files
from kring.commands.children import Children, Stopped, kring, stop_politely
from kring.commands.steps import step
from kring.ground import addresses, places
from kring.ground.addresses import Address
from kring.ground.cluster import Cluster
from kring.ground.refusals import Refusal

HOST = "127.0.0.1"
LOADED = "the demonstration village of "


def main(argv: list[str]) -> int:
    """Prepare, serve and watch until somebody says stop."""
    asked = _parser().parse_args(argv)
    os.environ["KRING_DEMO"] = "1"
    port_is_free(asked.port)
    place = places.here()
    if os.environ.get("DATABASE_URL"):
        raise Refusal("The demonstration uses its own database; start it without DATABASE_URL.")
    cluster = Cluster(place)
    stop_politely()
    children = Children()
    with contextlib.suppress(Stopped), contextlib.ExitStack() as stack:
        if asked.fresh:
            cluster.destroy()
            (place.area / "seals" / "journal.txt").unlink(missing_ok=True)
        with step("Database"):
            stack.enter_context(cluster.held())
        stack.callback(children.stop)
        stack.callback(lambda: print("\nStopping …", flush=True))
        _prepare(addresses.find(place))
        _serve(children, asked.port, asked.workers)
        raise Refusal(f"The {children.watch()} stopped by itself; its last words are above.")
    print("Everything is stopped.")
    return 0


def _prepare(found: addresses.Addresses) -> None:
    with step("Tables"):
        preparing.django_ready()
        preparing.prepare(found)
    if found.owner and _has_village():
        _load_village(found.owner)
    with step("Style and script"):
        static_files.collect_if_changed()


def _has_village() -> bool:
    return bool(find_spec("kring.demo") and find_spec("kring.demo.village"))


def _load_village(owner: Address) -> None:
    """Load the village once; its days count from the day it was loaded."""
    from django.utils.timezone import localdate

    with psycopg.connect(owner.conninfo(), autocommit=True) as connection:
        (said,) = connection.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database()"
        ).fetchone() or (None,)
        today = localdate()
        if said and said.startswith(LOADED):
            since = datetime.date.fromisoformat(said.removeprefix(LOADED))
            if since != today:
                print(f"The village is as it was on {since}; FRESH=1 makes it today's.")
            return
        told = io.StringIO()
        with step("Demonstration village"), contextlib.redirect_stdout(told):
            importlib.import_module("kring.demo.village").load(on=today)
        print(told.getvalue(), end="")
        comment = sql.SQL("COMMENT ON DATABASE {} IS {}")
        words = sql.Literal(f"{LOADED}{today}")
        connection.execute(comment.format(sql.Identifier(connection.info.dbname), words))


def _serve(children: Children, port: int, workers: int) -> None:
    address = f"http://localhost:{port}"
    with step("Server and worker"):
        children.start("worker", kring("worker"))
        children.start("server", serving.command(HOST, port, workers))
        until = time.monotonic() + 60
        while not _answers(address):
            fallen = children.fallen()
            if fallen or time.monotonic() > until:
                raise Refusal(f"The {fallen or 'server'} does not start; its last words are above.")
            time.sleep(0.1)
    print(f"\nKring is ready: {address}{_first_page()}")
    print("Ctrl-C stops everything, the database too.", flush=True)


def _first_page() -> str:
    """The page on which one can be anybody of the village, where it exists."""
    from django.urls import NoReverseMatch, reverse

    with contextlib.suppress(NoReverseMatch):
        return reverse("demo:cast")
    return "/"


def _answers(address: str) -> bool:
    try:
        urllib.request.urlopen(address, timeout=20).close()  # noqa: S310  our own address
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True


def port_is_free(port: int) -> None:
    """Refuse in one sentence when another program already answers there."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as problem:
            raise Refusal(
                f"Port {port} is taken by another program; choose another with PORT=8080."
            ) from problem
        except OverflowError as problem:
            raise Refusal(f"There is no port {port}; choose one from 1024 to 65535.") from problem


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="kring demo")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--fresh", action="store_true", help="throw the village away and start over")
    return parser
