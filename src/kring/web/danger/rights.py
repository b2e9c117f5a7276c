"""Who has the right in danger; one person asks it for a colleague, another says yes."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from kring.trust.models import Job
from kring.trust.permissions import Permission
from kring.trust.usecases import danger_rights
from kring.trust.viewer import Viewer
from kring.web.circle.faces import viewer_of
from kring.web.circle.inviting import professionals
from kring.web.doors import door
from kring.web.two_people.asking import asking
from kring.web.two_people.forms import why


class AskRight(forms.Form):
    """Why this colleague."""

    why = why(gettext_lazy("Why this colleague?"))


def _keeper(request: HttpRequest) -> Viewer:
    viewer = viewer_of(request)
    if not viewer.can(Permission.KEEP_DANGER_RIGHTS):
        raise Http404
    return viewer


def _may_ask(viewer: Viewer) -> bool:
    """A trust officer says the second yes; others ask."""
    return any(job.role in ("administrator", "lead") for job in viewer.jobs)


@door("second-factor", page="right in danger")
def rights(request: HttpRequest) -> HttpResponse:
    """Who has it, and whom one could ask it for."""
    viewer, now = _keeper(request), timezone.now()
    words, standing = request.GET.get("words", "")[:80], danger_rights.standing(now)
    has = {right.job.person_id for right in standing} | {viewer.person_id}
    jobs = [job for job in professionals(words, has, now) if job.role not in ("administrator", "policy")]
    told = {"standing": standing, "words": words, "may_ask": _may_ask(viewer), "jobs": jobs if words else []}
    return TemplateResponse(request, "danger/rights.html", told)


@door("second-factor", page="right in danger")
def ask(request: HttpRequest, job_id: UUID) -> HttpResponse:
    """The first of two people says why."""
    viewer = _keeper(request)
    job = Job.objects.select_related("person").filter(pk=job_id).first()
    if job is None or not _may_ask(viewer) or job.person_id == viewer.person_id:
        raise Http404
    form = AskRight(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = danger_rights.ask(job, form.cleaned_data["why"], by=viewer, at=timezone.now())
        messages.success(request, _("Asked. Nothing happens until somebody else says yes."))
        return redirect("two_people:matter", made.pk)
    title = _("The right in danger for %(name)s") % {"name": job.person.given_name}
    text = _("To read for four hours, on the screen, what a child's safety needs. It ends after a year.")
    return asking(request, form, title, text, "/danger/rights/")


@require_POST
@door("second-factor", page="right in danger")
def end(request: HttpRequest, right_id: UUID) -> HttpResponse:
    """It ends now."""
    danger_rights.end(right_id, by=viewer_of(request), at=timezone.now())
    messages.success(request, _("The right has ended."))
    return redirect(
        "danger:rights" if viewer_of(request).can(Permission.KEEP_DANGER_RIGHTS) else "danger:start"
    )
