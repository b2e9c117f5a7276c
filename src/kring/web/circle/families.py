"""The families one works with, the page of one family, and the same page through other eyes."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists
from django.http import Http404, HttpRequest
from django.template.response import TemplateResponse
from django.utils import timezone

from kring.network.rules import fold
from kring.trust.models import FamilyMember, Seat
from kring.trust.permissions import Permission
from kring.trust.usecases import withdrawals
from kring.trust.viewer import Viewer
from kring.web import modules
from kring.web.circle import news, page
from kring.web.circle.faces import Face, around, faces_around, members_of, must_sit, viewer_of, with_cards
from kring.web.doors import door
from kring.web.only_you import gate as only_you
from kring.web.reaching.sentences import reached_first
from kring.web.shared import gate as shared
from kring.wraparound.models import Plan
from kring.wraparound.usecases.versions import AGREED

#: Signs of what one looks for.
LONGEST = 80


@door("second-factor", page="families")
def families(request: HttpRequest) -> TemplateResponse:
    """The families in whose circle one sits, and a search within them."""
    viewer = viewer_of(request)
    words = request.GET.get("words", "")[:LONGEST]
    listed = _listed(viewer)
    found = [family for family in listed if all(word in family["folded"] for word in fold(words).split())]
    template = "circle/families_found.html" if request.headers.get("HX-Request") else "circle/families.html"
    told = {"families": found, "words": words, "longest": LONGEST, "any": bool(listed)}
    return TemplateResponse(request, template, told)


def _listed(viewer: Viewer) -> list[dict[str, Any]]:
    """Each family with its children, guardians, coordinator and the day one looks together again."""
    seats = {seat.family: seat for seat in viewer.seats if seat.kind == "family" and seat.family}
    if not seats:
        return []
    members: dict[UUID, list[FamilyMember]] = {}
    for member in FamilyMember.objects.filter(family_id__in=seats).select_related("family", "person"):
        members.setdefault(member.family_id, []).append(member)
    circles = {seat.circle: family for family, seat in seats.items()}
    now = timezone.now()
    live = Seat.objects.filter(circle_id__in=circles, role=Seat.Role.COORDINATOR, since__lte=now).exclude(
        until__lte=now
    )
    caring = {circles[seat.circle_id]: seat.person for seat in live.select_related("person")}
    open_ones = Plan.objects.open().filter(family_id__in=seats).annotate(agreed=Exists(AGREED))
    reviews = {
        plan.family_id: plan.next_review_on if plan.agreed else None
        for plan in open_ones.order_by("-at", "-id")
    }
    shown = [
        _shown(family, people, seats[family].role, caring.get(family), viewer)
        for family, people in members.items()
    ]
    for family in shown:
        family["review"] = reviews.get(family["id"])
    return sorted(shown, key=lambda family: (not family["mine"], fold(family["name"]), str(family["id"])))


def _shown(
    family_id: UUID, members: list[FamilyMember], role: str, caring: Any, viewer: Viewer
) -> dict[str, Any]:
    names = sorted((m.kind != FamilyMember.Kind.CHILD, m.person.given_name) for m in members)
    children = [name for elder, name in names if not elder]
    family = members[0].family
    return {
        "id": family_id,
        "name": family.name,
        "children": children,
        "mine": role == Seat.Role.COORDINATOR,
        "role": role,
        "caring": caring,
        "folded": fold(" ".join([family.name, *(name for _elder, name in names)])),
    }


@door("second-factor", page="family")
def family(request: HttpRequest, family_id: UUID) -> TemplateResponse:
    """The circle of a family: the rings one can touch, the wish, the next steps, who may know it."""
    viewer, at = viewer_of(request), timezone.now()
    seat = must_sit(request, family_id)
    members = members_of(family_id)
    faces = with_cards(faces_around(family_id, viewer, at, members))
    if viewer.seen_as is not None and viewer.seen_as not in {face.id for face in faces if face.seat}:
        raise Http404
    children = [member for member in members if member.kind == FamilyMember.Kind.CHILD]
    child = _chosen(children, request.GET.get("child"), viewer)
    new = _news_of(request, family_id, at)
    request.marked = {f"/family/{family_id}/plan/"} if new.waits else set()  # type: ignore[attr-defined]
    told = {
        "news": new,
        "family": members[0].family,
        "faces": faces,
        "rings_of": {ring: [face for face in faces if face.ring == ring] for ring in (1, 2, 3)},
        "children": children,
        "child": child,
        "circle": page.circle_of(child, faces),
        "summary": page.summary(family_id, faces, at, new.cheer),
        "meeting": new.meeting,
        "homes": page.homes_of(viewer, family_id),
        "invitations": page.waiting_invitations(viewer, seat.circle, at),
        "own_pages": page.own_pages(viewer, members),
        "reach": reached_first(faces) if viewer.works and viewer.seen_as is None else None,
        **_cared_for(family_id, faces),
        "may": may_of(viewer, seat.circle),
        **around(request, faces),
    }
    return TemplateResponse(request, "circle/family.html", told)


def _news_of(request: HttpRequest, family_id: UUID, at: datetime) -> news.News:
    """What is new; of something told alone only for whoever showed that it is they themselves, not for a card (K13)."""
    new = news.news_of(viewer_of(request), family_id, at)
    shown = not shared.is_shared(request) and only_you.is_shown(request)
    return replace(new, told=new.told and shown)


def _cared_for(family_id: UUID, faces: list[Face]) -> dict[str, Any]:
    """The coordinator; without one, whether the family stopped for now."""
    coordinator = next((face for face in faces if face.coordinates), None)
    return {
        "coordinator": coordinator,
        "stopped": None if coordinator else withdrawals.standing(family_id),
    }


def _chosen(children: list[FamilyMember], wanted: str | None, viewer: Viewer) -> FamilyMember:
    """The child in the middle: the one asked for, oneself, else the first."""
    by_id = {str(child.person_id): child for child in children}
    return by_id.get(wanted or "") or by_id.get(str(viewer.person_id)) or children[0]


def may_of(viewer: Viewer, circle_id: UUID) -> dict[str, bool]:
    """What the viewer may do here, for the buttons."""
    wanted = {
        "invite": Permission.INVITE,
        "show": Permission.NARROW,
        "remove": Permission.REMOVE,
        "choose": Permission.CHOOSE_COORDINATOR,
        "look": Permission.SEE_WHO_LOOKED,
        "home": Permission.KEEP_HOME,
        "leave_out": Permission.EXCLUDE,
        "write": Permission.WRITE_PLAN,
        "celebrate": Permission.CELEBRATE,
        "stop": Permission.WITHDRAW,
    }
    may = {name: viewer.can(permission, circle_id) for name, permission in wanted.items()}
    may["celebrate"] = may["celebrate"] and modules.is_on("celebrations")
    return may | {"find": viewer.can(Permission.OPEN_FAMILY), "two": keeps(viewer, circle_id)}


def keeps(viewer: Viewer, circle_id: UUID) -> bool:
    """Whether the viewer coordinates here, or sits here from the contact point, and so may ask what needs two."""
    seat = viewer.seat_in(circle_id)
    if seat is None or viewer.seen_as is not None:
        return False
    return seat.role == "coordinator" or any(
        job.id == seat.job and job.role == "contact point" for job in viewer.jobs
    )


@door("second-factor", page="family")
def other_eyes(request: HttpRequest, family_id: UUID) -> TemplateResponse:
    """Through whose eyes would you like to see this page?"""
    viewer = viewer_of(request)
    must_sit(request, family_id)
    faces = faces_around(family_id, viewer, timezone.now(), members_of(family_id))
    others = [face for face in faces if face.seat is not None and not face.me]
    told = {"family_id": family_id, "faces": others, **around(request, faces)}
    return TemplateResponse(request, "circle/other_eyes.html", told)
