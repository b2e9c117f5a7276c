"""Who sees what: each thing with its eyes, open or closed, and one sentence that says what it means."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kring.trust.permissions import Permission
from kring.trust.usecases import showing
from kring.web.circle import items
from kring.web.circle.faces import Face, known_by, must_sit, sentence_of, viewer_of
from kring.web.circle.members import around_family
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
            return redirect("circle:eyes", family_id, kind, row_id)
        item = items.find(kind, row_id, family_id)
    told |= _shown(request, faces, item, family_id)
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
        "address": reverse("circle:eyes", args=[family_id, item.kind, item.row.pk]),
    }


def _may_narrow(item: items.Item, request: HttpRequest, family_id: UUID) -> bool:
    """Whether the viewer may show this to fewer."""
    viewer = viewer_of(request)
    return item.row.about_id == viewer.person_id or viewer.can(
        Permission.NARROW, must_sit(request, family_id).circle
    )


def _touch(request: HttpRequest, family_id: UUID, faces: list[Face], item: items.Item) -> None:
    """One eye is opened or closed; what it does is said in a sentence."""
    (known,) = known_by([item.row], faces)
    face = next(
        (one for one in faces if one.seat is not None and str(one.id) == request.POST.get("face")), None
    )
    if face is None:
        return
    wants_open = request.POST.get("open") == "yes"
    wanted = known | {face.id} if wants_open else known - {face.id}
    if wanted == known:
        return
    try:
        showing.show_to(
            items.rows_of(item), wanted, family_id=family_id, by=viewer_of(request), at=timezone.now()
        )
    except showing.SubjectStays:
        messages.warning(
            request, _("This is about %(name)s. So %(name)s keeps seeing it.") % {"name": face.name}
        )
    except showing.NotYoursToWiden:
        messages.warning(
            request, _("Showing it to more people is for the one it is about, or for the parents.")
        )
    except showing.NobodyLeft:
        messages.warning(request, _("You keep seeing what you share."))
    else:
        said = (
            _("%(name)s sees this from now on.") if wants_open else _("%(name)s does not see this any more.")
        )
        messages.success(request, said % {"name": face.name})
