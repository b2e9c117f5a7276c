"""The papers on the screen and for the printer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.http import Http404, HttpRequest
from django.template import Context, Engine
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from markdown_it import MarkdownIt

from kring.trust.models import Village
from kring.trust.permissions import Permission
from kring.web import houses
from kring.web.administration import keeping
from kring.web.calling import with_numbers
from kring.web.doors import door
from kring.web.papers import facts

PAPERS = Path(__file__).parents[4] / "docs" / "papers"
LANGUAGES = ("en", "nl", "fr")
#: What families read also stands in these.
FOR_FAMILIES = {"families": ("ar",)}
#: What an administrator finds, with a line on what it is for.
NAMES = {
    "register": (
        _("Register of processing"),
        _("What is kept, why and how long: what the authority asks first."),
    ),
    "arrangement": (_("Arrangement between partners"), _("Who does what, and whom a family may ask.")),
    "assessment": (_("Impact assessment"), _("What could go wrong for a child, and what we do against it.")),
    "families": (_("Word for families"), _("What we do with what they tell us, in plain words.")),
}
READERS = (Permission.ADMINISTER, Permission.READ_JOURNAL_FACTS)


@require_safe
@door("public", page="papers")
def families(request: HttpRequest) -> TemplateResponse:
    """What we do with what families tell us; anybody may read it."""
    viewer = request.viewer  # type: ignore[attr-defined]
    village = keeping.village_of(viewer) if viewer else houses.house_of(request)
    if village is None:
        raise Http404
    answer = _shown(request, "families", village)
    answer.context_data |= with_numbers(request)  # type: ignore[operator]
    return answer


@require_safe
@door("second-factor", page="papers")
def papers(request: HttpRequest) -> TemplateResponse:
    """The papers there are."""
    _village(request)
    listed = [{"name": name, "title": title, "text": text} for name, (title, text) in NAMES.items()]
    return TemplateResponse(request, "papers/papers.html", {"papers": listed})


@require_safe
@door("second-factor", page="papers")
def paper(request: HttpRequest, name: str) -> TemplateResponse:
    """One of them, filled from the village as it runs."""
    village = _village(request)
    if name not in NAMES:
        raise Http404
    answer = _shown(request, name, village)
    answer.context_data |= {"back": True}  # type: ignore[operator]
    return answer


def _village(request: HttpRequest) -> Village:
    """The village of whoever keeps it or watches over it; for everybody else there is no such page."""
    viewer = request.viewer  # type: ignore[attr-defined]
    if not any(viewer.can(permission) for permission in READERS):
        raise Http404
    return keeping.village_of(viewer)


def languages_of(name: str) -> tuple[str, ...]:
    """In which languages this paper stands."""
    return (*LANGUAGES, *FOR_FAMILIES.get(name, ()))


def _shown(request: HttpRequest, name: str, village: Village) -> TemplateResponse:
    language = (get_language() or "en")[:2]
    written = language if language in languages_of(name) else "en"
    with override(written):
        told = facts.of(village, timezone.now())
        html = _html((PAPERS / written / f"{name}.md").read_text(), told)
    return TemplateResponse(
        request,
        "papers/paper.html",
        {
            "html": html,
            "language": written,
            "languages": languages_of(name),
            "title": NAMES[name][0],
            "name": name,
        },
    )


def _html(text: str, told: dict[str, Any]) -> str:
    """The paper, filled in and then drawn; what is filled in is words and never marks."""
    filled = Engine(autoescape=False).from_string(text).render(Context(told))
    return str(MarkdownIt("commonmark", {"html": False}).enable("table").render(filled))
