"""A database that was restored opens to nobody before what was forgotten since is forgotten in it too."""

from psycopg import sql

from kring.ground.addresses import RUNTIME
from kring.ground.refusals import Refusal
from kring.ground.roles import Connection

MARK = "Kring: restored, and not opened yet"


def close(connection: Connection, name: str) -> None:
    """The serving role is let in no more, and the database says why."""
    database = sql.Identifier(name)
    connection.execute(
        sql.SQL("REVOKE CONNECT ON DATABASE {} FROM {}").format(database, sql.Identifier(RUNTIME))
    )
    connection.execute(sql.SQL("COMMENT ON DATABASE {} IS {}").format(database, sql.Literal(MARK)))


def open_(connection: Connection, name: str, comment: str | None) -> None:
    """Everything was forgotten that had to be: the serving role comes in again."""
    database = sql.Identifier(name)
    connection.execute(
        sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(database, sql.Identifier(RUNTIME))
    )
    connection.execute(sql.SQL("COMMENT ON DATABASE {} IS {}").format(database, sql.Literal(comment)))


def closed(connection: Connection, name: str) -> bool:
    """Whether this database was restored and not opened yet."""
    row = connection.execute(
        "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [name]
    ).fetchone()
    return bool(row and row[0] == MARK)


def refuse_closed(connection: Connection, name: str) -> None:
    """Nothing is served, done or migrated in such a database but by `kring restore`."""
    if closed(connection, name):
        raise Refusal(
            "This database was restored, and what was forgotten since is not forgotten in it yet; run kring restore --open."
        )
