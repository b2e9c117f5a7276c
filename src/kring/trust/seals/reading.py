"""The lines and seals of the journal, read by whoever may read them all: the owner, as the gatekeeper."""

from collections.abc import Iterator
from typing import Any

from kring.trust.seals.prints import Line, Sealed

AT_ONCE = 5000
LINES = """SELECT l.seal, coalesce(l.position, 0), coalesce(l.entry_id, e.id), l.who_salt, l.who_print, l.what_salt, l.what_print,
  e.at, e.kind, e.deed, e.organisation_id, e.rule, e.person_id, e.role, e.circle_id, e.about_id, e.part, e.object_id, e.purpose
FROM trust_sealedline l FULL JOIN trust_entry e ON e.id = l.entry_id
ORDER BY l.seal NULLS LAST, l.position, e.id"""


def seals(cursor: Any) -> list[Sealed]:
    """Every seal, in order."""
    cursor.execute("SELECT number, at, lines, root, previous, fingerprint FROM trust_seal ORDER BY number")
    return [Sealed(*row) for row in cursor.fetchall()]


def lines(connection: Any) -> Iterator[Line]:
    """Every line of the journal with its place, a few thousand at a time, within a transaction of `connection`."""
    with connection.cursor(name="journal") as cursor:
        cursor.itersize = AT_ONCE
        cursor.execute(LINES)
        for row in cursor:
            yield Line(*row)
