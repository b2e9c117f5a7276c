"""What two people decide about a family: who is left out by a court order or a conflict, who is guardian, who has authority."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kring.trust import rules
from kring.trust.models import FamilyMember, Matter, Organisation
from kring.trust.usecases import two_people
from kring.web.circle.faces import Face, viewer_of
from kring.web.circle.families import keeps
from kring.web.circle.forms import posted
from kring.web.circle.inviting import professionals
from kring.web.circle.leaving_out import whom_to_leave_out
from kring.web.circle.members import around_family
from kring.web.doors import door
from kring.web.two_people.asking import READ, asked, asking
from kring.web.two_people.forms import Born, JustWhy, LeaveOutByTwo

Kind = Matter.Kind


def _around(request: HttpRequest, family_id: UUID) -> tuple[list[Face], list[FamilyMember], dict[str, Any]]:
    """The faces of a family one keeps; for everybody else there is no such page."""
    viewer = viewer_of(request)
    seat = viewer.family_seat(family_id)
    if seat is None or not keeps(viewer, seat.circle):
        raise Http404
    faces, told = around_family(request, family_id)
    members = list(FamilyMember.objects.filter(family_id=family_id).select_related("person"))
    return faces, sorted(members, key=lambda one: (one.person.given_name, str(one.pk))), told


def _back(family_id: UUID) -> str:
    return f"/family/{family_id}/two-people/"


@require_safe
@door("second-factor", page="two people")
def of_family(request: HttpRequest, family_id: UUID) -> HttpResponse:
    """Who is left out by two people's word, and what can be asked."""
    faces, members, told = _around(request, family_id)
    guardians = [one for one in members if one.kind == FamilyMember.Kind.GUARDIAN]
    known = {one.person_id for one in members}
    names = {one.person_id: one.person.given_name for one in members}
    told |= {
        "children": [one.person for one in members if one.kind == FamilyMember.Kind.CHILD],
        "guardians": guardians,
        "others": [face for face in faces if face.seat_role == "natural" and face.id not in known],
        "left_out": [_line(one, names) for one in two_people.left_out(family_id)],
    }
    return TemplateResponse(request, "two_people/family.html", told)


def _line(one: dict[str, Any], names: dict[UUID, str]) -> dict[str, Any]:
    sector = str(Organisation.Sector(one["sector"]).label) if one["sector"] else ""
    return one | {
        "who": one["name"] or sector,
        "child": names.get(one["subject"], ""),
        "ground_name": Kind(one["ground"]).label,
    }


@READ
@door("second-factor", page="two people")
def leave_out(request: HttpRequest, family_id: UUID) -> HttpResponse:
    """Ask that somebody knows nothing of a child any more. It stays silent."""
    viewer = viewer_of(request)
    faces, members, _told = _around(request, family_id)
    children = [(str(one.person_id), one.person.given_name) for one in members if one.kind == "child"]
    looked_for = (request.POST if request.method == "POST" else request.GET).get("name", "")[:80]
    form = LeaveOutByTwo(
        posted(request), children=children, targets=_targets(faces, looked_for), today=timezone.localdate()
    )
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        kind, _mark, value = told["whom"].partition(":")
        facts = {"family": family_id, "subject": told["child"], kind: value}
        if told["ends_on"]:
            facts["until"] = rules.day_is_over(told["ends_on"], viewer.timezone).isoformat()
        return asked(request, told["ground"], facts, told["why"])
    answer = asking(request, form, _("Leave somebody out, by two people"), _(
        "By a court order, for a conflict of interest, or in the interest of the child. It is silent: they cannot tell."),
        _back(family_id))  # fmt: skip
    answer.context_data |= {"looks_for": looked_for, "searches": True}  # type: ignore[attr-defined]
    return answer


def _targets(faces: list[Face], looked_for: str) -> list[tuple[str, str]]:
    """People around the family, and whoever works in the village and was looked for by name."""
    around = whom_to_leave_out(faces, UUID(int=0))
    if not looked_for.strip():
        return around
    known = {value for value, _word in around}
    found = professionals(looked_for, set(), timezone.now())
    others = {f"person:{job.person_id}": f"{job.person.full_name} ({job.organisation.name})" for job in found}
    return [*[(value, word) for value, word in others.items() if value not in known], *around]


@READ
@door("second-factor", page="two people")
def let_in(request: HttpRequest, family_id: UUID, exclusion_id: UUID) -> HttpResponse:
    """Ask that somebody who was left out by two people is let in again."""
    _faces, members, _told = _around(request, family_id)
    names = {one.person_id: one.person.given_name for one in members}
    lines = [_line(one, names) for one in two_people.left_out(family_id) if one["id"] == exclusion_id]
    if not lines:
        raise Http404
    facts: dict[str, Any] = {"family": family_id, "exclusion": exclusion_id, "subject": lines[0]["subject"]}
    facts |= {name: lines[0][name] for name in ("person", "organisation", "sector") if lines[0][name]}
    title = _("Let %(who)s in again") % {"who": lines[0]["who"]}
    text = _("What is about %(name)s is then known as before.") % {"name": lines[0]["child"]}
    return _just_why(request, Kind.EXCLUSION_ENDS, facts, title, text)


def _just_why(request: HttpRequest, kind: str, facts: dict[str, Any], title: str, text: str) -> HttpResponse:
    form = JustWhy(posted(request))
    if request.method == "POST" and form.is_valid():
        return asked(request, kind, facts, form.cleaned_data["why"])
    return asking(request, form, title, text, _back(facts["family"]))


@READ
@door("second-factor", page="two people")
def authority(request: HttpRequest, family_id: UUID, person_id: UUID) -> HttpResponse:
    """Ask that a guardian decides with authority, or without."""
    _faces, members, _told = _around(request, family_id)
    member = next((one for one in members if one.person_id == person_id and one.kind == "guardian"), None)
    if member is None:
        raise Http404
    facts = {"family": family_id, "person": person_id, "authority": not member.authority}
    name = {"name": member.person.given_name}
    title = (
        _("%(name)s without authority") % name if member.authority else _("%(name)s with authority") % name
    )
    text = (
        _("No plan waits for their yes any more. What they may read stays.")
        if member.authority
        else _("A plan then waits for their yes too.")
    )
    return _just_why(request, Kind.AUTHORITY, facts, title, text)


@READ
@door("second-factor", page="two people")
def born(request: HttpRequest, family_id: UUID, person_id: UUID) -> HttpResponse:
    """Ask that a child was born on a day: for the first time, or another day than before.

    Which day stands there is said to nobody here: whoever was left out of the child would see that it is missing.
    """
    _faces, members, _told = _around(request, family_id)
    child = next((one.person for one in members if one.person_id == person_id and one.kind == "child"), None)
    if child is None:
        raise Http404
    form = Born(posted(request), today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        facts = {"family": family_id, "subject": person_id, "born": form.cleaned_data["born"]}
        return asked(request, Kind.BIRTH, facts, form.cleaned_data["why"])
    name = {"name": child.given_name}
    text = _(
        "From this day follows from when %(name)s decides alone, and until when a parent reads along. %(name)s reads under “Who looked” that it changed."
    )
    return asking(request, form, _("When %(name)s was born") % name, text % name, _back(family_id))


@require_http_methods(["GET", "HEAD", "POST"])
@door("second-factor", page="two people")
def guardian(request: HttpRequest, family_id: UUID, person_id: UUID) -> HttpResponse:
    """Ask that somebody of the circle becomes a guardian, or that a guardian is one no longer."""
    faces, members, _told = _around(request, family_id)
    member = next((one for one in members if one.person_id == person_id), None)
    face = next((one for one in faces if one.id == person_id and one.seat_role == "natural"), None)
    facts: dict[str, Any] = {"family": family_id, "person": person_id}
    if member is not None and member.kind == FamilyMember.Kind.GUARDIAN:
        title = _("%(name)s is no guardian any more") % {"name": member.person.given_name}
        text = _("Every place with this family then ends, also at home. Nobody else's place changes.")
        return _just_why(request, Kind.HOUSEHOLD, facts | {"change": "goes"}, title, text)
    if member is not None or face is None:
        raise Http404
    title = _("%(name)s becomes a guardian") % {"name": face.name}
    text = _("As a foster parent or a grandparent who takes over. A plan then waits for their yes too.")
    return _just_why(request, Kind.HOUSEHOLD, facts | {"change": "comes", "authority": True}, title, text)
