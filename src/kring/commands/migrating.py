"""`kring migrate`: roles, tables and the shared cache, as often as one likes."""

from kring.commands import database, preparing
from kring.ground.refusals import Refusal


def main(argv: list[str]) -> int:
    """Make the database ready; where we may only serve, say what is missing."""
    preparing.django_ready()
    with database.running() as found:
        preparing.prepare(found)
        missing = preparing.waiting()
    if missing:
        raise Refusal(
            f"{len(missing)} migrations are waiting; run kring migrate with the owner's DATABASE_URL."
        )
    print("The database is ready.")
    return 0
