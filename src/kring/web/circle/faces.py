"""Faces around a family, as its pages show them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kring.trust import unit
from kring.trust.guard import Guarded
from kring.trust.models import ContactCard, FamilyMember, Seat
from kring.trust.statements import Statement
from kring.trust.usecases.knowing import who_knows
from kring.trust.usecases.showing import family_seats
from kring.trust.viewer import LiveSeat, Viewer
from kring.web.calling import contact_point
from kring.web.design.addresses import address
from kring.web.design.lists import listed
from kring.web.network.speaking import spoken

KINDS = {"child": "family", "guardian": "family", "natural": "natural"}
#: So few are rather named as those who do not know.
FEW = 2
RINGS = {1: _("inner circle"), 2: _("close by"), 3: _("the rest of the village")}


@dataclass(frozen=True)
class Face:
    """One person of the circle: a face, a name, who it is in plain words."""

    id: UUID
    name: str
    role: str
    kind: str
    ring: int
    seat_role: str = ""
    phone: str = ""
    languages: str = ""
    url: str = ""
    me: bool = False
    seat: Seat | None = None
    since: date | None = None
    channel: str = ""
    listens: bool = False

    @property
    def coordinates(self) -> bool:
        """Whether this is the family's coordinator."""
        return self.seat_role == Seat.Role.COORDINATOR


def viewer_of(request: HttpRequest) -> Viewer:
    """Who asks; the door saw to it that there is somebody."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    return viewer


def must_sit(request: HttpRequest, family_id: UUID) -> LiveSeat:
    """The viewer's seat with this family; without one the page is not here. Whoever comes this far has looked."""
    seat = viewer_of(request).family_seat(family_id)
    if seat is None:
        raise Http404
    unit.saw(seat.circle, "faces", seat.subject)
    return seat


def face_of(seat: Seat, viewer: Viewer, family_id: UUID) -> Face:
    """The face behind a seat."""
    person = seat.person
    return Face(
        id=person.pk,
        name=person.given_name,
        role=role_of(seat),
        kind=KINDS.get(seat.role, "professional"),
        ring=seat.ring,
        seat_role=seat.role,
        phone=seat.job.phone if seat.job else "",
        languages=spoken(seat.job.languages) if seat.job else "",
        url=address("circle:person", family_id, person.pk),
        me=person.pk == viewer.person_id,
        seat=seat,
        since=timezone.localdate(seat.since),
    )


def role_of(seat: Seat) -> str:
    """Who this is in plain words: what the family says, else the word for the seat."""
    if seat.role == Seat.Role.COORDINATOR:
        return gettext("coordinator")
    return seat.relation or str(seat.get_role_display())


MEMBERS = Statement(
    lambda family: FamilyMember.objects.filter(family_id=family).select_related("family", "person")
)


def members_of(family_id: UUID) -> list[FamilyMember]:
    """Children and guardians, children first; none when there is no such family for the viewer."""
    members = sorted(
        MEMBERS(family=family_id),
        key=lambda m: (m.kind != FamilyMember.Kind.CHILD, m.person.given_name, str(m.person_id)),
    )
    if not members:
        raise Http404
    return members


def faces_around(
    family_id: UUID, viewer: Viewer, at: datetime, members: Iterable[FamilyMember] = ()
) -> list[Face]:
    """Everybody with a seat, and the children who are too young for one; innermost first."""
    faces = [face_of(seat, viewer, family_id) for seat in family_seats(family_id, at)]
    seated = {face.id for face in faces}
    for member in members:
        if member.kind == FamilyMember.Kind.CHILD and member.person_id not in seated:
            faces.append(
                Face(member.person_id, member.person.given_name, gettext("child"), "family", 1,
                     url=address("circle:person", family_id, member.person_id))
            )  # fmt: skip
    return sorted(faces, key=lambda f: (f.ring, f.kind != "family", f.name, str(f.id)))


def with_cards(faces: list[Face]) -> list[Face]:
    """The faces with how to reach them, as far as the viewer may know it; the seats brought it along."""
    return [_reached(face, face.seat.card) if face.seat and face.seat.card else face for face in faces]


def _reached(face: Face, card: dict[str, Any]) -> Face:
    return replace(
        face,
        phone="" if face.me else face.phone or card["phone"],
        languages=face.languages or spoken(card["language"]),
        channel=str(ContactCard.Channel(card["channel"]).label),
        listens=card["listens"],
    )


def caring_of(faces: Iterable[Face], viewer: Viewer) -> dict[str, str] | None:
    """The one person to call: the coordinator; the contact point as long as nobody is chosen."""
    for face in faces:
        if face.coordinates:
            return None if face.me else {
                "name": face.name, "role": face.role, "phone": face.phone, "languages": face.languages,
                "kind": face.kind,
            }  # fmt: skip
    if viewer.works:
        return None
    return contact_point(viewer.village_name, viewer.village_phone)


def around(request: HttpRequest, faces: Iterable[Face]) -> dict[str, Any]:
    """What every page of a family needs: the base for who asks, and the person to call."""
    viewer = viewer_of(request)
    return {
        "base": "base.html" if viewer.works else "base_family.html",
        "caring": caring_of(faces, viewer),
        "other_eyes": viewer.seen_as is not None,
    }


def known_by(rows: Iterable[Guarded], faces: Iterable[Face]) -> list[set[UUID]]:
    """Who may know each of these things; the faces were read already, so it is one statement."""
    persons = {face.id: face.seat.person for face in faces if face.seat is not None}
    return [{person.pk for person in known} for known in who_knows(rows, persons)]


def sentence_of(known: set[UUID], faces: list[Face]) -> str:
    """Who may know it, in names; everybody of the circle in two words."""
    seated = [face for face in faces if face.seat is not None]
    others = [face.name for face in seated if face.id not in known]
    if known and not others:
        return gettext("everybody in this circle")
    if len(others) <= FEW < len(seated) / 2:
        return gettext("everybody in this circle but %(names)s") % {"names": listed(others)}
    ours = [gettext("you") if face.me else face.name for face in seated if face.id in known]
    return listed(sorted(ours, key=lambda name: name != gettext("you")))
