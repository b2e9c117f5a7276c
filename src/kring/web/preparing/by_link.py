"""Somebody came by a link and says how it goes: a face for each goal, a few words, done."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from kring.web.doors import door
from kring.web.wraparound.around import language, sent, viewer_of
from kring.web.wraparound.review_forms import ViewForm
from kring.wraparound.usecases.preparing import opened_by_link, prepare_by_link


@door("link", page="review")
def prepare(request: HttpRequest, review_id: UUID) -> HttpResponse:
    """Only one's own goals to say something about, and nothing that others said."""
    opened = opened_by_link()
    if opened is None:
        raise Http404
    form = ViewForm(sent(request), initial={"language": language()}, goals=cast("Any", opened.goals))
    done = not opened.runs
    if request.method == "POST" and opened.runs and form.is_valid():
        prepare_by_link(opened, form.view(), by=viewer_of(request), at=timezone.now())
        done = True
    context = {"opened": opened, "form": form, "done": done}
    status = 422 if not done and form.errors else 200
    return TemplateResponse(request, "preparing/by_link.html", context, status=status)
