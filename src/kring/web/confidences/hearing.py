"""Somebody else hears it, or nobody any more: both by the word of who confided, and of nobody else."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kring.confidences.usecases import answering, tellings
from kring.confidences.usecases.hearing import CanHear, Confidence, who_can_hear
from kring.trust.viewer import Viewer
from kring.web.confidences.around import base_of, the_confidence
from kring.web.confidences.forms import HearForm
from kring.web.doors import door


def _mine(request: HttpRequest, circle_id: UUID) -> tuple[Viewer, Confidence]:
    """A confidence of one's own; one that somebody told the viewer is not theirs to pass on."""
    viewer, one = the_confidence(request, circle_id)
    if one.young_id != viewer.person_id:
        raise Http404
    return viewer, one


def _able(one: Confidence) -> list[CanHear]:
    """Who does not hear it yet; under professional secrecy only who is bound by it."""
    hear = {hearer.id for hearer in one.heard_by}
    return [them for them in who_can_hear() if them.id not in hear and (them.bound or not one.secrecy)]


@door("only-you", page="confidence")
def hear(request: HttpRequest, circle_id: UUID) -> HttpResponse:
    """The one who confided lets somebody else hear it."""
    viewer, one = _mine(request, circle_id)
    able = _able(one)
    form = HearForm(request.POST if request.method == "POST" else None, able=able)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        tellings.let_hear(
            circle_id,
            UUID(told["who"]),
            from_the_beginning=told["reads"] == "all",
            by=viewer,
            at=timezone.now(),
        )
        messages.success(request, _("They can read it now."))
        return redirect("confidences:confidence", circle_id)
    context = base_of(viewer) | {"one": one, "able": able, "form": form}
    return TemplateResponse(request, "confidences/hear.html", context, status=422 if form.errors else 200)


@door("only-you", page="confidence")
def end_one(request: HttpRequest, circle_id: UUID, person_id: UUID) -> HttpResponse:
    """From now on this one person does not read it any more."""
    viewer, one = _mine(request, circle_id)
    hearer = one.hearer(person_id)
    if hearer is None:  # sent twice: it is over already
        return redirect("confidences:confidence", circle_id)
    if request.method == "POST":
        tellings.end(circle_id, by=viewer, at=timezone.now(), hearer=person_id)
        messages.success(request, _("%(name)s cannot read it any more.") % {"name": hearer.name})
        return redirect("confidences:confidence", circle_id)
    return TemplateResponse(request, "confidences/end.html", base_of(viewer) | {"one": one, "hearer": hearer})


@require_POST
@door("only-you", page="confidence")
def answer_day(request: HttpRequest, circle_id: UUID) -> HttpResponse:
    """Whoever was asked says until when they answer."""
    viewer, one = the_confidence(request, circle_id)
    if one.young_id == viewer.person_id or not one.begun:
        raise Http404
    try:
        day = date.fromisoformat(request.POST.get("day", ""))
        answering.say(circle_id, day, today=timezone.localdate(), by=viewer, at=timezone.now())
    except (ValueError, answering.NotToChoose):
        messages.error(request, _("Please choose one of these days."))
    else:
        messages.success(request, _("%(name)s sees the day.") % {"name": one.young_name})
    return redirect("confidences:confidence", circle_id)


@door("only-you", page="confidence")
def end(request: HttpRequest, circle_id: UUID) -> HttpResponse:
    """From now on nobody else reads it."""
    viewer, one = _mine(request, circle_id)
    if request.method == "POST":
        tellings.end(circle_id, by=viewer, at=timezone.now())
        messages.success(request, _("Only you can read it now."))
        return redirect("confidences:confidence", circle_id)
    return TemplateResponse(request, "confidences/end.html", base_of(viewer) | {"one": one})
