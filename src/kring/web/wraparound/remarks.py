"""I see this differently."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from kring.trust.permissions import Permission
from kring.web.doors import door
from kring.web.wraparound.around import around, knowing, language, viewer_of
from kring.web.wraparound.drafting import Drafted
from kring.web.wraparound.forms import RemarkForm
from kring.web.wraparound.people import people_of
from kring.web.wraparound.reading import now
from kring.wraparound.usecases import remarks
from kring.wraparound.usecases.drafts import clear_draft


@door("second-factor", page="remark")
def remark(request: HttpRequest, on: str, object_id: UUID) -> HttpResponse:
    """Somebody of the circle says how they see it; it stands beside it."""
    viewer = viewer_of(request)
    try:
        thing = remarks.item(on, object_id)
    except remarks.NothingThere as problem:
        raise Http404 from problem
    viewer.must(Permission.REMARK, thing.circle_id)
    family = thing.circle.family_id
    if family is None:
        raise Http404
    drafted = Drafted(request, f"remark:{object_id}", thing.circle_id)
    form = RemarkForm(request.POST or None, initial=drafted.initial(RemarkForm, {}))
    if request.method == "POST" and form.is_valid():
        remarks.remark(on, object_id, form.cleaned_data["words"], language=language(), by=viewer, at=now())
        clear_draft(drafted.key, by=viewer)
        messages.success(request, _("It stands beside it now. Thank you for saying it."))
        return redirect(_back(on, thing, family))
    people = people_of(family, now())
    context = around(request, people) | {
        "form": form, "drafted": drafted, "title": _("I see this differently"), "send": _("Say it"),
        "back_url": _back(on, thing, family), "quote": _words(thing),
        "knowing": knowing(thing, people),
    }  # fmt: skip
    return TemplateResponse(request, "wraparound/form.html", context, status=422 if form.errors else 200)


def _back(on: str, thing: Any, family: UUID) -> str:
    if on == "story":
        return reverse("wraparound:story", args=[family])
    if on == "part":
        return reverse("wraparound:version", args=[thing.version_id])
    if on in ("meeting", "decision"):
        return reverse("meetings:meeting", args=[thing.pk if on == "meeting" else thing.meeting_id])
    plan = remarks.plan_of(on, thing)
    return reverse("wraparound:plan", args=[plan])


def _words(thing: Any) -> str:
    """The words one speaks about."""
    content = getattr(thing, "content", None) or {}
    found = [
        getattr(thing, name, "") or content.get(name, "")
        for name in ("text", "aim", "what", "words", "minutes", "purpose")
    ]
    return next((words for words in found if words), "")[:400]
