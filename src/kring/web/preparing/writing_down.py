"""The coordinator gives a link or a sheet of paper, and writes down what somebody said."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.response import TemplateResponse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from kring.trust.models import Person
from kring.trust.permissions import Permission
from kring.trust.usecases.knowing import who_knows
from kring.web.design.forms import OneOf
from kring.web.doors import door
from kring.web.trust import cards
from kring.web.wraparound.approvals import language_of
from kring.web.wraparound.around import around, language, sent, viewer_of
from kring.web.wraparound.fields import CHOOSE, Day, Words
from kring.web.wraparound.looking import Together, together
from kring.web.wraparound.review_forms import PICTURES, ViewForm
from kring.web.wraparound.reviews import the_review
from kring.wraparound import rules
from kring.wraparound.models import Goal, GoalFace, Preparation, Review
from kring.wraparound.usecases import preparing
from kring.wraparound.usecases.reviews import ReviewIsOver


class SaidForm(ViewForm):
    """How it was said, and what."""

    how = forms.ChoiceField(
        label=gettext_lazy("How did they say it?"), widget=OneOf(attrs={"class": "side"}), error_messages=CHOOSE,
        initial=Preparation.How.SPOKEN, choices=[(one.value, one.label) for one in preparing.HOWS],
    )  # fmt: skip
    said_on = Day(label=gettext_lazy("On which day?"))
    interpreter = Words(rules.NAME, label=gettext_lazy("Who helped with the language?"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["how", "said_on", *self.fields])

    def clean(self) -> dict[str, Any]:
        """What stands around the words is not yet something that was said."""
        around = ("how", "said_on", "interpreter", "language")
        told = forms.Form.clean(self) or {}
        if not self.errors and not any(value for name, value in told.items() if name not in around):
            raise forms.ValidationError(_("Choose a face, or write a few words. One is enough."))
        return told

    def said(self) -> preparing.Said:
        """As the use case takes it."""
        told = self.cleaned_data
        return preparing.Said(self.view(), told["how"], told["said_on"], told["interpreter"])


@door("second-factor", page="review")
def write_down(request: HttpRequest, review_id: UUID, person_id: UUID) -> HttpResponse:
    """What somebody said aloud, in person, or wrote on paper; only goals this person may know are read out."""
    found, page = _to_record(request, review_id)
    person = next((one for one in _may_say(page) if one.pk == person_id), None)
    if person is None:
        raise Http404
    given = {"language": language(), "said_on": timezone.localdate()}
    form = SaidForm(sent(request), initial=given, goals=_goals_of(person, page))
    if request.method == "POST" and form.is_valid():
        try:
            preparing.record_view(found, person_id, form.said(), by=viewer_of(request), at=timezone.now())
        except preparing.DayIsToCome:
            form.add_error("said_on", _("This day is still to come. On which day was it said?"))
        else:
            messages.success(request, _("Written down. Thank you for listening."))
            return redirect("wraparound:review", review_id)
    context = around(request, page.people) | {
        "form": form, "title": _("What %(name)s says") % {"name": person.given_name}, "send": _("Write it down"),
        "knowing": page.known, "back": "wraparound:review", "back_id": review_id,
        "note": _("Read the goals aloud. Write down what they say, in their words. Read it back to them."),
    }  # fmt: skip
    return TemplateResponse(request, "wraparound/form.html", context, status=422 if form.errors else 200)


def _goals_of(person: Person, page: Together) -> list[Goal]:
    """The goals that this person may know: nothing else is read out, nor printed."""
    known = zip(page.goals, who_knows(page.goals, page.people.persons), strict=True)
    return [goal for goal, persons in known if person in persons]


def _to_record(request: HttpRequest, review_id: UUID) -> tuple[Review, Together]:
    found, viewer = the_review(review_id), viewer_of(request)
    viewer.must(Permission.RECORD_FAMILYS_WORD, found.circle_id)
    if not found.runs:
        raise Http404
    return found, together(found, at=timezone.now())


def _may_say(page: Together) -> list[Person]:
    """Who has not said it themselves: nothing yet, or what was written down for them before."""
    written = {view.person_id for view in page.views if view.words and view.words.written_by_id}
    again = [one.person for one in page.people if one.id in written]
    return [*page.waits, *again]


def _one(page: Together, person_id: UUID) -> Person:
    found = next((person for person in page.waits if person.pk == person_id), None)
    if found is None:
        raise Http404
    return found


@require_POST
@door("second-factor", page="review")
def link(request: HttpRequest, review_id: UUID, person_id: UUID) -> HttpResponse:
    """A link and, apart from it, a code."""
    found, page = _to_record(request, review_id)
    person = _one(page, person_id)
    try:
        made = preparing.link_to_prepare(found, person, by=viewer_of(request), at=timezone.now())
    except ReviewIsOver as problem:
        raise Http404 from problem
    return cards.card(request, person, made)


@door("second-factor", page="review")
def sheet(request: HttpRequest, review_id: UUID, person_id: UUID) -> HttpResponse:
    """One page of paper with the goals this person may know, faces to put a ring around, and lines to write on."""
    found, page = _to_record(request, review_id)
    person = _one(page, person_id)
    context = {
        "person": person, "review": found, "caring": page.people.caring, "goals": _goals_of(person, page),
        "faces": [(PICTURES[value], label) for value, label in GoalFace.Face.choices],
    }  # fmt: skip
    with translation.override(language_of(person_id)):
        return render(request, "preparing/sheet.html", context)
