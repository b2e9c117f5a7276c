"""All look at the plan together: opening it, preparing for it on a phone, the views side by side, the outcome."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from kring.trust.permissions import NotAllowed, Permission
from kring.trust.viewer import Viewer
from kring.web import errors
from kring.web.doors import door
from kring.web.wraparound.around import around, language, sent, the_plan, viewer_of
from kring.web.wraparound.drafting import Drafted
from kring.web.wraparound.looking import Together, together
from kring.web.wraparound.people import people_of
from kring.web.wraparound.reading import now
from kring.web.wraparound.review_forms import OutcomeForm, ViewForm
from kring.wraparound import rules
from kring.wraparound.models import Plan, Review
from kring.wraparound.usecases import reviews
from kring.wraparound.usecases.drafts import clear_draft
from kring.wraparound.usecases.plans import PlanIsClosed
from kring.wraparound.usecases.preparing import may_record


@door("second-factor", page="review")
def of_plan(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """To the review that people prepare for; while there is none, when it comes and how to begin it."""
    plan, viewer = the_plan(plan_id), viewer_of(request)
    if request.method == "POST":
        try:
            opened = reviews.open_review(plan, by=viewer, at=now())
        except (reviews.NothingWasAgreed, PlanIsClosed):
            messages.info(request, errors.NOT_NOW)
            return redirect("wraparound:plan", plan_id)
        return redirect("wraparound:review", opened.pk)
    before = list(Review.objects.filter(plan=plan).order_by("-at", "id"))
    if before and before[0].runs:
        return redirect("wraparound:review", before[0].pk)
    agreed = plan.stage != Plan.Stage.CLOSED and reviews.was_agreed(plan)
    context = around(request, people_of(plan.family_id, now())) | {
        "plan": plan,
        "before": before,
        "agreed": agreed,
        "may_open": agreed and viewer.can(Permission.WRITE_PLAN, plan.circle_id),
    }
    return TemplateResponse(request, "wraparound/look_together.html", context)


def the_review(review_id: UUID) -> Review:
    """The review in the address; hidden and missing are the same."""
    found: Review | None = (
        Review.objects.select_related("plan__family", "word_of", "circle").filter(pk=review_id).first()
    )
    if found is None:
        raise Http404
    return found


@door("second-factor", page="review")
def review(request: HttpRequest, review_id: UUID) -> HttpResponse:
    """The views of all side by side, and what was decided."""
    found, viewer = the_review(review_id), viewer_of(request)
    page = together(found, at=now())
    context = around(request, page.people) | {
        "page": page,
        "review": found,
        "plan": found.plan,
        "mine": page.of(viewer.person_id),
        "may_prepare": found.runs and viewer.can(Permission.PREPARE_REVIEW, found.circle_id),
        "may_record": may_record(found, viewer),
        "may_decide": found.runs and _decides(viewer, found),
    }
    return TemplateResponse(request, "wraparound/review.html", context)


def _decides(viewer: Viewer, found: Review) -> bool:
    return viewer.can(Permission.APPROVE_PLAN, found.circle_id) or viewer.can(
        Permission.RECORD_FAMILYS_WORD, found.circle_id
    )


@door("second-factor", page="review")
def prepare(request: HttpRequest, review_id: UUID) -> HttpResponse:
    """How do you see it? One page: a face for each goal, what helped, what you wish."""
    found, viewer = the_review(review_id), viewer_of(request)
    viewer.must(Permission.PREPARE_REVIEW, found.circle_id)
    if not found.runs:
        return redirect("wraparound:review", found.pk)
    page = together(found, at=now())
    drafted = Drafted(request, f"review:{review_id}", found.circle_id)
    form = ViewForm(sent(request), initial=_said_before(page, viewer, drafted), goals=page.goals)
    if request.method == "POST" and form.is_valid():
        try:
            reviews.prepare(found, form.view(), by=viewer, at=now())
        except reviews.ReviewIsOver:
            messages.info(request, errors.NOT_NOW)
            return redirect("wraparound:review", found.pk)
        clear_draft(drafted.key, by=viewer)
        messages.success(request, _("Thank you. It stands beside what the others say."))
        return redirect("wraparound:review", found.pk)
    context = around(request, page.people) | {
        "form": form, "drafted": drafted, "title": _("How do you see it?"), "send": _("Send"),
        "back": "wraparound:review", "back_id": found.pk, "knowing": page.known,
        "note": _("Choose a face for each goal. There is no right or wrong."),
    }  # fmt: skip
    return TemplateResponse(request, "wraparound/form.html", context, status=422 if form.errors else 200)


def _said_before(page: Together, viewer: Viewer, drafted: Drafted) -> dict[str, Any]:
    """What one said before, and over it what one began to type."""
    given: dict[str, Any] = {"language": language()}
    mine = page.of(viewer.person_id)
    if mine is not None:
        given |= {f"face-{one.goal.pk}": one.face for one in mine.faces}
        if mine.words is not None:
            given |= {name: getattr(mine.words, name) for name in ("helped", "wish", "language")}
    return given | {name: values[-1] for name, values in drafted.before.items() if values}


@door("second-factor", page="review")
def outcome(request: HttpRequest, review_id: UUID) -> HttpResponse:
    """What the family decides: go on, change the plan, or done for now."""
    found, viewer = the_review(review_id), viewer_of(request)
    if not _decides(viewer, found):
        raise NotAllowed(Permission.APPROVE_PLAN.value)
    if not found.runs:
        return redirect("wraparound:review", found.pk)
    people, today = people_of(found.plan.family_id, now()), timezone.localdate(now())
    form = OutcomeForm(
        sent(request), initial={"next_on": rules.next_review(today)}, people=people, today=today,
        own_word=viewer.can(Permission.APPROVE_PLAN, found.circle_id),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        return _settled(request, found, form)
    context = around(request, people) | {
        "form": form, "title": _("What do we decide?"), "send": _("This is what we decide"),
        "back": "wraparound:review", "back_id": found.pk,
        "note": _("The family decides. Everybody in the circle can read it."),
    }  # fmt: skip
    return TemplateResponse(request, "wraparound/form.html", context, status=422 if form.errors else 200)


def _settled(request: HttpRequest, found: Review, form: OutcomeForm) -> HttpResponse:
    try:
        settled = reviews.settle(found, form.decided(), by=viewer_of(request), at=now())
    except reviews.ReviewIsOver:
        return redirect("wraparound:review", found.pk)
    if settled.outcome == Review.Outcome.GO_ON:
        messages.success(request, _("We go on. The plan stays as it is."))
    elif settled.outcome == Review.Outcome.ADJUST:
        messages.success(request, _("Now write the plan anew. Until everybody says yes, the old one counts."))
    else:
        return redirect("wraparound:review", found.pk)
    return redirect("wraparound:plan", found.plan_id)
