"""A colleague lost what they sign in with, or a device was stolen."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kring.messaging import lost_factors
from kring.trust.models import Job
from kring.trust.usecases import jobs, two_hands
from kring.trust.viewer import Viewer
from kring.web.administration import keeping
from kring.web.doors import door
from kring.web.two_people.asking import asking, waits
from kring.web.two_people.forms import HowYouKnow


def _colleague(keeper: Viewer, job_id: UUID) -> Job:
    """Somebody else who works here now; hidden and missing are the same."""
    for job in jobs.of_village(keeper.village_id, at=timezone.now()):
        if job.pk == job_id and job.person_id != keeper.person_id:
            return job
    raise Http404


@require_http_methods(["GET", "HEAD", "POST"])
@door("second-factor", page="people of the village")
def lost(request: HttpRequest, job_id: UUID) -> HttpResponse:
    """The first of two people says how they know."""
    keeper = keeping.keeper(request)
    job, form = _colleague(keeper, job_id), HowYouKnow(keeping.sent(request))
    if request.method == "POST" and form.is_valid():
        now, why = timezone.now(), form.cleaned_data["why"]
        return waits(request, lost_factors.ask_and_tell(job, why, by=keeper, at=now), now, why)
    title = _("A new way in for %(name)s") % {"name": job.person.full_name}
    text = _("They have no telephone, no key and no spare code any more. After the second yes you make a card; "
             "the other person gives the code. So nobody comes in as somebody else.")  # fmt: skip
    return asking(request, form, title, text, reverse("administration:people"))


@require_POST
@door("second-factor", page="people of the village")
def sign_out(request: HttpRequest, job_id: UUID) -> HttpResponse:
    """Stolen or left behind: out on every device, at once."""
    keeper = keeping.keeper(request)
    job = _colleague(keeper, job_id)
    two_hands.sign_out(job, by=keeper, at=timezone.now())
    messages.success(request, _("%(name)s is out on every device now. They sign in again as always.")
                     % {"name": job.person.full_name})  # fmt: skip
    return redirect("administration:people")
