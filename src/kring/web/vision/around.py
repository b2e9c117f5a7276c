"""What these pages share: whose village, in which language, and who keeps the words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import get_language

from kring.network.words import language_name
from kring.trust.permissions import Permission
from kring.trust.viewer import Viewer
from kring.vision import ours
from kring.web.context import village_of

#: A house in which no village began yet has no words of its own.
NOWHERE = UUID(int=0)


@dataclass(frozen=True)
class Around:
    """The village and the language of the words on a page, which may be another than the page's."""

    village: UUID
    language: str
    keeps: bool
    base: str

    @property
    def context(self) -> dict[str, Any]:
        """The same for a template."""
        return {
            "base": self.base,
            "keeps": self.keeps,
            "language": self.language,
            "direction": "rtl" if self.language == "ar" else "ltr",
            "languages": [(code, language_name(code)) for code in ours.LANGUAGES],
        }


def around(request: HttpRequest) -> Around:
    """Whose words these are; in the language asked for, else in that of the page."""
    viewer: Viewer | None = request.viewer  # type: ignore[attr-defined]
    asked = request.GET.get("language", "")
    spoken = asked if asked in ours.LANGUAGES else (get_language() or "en")
    base = "base_public.html" if viewer is None else "base.html" if viewer.works else "base_family.html"
    return Around(
        village=village_of(request, viewer).id or NOWHERE,
        language=spoken if spoken in ours.LANGUAGES else "en",
        keeps=viewer is not None and viewer.can(Permission.KEEP_WORDS),
        base=base,
    )


def keeper(request: HttpRequest) -> Viewer:
    """Who keeps the words of the village; nobody else goes on."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    viewer.must(Permission.KEEP_WORDS)
    return viewer
