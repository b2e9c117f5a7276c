"""The line of keys by which the database finds an offer."""

from typing import Any

from django.db import models
from django.db.models.lookups import Lookup


class KeysField(models.TextField):  # type: ignore[type-arg]
    """Keys with their weights, in the database's own type for them (`tsvector`); see `kring.network.search`.

    The keys are ours: the database neither takes words apart nor knows a language.
    """

    def db_type(self, connection: Any) -> str:
        """A vector of keys."""
        return "tsvector"


@KeysField.register_lookup
class Holds(Lookup):
    """The keys meet a condition, as `Question` writes it."""

    lookup_name = "holds"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """With the database's own operator, so that its index is used."""
        keys, params = self.process_lhs(compiler, connection)
        return f"{keys} @@ %s::tsquery", (*params, self.rhs)
