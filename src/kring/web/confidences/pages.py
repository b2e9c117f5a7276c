"""One's own confidences, and one of them: what was told, who can read it, and taking it back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kring.confidences.models import Attachment, Telling
from kring.confidences.usecases import answering, tellings
from kring.confidences.usecases.hearing import Confidence, my_confidences
from kring.trust.viewer import Viewer
from kring.web.confidences.around import alone, base_of, is_young, sent, the_confidence
from kring.web.confidences.forms import MoreForm
from kring.web.confidences.wording import worded
from kring.web.doors import door


@dataclass(frozen=True)
class Line:
    """One telling or answer as the page shows it."""

    row: Telling
    words: str
    who: str
    mine: bool
    files: tuple[tuple[Attachment, str], ...] = ()

    @property
    def may_take_back(self) -> bool:
        """Whether nobody else has opened it yet."""
        return self.mine and self.row.heard_at is None


@door("only-you", page="confidence")
def mine(request: HttpRequest) -> HttpResponse:
    """What I told somebody alone, and what somebody told me."""
    viewer = alone(request)
    found = my_confidences()
    # sent, not asked for: an address is kept in the browser
    words = request.POST.get("words", "")[:200].strip()
    context = base_of(viewer) | {
        "words": words,
        "found": _found(words, found, viewer),
        "told": [one for one in found if one.young_id == viewer.person_id],
        "told_me": [one for one in found if one.young_id != viewer.person_id],
        "is_young": is_young(viewer),
        "today": timezone.localdate(),
    }
    return TemplateResponse(request, "confidences/mine.html", context)


def _found(words: str, mine: list[Confidence], viewer: Viewer) -> list[tuple[Confidence, Telling, str]]:
    """What was told with these words in it, each with where it lies; of what is not opened yet nothing is shown."""
    begun = {one.circle_id: one for one in mine if one.begun}
    rows = [row for row in tellings.search(words, by=viewer) if row.circle_id in begun] if words else []
    return [(begun[row.circle_id], row, told) for row, told in zip(rows, tellings.texts(rows), strict=True)]


@door("only-you", page="confidence")
def confidence(request: HttpRequest, circle_id: UUID) -> HttpResponse:
    """What was told, and telling more."""
    viewer, one = the_confidence(request, circle_id)
    form = MoreForm(*sent(request))
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        tellings.add(
            circle_id, told["words"], key=form.key, by=viewer, at=timezone.now(), files=told["files"]
        )
        return redirect("confidences:confidence", circle_id)
    context = base_of(viewer) | worded(one, viewer) | {
        "one": one, "lines": _lines(one, viewer), "form": form, "mine": one.young_id == viewer.person_id,
        "readers": _readers(one, viewer), "village_phone": viewer.village_phone,
    }  # fmt: skip
    context |= _when(one, context["lines"], viewer)
    return TemplateResponse(
        request, "confidences/confidence.html", context, status=422 if form.errors else 200
    )


def _when(one: Confidence, lines: list[Line], viewer: Viewer) -> dict[str, Any]:
    """Until when there is an answer; whoever was asked chooses the day as long as theirs is not the last word."""
    today, me = timezone.localdate(), one.hearer(viewer.person_id)
    asked = me is not None and bool(lines) and not lines[-1].mine
    return {
        "today": today, "my_day": me.answers_on if me else None,
        "days": answering.to_choose(today, viewer.country) if asked else [],
    }  # fmt: skip


def _lines(one: Confidence, viewer: Viewer) -> list[Line]:
    told = tellings.open_up(one.circle_id, by=viewer, at=timezone.now())
    names = {one.young_id: one.young_name} | {hearer.id: hearer.name for hearer in one.hearers}
    files = _files(one.circle_id)
    return [
        Line(
            row,
            words,
            names.get(row.author_id, ""),
            row.author_id == viewer.person_id,
            tuple(files.get(row.pk, ())),
        )
        for row, words in zip(told, tellings.texts(told), strict=True)
    ]


def _files(circle_id: UUID) -> dict[UUID, list[tuple[Attachment, str]]]:
    """The files of each telling with their names."""
    found: dict[UUID, list[tuple[Attachment, str]]] = {}
    rows = tellings.attached_to(circle_id)
    for row, name in zip(rows, Attachment.name.of_many(rows) if rows else (), strict=True):
        found.setdefault(row.telling_id, []).append((row, name))
    return found


@door("only-you", page="confidence")
def file(request: HttpRequest, circle_id: UUID, attachment_id: UUID) -> HttpResponse:
    """A file to keep on one's own device: never shown in the page, and never run."""
    the_confidence(request, circle_id)
    row = Attachment.objects.filter(pk=attachment_id, circle_id=circle_id).first()
    if row is None:
        raise Http404
    headers = {
        "Content-Disposition": content_disposition_header(True, row.name) or "attachment",
        "Content-Security-Policy": "sandbox; default-src 'none'",
    }
    return HttpResponse(row.content, content_type=row.media_type, headers=headers)


def _readers(one: Confidence, viewer: Viewer) -> list[str]:
    """Who can read it now, oneself first."""
    names = [one.young_name] if one.young_id != viewer.person_id else []
    return [_("you"), *names, *(hearer.name for hearer in one.heard_by if hearer.id != viewer.person_id)]


@require_POST
@door("only-you", page="confidence")
def take_back(request: HttpRequest, circle_id: UUID, telling_id: UUID) -> HttpResponse:
    """What nobody else has opened is taken back."""
    viewer, _one = the_confidence(request, circle_id)
    told = Telling.objects.filter(pk=telling_id, circle_id=circle_id, author_id=viewer.person_id).first()
    if told is None:
        raise Http404
    try:
        tellings.take_back(told, by=viewer, at=timezone.now())
        if not Telling.objects.filter(circle_id=circle_id).exists():
            messages.success(request, _("It is gone. Nobody was told anything."))
            return redirect("confidences:mine")
        messages.success(request, _("It is gone."))
    except tellings.OpenedAlready:
        messages.info(request, _("Somebody has opened it already. You can add something new."))
    return redirect("confidences:confidence", circle_id)


@require_POST
@door("only-you", page="confidence")
def safety(request: HttpRequest, circle_id: UUID) -> HttpResponse:
    """It turns out to be about safety, health or whereabouts."""
    viewer, _one = the_confidence(request, circle_id)
    tellings.about_safety(circle_id, by=viewer, at=timezone.now())
    return redirect("confidences:confidence", circle_id)
