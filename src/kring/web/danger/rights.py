"""Who has the right in danger; one person asks it for a colleague, another says yes."""

from __future__ import annotations

from datetime import datetime
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

from kring.trust.models import Job, Matter
from kring.trust.permissions import Permission
from kring.trust.usecases import danger_rights, two_people
from kring.trust.usecases.two_people import Told
from kring.trust.viewer import Viewer
from kring.web.circle.faces import viewer_of
from kring.web.circle.inviting import professionals
from kring.web.doors import door
from kring.web.two_people.asking import asking, waits
from kring.web.two_people.forms import why


class AskRight(forms.Form):
    """Why this colleague."""

    why = why(gettext_lazy("Why this colleague?"))


def _keeper(request: HttpRequest) -> Viewer:
    viewer = viewer_of(request)
    if not viewer.can(Permission.KEEP_DANGER_RIGHTS):
        raise Http404
    return viewer


@door("second-factor", page="right in danger")
def rights(request: HttpRequest) -> HttpResponse:
    """Who has it, and whom one could ask it for."""
    viewer, now = _keeper(request), timezone.now()
    words, standing = request.GET.get("words", "")[:80], danger_rights.standing(now)
    has = {right.job.person_id for right in standing} | {viewer.person_id}
    jobs = [job for job in professionals(words, has, now) if job.role not in ("administrator", "policy")]
    told = {
        "standing": standing, "words": words, "may_ask": danger_rights.may_ask(viewer),
        "jobs": jobs if words else [], "asked": _asked(viewer, now),
    }  # fmt: skip
    return TemplateResponse(request, "danger/rights.html", told)


def _asked(viewer: Viewer, at: datetime) -> list[Told]:
    """For whom it was asked and waits for somebody else's yes."""
    found = [
        one for one in two_people.told(viewer, at) if one.waits and one.matter.kind == Matter.Kind.DANGER
    ]
    return sorted(found, key=lambda one: one.until)


@door("second-factor", page="right in danger")
def ask(request: HttpRequest, job_id: UUID) -> HttpResponse:
    """The first of two people says why."""
    viewer = _keeper(request)
    job = Job.objects.select_related("person").filter(pk=job_id).first()
    if job is None or not danger_rights.may_ask(viewer) or job.person_id == viewer.person_id:
        raise Http404
    form = AskRight(request.POST or None)
    if request.method == "POST" and form.is_valid():
        now, reason = timezone.now(), form.cleaned_data["why"]
        return waits(request, danger_rights.ask(job, reason, by=viewer, at=now), now, reason)
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
