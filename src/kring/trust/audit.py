"""What `kring check` asks of the database: that every promise of the access model is really laid on it."""

from typing import Any

from kring.trust.callers import BY_FUNCTIONS_ALONE, BY_THE_CLOCK
from kring.trust.enforcement import CLOCK, GATEKEEPER, RUNTIME, laid_policies

Finding = str


def audit(cursor: Any) -> list[Finding]:
    """Every way in which this database falls short, one plain sentence each; empty when all is well."""
    return [
        *_roles(cursor),
        *_tables(cursor),
        *_policies(cursor),
        *_views(cursor),
        *_functions(cursor),
    ]


def _roles(cursor: Any) -> list[Finding]:
    cursor.execute(
        "SELECT rolname FROM pg_roles WHERE rolname = ANY(%s) AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb)",
        [[RUNTIME, CLOCK]],
    )
    findings = [f"The role {name} may do more than serve." for (name,) in cursor.fetchall()]
    cursor.execute(
        "SELECT r.rolname, g.rolname FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid "
        "JOIN pg_roles r ON r.oid = m.member WHERE r.rolname = ANY(%s) AND (r.rolname, g.rolname) <> (%s, %s)",
        [[RUNTIME, CLOCK], CLOCK, RUNTIME],
    )
    return findings + [f"The role {name} may act as {other}." for name, other in cursor.fetchall()]


def _tables(cursor: Any) -> list[Finding]:
    cursor.execute(
        "SELECT c.relname, c.relrowsecurity, c.relforcerowsecurity, pg_get_userbyid(c.relowner) "
        "FROM pg_class c WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace"
    )
    found = {name: facts for name, *facts in cursor.fetchall()}
    findings = []
    for table, _policy in laid_policies():
        if table not in found:
            findings.append(f"The table {table} is missing.")
            continue
        on, forced, owner = found[table]
        if not (on and forced):
            findings.append(f"The table {table} does not force its policies.")
        if owner in (RUNTIME, GATEKEEPER):
            findings.append(f"The table {table} belongs to {owner}.")
    return findings


def _policies(cursor: Any) -> list[Finding]:
    cursor.execute(
        "SELECT tablename, cmd FROM pg_policies WHERE schemaname = 'public' AND %s = ANY(roles) "
        "AND permissive = 'PERMISSIVE'",
        [RUNTIME],
    )
    laid: dict[str, set[str]] = {}
    for table, deed in cursor.fetchall():
        laid.setdefault(table, set()).add(deed)
    findings = []
    for table, policy in laid_policies():
        asked = {
            deed
            for deed, text in (
                ("SELECT", policy.read),
                ("INSERT", policy.insert),
                ("UPDATE", policy.update),
                ("DELETE", policy.delete),
            )
            if text
        }
        if laid.get(table, set()) != asked:
            findings.append(f"The policies of {table} are not those of its model.")
    return findings


def _views(cursor: Any) -> list[Finding]:
    cursor.execute(
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND (relkind = 'm' OR "
        "(relkind = 'v' AND NOT coalesce(reloptions::text LIKE '%%security_invoker=true%%', false)))"
    )
    return [f"The view {name} shows rows past the policies." for (name,) in cursor.fetchall()]


def _functions(cursor: Any) -> list[Finding]:
    cursor.execute(
        "SELECT p.proname, pg_get_userbyid(p.proowner), coalesce(p.proconfig::text LIKE '%%search_path=%%', false), "
        "has_function_privilege(%s, p.oid, 'EXECUTE'), has_function_privilege(%s, p.oid, 'EXECUTE') "
        "FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname = 'trust' AND p.prosecdef",
        [RUNTIME, CLOCK],
    )
    findings = []
    for name, owner, fixed, by_pages, by_clock in cursor.fetchall():
        if by_pages and name in (*BY_THE_CLOCK, *BY_FUNCTIONS_ALONE):
            findings.append(f"The function trust.{name} answers the role {RUNTIME}.")
        if name in BY_THE_CLOCK and not by_clock:
            findings.append(f"The function trust.{name} does not answer the role {CLOCK}.")
        if owner != GATEKEEPER:
            findings.append(f"The function trust.{name} belongs to {owner}.")
        if not fixed:
            findings.append(f"The function trust.{name} looks for its tables in an open path.")
    cursor.execute("SELECT prosrc FROM pg_proc WHERE oid = 'trust.moment()'::regprocedure")
    if cursor.fetchone()[0].strip() != "SELECT statement_timestamp()":
        findings.append("The clock of the policies is not the clock of the database.")
    cursor.execute("SELECT has_schema_privilege(%s, 'trust', 'CREATE'), has_schema_privilege(%s, 'public', 'CREATE')",
                   [RUNTIME, RUNTIME])  # fmt: skip
    if any(cursor.fetchone()):
        findings.append(f"The role {RUNTIME} may make functions or tables of its own.")
    return findings
