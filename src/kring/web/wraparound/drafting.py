"""Forms that keep what was typed: saved from the first key by script, and at every step without it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from kring.web.doors import door
from kring.web.wraparound.around import viewer_of
from kring.web.wraparound.reading import now
from kring.wraparound.usecases.drafts import DraftIsTooLong, drafted, keep_draft

NOT_KEPT = {"csrfmiddlewaretoken", "draft", "language_was"}


@require_POST
@door("second-factor", page="draft")
def draft(request: HttpRequest, circle_id: UUID) -> HttpResponse:
    """What somebody is typing now; an empty answer says that it is kept."""
    viewer = viewer_of(request)
    key = request.POST.get("draft", "")
    if viewer.seat_in(circle_id) is None or not key or viewer.seen_as is not None:
        raise Http404
    fields = {name: values for name, values in request.POST.lists() if name not in NOT_KEPT}
    try:
        keep_draft(key, fields, circle_id=circle_id, by=viewer, at=now())
    except DraftIsTooLong:
        return HttpResponse(status=413)
    return HttpResponse(status=204)


class Drafted:
    """One form of one person: its key, where it saves itself, and what was typed before."""

    def __init__(self, request: HttpRequest, key: str, circle_id: UUID) -> None:
        self.viewer = viewer_of(request)
        self.key = key
        self.circle_id = circle_id
        self.url = reverse("wraparound:draft", args=[circle_id])
        self.before = drafted(key, by=self.viewer)

    def initial(self, form_class: type[forms.Form], given: dict[str, Any]) -> dict[str, Any]:
        """What was typed before goes over what the form would begin with."""
        fields = form_class.base_fields
        typed = {
            name: values if isinstance(fields[name], forms.MultipleChoiceField) else values[-1]
            for name, values in self.before.items()
            if name in fields and values
        }
        return given | typed

    def keep(self, fields: dict[str, list[str]]) -> None:
        """Keep what was sent with one step."""
        self.before = self.before | fields
        keep_draft(self.key, self.before, circle_id=self.circle_id, by=self.viewer, at=now())
