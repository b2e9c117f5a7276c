"""The handbook on the screen; anybody may read it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from kring.web.calling import with_numbers
from kring.web.context import first_page
from kring.web.doors import door
from kring.web.handbook import pages

A_DAY = 86_400


@require_safe
@door("public", page="handbook")
def page(request: HttpRequest, name: str = pages.CONTENTS) -> TemplateResponse:
    """One page of the handbook in the reader's language, and the others beside it."""
    language = get_language() or "en"
    found = pages.find(name, language)
    if found is None:
        raise Http404
    others = [other for each in pages.NAMES if (other := pages.find(each, language))]
    viewer = getattr(request, "viewer", None)
    told = {
        "page": found,
        "languages": pages.languages_of(name),
        "others": others,
        "first": first_page(viewer),
    }
    return TemplateResponse(request, "handbook/page.html", told | with_numbers(request))


@require_safe
@door("public", page="handbook")
def picture(request: HttpRequest, language: str, name: str) -> HttpResponse:
    """A picture of the handbook."""
    found = pages.picture(language, name)
    if found is None:
        raise Http404
    answer = HttpResponse(found.read_bytes(), content_type="image/png")
    answer["Cache-Control"] = f"public, max-age={A_DAY}"
    return answer
