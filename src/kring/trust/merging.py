"""What becomes of every row that points to somebody who stood here twice, when the two are brought together (D6).

A line stands for one field that comes along to the one who stays. Whatever has no line stands in the way: as long as such
a row points to the one who goes, the two stay two. So a field that is new, or that nobody thought of, loses nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models


@dataclass(frozen=True)
class Comes:
    """The row comes along. Where the one who stays has the same row already, told by `twin`, theirs stays."""

    twin: tuple[str, ...] = ()
    only: str = ""


COMES = Comes()

COMING: dict[str, dict[str, Comes]] = {
    "trust.FamilyMember": {"person": Comes(("family",))},
    "trust.ContactCard": {"person": Comes(("circle",)), "word_of": COMES},
    "trust.Seat": {"person": COMES, "decided_by": COMES, "word_of": COMES},
    "trust.Exclusion": {"person": COMES},
    "trust.Invitation": {"person": COMES, "word_of": COMES},
    "trust.SamePerson": {"stays": COMES},
    "messaging.Letter": {"person": Comes(("kind", "object_id"))},
    "messaging.Call": {"person": Comes(("circle",), only="told_at IS NULL")},
    "wraparound.Wish": {"whose": COMES},
    "wraparound.Action": {"doer": COMES},
    "wraparound.Sheet": {"person": COMES},
    "wraparound.Approval": {"person": COMES},
    "wraparound.Story": {"told_by": COMES},
    "wraparound.Participant": {"person": COMES},
    "wraparound.RoundWord": {"person": COMES},
    "wraparound.Review": {"word_of": COMES},
    "wraparound.PassOn": {"giver": COMES, "to": COMES},
}

#: What goes on pointing to the one who goes, each with its reason.
LEFT = {
    "trust.Entry.about": "The journal is sealed: no line of it is written anew.",
    "trust.Link.person": "It has ended, and opens nothing.",
}
#: Bare numbers that mean a person.
MEANT = {"trust.Forgetting": ("whose",)}


def in_the_way() -> Iterator[tuple[type[models.Model], str]]:
    """Every column that points to a person and has no line."""
    for model in _ours():
        label = model._meta.label
        for field in _pointing(model):
            if field.name not in COMING.get(label, {}) and f"{label}.{field.name}" not in LEFT:
                yield model, str(field.column)


def merging_functions() -> str:
    """The text of `trust.reckon_in_the_way` and `trust.reckon_bring`, made from these lines."""
    asked = "\n  OR ".join(
        f'EXISTS (SELECT 1 FROM "{model._meta.db_table}" WHERE "{column}" = goes)'
        for model, column in in_the_way()
    )
    moved = "\n  ".join(
        statement
        for label, fields in COMING.items()
        for name, how in fields.items()
        for statement in _moved(apps.get_model(label), name, how)
    )
    return (
        "CREATE OR REPLACE FUNCTION trust.reckon_in_the_way(goes uuid) RETURNS boolean LANGUAGE sql STABLE\n"
        "SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$\n"
        f"  SELECT {asked}\n$$;\n"
        "CREATE OR REPLACE FUNCTION trust.reckon_bring(goes uuid, stays uuid) RETURNS void LANGUAGE plpgsql\n"
        "SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$\n"
        f"BEGIN\n  {moved}\nEND $$;"
    )


def _moved(model: type[models.Model], name: str, how: Comes) -> Iterator[str]:
    table, column = model._meta.db_table, _column(model, name)
    if how.twin:
        same = [f'o."{_column(model, key)}" = t."{_column(model, key)}"' for key in how.twin]
        same += [f"{row}.{how.only}" for row in "to" if how.only]
        yield (
            f'DELETE FROM "{table}" t USING "{table}" o WHERE t."{column}" = goes AND o."{column}" = stays '
            f"AND {' AND '.join(same)};"
        )
    yield f'UPDATE "{table}" SET "{column}" = stays WHERE "{column}" = goes;'


def _ours() -> Iterator[type[models.Model]]:
    for config in apps.get_app_configs():
        if config.name.startswith("kring."):
            yield from config.get_models(include_auto_created=True)


def _pointing(model: type[models.Model]) -> Iterator[Any]:
    for field in model._meta.concrete_fields:
        meant = field.name in MEANT.get(model._meta.label, ())
        if meant or (field.related_model is not None and field.related_model._meta.label == "trust.Person"):
            yield field


def _column(model: type[models.Model], name: str) -> str:
    field: Any = model._meta.get_field(name)
    return str(field.column)
