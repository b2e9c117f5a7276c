"""The database function that forgets, made from the lines of `forgetting`: first what goes is found, then it goes."""

from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from typing import Any

from django.apps import apps
from django.db import connection, models

from kring.trust.forgetting import EMPTIES, LIBRARIES, REMOVES, REWRITES, Fate, lines

Model = type[models.Model]
EMPTY = {"CharField": "''", "TextField": "''", "EmailField": "''", "BinaryField": "''", "JSONField": "'{}'",
         "ArrayField": "'{}'"}  # fmt: skip


class CannotBeEmptied(Exception):
    """A field that is neither a text nor may be absent."""


def forgetting_function() -> str:
    """The text of `trust.reckon_forgotten`: persons, those without work among them, circles and families."""
    said = {apps.get_model(label): fates for label, fates in lines().items()}
    going = _going(said)
    found = [_found(model, said.get(model, {}), set(going)) for model in going]
    declared = "\n".join(f"  {_gone(model)} {_key(model).db_type(connection)}[];" for model in going)
    removed = [f"DELETE FROM {_table(m)} WHERE {_key(m).column} = ANY({_gone(m)});" for m in reversed(going)]
    body = "\n  ".join([*found, *_changed(said), *removed])
    return (
        "CREATE OR REPLACE FUNCTION trust.reckon_forgotten(persons uuid[], nameless uuid[], circles uuid[], families uuid[])\n"
        "RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$\n"
        f"DECLARE\n{declared}\nBEGIN\n  {body}\nEND $$;"
    )


def library_tables() -> list[str]:
    """The tables of libraries from which somebody is removed."""
    return [str(apps.get_model(label)._meta.db_table) for label in LIBRARIES]


def _going(said: dict[Model, dict[str, Fate]]) -> list[Model]:
    """Models of which rows may go, those before which others go last: by a line, or since they hang on such a row."""
    going = {model for model, fates in said.items() if any(fate.deed == REMOVES for fate in fates.values())}
    while more := {
        m for m in said if m not in going and any(f.related_model in going for f in _references(m))
    }:
        going |= more
    graph = {model: [p for p in _parents(model, said.get(model, {})) if p in going] for model in going}
    try:
        order = list(
            TopologicalSorter(
                {m: sorted(p, key=_name) for m, p in sorted(graph.items(), key=lambda i: _name(i[0]))}
            ).static_order()
        )
    except CycleError as circle:
        raise CannotBeEmptied(str(circle)) from circle
    return order


def _parents(model: Model, fates: dict[str, Fate]) -> set[Model]:
    hanging = {field.related_model for field in _references(model) if field.related_model is not model}
    return hanging | {apps.get_model(label) for fate in fates.values() for label in fate.follows}


def _found(model: Model, fates: dict[str, Fate], going: set[Model]) -> str:
    """The statement that finds the rows of one model that go."""
    asked = []
    for name, fate in sorted(fates.items()):
        if fate.deed == REMOVES:
            condition = f"t.{_column(model, name)} = ANY({_target(model, name, fate)})"
            asked.append(f"({condition} AND {fate.only})" if fate.only else condition)
    asked += [
        f"t.{field.column} = ANY({_gone(field.related_model)})"
        for field in _references(model)
        if field.name not in fates and field.related_model in going and field.related_model is not model
    ]
    return f"{_gone(model)} := ARRAY(SELECT t.{_key(model).column} FROM {_table(model)} t WHERE {' OR '.join(asked)});"


def _changed(said: dict[Model, dict[str, Fate]]) -> Iterator[str]:
    """The statements that empty fields of rows that stay."""
    for model, fates in sorted(said.items(), key=lambda item: _name(item[0])):
        for name, fate in sorted(fates.items()):
            if fate.deed == EMPTIES:
                fields = ", ".join(_emptied(model, field) for field in fate.fields)
                column = _column(model, name)
                yield f"UPDATE {_table(model)} t SET {fields} WHERE t.{column} = ANY({_target(model, name, fate)});"
            elif fate.deed == REWRITES:
                yield f"UPDATE {_table(model)} t SET {fate.rewrite} WHERE {fate.only};"


def _emptied(model: Model, name: str) -> str:
    field: Any = model._meta.get_field(name)
    empty = "NULL" if field.null else EMPTY.get(field.get_internal_type())
    if empty is None:
        raise CannotBeEmptied(f"{_name(model)}.{name}")
    return f"{field.column} = {empty}"


def _target(model: Model, name: str, fate: Fate) -> str:
    """The list of what is forgotten to which a field points."""
    if fate.follows:
        return " || ".join(_gone(apps.get_model(label)) for label in fate.follows)
    field: Any = model._meta.get_field(name)
    pointed = _name(model if field.primary_key and not field.related_model else field.related_model)
    people = "nameless" if fate.at_last else "persons"
    return {"trust.Person": people, "trust.Circle": "circles", "trust.Family": "families"}.get(
        pointed, f"gone_{pointed.replace('.', '_').lower()}"
    )


def _column(model: Model, name: str) -> str:
    field: Any = model._meta.get_field(name)
    return str(field.column)


def _references(model: Model) -> list[Any]:
    return [field for field in model._meta.concrete_fields if field.related_model is not None]


def _gone(model: Model) -> str:
    return f"gone_{_name(model).replace('.', '_').lower()}"


def _name(model: Model) -> str:
    return str(model._meta.label)


def _table(model: Model) -> str:
    return f'"{model._meta.db_table}"'


def _key(model: Model) -> Any:
    return model._meta.pk
