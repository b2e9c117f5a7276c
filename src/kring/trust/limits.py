"""How often something may be tried: counted in the database, so that it holds whichever worker answers."""

from django.db import connection
from django.utils.crypto import salted_hmac


def _fingerprint(what: str, key: str) -> bytes:
    return salted_hmac("kring.limits", f"{what}|{key}", algorithm="sha256").digest()


def count(what: str, key: str, *, seconds: int) -> int:
    """Count one more try of `what` by `key` and give the number of tries in this stretch of `seconds`."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT trust.count_against(%s, %s)", [_fingerprint(what, key), seconds])
        (times,) = cursor.fetchone()
    return int(times)


def within(what: str, key: str, *, most: int, seconds: int) -> bool:
    """Count one more try and say whether it is still within the limit."""
    return count(what, key, seconds=seconds) <= most


def forget(what: str, key: str) -> None:
    """It went well: start counting anew."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT trust.forget_count(%s)", [_fingerprint(what, key)])
