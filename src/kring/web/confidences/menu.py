"""The confidential menu: for a young person who asks, and for who keeps the words of the village."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kring.confidences.models import OnTheMenu
from kring.confidences.usecases import hearing, menu
from kring.trust.models import Job
from kring.trust.permissions import Permission
from kring.trust.viewer import Viewer
from kring.web.confidences.around import alone, base_of, is_young
from kring.web.confidences.forms import MenuForm
from kring.web.doors import door


@door("only-you", page="confidence")
def choose(request: HttpRequest) -> HttpResponse:
    """What can I ask for, and whom? Nobody knows that it was looked at."""
    viewer = alone(request)
    if not is_young(viewer):
        raise Http404
    able = {one.id: one for one in hearing.who_can_hear()}
    kinds: dict[str, list[hearing.CanHear]] = {}
    for row in menu.standing(viewer.village_id):
        if row.job.person_id in able:
            kinds.setdefault(row.kind, []).append(able[row.job.person_id])
    context = base_of(viewer) | {
        "kinds": [
            (OnTheMenu.Kind(kind).label, kinds[kind], kind) for kind in OnTheMenu.Kind.values if kind in kinds
        ]
    }
    return TemplateResponse(request, "confidences/menu.html", context)


@door("second-factor", page="menu of the village")
def keep(request: HttpRequest) -> HttpResponse:
    """Who can be asked for what. Nobody sees who asked."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    viewer.must(Permission.KEEP_WORDS)
    form = MenuForm(request.POST if request.method == "POST" else None, jobs=_jobs(viewer))
    if request.method == "POST" and form.is_valid():
        job = Job.objects.get(pk=form.cleaned_data["job"])
        menu.put(job, form.cleaned_data["kind"], by=viewer, at=timezone.now())
        messages.success(request, _("Every young person of the village can ask them now."))
        return redirect("confidences:keep_menu")
    context = {"form": form, "rows": menu.standing(viewer.village_id)}
    return TemplateResponse(
        request, "confidences/keep_menu.html", context, status=422 if form.errors else 200
    )


def _jobs(viewer: Viewer) -> list[Job]:
    """Work that goes on in this village; who only keeps the sign-in or watches over the journal does not listen."""
    rows = Job.objects.filter(organisation__village_id=viewer.village_id, until=None)
    rows = rows.exclude(role__in=("administrator", "trust officer", "policy"))
    return list(rows.select_related("person", "organisation").order_by("person__given_name", "id"))


@require_POST
@door("second-factor", page="menu of the village")
def take_off(request: HttpRequest, row_id: UUID) -> HttpResponse:
    """Nobody new asks this colleague."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    row = OnTheMenu.objects.filter(pk=row_id, village_id=viewer.village_id).first()
    if row is None:
        raise Http404
    menu.take_off(row, by=viewer, at=timezone.now())
    return redirect("confidences:keep_menu")
