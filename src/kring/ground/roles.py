"""The six roles of the database: who owns, who serves, who does what the clock says, who keeps the gate, reports, backs up."""

from collections.abc import Callable
from typing import Any

import psycopg
from psycopg import sql

from kring.ground.addresses import CLOCK, MIGRATOR, RUNTIME, Address, Addresses
from kring.ground.engines import OLDEST
from kring.ground.refusals import Refusal

GATEKEEPER = "kring_gatekeeper"
REPORTER = "kring_reporter"
BACKUP = "kring_backup"

ROLES = {
    MIGRATOR: "LOGIN",
    RUNTIME: "LOGIN",
    CLOCK: "LOGIN",
    GATEKEEPER: "NOLOGIN BYPASSRLS",
    REPORTER: "NOLOGIN",
    BACKUP: "NOLOGIN",
}
NEVER = "NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION"

#: What tells everybody how many rows each table has, hidden ones too, how they grow, and what others ask at this moment.
COUNTERS = r"""SELECT string_agg(p.oid::regprocedure::text, ', ') FROM pg_proc p
  WHERE p.pronamespace = 'pg_catalog'::regnamespace AND has_function_privilege('public', p.oid, 'EXECUTE')
    AND (p.proname LIKE 'pg\_stat\_get\_%' OR p.proname IN ('pg_relation_size', 'pg_table_size', 'pg_indexes_size',
      'pg_total_relation_size', 'pg_lock_status'))"""

Connection = psycopg.Connection[Any]
Tell = Callable[[str], None]


def prepare(addresses: Addresses, tell: Tell = print) -> None:
    """Make roles and database where they are missing, and close what must be closed.

    `tell` receives a plain sentence when a server does not allow everything.
    """
    owner = addresses.owner
    if owner is None:
        return
    with reach(owner, owner.name if not addresses.embedded else "postgres") as connection:
        _fit(connection)
        create(connection, tell)
        set_passwords(connection, addresses)
        create_database(connection, owner.name)
    with reach(owner, owner.name) as connection:
        furnish(connection, owner.name, tell)


def create(connection: Connection, tell: Tell = print) -> None:
    """Create the roles that are missing; refuse one that is stronger than it may be."""
    for role, attributes in ROLES.items():
        found = connection.execute(
            "SELECT rolsuper OR (rolbypassrls AND rolname <> %s) FROM pg_roles WHERE rolname = %s",
            [GATEKEEPER, role],
        ).fetchone()
        if found and found[0]:
            raise Refusal(f"The role {role} may pass every policy of the database; take that right from it.")
        if not found:
            _create(connection, role, attributes, tell)
    _join(
        connection, RUNTIME, CLOCK
    )  # what serves, the clock may too: tables, policies, the way into the database
    for member in (MIGRATOR, sql.SQL("CURRENT_USER")):
        _join(connection, GATEKEEPER, member)
    for group in (MIGRATOR, BACKUP):
        _join(connection, group, sql.SQL("CURRENT_USER"))


def _create(connection: Connection, role: str, attributes: str, tell: Tell) -> None:
    statement = "CREATE ROLE {} {} {}"
    try:
        connection.execute(_compose(statement, role, attributes, NEVER))
    except psycopg.errors.InsufficientPrivilege:
        if "BYPASSRLS" not in attributes:
            raise Refusal("The user in DATABASE_URL may not create roles; give it CREATEROLE.") from None
        connection.execute(_compose(statement, role, attributes.replace("BYPASSRLS", ""), NEVER))
        tell(f"This server does not let {role} pass policies by itself; the policies name it instead.")


def _join(connection: Connection, group: str, member: str | sql.SQL) -> None:
    """Let `member` act as `group`: inherit its rights and give objects to it."""
    who = sql.Identifier(member) if isinstance(member, str) else member
    name = member if isinstance(member, str) else None
    row = connection.execute(
        "SELECT rolsuper OR pg_has_role(rolname, %s, 'USAGE') FROM pg_roles WHERE rolname = coalesce(%s, current_user)",
        [group, name],
    ).fetchone()
    if row and row[0]:
        return
    options = " WITH INHERIT TRUE, SET TRUE" if connection.info.server_version >= 160000 else ""
    connection.execute(sql.SQL("GRANT {} TO {}").format(sql.Identifier(group), who) + sql.SQL(options))


def set_passwords(connection: Connection, addresses: Addresses) -> None:
    """Give every login role its password."""
    for address in (addresses.migrator, addresses.runtime, addresses.clock):
        if address:
            set_password(connection, address)


def set_password(connection: Connection, address: Address) -> None:
    """Give a login role the password that follows from the secret, unless it has it already."""
    try:
        psycopg.connect(address.conninfo(connection.info.dbname)).close()
    except psycopg.OperationalError as problem:
        if "password authentication failed" not in str(problem):
            return
    else:
        if not _trusting(connection, address):
            return
    # the server and its log see the scrambled form only
    scrambled = connection.pgconn.encrypt_password(
        address.password.encode(), address.user.encode(), b"scram-sha-256"
    ).decode()
    connection.execute(
        sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(address.user), sql.Literal(scrambled))
    )


def create_database(connection: Connection, name: str, template: str = "template0") -> None:
    """Create a database owned by the migrator, open to our roles only."""
    found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
    if not found:
        try:
            connection.execute(
                sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {}").format(
                    *map(sql.Identifier, (name, MIGRATOR, template))
                )
            )
        except psycopg.errors.DiskFull:
            raise Refusal("The disk is full; make room for the database and start again.") from None
        except psycopg.errors.InsufficientPrivilege:
            raise Refusal("The user in DATABASE_URL may not create a database; give it CREATEDB.") from None
    connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(sql.Identifier(name)))
    connection.execute(_compose("GRANT CONNECT, CREATE ON DATABASE {} TO {}", name, MIGRATOR, names=2))
    for role in (RUNTIME, REPORTER, BACKUP):
        connection.execute(_compose("GRANT CONNECT ON DATABASE {} TO {}", name, role, names=2))


def furnish(connection: Connection, name: str, tell: Tell = print) -> None:
    """Inside the database: the migrator builds, the runtime role uses, the gatekeeper owns its few functions."""
    for statement in (
        f"GRANT USAGE, CREATE ON SCHEMA public TO {MIGRATOR}, {GATEKEEPER}",
        f"GRANT USAGE ON SCHEMA public TO {RUNTIME}, {REPORTER}, {BACKUP}",
        "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
        f"ALTER DEFAULT PRIVILEGES FOR ROLE {MIGRATOR} IN SCHEMA public"
        f" GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {RUNTIME}",
        f"ALTER DEFAULT PRIVILEGES FOR ROLE {MIGRATOR} IN SCHEMA public GRANT USAGE ON SEQUENCES TO {RUNTIME}",
        f"ALTER DEFAULT PRIVILEGES FOR ROLE {MIGRATOR} IN SCHEMA public GRANT SELECT ON TABLES TO {BACKUP}",
        f"ALTER DEFAULT PRIVILEGES FOR ROLE {MIGRATOR} IN SCHEMA public GRANT SELECT ON SEQUENCES TO {BACKUP}",
    ):
        try:
            connection.execute(sql.SQL(statement))
        except psycopg.errors.InsufficientPrivilege as problem:
            raise Refusal(
                f"The user in DATABASE_URL may not arrange the database {name}: {problem}."
            ) from None
    hide_counters(connection, tell)


def hide_counters(connection: Connection, tell: Tell = print) -> None:
    """In this database only who watches over the server reads its counters; no matter, where the server keeps them open."""
    (counters,) = connection.execute(COUNTERS).fetchone() or (None,)
    if counters is None:
        return
    connection.execute(f"GRANT EXECUTE ON FUNCTION {counters} TO pg_monitor")
    connection.execute(f"REVOKE EXECUTE ON FUNCTION {counters} FROM PUBLIC")
    if connection.execute(COUNTERS).fetchone() != (None,):
        tell("This server shows every role how many rows its tables have, and never what stands in them.")


def settle(connection: Connection) -> None:
    """After migrating: what describes the database itself is read, and not written, by those who serve."""
    for table in ("django_migrations", "django_content_type", "auth_permission"):
        found = connection.execute("SELECT to_regclass(%s)", [f"public.{table}"]).fetchone()
        if found and found[0]:
            connection.execute(
                _compose("REVOKE INSERT, UPDATE, DELETE ON {} FROM {}", table, RUNTIME, names=2)
            )


def _fit(connection: Connection) -> None:
    if connection.info.server_version < OLDEST * 10000:
        raise Refusal(f"The database server is too old; Kring needs PostgreSQL {OLDEST} or newer.")


def _trusting(connection: Connection, address: Address) -> bool:
    """Does the role have no password at all? Then the server let us in by trust, and we still set one."""
    try:
        row = connection.execute(
            "SELECT rolpassword IS NULL FROM pg_authid WHERE rolname = %s", [address.user]
        )
    except psycopg.errors.InsufficientPrivilege:
        return False
    found = row.fetchone()
    return bool(found and found[0])


def reach(address: Address, dbname: str | None = None) -> Connection:
    """A connection, or one sentence on why there is none."""
    name = dbname or address.name
    try:
        return psycopg.connect(address.conninfo(name), autocommit=True, connect_timeout=10)
    except psycopg.OperationalError as problem:
        said = str(problem)
        if "does not exist" in said and "database" in said:
            raise Refusal(
                f"There is no database {name}; create it, or name another in DATABASE_URL."
            ) from problem
        if "FATAL:" in said:
            reason = said.split("FATAL:")[-1].strip().splitlines()[0]
            raise Refusal(f"The database {name} does not let {address.user} in: {reason}.") from problem
        raise Refusal(f"The database {name} does not answer at {address.host or 'its socket'}.") from problem


def _compose(statement: str, *parts: str, names: int = 1) -> sql.Composed:
    """Fill a statement: the first `names` parts are names, the others words of our own."""
    filled = [sql.Identifier(part) if index < names else sql.SQL(part) for index, part in enumerate(parts)]
    return sql.SQL(statement).format(*filled)
