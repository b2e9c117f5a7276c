"""The people who work in the village: who is invited, who comes in, whose work ends."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kring.trust.models import Job
from kring.trust.permissions import SENTENCES
from kring.trust.usecases import jobs, two_hands
from kring.web.administration import keeping
from kring.web.doors import door
from kring.web.trust import cards


@require_safe
@door("second-factor", page="people of the village")
def people(request: HttpRequest) -> HttpResponse:
    """Everybody with work here, and who has not come in yet."""
    viewer, now = keeping.keeper(request), timezone.now()
    came = jobs.who_came_in(by=viewer)
    told = {
        "jobs": [
            {"job": job, "does": SENTENCES[job.role], "me": job.person_id == viewer.person_id,
             "came": job.person_id in came}
            for job in jobs.of_village(viewer.village_id, at=now)
        ],
        "ended": jobs.ended_lately(by=viewer, at=now),
    }  # fmt: skip
    return keeping.page(request, "people", told)


@require_POST
@door("second-factor", page="people of the village")
def end(request: HttpRequest, job_id: UUID) -> HttpResponse:
    """This person's work here ends now; every seat that came with it ends too."""
    keeper, now = keeping.keeper(request), timezone.now()
    try:
        job = jobs.end(job_id, by=keeper, at=now)
    except Job.DoesNotExist as problem:
        raise Http404 from problem
    except jobs.LastAdministrator:
        messages.error(request, _("Somebody must keep the village. Invite another administrator first."))
    else:
        told = _("The work of %(name)s has ended. A mistake? Under “Not any more” it begins again.")
        if job.person_id == keeper.person_id:
            told = _("This work of yours has ended.")
        name = next((one.name for one in jobs.ended_lately(by=keeper, at=now) if one.id == job_id), "")
        messages.success(request, told % {"name": name})
    return redirect(f"{reverse('administration:people')}#ended" if keeping.still(request) else "/")


@require_POST
@door("second-factor", page="people of the village")
def again(request: HttpRequest, job_id: UUID) -> HttpResponse:
    """It was a mistake, or they came back."""
    try:
        jobs.begin_again(job_id, by=keeping.keeper(request), at=timezone.now())
    except Job.DoesNotExist as problem:
        raise Http404 from problem
    except jobs.OwnWork:
        messages.error(request, _("This is your own work. Ask another administrator to let it begin again."))
    else:
        messages.success(request, _("This work goes on."))
    return redirect("administration:people")


@require_POST
@door("second-factor", page="people of the village")
def card(request: HttpRequest, job_id: UUID) -> HttpResponse:
    """A new card to come in; the one before ends."""
    try:
        person, made = jobs.invite_again(job_id, by=keeping.keeper(request), at=timezone.now())
    except Job.DoesNotExist as problem:
        raise Http404 from problem
    except two_hands.SomebodyElseMakesIt:
        messages.error(
            request,
            _(
                "Two people agreed on a new way in. The one who asked makes the card, five times at most. Is that over? Ask anew."
            ),
        )
        return redirect("administration:people")
    return cards.card(request, person, made, staff=True)
