"""What may be told to somebody else, worded together; and own goals. Each touch comes back to the same page."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kring.confidences.models import OwnGoal, WordsToTell
from kring.confidences.usecases import wording
from kring.confidences.usecases.hearing import Confidence, who_can_hear
from kring.trust.viewer import Viewer
from kring.web.confidences.around import the_confidence
from kring.web.confidences.forms import GoalForm, OwnWordsForm, ProposeForm
from kring.web.confidences.shown import the_page
from kring.web.doors import door


@require_POST
@door("only-you", page="confidence")
def propose(request: HttpRequest, circle_id: UUID) -> HttpResponse:
    """ "What may I tell your mother?" One sentence is proposed."""
    viewer, one = the_confidence(request, circle_id)
    form = ProposeForm(request.POST, prefix="tell")
    if not form.is_valid():
        return the_page(request, viewer, one, proposing=form)
    told = form.cleaned_data
    wording.propose(circle_id, told["whom"], told["words"], key=form.key, by=viewer, at=timezone.now())
    return redirect("confidences:confidence", circle_id)


@require_POST
@door("only-you", page="confidence")
def answer(request: HttpRequest, circle_id: UUID, words_id: UUID) -> HttpResponse:
    """The young person says yes, no, or says it in other words."""
    viewer, one, row = _own(request, circle_id, words_id, WordsToTell)
    said, form = request.POST.get("answer", ""), OwnWordsForm(request.POST, row=row)
    if said not in wording.Answer.values:
        messages.error(request, _("Choose yes or no, or write it in your own words."))
    elif said != wording.Answer.OTHERWISE:
        wording.answer(row, said, by=viewer, at=timezone.now())
    elif form.is_valid():
        wording.answer(row, said, by=viewer, at=timezone.now(), words=form.cleaned_data["words"])
    else:
        return the_page(request, viewer, one, otherwise=form)
    return redirect("confidences:confidence", circle_id)


@require_POST
@door("only-you", page="confidence")
def pass_on(request: HttpRequest, circle_id: UUID, words_id: UUID) -> HttpResponse:
    """The agreed words go to somebody, by the young person's own hand."""
    viewer, _one, row = _own(request, circle_id, words_id, WordsToTell)
    able = {str(them.id) for them in who_can_hear()}
    if request.POST.get("who", "") not in able or row.answer != wording.Answer.YES:
        raise Http404
    opened = wording.pass_on(row, UUID(request.POST["who"]), by=viewer, at=timezone.now())
    messages.success(request, _("They can read these words, and nothing else."))
    return redirect("confidences:confidence", opened)


@require_POST
@door("only-you", page="confidence")
def want(request: HttpRequest, circle_id: UUID) -> HttpResponse:
    """An own goal."""
    viewer, one = the_confidence(request, circle_id)
    form = GoalForm(request.POST, prefix="goal")
    if one.young_id != viewer.person_id:
        raise Http404
    if not form.is_valid():
        return the_page(request, viewer, one, wanting=form)
    wording.want(circle_id, form.cleaned_data["words"], key=form.key, by=viewer, at=timezone.now())
    return redirect("confidences:confidence", circle_id)


@require_POST
@door("only-you", page="confidence")
def reach(request: HttpRequest, circle_id: UUID, goal_id: UUID) -> HttpResponse:
    """It is reached, or not yet after all."""
    viewer, _one, goal = _own(request, circle_id, goal_id, OwnGoal)
    wording.reach(goal, by=viewer, at=timezone.now())
    return redirect("confidences:confidence", circle_id)


def _own(request: HttpRequest, circle_id: UUID, row_id: UUID, of: Any) -> tuple[Viewer, Confidence, Any]:
    """A row of one's own confidence; one that somebody told the viewer is not theirs to answer."""
    viewer, one = the_confidence(request, circle_id)
    row = of.objects.filter(pk=row_id, circle_id=circle_id).first()
    if row is None or one.young_id != viewer.person_id:
        raise Http404
    return viewer, one, row
