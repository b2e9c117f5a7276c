"""One copy that the law makes us keep: its law, its last day, who opened it when. Never a word of what is in it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from kring.trust import kept
from kring.trust.complaints import AUTHORITIES
from kring.trust.retention import WORDS
from kring.web.doors import door


@require_safe
@door("public", page="what is kept")
def copy(request: HttpRequest, copy_id: UUID) -> HttpResponse:
    """For who kept the address when they asked to be forgotten; nobody else can guess it."""
    found = kept.find(copy_id)
    if found is None:
        raise Http404
    told = {
        "copy": found,
        "what": WORDS[found.file],
        "destroyed": date.fromisoformat(found.destroyed_on) if found.destroyed_on else None,
        "opened": [date.fromisoformat(day) for day in found.opened_on],
        "authority": AUTHORITIES.get(found.country),
    }
    return TemplateResponse(request, "kept/copy.html", told)
