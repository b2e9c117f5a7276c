"""Saying how one wishes to be reached; the coordinator writes it down on the family's word."""

from __future__ import annotations

from dataclasses import fields
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from kring.trust.models import ContactCard
from kring.trust.usecases import reaching
from kring.trust.usecases.reaching import Wish
from kring.web.circle.faces import Face, viewer_of
from kring.web.circle.forms import posted
from kring.web.circle.members import around_family, face_in, is_coordinator
from kring.web.design.lists import listed
from kring.web.doors import door
from kring.web.reaching.forms import WishForm


@door("second-factor", page="reaching")
def wish(request: HttpRequest, family_id: UUID, person_id: UUID) -> HttpResponseBase:
    """One person's wishes: their own to say, or told to the coordinator."""
    faces, told = around_family(request, family_id)
    face = _may_say(request, family_id, face_in(faces, person_id))
    form = WishForm(posted(request), family=faces, about=face, initial=_before(face))
    if request.method != "POST" or not form.is_valid():
        readers = [one.name for one in faces if one.seat is not None and not one.me]
        more = {"form": form, "face": face, "readers": listed(readers)}
        return TemplateResponse(
            request, "reaching/wish.html", told | more, status=422 if form.errors else 200
        )
    word = form.cleaned_data.get("word_of")
    reaching.wish(family_id, person_id, form.wish(), by=viewer_of(request), at=timezone.now(),
                  word_of=UUID(word) if word else None)  # fmt: skip
    messages.success(request, _("Written down. Whoever reaches out sees it first."))
    return redirect("reaching:reach", family_id)


def _may_say(request: HttpRequest, family_id: UUID, face: Face) -> Face:
    """Oneself, or somebody of the family for the coordinator; for others the page is not here."""
    reached_here = face.seat is not None and face.seat.job_id is None
    if viewer_of(request).seen_as is not None or not reached_here:
        raise Http404
    if not face.me and not (is_coordinator(request, family_id) and reaching.writes_for(face.seat_role)):
        raise Http404
    return face


def _before(face: Face) -> dict[str, Any]:
    """What was said before."""
    seat = face.seat
    card = ContactCard.objects.filter(circle_id=seat.circle_id, person_id=face.id).first() if seat else None
    return {one.name: getattr(card or Wish(), one.name) for one in fields(Wish)}
