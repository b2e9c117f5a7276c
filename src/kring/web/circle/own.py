"""The child's own page."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kring.trust.models import Circle, FamilyMember, Seat
from kring.trust.permissions import Permission
from kring.trust.usecases.knowing import who_knows
from kring.trust.usecases.showing import family_seats
from kring.web.calling import HELPLINES
from kring.web.circle.faces import caring_of, face_of, viewer_of
from kring.web.circle.forms import SayOfMyself, posted
from kring.web.design.lists import listed
from kring.web.doors import door
from kring.web.shared import gate
from kring.wraparound.models import OwnPage
from kring.wraparound.usecases import own_pages
from kring.wraparound.usecases.talents import words_for

PICTURES = {"dream": "dream", "talent": "talent", "helps": "help", "not": "safety"}


def _circle(circle_id: UUID) -> Circle:
    circle = Circle.objects.select_related("subject").filter(pk=circle_id, kind=Circle.Kind.OWN).first()
    if circle is None or circle.family_id is None:
        raise Http404
    return circle


@door("second-factor", page="own page")
def own_page(request: HttpRequest, circle_id: UUID) -> HttpResponseBase:
    """What a child says of itself, for the child and whom it chose."""
    viewer = viewer_of(request)
    circle = _circle(circle_id)
    if viewer.seat_in(circle_id) is None:
        raise Http404
    writes = viewer.can(Permission.WRITE_OWN_PAGE, circle_id)
    form = SayOfMyself(posted(request))
    if request.method == "POST" and form.is_valid():
        own_pages.say(circle, form.cleaned_data["kind"], form.cleaned_data["words"], by=viewer, at=timezone.now(),
                      language=(get_language() or "en")[:2])  # fmt: skip
        return redirect("circle:own_page", circle_id)
    told = _shown(request, circle, writes) | {"form": form, "writes": writes}
    if gate.is_shared(request):  # what does not open on a device left to others is no door there
        told |= {"in_the_circle": False, "left_here": True, "helpline": HELPLINES.get(viewer.country, "")}
    return TemplateResponse(request, "circle/own_page.html", told, status=422 if form.errors else 200)


def _shown(request: HttpRequest, circle: Circle, writes: bool) -> dict[str, Any]:
    viewer, now = viewer_of(request), timezone.now()
    family_id: UUID = circle.family_id  # type: ignore[assignment]
    faces = [face_of(seat, viewer, family_id) for seat in family_seats(family_id, now)]
    lines = list(OwnPage.objects.filter(circle=circle).in_order())
    live = Seat.objects.filter(circle=circle, since__lte=now).exclude(until__lte=now)
    seats = list(live.select_related("person").order_by("since", "id"))
    inside = {seat.person_id: seat.person for seat in seats}
    known = who_knows(lines[:1], inside)
    readers = {person.pk for person in known[0]} if known else set(inside)
    given = words_for(circle) if writes else {}
    others = _others(faces, family_id, viewer.person_id) if writes else []
    return {
        "circle": circle,
        "told": {"new": given.get("", []), "away": given.get("away", [])},
        "in_the_circle": viewer.family_seat(family_id) is not None,
        "child": next((seat.person for seat in seats if seat.role == Seat.Role.CHILD), None),
        "parts": [
            {"kind": kind, "title": title, "picture": PICTURES[kind], "lines": [one for one in lines if one.kind == kind]}
            for kind, title in OwnPage.Kind.choices
        ],
        "known": listed(sorted(_("you") if key == viewer.person_id else person.given_name
                              for key, person in inside.items() if key in readers)),
        "lines": [{"face": face, "open": face["id"] in inside, "stays": False} for face in others],
        "base": "base.html" if viewer.works else "base_family.html",
        "caring": caring_of(faces, viewer),
    }  # fmt: skip


def _others(faces: list[Any], family_id: UUID, me: UUID) -> list[dict[str, Any]]:
    """Whom the child can choose: the faces of the circle; for a young child its parents."""
    if faces:
        return [{"id": f.id, "name": f.name, "role": f.role, "kind": f.kind} for f in faces if f.id != me]
    members = FamilyMember.objects.filter(family_id=family_id).exclude(person_id=me).select_related("person")
    return [
        {
            "id": m.person_id,
            "name": m.person.given_name,
            "role": m.relation or m.get_kind_display(),
            "kind": "family",
        }
        for m in members.order_by("person__given_name", "person_id")
    ]


@require_POST
@door("second-factor", page="own page")
def own_eye(request: HttpRequest, circle_id: UUID) -> HttpResponseBase:
    """The child opens or closes an eye on its own page."""
    circle = _circle(circle_id)
    try:
        person = UUID(request.POST.get("face", ""))
    except ValueError as problem:
        raise Http404 from problem
    act = own_pages.show_to if request.POST.get("open") == "yes" else own_pages.hide_from
    act(circle, person, by=viewer_of(request), at=timezone.now())
    return redirect("circle:own_page", circle_id)


@require_POST
@door("second-factor", page="own page")
def unsay(request: HttpRequest, line_id: UUID) -> HttpResponseBase:
    """The child takes something off its page."""
    line = OwnPage.objects.filter(pk=line_id).first()
    if line is None:
        raise Http404
    circle_id = line.circle_id
    own_pages.unsay(line, by=viewer_of(request), at=timezone.now())
    messages.success(request, _("It is gone."))
    return redirect("circle:own_page", circle_id)
