"""Lays functions, triggers, rights and policies on the tables, anew after every migration.

A table gets its policy from what its model says of itself, so a new guarded model cannot be forgotten.
"""

from collections.abc import Iterator
from dataclasses import replace
from importlib.resources import files
from typing import Any

from django.apps import AppConfig, apps
from django.conf import settings
from django.db import connections, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from kring.trust import erasing, holidays, merging, profiles
from kring.trust.callers import ASKED_OF_OTHERS, BY_FUNCTIONS_ALONE, BY_THE_CLOCK, PUT_IN_BY_PAGES
from kring.trust.directory import DIRECTORY
from kring.trust.identity import pads
from kring.trust.policies import POLICIES, Policy, circle_policy, of_author_alone

RUNTIME, CLOCK = "kring_runtime", "kring_clock"
GATEKEEPER, REPORTER, BACKUP = "kring_gatekeeper", "kring_reporter", "kring_backup"
OURS = "kring."

#: What a model names as its policy, beside the one of circles.
NAMED = POLICIES | DIRECTORY

#: Tables of libraries that hold to a policy of ours.
LIBRARY_POLICIES = {"mfa_authenticator": "second factor", "account_emailaddress": "address of an account"}
#: What describes the database itself, and what of a library nobody here uses.
READ_ONLY = (
    "django_migrations", "django_content_type", "account_emailconfirmation",
    "auth_group", "auth_group_permissions", "auth_permission",
)  # fmt: skip

#: The queue is the worker's. A page puts a job in: it reads the new number, and the queue notes that there is a job.
JOBS = "procrastinate_jobs"
OF_THE_QUEUE = {
    JOBS: "SELECT (id), INSERT (queue_name, task_name, priority, lock, queueing_lock, args, scheduled_at)",
    "procrastinate_events": "INSERT (job_id, type, at)",
    "procrastinate_periodic_defers": "",
    "procrastinate_workers": "",
}


def guarded_models() -> Iterator[type[models.Model]]:
    """Every model of Kring's own apps, each with its policy."""
    for config in apps.get_app_configs():
        if config.name.startswith(OURS):
            yield from config.get_models(include_auto_created=True)


def policy_of(model: type[models.Model]) -> Policy:
    """The policy a model names, as SQL over its table."""
    name: str = model.policy  # type: ignore[attr-defined]
    if name == "circle":
        text = circle_policy(model._meta.db_table, getattr(model, "link_field", None))
        text = replace(text, back=getattr(model, "read_back", ""))
        text = of_author_alone(text) if getattr(model, "author_alone", False) else text
        if condition := getattr(model, "only_between", ""):  # nor is changed what one does not read
            text = replace(text, read=f"({text.read}) AND {condition}")
        by_seat = circle_policy(model._meta.db_table, None)
        text = replace(text, insert=by_seat.insert) if getattr(model, "link_reads_only", False) else text
        return text
    return NAMED[name]


def laid_policies() -> Iterator[tuple[str, Policy]]:
    """Every table that holds to a policy, ours and of libraries, with its policy."""
    for model in guarded_models():
        yield model._meta.db_table, policy_of(model)
    for table, name in LIBRARY_POLICIES.items():
        yield table, POLICIES[name]


def _policy_statements(table: str, policy: Policy) -> Iterator[str]:
    """The statements that lay one policy on one table."""
    yield f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY'
    yield f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY'
    yield f'REVOKE ALL ON "{table}" FROM PUBLIC, {RUNTIME}, {REPORTER}, {BACKUP}'
    yield f'GRANT ALL ON "{table}" TO {GATEKEEPER}'
    yield f'GRANT SELECT ON "{table}" TO {BACKUP}'
    yield f'CREATE POLICY gatekeeper ON "{table}" TO {GATEKEEPER} USING (true) WITH CHECK (true)'
    yield f'CREATE POLICY backup ON "{table}" FOR SELECT TO {BACKUP} USING (true)'
    deeds = {
        "SELECT": f"USING ({policy.read})" if policy.read else "",
        "INSERT": f"WITH CHECK ({policy.insert})" if policy.insert else "",
        "UPDATE": f"USING ({policy.update}) WITH CHECK ({policy.check or policy.update})"
        if policy.update
        else "",
        "DELETE": f"USING ({policy.delete})" if policy.delete else "",
    }
    for deed, text in deeds.items():
        if text:
            yield f'GRANT {deed} ON "{table}" TO {RUNTIME}'
            yield f'CREATE POLICY may_{deed.lower()} ON "{table}" FOR {deed} TO {RUNTIME} {text}'
    if policy.back:  # its name comes after: it is asked only where the other one says no
        yield f'CREATE POLICY may_select_back ON "{table}" FOR SELECT TO {RUNTIME} USING ({policy.back})'
    if policy.seen_as:
        yield (
            f'CREATE POLICY seen_as ON "{table}" AS RESTRICTIVE FOR SELECT TO {RUNTIME} USING ({policy.seen_as})'
        )


def _trigger_statements(table: str, model: type[models.Model]) -> Iterator[str]:
    """Guarded rows know their effective subject; what a model declares fixed never changes, nor words of others."""
    circle = getattr(model, "policy", "") == "circle"
    plain = {"check_guarded": "INSERT OR UPDATE"} if circle else {}
    free = circle and "author_id" not in getattr(model, "fixed_fields", ())
    plain |= {"author_stays": "UPDATE"} if free else {}
    plain |= {"first_author_stays": "INSERT OR UPDATE"} if hasattr(model, "others_write") else {}
    for name, deeds in plain.items():
        yield f'DROP TRIGGER IF EXISTS {name} ON "{table}"'
        yield f'CREATE TRIGGER {name} BEFORE {deeds} ON "{table}" FOR EACH ROW EXECUTE FUNCTION trust.{name}()'
    for trigger, function, fields in (
        ("stays_as_written_here", "stays_as_written", "fixed_fields"),
        ("words_of_its_author", "own_words_stay", "own_words"),
        ("words_of_others", "words_of_others", "others_write"),
    ):
        if columns := getattr(model, fields, ()):
            named = ", ".join(f"'{column}'" for column in columns)
            yield f'DROP TRIGGER IF EXISTS {trigger} ON "{table}"'
            yield (
                f'CREATE TRIGGER {trigger} BEFORE UPDATE ON "{table}" '
                f"FOR EACH ROW EXECUTE FUNCTION trust.{function}({named})"
            )


def _sql_files(config: AppConfig) -> Iterator[str]:
    """The SQL texts of one app, in order of their names."""
    folder = files(config.module).joinpath("sql") if config.module else None
    if folder is not None and folder.is_dir():
        for file in sorted(folder.iterdir(), key=lambda f: f.name):
            if file.name.endswith(".sql"):
                yield file.read_text(encoding="utf-8")


def _lay_functions(cursor: Any) -> None:
    cursor.execute("CREATE SCHEMA IF NOT EXISTS trust")
    cursor.execute(
        f"GRANT USAGE ON SCHEMA trust, public TO {RUNTIME}, {CLOCK}, {GATEKEEPER}, {REPORTER}, {BACKUP}"
    )
    cursor.execute(f"GRANT CREATE ON SCHEMA trust TO {GATEKEEPER}")
    cursor.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC")
    cursor.execute("SET LOCAL check_function_bodies = off")
    for config in apps.get_app_configs():
        if config.name.startswith(OURS):
            for text in _sql_files(config):
                cursor.execute(text)
    cursor.execute(erasing.forgetting_function())
    cursor.execute(merging.merging_functions())


def _give_to_gatekeeper(cursor: Any) -> None:
    """Definer functions belong to the gatekeeper; who may ask which of them is said in `callers`, anew each time."""
    cursor.execute(
        "SELECT p.oid::regprocedure::text, p.prosecdef, p.proname = ANY(%s), p.proname = ANY(%s) "
        "OR p.prorettype = 'trigger'::regtype OR p.proname ~ '^(reckon|lock)_' "
        "OR ('who' = ANY(p.proargnames) AND p.proname <> ALL(%s)) "
        "FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace "
        "WHERE n.nspname = 'trust' AND p.prokind = 'f' AND NOT EXISTS "
        "(SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'i')",
        [list(BY_THE_CLOCK), list(BY_FUNCTIONS_ALONE), list(ASKED_OF_OTHERS)],
    )
    for name, definer, clocks, inner in cursor.fetchall():
        if definer:
            cursor.execute(f"ALTER FUNCTION {name} OWNER TO {GATEKEEPER}")
        if clocks:
            cursor.execute(f"REVOKE ALL ON FUNCTION {name} FROM PUBLIC, {RUNTIME}")
            cursor.execute(f"GRANT EXECUTE ON FUNCTION {name} TO {CLOCK}")
        elif inner:
            cursor.execute(f"REVOKE ALL ON FUNCTION {name} FROM PUBLIC, {RUNTIME}, {CLOCK}")
        else:
            cursor.execute(f"GRANT EXECUTE ON FUNCTION {name} TO PUBLIC")


def _lay_policies(cursor: Any) -> None:
    cursor.execute(
        "SELECT format('DROP POLICY %I ON %I', policyname, tablename) FROM pg_policies WHERE schemaname = 'public'"
    )
    for (drop,) in cursor.fetchall():
        cursor.execute(drop)
    cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    standing = {table for (table,) in cursor.fetchall()}
    for model in guarded_models():
        table = model._meta.db_table
        if table not in standing:  # an app migrated half-way; `kring check` tells
            continue
        for statement in (*_policy_statements(table, policy_of(model)), *_trigger_statements(table, model)):
            cursor.execute(statement)
    for table, name in LIBRARY_POLICIES.items():
        for statement in _policy_statements(table, POLICIES[name]) if table in standing else ():
            cursor.execute(statement)


def _open_technical_tables(cursor: Any) -> None:
    """Tables of libraries (sessions, factors) hold ids and hashes only; the run-time role works with them, the clock with the queue."""
    ours = [*LIBRARY_POLICIES, *(model._meta.db_table for model in guarded_models())]
    cursor.execute(
        "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tableowner = current_user AND tablename <> ALL(%s)",
        [ours],
    )
    for (table,) in cursor.fetchall():
        whole = "SELECT" if table in READ_ONLY else "SELECT, INSERT, UPDATE, DELETE"
        rights = OF_THE_QUEUE.get(table, whole)
        cursor.execute(f'REVOKE ALL ON "{table}" FROM {RUNTIME}, {CLOCK}')
        if rights:
            cursor.execute(f'GRANT {rights} ON "{table}" TO {RUNTIME}')
        if table in OF_THE_QUEUE:
            cursor.execute(f'GRANT {whole} ON "{table}" TO {CLOCK}')
        cursor.execute(f'GRANT SELECT ON "{table}" TO {BACKUP}')
        if table in erasing.library_tables():
            cursor.execute(f'GRANT SELECT, DELETE ON "{table}" TO {GATEKEEPER}')
    cursor.execute(f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {GATEKEEPER}")
    for role in (RUNTIME, CLOCK):
        _count_on_where_it_writes(cursor, role)


def _count_on_where_it_writes(cursor: Any, role: str) -> None:
    """A number that counts on tells how many rows there are: only who writes rows of a table themself uses it."""
    cursor.execute(f"REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM {role}")
    cursor.execute(
        "SELECT s.oid::regclass::text FROM pg_class s JOIN pg_depend d ON d.objid = s.oid AND d.deptype IN ('a', 'i') "
        "AND d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass "
        "WHERE s.relkind = 'S' AND s.relnamespace = 'public'::regnamespace AND has_any_column_privilege(%s, d.refobjid, 'INSERT')",
        [role],
    )
    for (number,) in cursor.fetchall():
        cursor.execute(f"GRANT USAGE ON SEQUENCE {number} TO {role}")


def _shut_queue(cursor: Any) -> None:
    """Of all tasks a page puts in only those that pages need; and no lock, which would keep a job of the clock out."""
    cursor.execute("SELECT to_regclass(%s)", [f"public.{JOBS}"])
    if cursor.fetchone() == (None,):  # an app migrated half-way; `kring check` tells
        return
    named = ", ".join(f"'{task}'" for task in PUT_IN_BY_PAGES)
    cursor.execute(f"DROP TRIGGER IF EXISTS put_in_by_pages ON {JOBS}")
    cursor.execute(
        f"CREATE TRIGGER put_in_by_pages BEFORE INSERT ON {JOBS} "
        f"FOR EACH ROW EXECUTE FUNCTION trust.put_in_by_pages({named})"
    )


def _fill(cursor: Any) -> None:
    """The ages and the days off of the country profiles, and the key that signs identities."""
    cursor.execute(f"SET LOCAL ROLE {GATEKEEPER}")
    for profile in profiles.PROFILES.values():
        cursor.execute(
            "INSERT INTO trust_agerule (country, own_voice, guardian_reads_until) VALUES (%s, %s, %s) "
            "ON CONFLICT (country) DO UPDATE SET own_voice = excluded.own_voice, "
            "guardian_reads_until = excluded.guardian_reads_until WHERE (trust_agerule.own_voice, "
            "trust_agerule.guardian_reads_until) IS DISTINCT FROM (excluded.own_voice, excluded.guardian_reads_until)",
            [profile.country, profile.own_voice, profile.guardian_reads_until],
        )
    _fill_days_off(cursor)
    inner, outer = pads(settings.IDENTITY_KEY)
    cursor.execute(
        "INSERT INTO trust_signingkey (id, inner_pad, outer_pad) VALUES (1, %s, %s) "
        "ON CONFLICT (id) DO UPDATE SET inner_pad = excluded.inner_pad, outer_pad = excluded.outer_pad",
        [inner, outer],
    )
    cursor.execute("RESET ROLE")


def _fill_days_off(cursor: Any) -> None:
    off = [
        (country, day)
        for country in profiles.PROFILES
        for year in holidays.YEARS
        for day in sorted(holidays.in_year(country, year))
    ]
    countries, days = [list(column) for column in zip(*off, strict=True)]
    told = "SELECT * FROM unnest(%s::text[], %s::date[]) AS off(country, day)"
    cursor.execute(
        f"DELETE FROM trust_holiday WHERE (country, day) NOT IN ({told})",
        [countries, days],
    )
    cursor.execute(
        f"INSERT INTO trust_holiday (id, country, day) SELECT gen_random_uuid(), off.* FROM ({told}) off ON CONFLICT DO NOTHING",
        [countries, days],
    )


def enforce(connection: BaseDatabaseWrapper) -> None:
    """Make the database hold to `trust.md`: functions, triggers, rights, policies, keys; all or nothing."""
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        _lay_functions(cursor)
        _lay_policies(cursor)
        _give_to_gatekeeper(cursor)
        _open_technical_tables(cursor)
        _shut_queue(cursor)
        _fill(cursor)


def enforce_after_migrating(using: str, plan: object = (), **_: Any) -> None:
    """After `migrate`, by the role that owns the tables."""
    enforce(connections[using])
