"""What danger opens: on one page, to read on the screen, for four hours."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kring.confidences.models import Telling
from kring.trust import unit
from kring.trust.keys import Gone
from kring.trust.models import Circle, ContactCard, FamilyMember, Home
from kring.trust.usecases import dangers
from kring.web.circle.faces import viewer_of
from kring.web.doors import door
from kring.web.wraparound.people import Someone, people_of
from kring.wraparound.models import Action, Goal, Note, OwnPage, Story, Wish

KINDS = Circle.Kind
#: Safety first, then where one is and what was written.
ORDER = (KINDS.CONFIDENCE, KINDS.HOME, KINDS.FAMILY, KINDS.PART, KINDS.OWN)
NEWEST = 20


@dataclass
class Room:
    """What lies in one circle."""

    circle: Circle
    notes: list[Note] = field(default_factory=list)
    own: list[OwnPage] = field(default_factory=list)
    told: list[tuple[Telling, str]] = field(default_factory=list)

    @property
    def is_confidence(self) -> bool:
        """Whether somebody told this in confidence."""
        return self.circle.kind == KINDS.CONFIDENCE


@door("second-factor", page="danger")
def read(request: HttpRequest, danger_id: UUID) -> HttpResponse:
    """While it runs, what safety needs; for whoever opened it afterwards, what is written down of it."""
    viewer, now = viewer_of(request), timezone.now()
    danger = dangers.get(danger_id)
    if danger is None or danger.person_id != viewer.person_id:
        raise Http404
    if viewer.danger is None or viewer.danger.id != danger_id:
        return redirect("danger:looked", danger_id)
    family = danger.family_id
    circles = _circles(viewer.danger_circles)
    members = FamilyMember.objects.filter(family_id=family).select_related(
        "person", "person__birth", "family"
    )
    told = {
        "danger": danger, "people": _people(family, circles, now), "homes": _homes(family), "rooms": _rooms(circles),
        "members": list(members.order_by("kind", "person__given_name", "id")),
        "plan": _plan(family), "stories": list(Story.objects.filter(circle__in=circles).order_by("-at", "id")[:3]),
    }  # fmt: skip
    return TemplateResponse(request, "danger/read.html", told)


def _circles(open_now: dict[UUID, str]) -> list[Circle]:
    """The circles that lie open, those about safety first. Being looked into, they stand in the journal."""
    found = Circle.objects.select_related("subject").filter(pk__in=open_now).order_by("opened_at", "id")
    circles = sorted(found, key=lambda one: ORDER.index(KINDS(one.kind)))
    for circle in circles:
        unit.saw(circle.pk, "in danger", circle.subject_id)
    return circles


def _rooms(circles: list[Circle]) -> list[Room]:
    rooms = {circle.pk: Room(circle) for circle in circles}
    for note in (
        Note.objects.filter(circle__in=circles).select_related("author").order_by("-at", "id")[: NEWEST * 5]
    ):
        rooms[note.circle_id].notes.append(note)
    for line in OwnPage.objects.filter(circle__in=circles).in_order():
        rooms[line.circle_id].own.append(line)
    for telling in Telling.objects.filter(circle__in=circles).select_related("author").order_by("at", "id"):
        with suppress(Gone):
            rooms[telling.circle_id].told.append((telling, telling.words))
    return [room for room in rooms.values() if room.notes or room.own or room.told]


def _homes(family_id: UUID) -> list[Home]:
    return list(Home.objects.filter(family_id=family_id).order_by("name", "id"))


def _people(family_id: UUID, circles: list[Circle], at: datetime) -> list[Someone]:
    """Everybody around, each with the telephone they gave."""
    cards = ContactCard.objects.filter(circle__in=circles).exclude(phone="").order_by("id")
    numbers = {card.person_id: card.phone for card in cards}
    return [replace(one, phone=one.phone or numbers.get(one.id, "")) for one in people_of(family_id, at)]


def _plan(family_id: UUID) -> list[tuple[str, str]]:
    """Wishes, then goals and what is to be done for them."""
    standing = ~Q(plan__stage="closed")
    wishes = Wish.objects.filter(standing, plan__family_id=family_id).order_by("at", "id")
    goals = Goal.objects.filter(standing, plan__family_id=family_id, state=Goal.State.IN_PLAN).order_by(
        "position", "id"
    )
    steps = Action.objects.filter(goal__in=list(goals), state=Action.State.OPEN).order_by("at", "id")
    return [
        *((_("Wish"), wish.text) for wish in wishes),
        *((_("Goal"), goal.aim) for goal in goals),
        *((_("Step"), step.what) for step in steps),
    ]


@require_POST
@door("second-factor", page="danger")
def end(request: HttpRequest, danger_id: UUID) -> HttpResponse:
    """Not needed any more; the page of it says what comes now. Only for whoever opened it: nobody else hears of it."""
    viewer, danger = viewer_of(request), dangers.get(danger_id)
    if danger is None or danger.person_id != viewer.person_id:
        raise Http404
    dangers.end(danger_id, by=viewer, at=timezone.now())
    messages.success(request, _("It is closed. You see nothing of this family any more."))
    return redirect("danger:looked", danger_id)
