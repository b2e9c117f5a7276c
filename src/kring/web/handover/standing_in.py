"""Somebody stands in for an evening or a holiday: who, for whom, from when to when, with whose yes."""

from __future__ import annotations

from datetime import time
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kring.trust.models import Circle, Invitation, Job
from kring.trust.permissions import Permission
from kring.trust.usecases import circles, standins
from kring.web.circle.coordinating import COORDINATES, FAR
from kring.web.circle.faces import must_sit
from kring.web.circle.inviting import professionals
from kring.web.doors import door
from kring.web.handover.forms import StandIn
from kring.web.handover.handing import who_speaks
from kring.web.wraparound.around import around, family_circle, viewer_of
from kring.web.wraparound.people import People, people_of


def _may_ask(request: HttpRequest, circle: Circle) -> bool:
    return viewer_of(request).can(Permission.INVITE, circle.pk)


@door("second-factor", page="stand-in")
def stand_ins(request: HttpRequest, family_id: UUID) -> HttpResponse:
    """Who stands in now and in the days to come; and whom one could ask."""
    must_sit(request, family_id)
    circle, now = family_circle(family_id), timezone.now()
    people, may_ask = people_of(family_id, now), _may_ask(request, circle)
    words, seated = request.GET.get("words", "")[:80], set(people.by_id)
    told = around(request, people) | {
        "family": circle.family, "family_id": family_id, "standing": standins.of_circle(circle.pk, now), "now": now,
        "may_ask": may_ask, "words": words, "jobs": professionals(words, seated, now, COORDINATES) if may_ask else [],
        "others": professionals(words, seated, now, ~COORDINATES & ~FAR) if may_ask else [],
        "me": viewer_of(request).person_id,
    }  # fmt: skip
    return TemplateResponse(request, "handover/stand_ins.html", told)


def _form(request: HttpRequest, people: People, decides: bool) -> StandIn:
    """Hours of this evening to begin with; the viewer's own absence first."""
    viewer, today = viewer_of(request), timezone.localdate()
    working = [one for one in people if one.kind == "professional"]
    working.sort(key=lambda one: (one.id != viewer.person_id, one.seat_role != "coordinator"))
    whom = [(str(one.id), f"{one.name}, {one.role}") for one in working]
    given = {"for_whom": whom[0][0] if whom else "", "begins_on": today, "begins": time(15), "ends_on": today,
             "ends": time(21)}  # fmt: skip
    return StandIn(
        request.POST or None, initial=given, today=today, zone=viewer.timezone, whom=whom,
        family=[] if decides else who_speaks(people),
    )  # fmt: skip


@door("second-factor", page="stand-in")
def ask(request: HttpRequest, family_id: UUID, job_id: UUID) -> HttpResponse:
    """This person is asked to stand in."""
    must_sit(request, family_id)
    circle, now = family_circle(family_id), timezone.now()
    job = Job.objects.select_related("person", "organisation").filter(pk=job_id).first()
    if job is None or not _may_ask(request, circle):
        raise Http404
    people = people_of(family_id, now)
    decides = viewer_of(request).can(Permission.CHOOSE_COORDINATOR, circle.pk)
    form = _form(request, people, decides)
    if request.method == "POST" and form.is_valid() and _asked(request, circle, job, form):
        return redirect("handover:stand_ins", family_id)
    told = around(request, people) | {"form": form, "job": job, "family_id": family_id}
    return TemplateResponse(request, "handover/stand_in.html", told, status=422 if form.errors else 200)


def _asked(request: HttpRequest, circle: Circle, job: Job, form: StandIn) -> bool:
    """Whether the question went out; what is wrong stands at its field."""
    said = form.cleaned_data
    try:
        standins.ask(
            circle, job, form.stretch, for_whom=UUID(said["for_whom"]), by=viewer_of(request), at=timezone.now(),
            word_of=UUID(said["word_of"]) if said.get("word_of") else None,
        )  # fmt: skip
    except standins.EndsBeforeItBegins:
        form.add_error("ends", _("It ends after it begins, and not in the past."))
    except standins.TooLong:
        form.add_error(
            "ends_on", _("A stand-in is there for six weeks at most. For longer, choose somebody anew.")
        )
    except circles.NotInTheCircle:
        form.add_error("for_whom", _("Choose somebody else: nobody stands in for themselves."))
    except circles.AlreadyInTheCircle:
        messages.info(request, _("%(name)s is in the circle already.") % {"name": job.person.given_name})
        return True
    else:
        messages.success(
            request, _("%(name)s is asked. It stands with their yes.") % {"name": job.person.given_name}
        )
        return True
    return False


@require_POST
@door("second-factor", page="stand-in")
def end(request: HttpRequest, family_id: UUID, invitation_id: UUID) -> HttpResponse:
    """Not needed any more."""
    must_sit(request, family_id)
    found: Invitation | None = Invitation.objects.filter(
        pk=invitation_id, circle__family_id=family_id, stands_in_for__isnull=False
    ).first()
    if found is None:
        raise Http404
    standins.end(found, by=viewer_of(request), at=timezone.now())
    messages.success(request, _("%(name)s does not stand in any more.") % {"name": found.given_name})
    if found.person_id == viewer_of(request).person_id:
        return redirect("/")
    return redirect("handover:stand_ins", family_id)
