"""The plan: reading it, beginning it, and the wishes with which it begins."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kring.trust.permissions import Permission
from kring.web import modules
from kring.web.doors import door
from kring.web.wraparound.around import around, family_circle, knowing, language, the_plan, viewer_of
from kring.web.wraparound.drafting import Drafted
from kring.web.wraparound.forms import WishForm
from kring.web.wraparound.people import people_of
from kring.web.wraparound.reading import now, plan_page
from kring.wraparound.models import Plan, Wish
from kring.wraparound.usecases import plans
from kring.wraparound.usecases.drafts import clear_draft


@door("second-factor", page="plan")
def family_plan(request: HttpRequest, family_id: UUID) -> HttpResponse:
    """To the family's plan; while there is none, an invitation to begin."""
    found = Plan.objects.open().of_family(family_id).first()
    if found is not None:
        return redirect("wraparound:plan", found.pk)
    circle = family_circle(family_id)
    viewer = viewer_of(request)
    if request.method == "POST":
        begun = plans.start_plan(circle, by=viewer, at=now())
        return redirect("wraparound:wish", begun.pk)
    context = around(request, people_of(family_id, now())) | {
        "family": circle.family,
        "may_write": viewer.can(Permission.WRITE_PLAN, circle.pk),
        "closed": Plan.objects.of_family(family_id).order_by("-closed_at", "id").first(),
    }
    return TemplateResponse(request, "wraparound/begin.html", context)


@door("second-factor", page="plan")
def plan(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """The plan: wishes first, then goals, steps, who may know them, and how it stands with everybody's yes."""
    found = the_plan(plan_id)
    viewer = viewer_of(request)
    page = plan_page(found, by=viewer, at=now())
    writes = viewer.can(Permission.WRITE_PLAN, found.circle_id) and found.stage != Plan.Stage.CLOSED
    mine = next((one for one in page.asked if one.person_id == viewer.person_id), None)
    context = around(request, page.people) | {
        "page": page,
        "plan": found,
        "family_id": found.family_id,
        "may_write": writes,
        "may_propose": not writes
        and found.stage != Plan.Stage.CLOSED
        and viewer.can(Permission.PROPOSE_GOAL, found.circle_id),
        "may_celebrate": viewer.can(Permission.CELEBRATE, found.circle_id) and modules.is_on("celebrations"),
        "may_remark": viewer.can(Permission.REMARK, found.circle_id),
        "mine": mine,
        "time_to_look": found.next_review_on is not None
        and found.next_review_on <= timezone.localdate(now()),
        "changed": page.in_force is not None and page.in_force.changed,
    }
    return TemplateResponse(request, "wraparound/plan.html", context)


@door("second-factor", page="plan")
def wish(request: HttpRequest, plan_id: UUID, wish_id: UUID | None = None) -> HttpResponse:
    """Somebody of the family says what they wish; anew, or in other words."""
    found = the_plan(plan_id)
    viewer = viewer_of(request)
    viewer.must(Permission.WRITE_PLAN, found.circle_id)
    row = Wish.objects.filter(plan=found, pk=wish_id).first() if wish_id else None
    if wish_id and row is None:
        raise Http404
    people = people_of(found.family_id, now())
    drafted = Drafted(request, f"wish:{wish_id or plan_id}", found.circle_id)
    given = {"language": row.language if row else language(), "text": row.text if row else ""}
    given["whose"] = str(row.whose_id or "") if row else _own(people, viewer.person_id)
    form = WishForm(request.POST or None, initial=drafted.initial(WishForm, given), people=people)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        whose = UUID(told["whose"]) if told["whose"] else None
        plans.write_wish(
            found, told["text"], language=told["language"], whose=whose, wish=row, by=viewer, at=now()
        )
        clear_draft(drafted.key, by=viewer)
        messages.success(request, _("Your wish stands first in the plan."))
        return redirect("wraparound:plan", plan_id)
    context = around(request, people) | {
        "form": form, "drafted": drafted, "title": _("What we wish for"), "send": _("Keep it"),
        "knowing": knowing(row or found, people),
        "back": "wraparound:plan", "back_id": plan_id,
    }  # fmt: skip
    return TemplateResponse(request, "wraparound/form.html", context, status=422 if form.errors else 200)


def _own(people: object, person_id: UUID) -> str:
    one = getattr(people, "by_id", {}).get(person_id)
    return str(person_id) if one is not None and one.kind == "family" else ""


@require_POST
@door("second-factor", page="plan")
def drop_wish(request: HttpRequest, wish_id: UUID) -> HttpResponse:
    """A wish is not a wish any more."""
    row = Wish.objects.select_related("plan").filter(pk=wish_id).first()
    if row is None:
        raise Http404
    plans.drop_wish(row, by=viewer_of(request), at=now())
    messages.success(request, _("The wish is gone from the plan. Older versions keep it."))
    return redirect("wraparound:plan", row.plan_id)
