"""Sealing the journal: by the clock, and when a worker stops."""

from datetime import datetime

from django.db import connection, transaction

from kring.trust.seals import kept


def seal(*, at: datetime) -> int:
    """Seal what was written until now and keep the seals outside too; answers how many lines were sealed."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT trust.seal_journal(%s)", [at])
        sealed: int = cursor.fetchone()[0]
    kept.keep()
    return sealed
