"""What becomes of every row when a person or a family is forgotten: each app says it, line by line, in `forgotten.py`.

A line stands for one field that points to a person, a circle or a family. The database function that forgets is made
from these lines and from nothing else, so what stands there is what happens. A house test holds every model to it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.db import models

from kring.trust.guard import Guarded

REMOVES, EMPTIES, REWRITES, STAYS = "removes", "empties", "rewrites", "stays"


@dataclass(frozen=True)
class Fate:
    """What happens to a row, for one of its fields, when what the field points to is forgotten.

    `only` is a condition over the row (`t`); `at_last` waits until the person has no work here any more;
    `follows` names the models whose removed rows the field means, where it is a bare number.
    """

    deed: str
    fields: tuple[str, ...] = ()
    only: str = ""
    at_last: bool = False
    follows: tuple[str, ...] = ()
    rewrite: str = ""
    reason: str = ""


Lines = dict[str, dict[str, Fate]]


def emptied(*fields: str, at_last: bool = False) -> Fate:
    """The row stays, and these fields of it are emptied."""
    return Fate(EMPTIES, fields, at_last=at_last)


def stays(reason: str) -> Fate:
    """Nothing happens to the row, for this reason."""
    return Fate(STAYS, reason=reason)


def goes_with(*models: str) -> Fate:
    """The row goes when the row of one of these models goes whose number this is."""
    return Fate(REMOVES, follows=models)


REMOVED = Fate(REMOVES)
#: It belongs to somebody's work here, and goes when nobody works here under that name any more.
REMOVED_AT_LAST = Fate(REMOVES, at_last=True)
#: What one did by one's job belongs to the family it was done for; what one did for oneself goes.
REMOVED_IF_PRIVATE = Fate(REMOVES, only="t.job_id IS NULL")
#: What one wrote oneself goes along; what a worker wrote by the work belongs to the family it is about.
WRITTEN = Fate(REMOVES, only="NOT trust.sat_by_work(t.author_id, t.circle_id)")
NAMELESS = stays("The person it points to has neither name nor face any more.")
SHARED = stays("The words belong to everybody of the circle; who wrote them has no name any more.")
NUMBER = stays("A random number, which names nobody.")

GUARDED = {"circle": REMOVED, "subject": REMOVED, "about": REMOVED, "author": WRITTEN}

#: Tables of libraries that are about one account.
LIBRARIES: Lines = {
    "mfa.Authenticator": {"user": REMOVED},
    "account.EmailAddress": {"user": REMOVED},
    "account.EmailConfirmation": {"email_address": goes_with("account.EmailAddress")},
}


def lines() -> Lines:
    """Every line of every app, with those that all guarded models share."""
    found: Lines = dict(LIBRARIES)
    for config in apps.get_app_configs():
        said: Lines = {}
        if config.name.startswith("kring.") and find_spec(f"{config.name}.forgotten"):
            said = import_module(f"{config.name}.forgotten").LINES
        for model in config.get_models(include_auto_created=True):
            if config.name.startswith("kring."):
                shared = GUARDED if issubclass(model, Guarded) else {}
                found[model._meta.label] = shared | said.get(model.__name__, {})
    return found


def pointing(model: type[models.Model]) -> Iterator[Any]:
    """The fields of a model that need a line: those that point to a person, account, circle or family, and bare numbers."""
    targets = {"trust.Person", "trust.Account", "trust.Circle", "trust.Family"}
    for field in model._meta.concrete_fields:
        bare = field.get_internal_type() == "UUIDField" and not field.primary_key
        if bare or (field.related_model is not None and field.related_model._meta.label in targets):
            yield field
