"""Telling something good: from the page of the family, or with a step of the plan."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kring.trust.models import FamilyMember
from kring.trust.permissions import Permission
from kring.web.doors import door
from kring.web.wraparound.around import around, family_circle, knowing, language, sent, the_action, viewer_of
from kring.web.wraparound.drafting import Drafted
from kring.web.wraparound.people import people_of
from kring.web.wraparound.reading import now
from kring.web.wraparound.review_forms import CelebrationForm
from kring.wraparound.models import Celebration
from kring.wraparound.usecases import celebrations
from kring.wraparound.usecases.drafts import clear_draft


@door("second-factor", page="celebration")
def tell(request: HttpRequest, family_id: UUID) -> HttpResponse:
    """Anybody of the circle tells what went well, with one child or with all."""
    circle, viewer = family_circle(family_id), viewer_of(request)
    viewer.must(Permission.CELEBRATE, circle.pk)
    people, children = people_of(family_id, now()), _children(family_id)
    drafted = Drafted(request, f"celebration:{family_id}", circle.pk)
    given = {"language": language(), "child": request.GET.get("child", "")}
    initial = drafted.initial(CelebrationForm, given)
    form = CelebrationForm(sent(request), initial=initial, children=children)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        child = UUID(said["child"]) if said.get("child") else None
        celebrations.celebrate(
            circle, said["words"], language=said["language"], child=child, by=viewer, at=now()
        )
        return _told(request, drafted, reverse("circle:family", args=[family_id]))
    context = around(request, people) | _page(form, drafted, reverse("circle:family", args=[family_id]))
    context["note"] = _("Your circle can read it. You choose later who sees it.")
    return TemplateResponse(request, "wraparound/form.html", context, status=422 if form.errors else 200)


def _children(family_id: UUID) -> list[tuple[str, str]]:
    rows = FamilyMember.objects.filter(family_id=family_id, kind="child").select_related("person")
    named = sorted((row.person.given_name, str(row.person_id)) for row in rows)
    return [(key, name) for name, key in named]


@door("second-factor", page="celebration")
def tell_step(request: HttpRequest, action_id: UUID) -> HttpResponse:
    """Anybody of the circle tells what went well with a step."""
    action, viewer = the_action(action_id), viewer_of(request)
    plan = action.goal.plan
    viewer.must(Permission.CELEBRATE, plan.circle_id)
    people = people_of(plan.family_id, now())
    drafted = Drafted(request, f"celebration:{action_id}", plan.circle_id)
    back = reverse("wraparound:plan", args=[plan.pk])
    form = CelebrationForm(sent(request), initial=drafted.initial(CelebrationForm, {"language": language()}))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        celebrations.celebrate_step(action, said["words"], language=said["language"], by=viewer, at=now())
        return _told(request, drafted, back)
    context = around(request, people) | _page(form, drafted, back)
    context |= {"quote": action.what, "knowing": knowing(action, people)}
    return TemplateResponse(request, "wraparound/form.html", context, status=422 if form.errors else 200)


def _page(form: CelebrationForm, drafted: Drafted, back: str) -> dict[str, Any]:
    return {
        "form": form, "drafted": drafted, "back_url": back,
        "title": _("Tell something good"), "send": _("Tell it"),
    }  # fmt: skip


def _told(request: HttpRequest, drafted: Drafted, back: str) -> HttpResponse:
    clear_draft(drafted.key, by=viewer_of(request))
    messages.success(
        request,
        _("Told. It stands beside the yellow star, for your circle. You can take it back within the day."),
    )
    return redirect(back)


@require_POST
@door("second-factor", page="celebration")
def take_back(request: HttpRequest, celebration_id: UUID) -> HttpResponse:
    """It was a slip, or rather not: within the day it goes."""
    told = Celebration.objects.select_related("circle").filter(pk=celebration_id).first()
    if told is None:
        raise Http404
    family_id = told.circle.family_id
    celebrations.take_back(told, by=viewer_of(request), at=now())
    messages.success(request, _("It is gone."))
    return redirect("circle:family", family_id)
