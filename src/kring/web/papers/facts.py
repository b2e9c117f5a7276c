"""What the papers say of a village, gathered from the village as it runs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import Any

from django.apps import apps
from django.db import connection
from django.utils.formats import date_format
from django.utils.translation import get_language, get_language_bidi, gettext_lazy
from django.utils.translation import gettext as _

from kring.trust import ages, audit, enforcement
from kring.trust.complaints import AUTHORITIES
from kring.trust.guard import CLASSES
from kring.trust.keys import store
from kring.trust.models import Organisation, Village
from kring.web import modules
from kring.web.papers.names import called

LAWS = {"UK": gettext_lazy("UK General Data Protection Regulation")}
LAW = gettext_lazy("General Data Protection Regulation (EU) 2016/679")
PRIVATE = {
    "public": gettext_lazy("for everybody"),
    "village": gettext_lazy("for the professionals of the village"),
    "circle": gettext_lazy("only in its circle"),
    "own": gettext_lazy("only for oneself, and whom one chooses"),
    "confidence": gettext_lazy("locked: who told it and who heard it"),
    "sealed": gettext_lazy("locked or sealed: named people"),
    "secret": gettext_lazy("for nobody: only fingerprints"),
    "technical": gettext_lazy("says nothing by itself"),
}


def of(village: Village, at: datetime) -> dict[str, Any]:
    """Everything the papers of this village are filled with, in the language of the reader.

    What takes a look through the whole house is looked up when a paper asks for it.
    """
    table = ages.of(village.country)
    return {
        "village": {
            "name": plain(village.name),
            "phone": plain(village.phone),
            "term_days": village.term_days,
        },
        "day": date_format(at, "DATE_FORMAT"),
        "law": LAWS.get(village.country, LAW),
        "authority": apart(AUTHORITIES[village.country].name),
        "host": _("the town, or whom it asks to run the server"),
        "organisations": list(_partners(village)),
        "areas": _areas,
        "ages": partial(_ages, table),
        "reviewed": table.reviewed_by or _("no lawyer of this country yet; working rules"),
        "modules": ", ".join(str(one.name) for one in modules.MODULES if modules.is_on(one.code)) or "–",
        "measures": _measures,
    }


def plain(text: str) -> str:
    """Words of the village as they stand, whatever signs are in them: a paper is written in marks of its own."""
    return apart("".join(f"\\{sign}" if sign in r"\`*_{}[]()#+-.!|<>" else sign for sign in text))


def apart(words: str) -> str:
    """A name or a number, kept whole in its own direction where the paper reads from right to left."""
    return f"\u2068{words}\u2069" if get_language_bidi() else words


def _partners(village: Village) -> Iterator[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM trust.partners_of(%s)", [village.pk])
        found = cursor.fetchall()
    for name, sector, since in found:
        yield {
            "name": plain(name),
            "sector": Organisation.Sector(sector).label,
            "since": date_format(since, "DATE_FORMAT"),
        }


def _areas() -> Iterator[dict[str, Any]]:
    """Each room of the house, what is kept there, and how private the most private part of it is."""
    for config in apps.get_app_configs():
        kinds = (
            [_kind(model) for model in config.get_models()]
            if config.name.startswith(enforcement.OURS)
            else []
        )
        if kinds:
            yield {
                "name": config.verbose_name,
                "kinds": sorted(kinds, key=lambda kind: str(kind["name"]).casefold()),
            }


def _kind(model: Any) -> dict[str, Any]:
    told = [one for one in model.data_classes.values() if one != "technical"]
    most = max(told, key=CLASSES.index, default="technical")
    return {"name": called(model.__name__, (get_language() or "en")[:2]), "private": PRIVATE[most]}


def _ages(table: ages.Table) -> Iterator[str]:
    for matter, lines in table.by_matter():
        steps = "; ".join(
            (_("from %(age)s years: %(who)s") if line.age else _("first: %(who)s"))
            % {"age": line.age, "who": ages.DECIDES[line.who]}
            for line in lines
        )
        yield f"{ages.MATTERS[matter]} – {steps}"


def _measures() -> Iterator[str]:
    tables = sum(1 for _model in enforcement.guarded_models())
    with connection.cursor() as cursor:
        short = audit.audit(cursor)
    if not short:
        yield _(
            "In %(tables)s tables the database itself refuses whoever has no seat; looked at just now."
        ) % {"tables": tables}
    yield _(
        "What is told in confidence or sealed is locked (AES-256-GCM); %(keys)s keys lie apart from the database."
    ) % {"keys": sum(1 for _key in store.every_key())}
    yield _(
        "Professionals sign in with two things; families come by a link and a code that come by different ways."
    )
    yield _("Every look into a circle is written down before the page is shown, and the family reads it.")
    yield _("Messages carry no content and no name of a child.")
