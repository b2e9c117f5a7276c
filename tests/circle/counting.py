"""How many statements a page asks of the database; transaction statements are not counted."""

from contextlib import contextmanager

from django.db import connection
from django.test.utils import CaptureQueriesContext

UNCOUNTED = ("SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK", "BEGIN", "COMMIT")


@contextmanager
def statements():
    """The statements asked within the block."""
    with CaptureQueriesContext(connection) as caught:
        said: list[str] = []
        yield said
    said += [q["sql"] for q in caught.captured_queries if not q["sql"].upper().startswith(UNCOUNTED)]
