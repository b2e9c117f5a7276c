"""`kring migrate`: roles, tables and the shared cache, as often as one likes."""

import argparse

from kring.commands import database, preparing


def main(argv: list[str]) -> int:
    """Make the database ready; where we may only serve, say what is missing."""
    argparse.ArgumentParser(prog="kring migrate", description=__doc__).parse_args(argv)
    preparing.django_ready()
    with database.running() as found:
        preparing.prepare(found)
        preparing.refuse_unready(found)
    print("The database is ready.")
    return 0
