"""What the pages of one family share: the base page, the person to call, the plan one asked for."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Subquery
from django.http import Http404, HttpRequest, QueryDict
from django.utils import timezone
from django.utils.translation import get_language

from kring.trust.guard import Guarded
from kring.trust.models import Circle
from kring.trust.statements import Statement
from kring.trust.usecases.knowing import names, who_knows
from kring.trust.viewer import Viewer
from kring.web.calling import contact_point
from kring.web.wraparound.people import People, people_of
from kring.wraparound.models import Action, Goal, Plan, Version

#: Another open plan of the family: begun by somebody who could not know of the first, or the first.
BESIDE = Plan.objects.open().of_family(OuterRef("family_id")).exclude(pk=OuterRef("pk")).values_list("pk")
PLAN = Statement(
    lambda plan: (
        Plan.objects.select_related("family").annotate(beside_id=Subquery(BESIDE[:1])).filter(pk=plan)
    )
)


def viewer_of(request: HttpRequest) -> Viewer:
    """Who asks; the door saw to it that there is somebody."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    return viewer


def sent(request: HttpRequest) -> QueryDict | None:
    """What was sent with a form, also when it is empty; None while nothing was."""
    return request.POST if request.method == "POST" else None


def language() -> str:
    """The language of the page, in which somebody writes now."""
    return (get_language() or "en").split("-")[0]


def base_of(viewer: Viewer) -> str:
    """Families have larger letters and their person at the foot."""
    return "base.html" if viewer.works and viewer.scope is None else "base_family.html"


def around(request: HttpRequest, people: People) -> dict[str, Any]:
    """The context of every page of a family."""
    return {"base": base_of(viewer_of(request)), "caring": people.caring}


def whom_to_call(viewer: Viewer, family_id: UUID | None) -> dict[str, str] | None:
    """At the foot of a page that shows no circle: the coordinator of this family, else the contact point."""
    if viewer.works:
        return None
    found = people_of(family_id, timezone.now()).caring if family_id else {}
    return found or contact_point(viewer.village_name, viewer.village_phone)


def the_plan(plan_id: UUID) -> Plan:
    """The plan in the address; hidden and missing are the same."""
    return _found(next(iter(PLAN(plan=plan_id)), None))


def the_goal(goal_id: UUID) -> Goal:
    """The goal in the address."""
    return _found(Goal.objects.select_related("plan__family").filter(pk=goal_id).first())


def the_action(action_id: UUID) -> Action:
    """The step in the address."""
    rows = Action.objects.select_related("goal__plan__family", "offer__organisation__card")
    return _found(rows.filter(pk=action_id).first())


def the_version(version_id: UUID) -> Version:
    """The version in the address."""
    return _found(Version.objects.select_related("plan__family").filter(pk=version_id).first())


def family_circle(family_id: UUID) -> Circle:
    """The family circle in the address."""
    return _found(Circle.objects.select_related("family").filter(family_id=family_id, kind="family").first())


def knowing(row: Guarded, people: People) -> list[str]:
    """Who may know something, said before it is written: by first names."""
    return names(who_knows([row], people.persons)[0])


def _found(row: Any) -> Any:
    if row is None:
        raise Http404
    return row
