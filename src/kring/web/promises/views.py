"""What we promise, on the screen; anybody may read it."""

from pathlib import Path

from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from kring.web.calling import with_numbers
from kring.web.doors import door
from kring.web.handbook import pages
from kring.web.promises import figures

DOCS = Path(__file__).parents[4] / "docs"
#: Which chapter says, in every language, what a thief would have.
THIEF = 3
WRITTEN = {"en": "trust.md", "nl": "trust.nl.md", "fr": "trust.fr.md", "ar": "trust.ar.md"}


@require_safe
@door("public", page="what we promise")
def promised(request: HttpRequest) -> TemplateResponse:
    """The page in the reader's language, in English where it is not written yet, and the figures under it."""
    language = get_language() or "en"
    written = language if language in WRITTEN else "en"
    file = DOCS / WRITTEN[written]
    told = {
        "page": pages.read(file, "trust", written, file.stat().st_mtime_ns),
        "languages": tuple(WRITTEN),
        "thief": f"#chapter-{THIEF}",
        "figures": list(figures.of_the_last_run()),
    }
    return TemplateResponse(request, "promises/promised.html", told | with_numbers(request))
