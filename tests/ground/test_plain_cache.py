"""What lies in the shared cache is never built into anything but plain values."""

import base64
import os
import pickle

import pytest
from django.core.cache import cache
from django.db import connection

pytestmark = pytest.mark.django_db


class Bomb:
    """What an attacker with the connection of the pages would lay there."""

    def __reduce__(self):
        return os.mkdir, ("/tmp/kring-should-never-be",)


def test_plain_values_come_back_as_they_were():
    for value in (True, 3, 2.5, "é", [1.5, 2.5], {"a": [1, None]}, None):
        cache.set("here", value, 60)
        assert cache.get("here", "nothing") == value
    assert cache.get_many(["here", "there"]) == {"here": None}
    assert cache.add("once", 1, 60)
    assert not cache.add("once", 2, 60)
    assert cache.incr("once") == 2
    cache.set("over", 1, -1)
    assert cache.get("over") is None


@pytest.mark.parametrize("laid", [pickle.dumps(Bomb()), b"no pickle", b""])
def test_what_somebody_laid_there_by_hand_is_as_if_it_were_not(laid):
    cache.set("limit", [1.0], 60)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE ground_cache SET value = %s WHERE cache_key LIKE %s",
                       [base64.b64encode(laid).decode(), "%limit"])  # fmt: skip
        assert cursor.rowcount == 1
    assert cache.get("limit") is None
    assert not os.path.exists("/tmp/kring-should-never-be")
    cache.set("limit", [2.0], 60)
    assert cache.get("limit") == [2.0]
