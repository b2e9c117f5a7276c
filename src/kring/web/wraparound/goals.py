"""Writing goals: question by question for families, on one page for those in a hurry."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kring.trust.models import Circle, FamilyMember
from kring.trust.permissions import Permission
from kring.web.doors import door
from kring.web.wraparound.around import around, knowing, language, the_goal, the_plan, viewer_of
from kring.web.wraparound.drafting import Drafted
from kring.web.wraparound.forms import AimForm, DomainForm, GoalForm, NeedForm
from kring.web.wraparound.people import People, people_of
from kring.web.wraparound.questions import Questions
from kring.web.wraparound.reading import now
from kring.wraparound.models import Goal, Plan
from kring.wraparound.usecases import goals
from kring.wraparound.usecases.drafts import clear_draft
from kring.wraparound.usecases.goals import GoalWords

STEPS = [("domain", DomainForm), ("need", NeedForm), ("aim", AimForm)]


@door("second-factor", page="plan")
def new(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """A new goal: families are asked one question a page, others write it on one page."""
    plan, viewer = the_plan(plan_id), viewer_of(request)
    if not viewer.can(Permission.WRITE_PLAN, plan.circle_id):
        viewer.must(Permission.PROPOSE_GOAL, plan.circle_id)
    people = people_of(plan.family_id, now())
    drafted = Drafted(request, f"goal:{plan_id}", plan.circle_id)
    if viewer.works or "quick" in request.GET:
        return _on_one_page(request, plan, people, drafted)
    questions = Questions(request, STEPS, drafted)
    context = around(request, people) | _words(plan, people)
    return _check(request, questions, plan, context) if questions.is_check else questions.answer(context)


def _words(plan: Plan, people: People) -> dict[str, Any]:
    return {
        "knowing": knowing(plan, people),
        "title": _("A new goal"),
        "send": _("Put it in the plan"),
        "back": "wraparound:plan",
        "back_id": plan.pk,
        "quick": reverse("wraparound:new_goal", args=[plan.pk]) + "?quick=1",
    }


def _check(request: HttpRequest, questions: Questions, plan: Plan, context: dict[str, Any]) -> HttpResponse:
    """Look once more, and put it in the plan."""
    lines, clean, again = questions.whole()
    if clean is None:
        return redirect(f"{request.path}?question={again}")
    if request.method == "POST":
        return _kept(request, plan, GoalWords(clean["domain"], clean["aim"], clean["need"], language()), {})
    context |= {"lines": lines, "before": f"{request.path}?question={len(STEPS)}"}
    return TemplateResponse(request, "wraparound/check.html", context)


def _on_one_page(request: HttpRequest, plan: Plan, people: People, drafted: Drafted) -> HttpResponse:
    choices = _choices(plan, people)
    given = {"language": language(), "circle": str(plan.circle_id)}
    form = GoalForm(request.POST or None, initial=drafted.initial(GoalForm, given), **choices)
    if request.method == "POST" and form.is_valid():
        return _kept(request, plan, form.words(), form.cleaned_data)
    context = around(request, people) | _words(plan, people) | {"form": form, "drafted": drafted}
    if len(choices["circles"]) > 1:
        context["knowing"] = []  # the form asks it
    return TemplateResponse(request, "wraparound/form.html", context, status=422 if form.errors else 200)


def _choices(plan: Plan, people: People) -> dict[str, Any]:
    """The children it can be about, and the circles it can lie in."""
    rows = FamilyMember.objects.filter(family_id=plan.family_id, kind="child").select_related("person")
    children = [
        (str(one.person_id), one.person.given_name) for one in rows.order_by("person__given_name", "id")
    ]
    circles = Circle.objects.filter(
        family_id=plan.family_id, kind__in=("family", "part"), subject=None
    ).order_by("opened_at", "id")
    shown = [
        (str(one.pk), _("everybody in the family circle") if one.kind == "family" else one.name or str(one))
        for one in sorted(circles, key=lambda one: one.kind != "family")
    ]
    return {"children": children, "circles": shown}


def _kept(request: HttpRequest, plan: Plan, words: GoalWords, told: dict[str, Any]) -> HttpResponse:
    """Into the plan, or beside it as a proposal."""
    viewer = viewer_of(request)
    child = UUID(told["child"]) if told.get("child") else None
    circle = UUID(told["circle"]) if told.get("circle") else None
    writes = viewer.can(Permission.WRITE_PLAN, plan.circle_id)
    keep = goals.add_goal if writes else goals.propose_goal
    goal = keep(plan, words, child=child, circle_id=circle, by=viewer, at=now())
    clear_draft(f"goal:{plan.pk}", by=viewer)
    if writes:
        messages.success(request, _("The goal is in the plan. Which small step comes first?"))
        return redirect("wraparound:new_action", goal.pk)
    messages.success(request, _("Proposed. It counts when the family takes it in."))
    return redirect("wraparound:plan", plan.pk)


@door("second-factor", page="plan")
def change(request: HttpRequest, goal_id: UUID) -> HttpResponse:
    """A goal in other words."""
    goal, viewer = the_goal(goal_id), viewer_of(request)
    goals.must_keep(goal, viewer)
    people = people_of(goal.plan.family_id, now())
    drafted = Drafted(request, f"goal:{goal_id}", goal.plan.circle_id)
    given = {"domain": goal.domain, "need": goal.need, "aim": goal.aim, "language": goal.language}
    form = GoalForm(request.POST or None, initial=drafted.initial(GoalForm, given))
    if request.method == "POST" and form.is_valid():
        goals.change_goal(goal, form.words(), by=viewer, at=now())
        clear_draft(drafted.key, by=viewer)
        messages.success(request, _("Changed. Older versions keep the words of then."))
        return redirect("wraparound:plan", goal.plan_id)
    context = around(request, people) | {
        "form": form, "drafted": drafted, "title": _("Say this goal in other words"), "knowing": knowing(goal, people), "send": _("Keep it"),
        "back": "wraparound:plan", "back_id": goal.plan_id,
    }  # fmt: skip
    return TemplateResponse(request, "wraparound/form.html", context, status=422 if form.errors else 200)


@require_POST
@door("second-factor", page="plan")
def deed(request: HttpRequest, goal_id: UUID, what: str) -> HttpResponse:
    """Take a proposal in, drop a goal, or put it earlier or later."""
    goal, viewer = the_goal(goal_id), viewer_of(request)
    if what == "take-in":
        goals.take_in(goal, by=viewer, at=now())
        messages.success(request, _("The goal is in the plan now."))
    elif what == "drop":
        goals.drop_goal(goal, by=viewer, at=now())
        messages.success(request, _("The goal rests. It can be taken in again."))
    else:
        goals.move_goal(goal, "up" if what == "earlier" else "down", by=viewer, at=now())
    return redirect("wraparound:plan", goal.plan_id)


@door("second-factor", page="plan")
def resting(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """Goals that rest; the family can take them in again."""
    plan = the_plan(plan_id)
    rows = Goal.objects.filter(plan=plan, state=Goal.State.DROPPED).order_by("-dropped_at", "id")
    context = around(request, people_of(plan.family_id, now())) | {
        "plan": plan,
        "goals": list(rows),
        "may_write": viewer_of(request).can(Permission.WRITE_PLAN, plan.circle_id),
    }
    return TemplateResponse(request, "wraparound/resting.html", context)
