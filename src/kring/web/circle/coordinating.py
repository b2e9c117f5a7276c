"""Choosing the coordinator; and the contact point that asks one for a family that waits."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kring.trust.models import Circle, Job
from kring.trust.permissions import Permission
from kring.trust.usecases import coordinators
from kring.web.circle.faces import must_sit, viewer_of
from kring.web.circle.forms import Choose, posted
from kring.web.circle.inviting import professionals
from kring.web.circle.members import around_family
from kring.web.doors import door

#: Whose work it is to coordinate.
COORDINATES = Q(role=Job.Role.COORDINATOR)
#: Whose work is far from families.
FAR = Q(role__in=(Job.Role.ADMINISTRATOR, Job.Role.POLICY, Job.Role.TRUST_OFFICER))


@door("second-factor", page="coordinator")
def coordinator(request: HttpRequest, family_id: UUID) -> TemplateResponse:
    """Who is our coordinator, who was asked, and whom could we ask?"""
    faces, told = around_family(request, family_id)
    circle_id = must_sit(request, family_id).circle
    viewer_of(request).must(Permission.CHOOSE_COORDINATOR, circle_id)
    now = timezone.now()
    words = request.GET.get("words", "")[:80]
    current = next((face for face in faces if face.coordinates), None)
    but = {current.id} if current else set()
    told |= {
        "current": current,
        "asked": coordinators.asked(Circle.objects.get(pk=circle_id), now),
        "jobs": professionals(words, but, now, COORDINATES),
        "others": professionals(words, but, now, ~COORDINATES & ~FAR),
        "words": words,
    }
    return TemplateResponse(request, "circle/coordinator.html", told)


@door("second-factor", page="coordinator")
def choose(request: HttpRequest, family_id: UUID, job_id: UUID) -> HttpResponseBase:
    """The family asks this person."""
    faces, told = around_family(request, family_id)
    viewer = viewer_of(request)
    circle_id = must_sit(request, family_id).circle
    viewer.must(Permission.CHOOSE_COORDINATOR, circle_id)
    job = _job(job_id)
    form = Choose(posted(request), has_one=any(face.coordinates for face in faces))
    if request.method != "POST" or not form.is_valid():
        more = {"form": form, "job": job}
        return TemplateResponse(
            request, "circle/choose.html", told | more, status=422 if form.errors else 200
        )
    coordinators.choose(
        Circle.objects.get(pk=circle_id), job, by=viewer, at=timezone.now(),
        overlap=form.cleaned_data.get("overlap", False),
    )  # fmt: skip
    messages.success(
        request, _("%(name)s is asked to be your coordinator.") % {"name": job.person.given_name}
    )
    return redirect("circle:coordinator", family_id)


def _job(job_id: UUID) -> Job:
    job = Job.objects.select_related("person", "organisation").filter(pk=job_id).first()
    if job is None:
        raise Http404
    return job


def _waiting(request: HttpRequest, family_id: UUID) -> coordinators.WaitingFamily:
    """The family in the address, as the contact point sees it: a name and a number."""
    waiting = coordinators.waiting_families(by=viewer_of(request))
    found = next((family for family in waiting if family.family_id == family_id), None)
    if found is None:
        raise Http404
    return found


@door("second-factor", page="waiting")
def waiting(request: HttpRequest, family_id: UUID) -> TemplateResponse:
    """A family without a coordinator: call them, and ask somebody for them."""
    family = _waiting(request, family_id)
    words = request.GET.get("words", "")[:80]
    now, but = timezone.now(), {family.asked_id} if family.asked_id else set()
    told = {
        "waits": family,
        "jobs": professionals(words, but, now, COORDINATES),
        "others": professionals(words, but, now, ~COORDINATES & ~FAR),
        "words": words,
    }
    return TemplateResponse(request, "circle/waiting.html", told)


@require_POST
@door("second-factor", page="waiting")
def ask_for(request: HttpRequest, family_id: UUID, job_id: UUID) -> HttpResponseBase:
    """The family said yes to this person on the telephone; now the person is asked."""
    family = _waiting(request, family_id)
    job = _job(job_id)
    if family.asked_id and family.asked_id != job.person_id:
        messages.info(request, _("%(name)s is not asked any more.") % {"name": family.asked_name})
    coordinators.ask_for(family.family_id, job, by=viewer_of(request), at=timezone.now())
    messages.success(request, _("%(name)s is asked to be the coordinator.") % {"name": job.person.given_name})
    return redirect("today:today")
