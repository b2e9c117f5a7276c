"""Small steps: writing them, ticking them off, and adding an offer of the village."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Case, When
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kring.network.models import Offer
from kring.network.models.offers import OfferQuerySet
from kring.network.rules import LONGEST_QUESTION
from kring.trust.permissions import NotAllowed, Permission
from kring.trust.viewer import Viewer
from kring.web.doors import door
from kring.web.wraparound.around import around, knowing, language, the_action, the_goal, viewer_of
from kring.web.wraparound.drafting import Drafted
from kring.web.wraparound.forms import ActionForm, HowItWent, WhatForm, WhenForm, WhoForm, step_from
from kring.web.wraparound.people import People, people_of
from kring.web.wraparound.questions import Questions
from kring.web.wraparound.reading import now, step_of
from kring.wraparound.models import Action, Goal
from kring.wraparound.usecases import actions
from kring.wraparound.usecases.drafts import clear_draft

FOUND = 12


@door("second-factor", page="plan")
def new(request: HttpRequest, goal_id: UUID) -> HttpResponse:
    """A new step: families are asked one question a page, others write it on one page."""
    goal, viewer = the_goal(goal_id), viewer_of(request)
    if not viewer.can(Permission.WRITE_PLAN, goal.plan.circle_id):
        viewer.must(Permission.PROPOSE_GOAL, goal.plan.circle_id)
    people = people_of(goal.plan.family_id, now())
    drafted = Drafted(request, f"step:{goal_id}", goal.plan.circle_id)
    if viewer.works or "quick" in request.GET:
        return _on_one_page(request, goal, people, drafted)
    steps: list[tuple[str, Any]] = [
        ("what", WhatForm),
        ("who", lambda posted=None: WhoForm(posted, people=people)),
        ("when", WhenForm),
    ]
    questions = Questions(request, steps, drafted)
    context = around(request, people) | _words(goal, people)
    return _check(request, questions, goal, context) if questions.is_check else questions.answer(context)


def _words(goal: Goal, people: People) -> dict[str, Any]:
    return {
        "title": _("A small step"), "about": goal, "knowing": knowing(goal, people), "send": _("Put it in the plan"),
        "back": "wraparound:plan", "back_id": goal.plan_id,
        "quick": reverse("wraparound:new_action", args=[goal.pk]) + "?quick=1",
    }  # fmt: skip


def _check(request: HttpRequest, questions: Questions, goal: Goal, context: dict[str, Any]) -> HttpResponse:
    lines, clean, again = questions.whole()
    if clean is None:
        return redirect(f"{request.path}?question={again}")
    if request.method == "POST":
        return _kept(request, goal, clean, people_of(goal.plan.family_id, now()))
    context |= {"lines": lines, "before": f"{request.path}?question={len(questions.steps)}"}
    return TemplateResponse(request, "wraparound/check.html", context)


def _on_one_page(request: HttpRequest, goal: Goal, people: People, drafted: Drafted) -> HttpResponse:
    given = {"for_whom": Action.ForWhom.CHILD, "doer": str(viewer_of(request).person_id)}
    form = ActionForm(request.POST or None, initial=drafted.initial(ActionForm, given), people=people)
    if request.method == "POST" and form.is_valid():
        return _kept(request, goal, form.cleaned_data, people)
    context = around(request, people) | _words(goal, people) | {"form": form, "drafted": drafted}
    return TemplateResponse(request, "wraparound/form.html", context, status=422 if form.errors else 200)


def _kept(request: HttpRequest, goal: Goal, told: dict[str, Any], people: People) -> HttpResponse:
    viewer = viewer_of(request)
    action = actions.add_action(goal, step_from(told, language(), people), by=viewer, at=now())
    clear_draft(f"step:{goal.pk}", by=viewer)
    if action.may_start:
        messages.success(request, _("The step is in the plan. It may begin today."))
    else:
        messages.success(request, _("The step is in the plan. It begins when everybody has said yes."))
    return redirect("wraparound:plan", goal.plan_id)


@door("second-factor", page="plan")
def change(request: HttpRequest, action_id: UUID) -> HttpResponse:
    """A step in other words."""
    action, viewer = the_action(action_id), viewer_of(request)
    actions.must_write_step(action.goal, action.doer_id, viewer)
    people = people_of(action.goal.plan.family_id, now())
    drafted = Drafted(request, f"step:{action_id}", action.goal.plan.circle_id)
    names = ("what", "doer_words", "for_whom", "by_when", "every_week", "needs_authority")
    given = {name: getattr(action, name) for name in names} | {"doer": str(action.doer_id or "")}
    form = ActionForm(request.POST or None, initial=drafted.initial(ActionForm, given), people=people)
    if request.method == "POST" and form.is_valid():
        step = step_from(form.cleaned_data, action.language, people)
        actions.change_action(action, step, by=viewer, at=now())
        clear_draft(drafted.key, by=viewer)
        messages.success(request, _("Changed. Older versions keep the words of then."))
        return redirect("wraparound:plan", action.goal.plan_id)
    context = around(request, people) | _words(action.goal, people) | {
        "form": form, "drafted": drafted, "send": _("Keep it"), "action": action,
    }  # fmt: skip
    return TemplateResponse(request, "wraparound/form.html", context, status=422 if form.errors else 200)


@door("second-factor", page="plan")
def done(request: HttpRequest, action_id: UUID) -> HttpResponse:
    """A tick: this step is done. Where the page is quick, only its line comes back. Opened, it asks how it went."""
    action, viewer = the_action(action_id), viewer_of(request)
    form = HowItWent(
        request.POST if request.method == "POST" else None, initial={"how_it_went": action.how_it_went}
    )
    if request.method != "POST" or not form.is_valid():
        return _how_it_went(request, action, form)
    try:
        action = actions.report_action_done(
            action, how_it_went=form.cleaned_data["how_it_went"], by=viewer, at=now()
        )
    except actions.WaitsForEverybodysYes:
        messages.info(request, _("This step begins when everybody with authority has said yes."))
    else:
        _say_it_is_kept(request, form)
    return _line(request, action)


def _say_it_is_kept(request: HttpRequest, form: HowItWent) -> None:
    """On the page of the question one hears it; a tick shows itself."""
    if form.cleaned_data["how_it_went"]:
        messages.success(request, _("Kept. Your words stand under the step."))
    elif "how_it_went" in request.POST:
        messages.success(request, _("Kept. The step is done."))


def _how_it_went(request: HttpRequest, action: Action, form: HowItWent) -> HttpResponse:
    if not actions.may_report(action, viewer_of(request)):
        raise NotAllowed(Permission.DO_ACTION.value)
    people = people_of(action.goal.plan.family_id, now())
    context = around(request, people) | _words(action.goal, people) | {
        "form": form, "title": _("How did it go?"),
        "send": _("Keep it") if action.is_ticked(now()) else _("It is done"), "quote": action.what,
    }  # fmt: skip
    return TemplateResponse(request, "wraparound/form.html", context, status=422 if form.errors else 200)


@require_POST
@door("second-factor", page="plan")
def undone(request: HttpRequest, action_id: UUID) -> HttpResponse:
    """It was a slip."""
    action = actions.undo_action_done(the_action(action_id), by=viewer_of(request), at=now())
    return _line(request, action)


def _line(request: HttpRequest, action: Action) -> HttpResponse:
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect(reverse("wraparound:plan", args=[action.goal.plan_id]) + f"#step-{action.pk}")
    people = people_of(action.goal.plan.family_id, now())
    step = step_of(action, people, viewer_of(request), now())
    plan, viewer = action.goal.plan, viewer_of(request)
    context = {
        "step": step,
        "family_id": plan.family_id,
        "may_write": viewer.can(Permission.WRITE_PLAN, plan.circle_id),
        "may_remark": viewer.can(Permission.REMARK, plan.circle_id),
    }
    return TemplateResponse(request, "wraparound/parts/step.html", context)


@require_POST
@door("second-factor", page="plan")
def drop(request: HttpRequest, action_id: UUID) -> HttpResponse:
    """Not now."""
    action = actions.drop_action(the_action(action_id), by=viewer_of(request), at=now())
    messages.success(request, _("Not now, then. The step rests."))
    return redirect("wraparound:plan", action.goal.plan_id)


@door("second-factor", page="plan")
def offer(request: HttpRequest, action_id: UUID) -> HttpResponse:
    """Look in the village for an offer that goes with a step, and add it."""
    action, viewer = the_action(action_id), viewer_of(request)
    actions.must_write_step(action.goal, action.doer_id, viewer)
    if request.method == "POST":
        return _attached(request, action)
    question = request.GET.get("q", "").replace("\0", "")[:LONGEST_QUESTION]
    rows = Offer.objects.filter(village_id=viewer.village_id).shown()
    if action.offer_id:
        rows = rows.exclude(pk=action.offer_id)
    rows = rows.with_words(question) if question.strip() else rows.in_domain(action.goal.domain)
    context = around(request, people_of(action.goal.plan.family_id, now())) | {
        "action": action,
        "question": question,
        "before": _an_offer(request.GET.get("before", ""), viewer) if "before" in request.GET else None,
        "offers": list(_nearest_first(rows, viewer.village_name).for_cards()[:FOUND]),
    }
    part = request.htmx and not request.htmx.history_restore_request  # type: ignore[attr-defined]
    template = "wraparound/parts/offers.html" if part else "wraparound/offer.html"
    return TemplateResponse(request, template, context)


def _nearest_first(rows: OfferQuerySet, village: str) -> OfferQuerySet:
    """What happens in the own village, then what has a place, then the rest; each by name."""
    far = Case(When(near__contains=[village], then=0), When(near__len__gt=0, then=1), default=2)
    return rows.alias(far=far).order_by("far", "sort_key", "id")


def _an_offer(written: str, viewer: Viewer) -> Offer:
    """An offer of the own village that one can ask for."""
    try:
        wanted = UUID(written)
    except ValueError as problem:
        raise Http404 from problem
    found = Offer.objects.filter(pk=wanted, village_id=viewer.village_id).shown().first()
    if found is None:
        raise Http404
    return found


def _attached(request: HttpRequest, action: Action) -> HttpResponse:
    chosen, before, viewer = request.POST.get("offer", ""), action.offer, viewer_of(request)
    found = _an_offer(chosen, viewer) if chosen else None
    actions.attach_offer(action, found, by=viewer, at=now())
    if found and before and found != before:
        names = {"new": found.name, "old": before.name}
        messages.success(request, _("“%(new)s” takes the place of “%(old)s”.") % names)
        if before.is_shown and "undo" not in request.POST:
            again = reverse("wraparound:action_offer", args=[action.pk])
            return redirect(f"{again}?before={before.pk}")
    elif found:
        messages.success(request, _("“%(name)s” goes with this step now.") % {"name": found.name})
    return redirect("wraparound:plan", action.goal.plan_id)
