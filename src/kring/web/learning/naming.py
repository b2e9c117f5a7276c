"""The talent behind the behaviour: asking for it, naming it, and what the child does with it."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kring.trust.models import Circle
from kring.trust.permissions import Permission
from kring.web.doors import door
from kring.web.learning.forms import AskForm, TalentForm
from kring.web.learning.page import child_in
from kring.web.wraparound.around import around, family_circle, language, sent, viewer_of
from kring.web.wraparound.drafting import Drafted
from kring.web.wraparound.people import people_of
from kring.wraparound.models import TalentWord
from kring.wraparound.usecases import talents
from kring.wraparound.usecases.drafts import clear_draft

A_WEEK = timedelta(days=7)


def _back(family_id: UUID, child_id: UUID) -> str:
    return reverse("learning:learning", args=[family_id, child_id])


@door("second-factor", page="learning")
def name(request: HttpRequest, family_id: UUID, child_id: UUID) -> HttpResponse:
    """One page: what do you see when it goes well?"""
    circle, viewer = family_circle(family_id), viewer_of(request)
    viewer.must(Permission.NAME_TALENT, circle.pk)
    child, _family = child_in(family_id, child_id)
    drafted = Drafted(request, f"talent:{child_id}", circle.pk)
    form = TalentForm(sent(request), initial=drafted.initial(TalentForm, {"language": language()}))
    if request.method == "POST" and form.is_valid():
        talents.name_talent(circle, child_id, form.seen(), by=viewer, at=timezone.now())
        clear_draft(drafted.key, by=viewer)
        messages.success(
            request, _("Thank you. %(name)s finds it on the own page.") % {"name": child.given_name}
        )
        return redirect(_back(family_id, child_id))
    context = around(request, people_of(family_id, timezone.now())) | {
        "form": form, "drafted": drafted, "back_url": _back(family_id, child_id), "send": _("Give it"),
        "title": _("What do you see in %(name)s?") % {"name": child.given_name},
        "note": _("%(name)s reads it and decides: keep it, or put it away. With a young child the parents read along.")
        % {"name": child.given_name},
    }  # fmt: skip
    return TemplateResponse(request, "wraparound/form.html", context, status=422 if form.errors else 200)


@door("second-factor", page="learning")
def ask(request: HttpRequest, family_id: UUID, child_id: UUID) -> HttpResponse:
    """The family asks somebody, within a week."""
    circle, viewer = family_circle(family_id), viewer_of(request)
    viewer.must(Permission.TELL_STORY, circle.pk)
    child, _family = child_in(family_id, child_id)
    people = people_of(family_id, timezone.now())
    asked = talents.may_be_asked(circle, child_id, by=viewer, at=timezone.now())
    able = [
        (str(one.id), f"{one.name}, {one.role}" if one.role else one.name)
        for one in sorted(people, key=lambda one: one.kind != "professional")
        if one.id in asked
    ]
    form = AskForm(sent(request), able=able)
    if request.method == "POST" and form.is_valid():
        person = UUID(form.cleaned_data["who"])
        at = timezone.now()
        talents.ask(circle, child_id, person, due_at=at + A_WEEK, by=viewer, at=at)
        messages.success(
            request, _("It stands on the day of %(name)s.") % {"name": people.face(person)["name"]}
        )
        return redirect(_back(family_id, child_id))
    context = around(request, people) | {
        "form": form, "back_url": _back(family_id, child_id), "send": _("Ask"),
        "title": _("Who sees it when it goes well?"),
        "note": _("We ask: what do you see in %(name)s when it goes well?") % {"name": child.given_name},
    }  # fmt: skip
    return TemplateResponse(request, "wraparound/form.html", context, status=422 if form.errors else 200)


def _word(word_id: UUID) -> TalentWord:
    found: TalentWord | None = TalentWord.objects.select_related("author").filter(pk=word_id).first()
    if found is None:
        raise Http404
    return found


@require_POST
@door("second-factor", page="learning")
def take_back(request: HttpRequest, word_id: UUID) -> HttpResponse:
    """It was a slip."""
    word = _word(word_id)
    family_id = next(
        (seat.family for seat in viewer_of(request).seats if seat.circle == word.circle_id), None
    )
    talents.take_back(word, by=viewer_of(request), at=timezone.now())
    messages.success(request, _("It is gone."))
    return redirect("learning:learning", family_id, word.subject_id)


@require_POST
@door("second-factor", page="own page")
def answer(request: HttpRequest, circle_id: UUID, word_id: UUID) -> HttpResponse:
    """The child keeps it or puts it away."""
    own = Circle.objects.filter(pk=circle_id, kind=Circle.Kind.OWN).first()
    if own is None:
        raise Http404
    how = request.POST.get("answer", "")
    talents.answer(own, _word(word_id), how, language=language(), by=viewer_of(request), at=timezone.now())
    if how == "kept":
        messages.success(request, _("It is yours now."))
    else:
        messages.success(request, _("Put away. Nobody is told, and you can take it out again."))
    return redirect("circle:own_page", circle_id)
