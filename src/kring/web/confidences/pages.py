"""One's own confidences, and one of them: what was told, who can read it, and taking it back."""

from __future__ import annotations

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
from kring.confidences.usecases import tellings
from kring.confidences.usecases.hearing import Confidence, my_confidences
from kring.trust.viewer import Viewer
from kring.web.confidences.around import alone, base_of, is_young, sent, the_confidence
from kring.web.confidences.forms import MoreForm
from kring.web.confidences.shown import the_page
from kring.web.doors import door

#: Signs of what one looks for.
LONGEST = 200


@door("only-you", page="confidence")
def mine(request: HttpRequest) -> HttpResponse:
    """What I told somebody alone, and what somebody told me."""
    viewer = alone(request)
    found = my_confidences()
    # sent, not asked for: an address is kept in the browser
    words = request.POST.get("words", "")[:LONGEST].strip()
    context = base_of(viewer) | {
        "words": words,
        "longest": LONGEST,
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
    return the_page(request, viewer, one, telling=form)


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
