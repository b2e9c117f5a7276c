"""The cache that all workers share holds plain values only: numbers, words, lists. What else lies there is not read.

Its table is open to whoever holds the connection of the pages. Django reads such values with `pickle`, which runs what it
is told to; here nothing that needs a name looked up is ever built.
"""

import base64
import io
import logging
import pickle
from collections.abc import Iterable
from typing import Any, NoReturn

from django.core.cache.backends.db import DatabaseCache
from django.db import connections, router

log = logging.getLogger(__name__)


class _Plain(pickle.Unpickler):
    """Builds numbers, words, lists and the like; a class or a function is refused before it is looked up."""

    def find_class(self, module: str, name: str, /) -> NoReturn:
        raise pickle.UnpicklingError(f"{module}.{name} is no plain value")


class PlainCache(DatabaseCache):
    """Django's cache in the database, read without building anything but plain values."""

    def get_many(self, keys: Iterable[str], version: int | None = None) -> dict[str, Any]:
        """What lies under these keys and has not run out."""
        asked = {self.make_and_validate_key(key, version=version): key for key in keys}
        connection = connections[router.db_for_read(self.cache_model_class)]
        question = "SELECT cache_key, value FROM {} WHERE cache_key = ANY(%s) AND expires > now()"
        with connection.cursor() as cursor:
            cursor.execute(question.format(connection.ops.quote_name(self._table)), [list(asked)])  # type: ignore[attr-defined]
            rows = cursor.fetchall()
        found = {}
        for key, value in rows:
            try:
                found[asked[key]] = _Plain(io.BytesIO(base64.b64decode(value, validate=True))).load()
            except Exception:  # whatever was laid there: it is as if it were not
                log.warning("a value in the shared cache is no plain value")
        return found
