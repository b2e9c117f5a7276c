"""Asking somebody in, the card with the link, and the answer of the invited."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kring.network.rules import fold
from kring.trust.models import Circle, Invitation, Job, Link, Person, Seat
from kring.trust.permissions import NotAllowed, Permission
from kring.trust.usecases import circles, links
from kring.trust.usecases.circles import Guest
from kring.web import sessions
from kring.web.circle.faces import must_sit, viewer_of
from kring.web.circle.forms import AskIn, AskProfessional, posted
from kring.web.circle.members import around_family, is_coordinator
from kring.web.doors import door
from kring.web.trust import cards

SHOWN = 24


@door("second-factor", page="invitation")
def ask_in(request: HttpRequest, family_id: UUID) -> HttpResponseBase:
    """Somebody of one's own is asked into the circle."""
    faces, told = around_family(request, family_id)
    viewer = viewer_of(request)
    circle = must_sit(request, family_id).circle
    viewer.must(Permission.INVITE, circle)
    form = AskIn(posted(request), family=faces, asks=is_coordinator(request, family_id))
    if request.method != "POST" or not form.is_valid():
        return TemplateResponse(
            request, "circle/ask_in.html", told | {"form": form}, status=422 if form.errors else 200
        )
    said = form.cleaned_data
    guest = Guest(said["given_name"], "", said["relation"], said["ring"], said["history"], said["phone"])
    invitation = circles.invite(
        Circle.objects.get(pk=circle), guest, by=viewer, at=timezone.now(), word_of=_word(said)
    )
    return redirect("circle:invited", family_id, invitation.pk)


def _word(said: dict[str, Any]) -> UUID | None:
    return UUID(said["word_of"]) if said.get("word_of") else None


def professionals(words: str, but: set[UUID], at: Any, only: Q | None = None) -> list[Job]:
    """People of the village by name, work or organisation; with no words the first of them."""
    live = Job.objects.filter(only or Q(), since__lte=at).exclude(until__lte=at).exclude(person_id__in=but)
    wanted = fold(words).split()
    found = []
    for job in live.select_related("person", "organisation").order_by("person__given_name", "id"):
        text = fold(" ".join([job.person.full_name, job.title, job.organisation.name]))
        if all(word in text for word in wanted):
            found.append(job)
        if len(found) == SHOWN:
            break
    return found


@door("second-factor", page="invitation")
def find_professional(request: HttpRequest, family_id: UUID) -> TemplateResponse:
    """Which professional of the village shall come in?"""
    faces, told = around_family(request, family_id)
    viewer_of(request).must(Permission.INVITE, must_sit(request, family_id).circle)
    words = request.GET.get("words", "")[:80]
    jobs = professionals(words, {face.id for face in faces if face.seat}, timezone.now())
    return TemplateResponse(request, "circle/find_professional.html", told | {"words": words, "jobs": jobs})


@door("second-factor", page="invitation")
def ask_professional(request: HttpRequest, family_id: UUID, job_id: UUID) -> HttpResponseBase:
    """A professional is asked in; they accept when they are signed in."""
    faces, told = around_family(request, family_id)
    viewer = viewer_of(request)
    circle = must_sit(request, family_id).circle
    viewer.must(Permission.INVITE, circle)
    job = Job.objects.select_related("person", "organisation").filter(pk=job_id).first()
    if job is None:
        raise Http404
    form = AskProfessional(
        posted(request),
        family=faces,
        asks=is_coordinator(request, family_id),
        initial={"relation": job.title},
    )
    if request.method != "POST" or not form.is_valid():
        more = {"form": form, "job": job}
        return TemplateResponse(
            request, "circle/ask_in.html", told | more, status=422 if form.errors else 200
        )
    said = form.cleaned_data
    guest = Guest(
        relation=said["relation"] or job.title, ring=said["ring"], history=said["history"], job=job,
        role=Seat.Role.PROFESSIONAL,
    )  # fmt: skip
    _ask(request, circle, guest, _word(said))
    return redirect("circle:family", family_id)


def _ask(request: HttpRequest, circle: UUID, guest: Guest, word_of: UUID | None) -> None:
    """The question goes out, unless this person is in already; either is said."""
    name = {"name": guest.job.person.given_name if guest.job else guest.given_name}
    whole = Circle.objects.get(pk=circle)
    try:
        circles.invite(whole, guest, by=viewer_of(request), at=timezone.now(), word_of=word_of)
    except circles.AlreadyInTheCircle:
        messages.info(request, _("%(name)s is in the circle already.") % name)
    else:
        messages.success(request, _("%(name)s is asked. The seat begins with their yes.") % name)


def _invitation(family_id: UUID, invitation_id: UUID) -> Invitation:
    found = Invitation.objects.filter(pk=invitation_id, circle__family_id=family_id).first()
    if found is None:
        raise Http404
    return found  # type: ignore[no-any-return]


@door("second-factor", page="invitation")
def invited(request: HttpRequest, family_id: UUID, invitation_id: UUID) -> HttpResponseBase:
    """Somebody is asked in: now the card with the link and, another way, the code."""
    _faces, told = around_family(request, family_id)
    invitation = _invitation(family_id, invitation_id)
    open_still = (
        not invitation.answer and invitation.withdrawn_at is None and invitation.until > timezone.now()
    )
    if request.method != "POST":
        mine = invitation.author_id == viewer_of(request).person_id
        more = {"invitation": invitation, "open": open_still, "mine": mine}
        return TemplateResponse(request, "circle/invited.html", told | more)
    viewer_of(request).must(Permission.INVITE, invitation.circle_id)
    if not open_still or invitation.job_id:
        raise Http404
    asked = Person.objects.filter(pk=invitation.person_id).first()
    if asked is None:  # asked by somebody else of the circle, who makes the card
        raise NotAllowed("make a card")
    made = links.make(asked, Link.Purpose.JOIN, invitation.pk, by=viewer_of(request), at=timezone.now())
    return cards.card(request, asked, made)


@require_POST
@door("second-factor", page="invitation")
def take_back(request: HttpRequest, family_id: UUID, invitation_id: UUID) -> HttpResponseBase:
    """The family changes its mind."""
    must_sit(request, family_id)
    invitation = _invitation(family_id, invitation_id)
    circles.take_back(invitation, by=viewer_of(request), at=timezone.now())
    messages.success(request, _("%(name)s is not asked any more.") % {"name": invitation.given_name})
    return redirect("circle:family", family_id)


@door("link", page="invitation")
def join(request: HttpRequest, invitation_id: UUID) -> HttpResponseBase:
    """The invited reads who asks, and says yes or no."""
    asked = next((one for one in circles.asked_in() if one.id == invitation_id), None)
    if asked is None:
        if circles.somebody_else_was_asked(invitation_id):
            return TemplateResponse(request, "circle/join.html", {"said": "another"})
        raise Http404
    viewer = viewer_of(request)
    said = asked.answer
    if request.method == "POST" and not said:
        said = circles.answer(
            invitation_id, request.POST.get("answer") == "yes", by=viewer, at=timezone.now()
        )
    if said == "yes" and request.method == "POST":
        if viewer.scope is not None:  # who came by link and code for the first time is in from now on
            sessions.begin_first_time(request, viewer.person_id)
        later = asked.begins_at is not None and asked.begins_at > timezone.now()
        messages.success(
            request,
            _("Thank you. You begin on the day that was agreed.")
            if later
            else _("Good that you are here. You sit in the circle now."),
        )
        family = circles.just_joined(viewer) if viewer.works else None
        return redirect("circle:family", family) if family else redirect("/")
    return TemplateResponse(request, "circle/join.html", {"asked": asked, "said": said})
