"""`kring check`: settings, roles, tables and policies, without changing anything."""

from importlib.util import find_spec

from kring.commands import database, preparing, safety
from kring.ground import roles
from kring.ground.refusals import Refusal


def main(argv: list[str]) -> int:
    """Say everything that is wrong, one sentence each."""
    preparing.django_ready()
    with database.running() as address:
        for role in (address.runtime, address.migrator):
            roles.reach(role).close()
        found = [*_django(), *safety.problems("localhost"), *_waiting(), *_policies()]
    if found:
        raise Refusal("\n".join(found))
    print("Settings, roles, tables and policies are in order.")
    return 0


def _django() -> list[str]:
    from django.core import checks

    return [str(message) for message in checks.run_checks() if message.is_serious()]


def _waiting() -> list[str]:
    return [f"The migration {name} is waiting; run kring migrate." for name in preparing.waiting()]


def _policies() -> list[str]:
    """What the trust floor says about its own tables, asked as the role that serves."""
    if find_spec("kring.trust.audit") is None:
        return []
    from django.db import connection

    from kring.trust.audit import audit

    with connection.cursor() as cursor:
        return list(audit(cursor))
