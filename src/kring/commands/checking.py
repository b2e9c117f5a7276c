"""`kring check`: settings, roles, tables and policies, without changing anything; and whether a backup counts."""

import argparse
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path

from kring.commands import database, preparing, safety
from kring.ground import roles
from kring.ground.addresses import Addresses
from kring.ground.refusals import Refusal


def main(argv: list[str]) -> int:
    """Say everything that is wrong, one sentence each."""
    asked = _parser().parse_args(argv)
    preparing.django_ready()
    from kring.commands import drilling

    with database.running() as address:
        if asked.drill:
            return _drill(address)
        for role in (address.runtime, address.migrator, address.clock):
            if role:
                roles.reach(role).close()
        found = [*_django(), *safety.problems("localhost"), *_waiting(), *_policies()]
        if address.clock is None:
            print(preparing.WITHOUT_CLOCK)
    if found:
        raise Refusal("\n".join(found))
    print("Settings, roles, tables and policies are in order.")
    if reminder := drilling.reminder(datetime.now(UTC)):
        print(reminder)
    return 0


def _drill(address: Addresses) -> int:
    """Restore the newest backup on trial, and say what came back."""
    from django.conf import settings

    from kring.commands import drilling

    told = drilling.drill(address, Path(settings.BACKUPS_FOLDER), at=datetime.now(UTC))
    print("{file} was restored on trial: {tables} tables, {rows} rows, all as they were read.".format(**told))
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


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="kring check")
    parser.add_argument("--drill", action="store_true", help="restore the newest backup on trial")
    return parser
