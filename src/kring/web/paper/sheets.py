"""A sheet to take along: a title, parts with words under them, whom to call. For the path, and for how I learn best."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from kring.trust.viewer import Viewer
from kring.web.design import days
from kring.web.paper.printing import set_in_type
from kring.wraparound import rules


@dataclass(frozen=True)
class Part:
    """One part of a sheet: a title in somebody's words, a line under it, and lines with a word before them."""

    title: str
    language: str
    under: str = ""
    lines: Sequence[tuple[str, str, str]] = ()


@dataclass(frozen=True)
class Sheet:
    """Everything a sheet says, in the language that is on now."""

    title: str
    under: str
    language: str
    address: str
    parts: Sequence[Part]
    caring: Mapping[str, str]
    village: Viewer
    sun: Sequence[tuple[str, str]] = field(default_factory=list)


def printed(sheet: Sheet, at: datetime) -> bytes:
    """The sheet as a PDF/UA."""
    caring = sheet.caring
    told: dict[str, Any] = {
        "title": sheet.title,
        "under": sheet.under,
        "language": sheet.language,
        "direction": rules.direction(sheet.language),
        "address": sheet.address,
        "made": days.full(at, language=sheet.language),
        "look": _("The same on your telephone"),
        "note": _("Please take this paper down when somebody visits who may not read it."),
        "sun": [_words(text, spoken) for text, spoken in sheet.sun],
        "parts": [
            {
                "title": _words(part.title, part.language),
                "under": part.under,
                "lines": [{"word": word, "said": _words(text, spoken)} for word, text, spoken in part.lines],
            }
            for part in sheet.parts
        ],
        "call": {
            "word": _("Call"),
            "name": caring.get("name", sheet.village.village_name),
            "phone": caring.get("phone") or sheet.village.village_phone,
        },
    }
    return set_in_type(told, "sheet.typ", on=timezone.localdate(at))


def _words(text: str, language: str) -> dict[str, str]:
    """Somebody's words with their own direction."""
    return {"text": text, "language": language, "direction": rules.direction(language)}
