"""Asking an interpreter to a meeting, a new link for them, and taking the link back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from kring.network.words import language_name
from kring.trust.models import Person
from kring.trust.permissions import NotAllowed, Permission
from kring.trust.usecases import links
from kring.trust.usecases.knowing import names, who_knows
from kring.web.design.forms import SomeOf
from kring.web.doors import door
from kring.web.meetings.calling import over
from kring.web.meetings.page import the_meeting
from kring.web.trust import cards
from kring.web.wraparound.around import around, sent, viewer_of
from kring.web.wraparound.forms import CHOOSE, Words, languages
from kring.web.wraparound.people import People, people_of
from kring.wraparound import rules
from kring.wraparound.models import Interpreter, Meeting
from kring.wraparound.usecases import interpreting
from kring.wraparound.usecases.interpreting import LOOKS_UNTIL, Wanted
from kring.wraparound.usecases.meetings import MeetingIsOver, must_keep


class InterpreterForm(forms.Form):
    """Who interprets, which language, and who speaks it."""

    name = Words(rules.NAME, label=gettext_lazy("Who interprets?"), missing=gettext_lazy("Write a name."))
    language = forms.ChoiceField(label=gettext_lazy("Which language?"), error_messages=CHOOSE)
    reach = Words(200, label=gettext_lazy("Telephone or e-mail"), required=False,
                  help_text=gettext_lazy("So that you find it again when you send the link."))  # fmt: skip
    speakers = forms.MultipleChoiceField(
        label=gettext_lazy("Who speaks this language?"), required=False, error_messages=CHOOSE,
        widget=SomeOf(attrs={"class": "side"}),
    )  # fmt: skip

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = languages()  # type: ignore[attr-defined]
        self.fields["speakers"].choices = people  # type: ignore[attr-defined]

    def wanted(self) -> Wanted:
        """As the use case takes it."""
        told = self.cleaned_data
        return Wanted(told["name"], told["language"], told["reach"], frozenset(map(UUID, told["speakers"])))


@door("second-factor", page="meeting")
def ask(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Somebody is asked to interpret; the page after it holds the link and, apart from it, the code."""
    meeting, viewer = the_meeting(meeting_id), viewer_of(request)
    must_keep(meeting, viewer)
    viewer.must(Permission.INVITE, meeting.circle_id)
    if not interpreting.may_ask(meeting, viewer):
        return over(request, meeting_id)
    people = people_of(meeting.family_id, timezone.now())
    form = InterpreterForm(
        sent(request), initial={"language": meeting.interpreter}, people=_at_the_table(meeting, people)
    )
    if request.method == "POST" and form.is_valid():
        row, made = interpreting.ask_interpreter(meeting, form.wanted(), by=viewer, at=timezone.now())
        return _card(request, row, meeting, made)
    context = around(request, people) | {
        "form": form, "meeting": meeting, "knowing": names(who_knows([meeting], people.persons)[0]),
        "asked": [(row, language_name(row.language)) for row in interpreting.interpreters_of(meeting)],
    }  # fmt: skip
    return TemplateResponse(request, "interpreters/ask.html", context, status=422 if form.errors else 200)


def _at_the_table(meeting: Meeting, people: People) -> list[tuple[str, str]]:
    """Faces of who is asked to the meeting."""
    asked = meeting.participants.select_related("person").filter(person__isnull=False)
    named = [(people.face(row.person_id, row.person.given_name)["name"], str(row.person_id)) for row in asked]
    return [(key, name) for name, key in sorted(named)]


def _card(request: HttpRequest, row: Interpreter, meeting: Meeting, made: links.Made) -> HttpResponse:
    person = Person.objects.get(pk=row.person_id)
    back = reverse("meetings:meeting", args=[meeting.pk])
    return cards.card(request, person, made, until=meeting.begins_at + LOOKS_UNTIL, back=back)


def _the_one(asked_id: UUID) -> Interpreter:
    found: Interpreter | None = (
        Interpreter.objects.select_related("meeting__circle").filter(pk=asked_id).first()
    )
    if found is None:
        raise Http404
    return found


@require_POST
@door("second-factor", page="meeting")
def link_again(request: HttpRequest, asked_id: UUID) -> HttpResponse:
    """The link was lost, or its days are over."""
    row = _the_one(asked_id)
    try:
        made = interpreting.link_again(row, by=viewer_of(request), at=timezone.now())
    except MeetingIsOver:
        return over(request, row.meeting_id)
    except NotAllowed as problem:
        raise Http404 from problem
    return _card(request, row, row.meeting, made)


@require_POST
@door("second-factor", page="meeting")
def withdraw(request: HttpRequest, asked_id: UUID) -> HttpResponse:
    """The link is closed at once."""
    row = _the_one(asked_id)
    try:
        interpreting.withdraw_interpreter(row, by=viewer_of(request), at=timezone.now())
    except NotAllowed as problem:
        raise Http404 from problem
    messages.success(request, _("The link of %(name)s is closed.") % {"name": row.name})
    return redirect("interpreters:ask", row.meeting_id)
