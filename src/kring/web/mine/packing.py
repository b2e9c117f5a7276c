"""A package to take along: a page to read, the same as JSON with its schema, and pictures and recordings as they are."""

from __future__ import annotations

import io
import json
import logging
import zipfile
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import models
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kring.confidences.files import ENDINGS
from kring.network.models import Offer
from kring.trust import keys, viewer
from kring.trust.keys import LockedBytes, LockedText
from kring.trust.models import Matter, Organisation, Person, TakenAlong
from kring.trust.permissions import NotAllowed
from kring.trust.usecases import along
from kring.trust.viewer import Viewer
from kring.web.circle.looked import PAGES
from kring.web.mine import readable
from kring.web.mine.words import Fact, is_an_id, name_of, what_happens

log = logging.getLogger(__name__)
#: The page of a package is no page of the house: it stands alone, on any device, and carries its own look.
STYLE = SafeString(f"<style>\n{Path(__file__).with_name('package.css').read_text()}</style>")
SHOWN = {"public", "village", "circle", "own", "confidence", "sealed"}
#: So much lies beside the page at most: a package is made and locked as one.
MOST_BESIDE = 100 * 1024 * 1024
#: What is named with a row that belongs to it: a house or an offer anybody in the village can look up.
HOUSES = (Organisation, Offer)


def pack(along_id: UUID, person_id: UUID, *, at: datetime) -> None:
    """Make one package, as the person who asked for it."""
    try:
        with viewer.acting(person_id, page="everything about me", at=at) as me:
            asked = TakenAlong.objects.filter(pk=along_id).first()
            if asked is None:
                return
            known = along.rights(by=me)
            with translation.override(asked.language):
                package = packed(me, asked.at)
            along.keep(along_id, package, known, by=me)
    except NotAllowed:
        with suppress(NotAllowed), viewer.acting(person_id, at=at):  # in danger; or not there any more
            along.failed(along_id)
    except Exception:
        log.exception("a package to take along could not be made")
        with viewer.acting(person_id, at=at):
            along.failed(along_id)


def anew(before: TakenAlong, me: Viewer) -> bytes:
    """Who may know another thing now than when it was packed gets it packed again, and cannot tell that anything changed.

    Its moment stays the one of the asking: a later one would tell that there was something.
    """
    known = along.rights(by=me)
    with translation.override(before.language):
        package = packed(me, before.at)
    along.take_the_place_of(before, package, known, by=me)
    return package


def packed(me: Viewer, at: datetime) -> bytes:
    """The package itself."""
    files: dict[str, bytes] = {}
    parts = list(along.everything(by=me))
    names = _names(parts)
    told = {part.model._meta.label: [(row, _facts(row, names, files)) for row in part.rows] for part in parts}
    machine = {"made_at": at.isoformat(), "for": me.given_name, "village": me.village_name,
               "parts": [_part(part, told[part.model._meta.label]) for part in parts]}  # fmt: skip
    around = {"chapters": list(readable.chapters(told)), "me": me, "at": timezone.localtime(at),
              "style": STYLE, "viewer": me, "alone": True}  # fmt: skip
    files |= {
        page_name(): render_to_string("mine/package.html", around).encode(),
        "everything.json": json.dumps(machine, ensure_ascii=False, indent=1).encode(),
        "schema.json": json.dumps(SCHEMA, indent=1).encode(),
    }
    return _bundled(files, around["at"])


def _bundled(files: dict[str, bytes], at: datetime) -> bytes:
    """The files as one, each with the moment of the package: else its list tells when it was packed anew."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as bundle:
        for name, content in files.items():  # sound and pictures are small already
            how = zipfile.ZIP_STORED if "/" in name else zipfile.ZIP_DEFLATED
            bundle.writestr(zipfile.ZipInfo(name, at.timetuple()[:6]), content, how)
    return out.getvalue()


def _names(parts: list[along.Part]) -> dict[UUID, str]:
    """The names of everybody and of every house that is in it, as far as they may be known."""
    wanted: dict[Any, set[UUID]] = {kind: set() for kind in (Person, *HOUSES)}
    for part in parts:
        for field in part.model._meta.concrete_fields:
            if field.related_model in wanted:
                wanted[field.related_model] |= {getattr(row, field.attname) for row in part.rows}
    names = {person.pk: person.full_name for person in Person.objects.filter(pk__in=wanted[Person] - {None})}
    for kind in HOUSES:
        names |= kind.objects.filter(pk__in=wanted[kind] - {None}).values_list("pk", "name")
    return names


def page_name() -> str:
    """What the page to read is called, in the language that is on now."""
    return _("everything") + ".html"


def _part(part: along.Part, rows: readable.Told) -> dict[str, Any]:
    title = PAGES.get(getattr(part.model, "part", ""), _("who is who here"))
    told = [[_for_a_program(fact) for fact in facts] for _row, facts in rows if facts]
    return {"kind": part.model._meta.label, "title": str(title), "rows": told}


def _for_a_program(fact: Fact) -> dict[str, Any]:
    name = name_of(fact.field) or str(fact.field.verbose_name)
    return {"field": fact.field.name, "name": name, "value": _plain(fact.said)}


def _facts(row: models.Model, names: dict[UUID, str], files: dict[str, bytes]) -> list[Fact]:
    """The fields of one row that say something."""
    told = []
    classes: dict[str, str] = row.data_classes  # type: ignore[attr-defined]
    for field in row._meta.concrete_fields:
        value = getattr(row, field.attname)
        if classes[field.name] not in SHOWN or value in (None, "", b"", [], {}):
            continue
        said = _said(row, field, value, names, files)
        if said is not None:
            told.append(Fact(field, said, _in_a_sentence(row, field, said, names)))
    return told


def _in_a_sentence(row: models.Model, field: Any, said: Any, names: dict[UUID, str]) -> str:
    """What the value alone does not tell: what two people agreed to, and that a file had no room."""
    if isinstance(row, Matter) and field.name == "facts":
        return what_happens(row, names)
    return _("too large to lie here; you find it where it was told") if said == "" else ""


def _said(row: models.Model, field: Any, value: Any, names: dict[UUID, str], files: dict[str, bytes]) -> Any:
    """What one field says; nothing where it says only that another row is there."""
    if field.related_model is Person:
        return names.get(value) or _("somebody whose name we do not give")
    if field.related_model in HOUSES:
        return names.get(value)
    if field.related_model is not None or field.get_internal_type() == "UUIDField":
        return None
    if field.get_internal_type() == "BinaryField":
        return _binary(row, field.name, bytes(value), files)
    return getattr(row, f"get_{field.name}_display", lambda: value)()


def _binary(row: models.Model, name: str, content: bytes, files: dict[str, bytes]) -> str | None:
    """What was written locked, opened; a recording, picture or PDF as a file of its own."""
    locked = next(
        (d for d in vars(type(row)).values() if isinstance(d, LockedBytes) and d.column == name), None
    )
    if locked is not None:
        try:
            opened = locked.__get__(row)
        except keys.Gone:
            return None
        return opened if isinstance(locked, LockedText) else _beside("attachments", row, opened, files)
    return _beside("recordings", row, content, files) if name == "sound" else None


def _beside(folder: str, row: models.Model, content: bytes, files: dict[str, bytes]) -> str:
    """A file that lies beside the page, by a number: a name somebody gave it stands on its card; nothing without room."""
    if sum(map(len, files.values())) + len(content) > MOST_BESIDE:
        return ""
    nth = sum(name.startswith(f"{folder}/") for name in files) + 1
    file = f"{folder}/{nth}.{ENDINGS.get(str(getattr(row, 'media_type', '')).split(';')[0], 'bin')}"
    files[file] = content
    return file


def _plain(said: Any) -> Any:
    if isinstance(said, datetime):
        return timezone.localtime(said).isoformat(timespec="minutes")
    if isinstance(said, dict):
        return {key: _plain(one) for key, one in said.items() if not is_an_id(one)}
    if isinstance(said, list):
        return [_plain(one) for one in said if not is_an_id(one)]
    return said if said is None or isinstance(said, str | int | float | bool) else str(said)


FIELD = {
    "type": "object",
    "required": ["field", "name", "value"],
    "properties": {"field": {"type": "string"}, "name": {"type": "string"}, "value": {}},
}
PART = {
    "type": "object",
    "required": ["kind", "title", "rows"],
    "properties": {
        "kind": {"type": "string", "description": "the name of the kind in the source of Kring"},
        "title": {"type": "string"},
        "rows": {"type": "array", "items": {"type": "array", "items": FIELD}},
    },
}
SCHEMA = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "Everything about one person in Kring",
    "type": "object",
    "required": ["made_at", "for", "village", "parts"],
    "properties": {
        "made_at": {"type": "string", "format": "date-time"},
        "for": {"type": "string"},
        "village": {"type": "string"},
        "parts": {"type": "array", "items": PART},
    },
}
