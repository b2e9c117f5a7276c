"""What is sealed: what I may read, sealing something, and asking that one more may read it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kring.intake.models import Sealed
from kring.intake.usecases import sealing
from kring.trust.keys import Gone
from kring.trust.models import Matter, Seat
from kring.web.circle.faces import viewer_of
from kring.web.circle.families import keeps
from kring.web.circle.forms import posted
from kring.web.circle.inviting import professionals
from kring.web.circle.members import around_family
from kring.web.doors import door
from kring.web.two_people.asking import READ, asked, asking
from kring.web.two_people.forms import LetRead, Seal
from kring.web.two_people.waiting import taking_part


@require_safe
@door("second-factor", page="sealed")
def sealed(request: HttpRequest) -> HttpResponse:
    """Everything sealed that names me as a reader, and who else reads it."""
    taking_part(request)
    found = list(Sealed.objects.order_by("-at", "id"))
    readers: dict[UUID, list[str]] = {}
    seats = Seat.objects.filter(circle_id__in=[one.circle_id for one in found], until__isnull=True)
    for seat in seats.select_related("person").order_by("since", "id"):
        readers.setdefault(seat.circle_id, []).append(seat.person.given_name)
    lines = [{"row": one, "words": _opened(one), "readers": readers.get(one.circle_id, [])} for one in found]
    return TemplateResponse(request, "two_people/sealed.html", {"lines": lines})


def _opened(row: Sealed) -> str:
    try:
        return str(row.words)
    except Gone:
        return ""


@READ
@door("second-factor", page="sealed")
def seal(request: HttpRequest, family_id: UUID) -> HttpResponse:
    """Seal a safe address, or what a court wrote, for named people."""
    viewer = viewer_of(request)
    seat = viewer.family_seat(family_id)
    if seat is None or not keeps(viewer, seat.circle):
        raise Http404
    faces, _told = around_family(request, family_id)
    others = [(str(one.id), one.name) for one in faces if one.seat and one.seat.job_id and not one.me]
    form = Seal(posted(request), people=others)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        sealing.seal(family_id, told["kind"], told["words"], people=map(UUID, told["people"]), by=viewer,
                     at=timezone.now())  # fmt: skip
        messages.success(request, _("Sealed. Nobody else can tell that it is there."))
        return redirect("two_people:sealed")
    return asking(request, form, _("Seal something"), _(
        "Only those you name here read it: not the family, not danger, no link. One more reader needs two people."),
        f"/family/{family_id}/two-people/", button=_("Seal it"))  # fmt: skip


@READ
@door("second-factor", page="sealed")
def let_read(request: HttpRequest, circle_id: UUID) -> HttpResponse:
    """Ask that a colleague may read it too."""
    taking_part(request)
    if not Sealed.objects.filter(circle_id=circle_id).exists():
        raise Http404
    looked_for = (request.POST if request.method == "POST" else request.GET).get("name", "")[:80]
    there = set(Seat.objects.filter(circle_id=circle_id).values_list("person_id", flat=True))
    jobs = {str(job.pk): job for job in professionals(looked_for, there, timezone.now())}
    choices = [(key, f"{job.person.full_name} ({job.organisation.name})") for key, job in jobs.items()]
    form = LetRead(posted(request), colleagues=choices)
    if request.method == "POST" and form.is_valid():
        job = jobs[form.cleaned_data["job"]]
        facts: dict[str, Any] = {"circle": circle_id, "person": job.person_id, "job": job.pk}
        return asked(request, Matter.Kind.SEALED_SEAT, facts, form.cleaned_data["why"])
    answer = asking(request, form, _("One more reader"), _(
        "A trust officer, or somebody else who reads it, must agree."), "/sealed/")  # fmt: skip
    answer.context_data |= {"looks_for": looked_for, "searches": True}  # type: ignore[attr-defined]
    return answer
