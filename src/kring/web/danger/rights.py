"""Who has the right in danger: asked for by one person, given by another."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kring.trust.models import Job
from kring.trust.permissions import Permission
from kring.trust.usecases import danger_rights
from kring.web.circle.faces import viewer_of
from kring.web.circle.inviting import professionals
from kring.web.doors import door


@door("second-factor", page="right in danger")
def rights(request: HttpRequest) -> HttpResponse:
    """Who has it, for whom it is asked, and whom one could ask it for."""
    viewer, now = viewer_of(request), timezone.now()
    if not viewer.can(Permission.GIVE_DANGER_RIGHT):
        raise Http404
    if request.method == "POST":
        job = Job.objects.filter(pk=_id(request.POST.get("job", ""))).first()
        if job is None:
            raise Http404
        danger_rights.ask(job, by=viewer, at=now)
        messages.success(request, _("It is asked. Now somebody else says yes or no."))
        return redirect("danger:rights")
    words = request.GET.get("words", "")[:80]
    standing, asked = danger_rights.standing(now), danger_rights.asked_for(now)
    has = {right.job.person_id for right in [*standing, *asked]} | {viewer.person_id}
    told = {"standing": standing, "asked": asked, "words": words, "me": viewer.person_id,
            "jobs": professionals(words, has, now) if words else []}  # fmt: skip
    return TemplateResponse(request, "danger/rights.html", told)


def _id(written: str) -> UUID:
    try:
        return UUID(written)
    except ValueError:
        raise Http404 from None


@require_POST
@door("second-factor", page="right in danger")
def give(request: HttpRequest, right_id: UUID) -> HttpResponse:
    """The second yes."""
    danger_rights.give(right_id, by=viewer_of(request), at=timezone.now())
    messages.success(request, _("The right is given, for a year at most."))
    return redirect("danger:rights")


@require_POST
@door("second-factor", page="right in danger")
def end(request: HttpRequest, right_id: UUID) -> HttpResponse:
    """It ends now."""
    danger_rights.end(right_id, by=viewer_of(request), at=timezone.now())
    messages.success(request, _("The right has ended."))
    return redirect(
        "danger:rights" if viewer_of(request).can(Permission.GIVE_DANGER_RIGHT) else "danger:start"
    )
