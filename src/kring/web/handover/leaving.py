"""The desk of somebody who leaves: everything they hold, each with one deed, until the last day is over."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kring.intake.models import Concern
from kring.intake.usecases import passing_on as desk
from kring.intake.usecases.concerns import NoSuchColleague
from kring.trust.models import Job, Leaving
from kring.trust.permissions import Permission
from kring.trust.usecases import leavings
from kring.trust.viewer import Viewer
from kring.web.circle.faces import viewer_of
from kring.web.circle.inviting import professionals
from kring.web.doors import door
from kring.web.handover.forms import LastDay
from kring.web.handover.held import Held, held_by


@dataclass
class LeavingPage:
    """Who leaves, when, and what is still in their hands."""

    job: Job
    leaving: Leaving | None
    may_change: bool = True
    held: Held = field(default_factory=Held)
    colleagues: list[Job] = field(default_factory=list)


def _own_job(viewer: Viewer) -> Job:
    """The work of which one says the last day: the first of them."""
    if not viewer.jobs:
        raise Http404
    return Job.objects.select_related("person", "organisation").get(pk=viewer.jobs[0].id)


@door("second-factor", page="leaving")
def leaving(request: HttpRequest) -> HttpResponse:
    """I leave on that day: what is in my hands, and who takes it."""
    viewer, now = viewer_of(request), timezone.now()
    page = LeavingPage(_own_job(viewer), leavings.standing(viewer.jobs[0].id))
    page.may_change = leavings.may_say(page.job, viewer)
    form = _day_form(request, page.leaving)
    if (
        request.method == "POST"
        and form.is_valid()
        and (said := _say(request, page.job, form, "handover:leaving"))
    ):
        return said
    if page.leaving is not None:
        page.held = held_by(viewer, page.leaving, now)
        if page.held.concerns:
            page.colleagues = desk.colleagues(by=viewer, at=now)
    told = {"page": page, "form": form, "may_say_for_others": _may_say_for_others(viewer)}
    return TemplateResponse(request, "handover/leaving.html", told, status=422 if form.errors else 200)


def _may_say_for_others(viewer: Viewer) -> bool:
    return viewer.can(Permission.ANSWER_CONCERN) or viewer.job_as("lead") is not None


def _day_form(request: HttpRequest, said: Leaving | None) -> LastDay:
    given = {"last_on": said.last_on} if said else {}
    return LastDay(request.POST or None, initial=given, today=timezone.localdate())


def _say(request: HttpRequest, job: Job, form: LastDay, to: str, *args: Any) -> HttpResponse | None:
    """Where to go on when it is kept; else the form says what to look at."""
    try:
        leavings.say(job, form.cleaned_data["last_on"], by=viewer_of(request), at=timezone.now())
    except leavings.WorkEndsSooner:
        form.add_error("last_on", _("This work ends before that day."))
        return None
    messages.success(request, _("Kept. Until then everything finds somebody."))
    return redirect(to, *args)


@require_POST
@door("second-factor", page="leaving")
def stay(request: HttpRequest, job_id: UUID) -> HttpResponse:
    """I stay after all, or somebody does."""
    viewer, said = viewer_of(request), leavings.standing(job_id)
    if said is None or not leavings.may_say(said.job, viewer):
        raise Http404
    leavings.take_back(said, by=viewer, at=timezone.now())
    messages.success(request, _("Good. The last day is taken back."))
    return (
        redirect("handover:leaving")
        if said.person_id == viewer.person_id
        else redirect("handover:colleague", job_id)
    )


@door("second-factor", page="leaving")
def colleagues(request: HttpRequest) -> HttpResponse:
    """A colleague cannot say it: the lead of the organisation or the contact point looks for the name."""
    viewer = viewer_of(request)
    if not _may_say_for_others(viewer):
        raise Http404
    words = request.GET.get("words", "")[:80]
    jobs = [job for job in professionals(words, {viewer.person_id}, timezone.now()) if _near(job, viewer)]
    return TemplateResponse(request, "handover/colleagues.html", {"jobs": jobs, "words": words})


def _near(job: Job, viewer: Viewer) -> bool:
    """The lead for the own organisation; the contact point for everybody."""
    lead = viewer.job_as("lead")
    return viewer.can(Permission.ANSWER_CONCERN) or (
        lead is not None and lead.organisation == job.organisation_id
    )


@door("second-factor", page="leaving")
def colleague(request: HttpRequest, job_id: UUID) -> HttpResponse:
    """The last day of a colleague. What the colleague holds is not shown: it finds its way by itself."""
    job = Job.objects.select_related("person", "organisation").filter(pk=job_id).first()
    if (
        job is None
        or job.person_id == viewer_of(request).person_id
        or not leavings.may_say(job, viewer_of(request))
    ):
        raise Http404
    said = leavings.standing(job_id)
    form = _day_form(request, said)
    posted = request.method == "POST" and form.is_valid()
    if posted and (kept := _say(request, job, form, "handover:colleague", job_id)):
        return kept
    told = {"job": job, "said": said, "form": form}
    return TemplateResponse(request, "handover/colleague.html", told, status=422 if form.errors else 200)


@require_POST
@door("second-factor", page="leaving")
def give_concern(request: HttpRequest, concern_id: UUID) -> HttpResponse:
    """A colleague goes on with a first talk."""
    viewer, now = viewer_of(request), timezone.now()
    concern: Concern | None = Concern.objects.filter(pk=concern_id, taken_by_id=viewer.person_id).first()
    others = {str(job.person_id): job.person.given_name for job in desk.colleagues(by=viewer, at=now)}
    whom = request.POST.get("to", "")
    if concern is None or whom not in others:
        raise Http404
    try:
        desk.pass_on(concern, UUID(whom), by=viewer, at=now)
    except NoSuchColleague:
        messages.warning(request, _("This has changed meanwhile. Please look again."))
    else:
        leavings.settle(1, by=viewer)
        messages.success(request, _("%(name)s goes on with it.") % {"name": others[whom]})
    return redirect("handover:leaving")


@require_POST
@door("second-factor", page="leaving")
def end_links(request: HttpRequest) -> HttpResponse:
    """The cards I made open nothing any more."""
    ended = leavings.end_links(by=viewer_of(request), at=timezone.now())
    if ended:
        messages.success(
            request, _("Done. Your cards open nothing any more. Whoever needs one asks for a new one.")
        )
    return redirect("handover:leaving")
