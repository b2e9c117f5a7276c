"""The same door as ever, with a counter beside it: the bench's own workers tell how often they asked the database.

Used by `kring bench` only. With the header `X-Bench-Record` the statements are written to the named file.
"""

import os
import pickle
from collections.abc import Callable, Iterable
from typing import Any

from kring.commands.wsgi import application as served

TRANSACTIONS = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT")


class Counter:
    """Counts and, when asked, keeps the statements of one request."""

    def __init__(self) -> None:
        self.count = 0
        self.kept: list[tuple[str, Any]] = []

    def __call__(
        self, execute: Callable[..., Any], statement: Any, params: Any, many: bool, context: Any
    ) -> Any:
        """Around each statement Django sends."""
        if not str(statement).startswith(TRANSACTIONS):
            self.count += 1
            self.kept.append((str(statement), params))
        return execute(statement, params, many, context)


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer as always, and say how many statements it took."""
    from django.db import connection

    counter = Counter()

    def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
        return start_response(status, [*headers, ("X-Bench-Statements", str(counter.count))], *rest)

    with connection.execute_wrapper(counter):
        answer = b"".join(served(environ, start))
    record = environ.get("HTTP_X_BENCH_RECORD")
    folder = os.environ.get("KRING_BENCH_FOLDER")
    if record and folder and record.isalpha():
        with open(os.path.join(folder, f"{record}.pickle"), "wb") as file:
            pickle.dump(counter.kept, file)
    return [answer]
