"""One person of the circle: who it is, nearer or farther, taken out, gone."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kring.trust.models import Seat
from kring.trust.permissions import SENTENCES
from kring.trust.usecases import circles
from kring.web.circle.faces import Face, around, faces_around, members_of, must_sit, viewer_of, with_cards
from kring.web.circle.families import keeps, may_of
from kring.web.circle.forms import MoveFace, WhoseWord, posted
from kring.web.doors import door


def around_family(request: HttpRequest, family_id: UUID) -> tuple[list[Face], dict[str, Any]]:
    """The faces of the family, and what its pages share."""
    seat = must_sit(request, family_id)
    viewer = viewer_of(request)
    members = members_of(family_id)
    faces = faces_around(family_id, viewer, timezone.now(), members)
    told = {
        "family": members[0].family,
        "family_id": family_id,
        "faces": faces,
        "may": may_of(viewer, seat.circle),
    }
    return faces, told | around(request, faces)


def face_in(faces: list[Face], person_id: UUID) -> Face:
    """The face in the address; hidden and missing are the same."""
    for face in faces:
        if face.id == person_id:
            return face
    raise Http404


def is_coordinator(request: HttpRequest, family_id: UUID) -> bool:
    """Whether the viewer coordinates here, and so acts on the family's word."""
    seat = viewer_of(request).family_seat(family_id)
    return seat is not None and seat.role == Seat.Role.COORDINATOR


@door("second-factor", page="person")
def person(request: HttpRequest, family_id: UUID, person_id: UUID) -> TemplateResponse:
    """One face of the rings, and what one can do."""
    faces, told = around_family(request, family_id)
    face = face_in(with_cards(faces), person_id)
    goes = face.seat is not None and face.seat_role not in (Seat.Role.CHILD, Seat.Role.GUARDIAN)
    removable = (
        goes and not face.me and (told["may"]["choose"] if face.coordinates else told["may"]["remove"])
    )
    form = MoveFace(initial={"ring": face.ring, "relation": face.seat.relation if face.seat else ""})
    more = {"face": face, "form": form, "removable": removable, "does": SENTENCES.get(face.seat_role, "")}
    more["may_card"] = face.seat is not None and _may_card(request, family_id, face)
    more["keeps_birth"] = _keeps_birth(request, family_id, face)
    more["keeps_same"] = told["may"]["two"] and face.seat_role in (Seat.Role.GUARDIAN, Seat.Role.NATURAL)
    return TemplateResponse(request, "circle/person.html", told | more)


def _keeps_birth(request: HttpRequest, family_id: UUID, face: Face) -> bool:
    """Whether the viewer may ask that the day of this child's birth is put right."""
    viewer, is_child = viewer_of(request), face.seat is None or face.seat_role == Seat.Role.CHILD
    seat = viewer.family_seat(family_id)
    return is_child and seat is not None and keeps(viewer, seat.circle)


def _may_card(request: HttpRequest, family_id: UUID, face: Face) -> bool:
    """Whether the viewer may make a card to come in: the coordinator or the contact point, for who has no job here."""
    viewer = viewer_of(request)
    if viewer.seen_as is not None or viewer.scope is not None or face.me or face.kind == "professional":
        return False
    answers = any(job.role == "contact point" for job in viewer.jobs)
    return is_coordinator(request, family_id) or (answers and viewer.family_seat(family_id) is not None)


@require_POST
@door("second-factor", page="person")
def move(request: HttpRequest, family_id: UUID, person_id: UUID) -> HttpResponseBase:
    """Drawn nearer or farther in the rings."""
    faces, told = around_family(request, family_id)
    face = face_in(faces, person_id)
    form = MoveFace(request.POST)
    if face.seat is None:
        raise Http404
    if not form.is_valid():
        return TemplateResponse(
            request, "circle/person.html", told | {"face": face, "form": form}, status=422
        )
    circles.change_ring(face.seat, form.cleaned_data["ring"], form.cleaned_data["relation"], by=viewer_of(request),
                        at=timezone.now())  # fmt: skip
    messages.success(request, _("Done. %(name)s has a new place in the rings.") % {"name": face.name})
    return redirect("circle:family", family_id)


@door("second-factor", page="person")
def remove(request: HttpRequest, family_id: UUID, person_id: UUID) -> HttpResponseBase:
    """Taken out of the circle, after one question."""
    faces, told = around_family(request, family_id)
    face = face_in(faces, person_id)
    if face.me:
        return redirect("circle:leave", family_id)
    form = WhoseWord(posted(request), family=faces, asks=is_coordinator(request, family_id))
    if request.method != "POST" or not form.is_valid():
        status = 422 if form.errors else 200
        return TemplateResponse(
            request, "circle/remove.html", told | {"face": face, "form": form}, status=status
        )
    word = form.cleaned_data.get("word_of")
    _take_out(request, family_id, face, UUID(word) if word else None)
    return redirect("circle:family", family_id)


def _take_out(request: HttpRequest, family_id: UUID, face: Face, word_of: UUID | None) -> None:
    """It is done, and said; a coordinator who goes leaves a family that waits."""
    try:
        circles.remove(face.id, family_id, by=viewer_of(request), at=timezone.now(), word_of=word_of)
    except (circles.NotInTheCircle, circles.LeavesOnlyByItself):
        messages.warning(request, _("Nothing changed. This person is not taken out by others."))
        return
    said = _("%(name)s is not in the circle any more, and sees nothing of it from now on.")
    messages.success(request, said % {"name": face.name})
    if face.coordinates:
        messages.info(request, _("Somebody of the contact point will call you. You choose who comes next."))


@door("second-factor", page="person")
def leave(request: HttpRequest, family_id: UUID) -> HttpResponseBase:
    """Somebody goes themselves."""
    _faces, told = around_family(request, family_id)
    if request.method != "POST":
        return TemplateResponse(request, "circle/leave.html", told)
    circles.leave(family_id, by=viewer_of(request), at=timezone.now())
    messages.success(request, _("You have left the circle. You can be asked in again."))
    return redirect("/")
