"""The stage of the journeys: the demonstration village in a database of its own, and a server in front of it.

The village is built once a run and worker; each journey plays in a fresh copy, so that none sees what another did.
"""

import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from psycopg import sql

import testbed
from kring.demo.cast import HOUSEHOLDS, PROFESSIONALS
from kring.ground import roles

#: Days further than any period of the village.
FAR = 40_000

DAYS_AND_MOMENTS = """
    SELECT c.table_schema, c.table_name, array_agg(ARRAY[c.column_name::text, c.data_type::text])
    FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
    WHERE t.table_type = 'BASE TABLE' AND c.is_generated = 'NEVER'
      AND c.data_type IN ('date', 'timestamp with time zone')
      AND c.table_schema NOT IN ('pg_catalog', 'information_schema')
    GROUP BY 1, 2 ORDER BY 1, 2
"""


PERIODS_APART = """
    SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'x'
"""


class Quiet(WSGIRequestHandler):
    """Serves without telling each request on the screen."""

    def log_message(self, *args: Any) -> None:
        """Say nothing."""


class Stage:
    """The village and its server."""

    def __init__(self, bed: testbed.Testbed) -> None:
        self.bed = bed
        self.told = f"{bed.name}_village"
        self.played = f"{bed.name}_played"
        self.fresh = False
        self.people: dict[str, uuid.UUID] = {}

    def build(self) -> None:
        """Load the village; from then on it is only copied."""
        from django.utils.timezone import localdate

        from kring.demo import village

        self._copy(self.told, testbed.TEMPLATE)
        with self._at(self.told):
            village.load(on=localdate(), tell=lambda sentence: None)
            self.people = _by_key(village.people())

    @contextmanager
    def played_on(self) -> Iterator[None]:
        """Django plays in the village as long as this lasts, and then goes back to the bench."""
        if not self.fresh:
            self._copy(self.played, self.told)
            self.fresh = True
        with self._at(self.played):
            yield

    @contextmanager
    def empty(self) -> Iterator[None]:
        """Django plays in a house where nobody lives yet; the next journey needs a fresh village."""
        self._copy(self.played, testbed.TEMPLATE)
        self.fresh = False
        with self._at(self.played):
            yield

    @contextmanager
    def serving(self) -> Iterator[str]:
        """The whole application with every header it sends, at an address of this machine."""
        from django.core.wsgi import get_wsgi_application

        server = ThreadedWSGIServer(("127.0.0.1", 0), Quiet)
        server.daemon_threads = True
        server.set_app(get_wsgi_application())
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        yield f"http://localhost:{server.server_port}"
        server.shutdown()
        server.server_close()
        thread.join()

    def look_behind(self, question: str, *values: Any) -> list[tuple[Any, ...]]:
        """What lies in the village, past every policy."""
        with self.bed.connect(self.played) as connection:
            return connection.execute(question, values).fetchall()

    def days_pass(self, days: int) -> None:
        """So many days go by."""
        self._passes(days, timedelta(days=days))

    def it_becomes(self, moment: datetime) -> None:
        """In the village it is that moment now."""
        now = datetime.now(moment.tzinfo)
        self._passes((moment.date() - now.date()).days, moment - now)

    def _passes(self, days: int, time: timedelta) -> None:
        """Every day and every moment in the village lies that much further back.

        First far away and then to their place, so that no day meets one that has not moved yet; what forbids two
        periods to meet looks away meanwhile, for some have no end.
        """
        with self.bed.connect(self.played) as connection:
            connection.execute("SET session_replication_role = replica; SET TIME ZONE 'UTC'")
            apart = connection.execute(PERIODS_APART).fetchall()
            for table, name, _rule in apart:
                connection.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
            moved = connection.execute(DAYS_AND_MOMENTS).fetchall()
            for back in ((FAR, timedelta(days=FAR)), (days - FAR, time - timedelta(days=FAR))):
                for schema, table, columns in moved:
                    parts = [
                        sql.SQL("{0} = {0} - {1}").format(sql.Identifier(name), back[kind != "date"])
                        for name, kind in columns
                    ]
                    connection.execute(
                        sql.SQL("UPDATE {} SET {}").format(
                            sql.Identifier(schema, table), sql.SQL(", ").join(parts)
                        )
                    )

            for table, name, rule in apart:
                connection.execute(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {rule}')

    def close(self) -> None:
        """Forget both databases."""
        for name in (self.told, self.played):
            self._drop(name)

    @contextmanager
    def _at(self, name: str) -> Iterator[None]:
        testbed.point_django_at(self.bed._addresses(name))
        try:
            yield
        finally:
            testbed.point_django_at(self.bed._addresses(self.bed.name))

    def _copy(self, name: str, template: str) -> None:
        self._drop(name)
        with self.bed.connect("postgres") as connection:
            roles.create_database(connection, name, template)

    def _drop(self, name: str) -> None:
        with self.bed.connect("postgres") as connection:
            connection.execute(
                sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
            )


def _by_key(shown: list[Any]) -> dict[str, uuid.UUID]:
    """Persons by their key in the cast."""
    ids = {(one.group, one.name): one.id for one in shown}
    found = {}
    for family in HOUSEHOLDS:
        for one in (*family.children, *family.elders):
            found[one.key] = ids[family.name, one.given_name]
    staff = {one.name: one.id for one in shown if one.kind == "professional"}
    for person in PROFESSIONALS:
        found[person.key] = staff[f"{person.given_name} {person.surname}"]
    return found
