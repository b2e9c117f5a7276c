"""The line of keys by which the database finds an offer."""

from typing import Any

from django.db import models
from django.db.models.lookups import Lookup
from psycopg import sql


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


@KeysField.register_lookup
class HoldsWeighed(Holds):
    """The same, for the first few that are found: the condition stands in the statement as a quoted literal.

    Only then does the planner weigh whether the word is rare (by the index of keys) or stands in half of all offers
    (by their order). As a parameter it always takes the first.
    """

    lookup_name = "holds_weighed"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """With the condition as a literal."""
        keys, params = self.process_lhs(compiler, connection)
        condition = sql.Literal(self.rhs).as_string(None).replace("%", "%%")
        return f"{keys} @@ {condition}::tsquery", tuple(params)
