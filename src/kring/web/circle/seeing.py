"""Who sees what: each thing with its eyes, open or closed, and one sentence that says what it means."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kring.trust.models import Organisation
from kring.trust.permissions import Permission
from kring.trust.usecases import showing
from kring.trust.viewer import Viewer
from kring.web.circle import items
from kring.web.circle.faces import Face, known_by, must_sit, sentence_of, viewer_of
from kring.web.circle.members import around_family
from kring.web.design.lists import listed
from kring.web.doors import door


@door("second-factor", page="who sees")
def who_sees(request: HttpRequest, family_id: UUID) -> TemplateResponse:
    """Everything one can show to more or fewer, and who may know it now."""
    faces, told = around_family(request, family_id)
    listed = items.all_of(family_id)
    known = known_by([item.row for item in listed], faces)
    lines = [
        {
            "item": item,
            "known": sentence_of(who, faces),
            "narrow": len(who) < sum(f.seat is not None for f in faces),
        }
        for item, who in zip(listed, known, strict=True)
    ]
    return TemplateResponse(request, "circle/who_sees.html", told | {"lines": lines})


@door("second-factor", page="who sees")
def eyes(request: HttpRequest, family_id: UUID, kind: str, row_id: UUID) -> HttpResponseBase:
    """The faces with their eyes; a touch opens or closes one."""
    must_sit(request, family_id)
    faces, told = around_family(request, family_id)
    item = items.find(kind, row_id, family_id)
    if request.method == "POST":
        _touch(request, family_id, faces, item)
        if not request.headers.get("HX-Request"):
            return redirect(reverse("circle:eyes", args=[family_id, kind, row_id]) + "#faces")
        item = items.find(kind, row_id, family_id)
    told |= _shown(request, faces, item, family_id)
    told |= {
        "said": list(messages.get_messages(request)),
        "messages": (),
    }  # said beside the faces, not on top
    template = "circle/eyes_part.html" if request.headers.get("HX-Request") else "circle/eyes.html"
    return TemplateResponse(request, template, told)


def _shown(request: HttpRequest, faces: list[Face], item: items.Item, family_id: UUID) -> dict[str, Any]:
    """Each face, whether its eye is open, and whether a touch can change it."""
    viewer = viewer_of(request)
    (known,) = known_by([item.row], faces)
    seat = must_sit(request, family_id)
    now = timezone.now()
    narrows = _may_narrow(item, request, family_id)
    widens = showing.may_widen(item.row.about_id, seat, viewer, now)
    lines = []
    for face in faces:
        if face.seat is None:
            continue
        is_open = face.id in known
        stays = face.me or (is_open and face.id == item.row.about_id)
        lines.append({"face": face, "open": is_open, "stays": stays or not (narrows if is_open else widens)})
    return {
        "item": item,
        "lines": lines,
        "known": sentence_of(known, faces),
        "narrows": narrows,
        "widens": widens,
        "opens": "" if widens else _who_opens(item, faces, viewer, now),
        "choices": _choices(faces, known, widens) if narrows else [],
        "address": reverse("circle:eyes", args=[family_id, item.kind, item.row.pk]),
    }


def _who_opens(item: items.Item, faces: list[Face], viewer: Viewer, at: datetime) -> str:
    """Who does open an eye here, for whoever may not."""
    about = item.row.about_id
    if about is None:
        return _("Opening an eye is for the parents, and for a child who comes in here.")
    if not showing.speaks(about, viewer, at):
        return _("Opening an eye is for the one it is about, or for the parents.")
    name = next((face.name for face in faces if face.id == about), "")
    if not name:
        return _("Opening an eye is for the one it is about.")
    return _("It is about %(name)s, who is old enough to decide: only %(name)s opens an eye.") % {
        "name": name
    }


def _may_narrow(item: items.Item, request: HttpRequest, family_id: UUID) -> bool:
    """Whether the viewer may show this to fewer."""
    viewer = viewer_of(request)
    return item.row.about_id == viewer.person_id or viewer.can(
        Permission.NARROW, must_sit(request, family_id).circle
    )


def _touch(request: HttpRequest, family_id: UUID, faces: list[Face], item: items.Item) -> None:
    """One eye, or several at once, are opened or closed; what it does is said in a sentence."""
    seated = {str(face.id): face for face in faces if face.seat is not None}
    now = showing.who_sits(item.row.circle_id, timezone.now())
    face = seated.get(request.POST.get("face", ""))
    if face is not None:
        wanted = now | {face.id} if request.POST.get("open") == "yes" else now - {face.id}
    else:
        wanted = _choice(request.POST.get("choice", ""), list(seated.values()), now, item)
    if wanted == now:
        messages.info(request, _("Nothing changed."))
        return
    try:
        showing.show_to(
            items.rows_of(item), wanted, family_id=family_id, by=viewer_of(request), at=timezone.now()
        )
    except showing.SubjectStays:
        messages.warning(request, _("Whom it is about keeps seeing it."))
    except showing.NotYoursToWiden:
        messages.warning(
            request, _("Showing it to more people is for the one it is about, or for the parents.")
        )
    except showing.NobodyLeft:
        messages.warning(request, _("You keep seeing what you share."))
    else:
        messages.success(request, _said(seated, now, wanted))


def _choice(choice: str, seated: list[Face], now: set[UUID], item: items.Item) -> set[UUID]:
    """Everybody, only the family, or all but the people of one organisation; oneself and whom it is about stay."""
    kind, _mark, value = choice.partition(":")
    stay = {face.id for face in seated if face.me or face.id == item.row.about_id} & (
        now | {item.row.about_id}
    )
    stay |= {face.id for face in seated if face.me}
    if kind == "everybody":
        return {face.id for face in seated}
    if kind == "family":
        return {face.id for face in seated if face.kind == "family"} | stay
    if kind == "without":
        return {face.id for face in seated if face.id in now and _house(face) != value} | stay
    return now


def _house(face: Face) -> str:
    job = face.seat.job if face.seat else None
    return str(job.organisation_id) if job else ""


def _said(seated: dict[str, Face], now: set[UUID], wanted: set[UUID]) -> str:
    """What changed, in names."""
    names = {face.id: face.name for face in seated.values()}
    closed = listed(sorted(names[key] for key in now - wanted if key in names))
    opened = listed(sorted(names[key] for key in wanted - now if key in names))
    said = []
    if closed:
        said.append(_("%(name)s: does not see this any more.") % {"name": closed})
    if opened:
        said.append(_("%(name)s: sees this from now on.") % {"name": opened})
    return " ".join(said)


def _choices(faces: list[Face], known: set[UUID], widens: bool) -> list[tuple[str, str]]:
    """What one often chooses, in one touch."""
    houses = {_house(face) for face in faces if face.id in known and not face.me} - {""}
    found = Organisation.objects.filter(pk__in=houses).order_by("name", "id")
    choices = [("family", _("Only the family"))]
    choices += [(f"without:{house.pk}", _("Without %(name)s") % {"name": house.name}) for house in found]
    return [("everybody", _("Everybody")), *choices] if widens else choices
