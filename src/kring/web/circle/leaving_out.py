"""Leaving somebody out of what is about a child: by the young person alone, below that age by a guardian."""

from __future__ import annotations

from itertools import groupby
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from kring.trust.models import Exclusion, FamilyMember, Organisation
from kring.trust.permissions import Permission
from kring.trust.usecases import exclusions
from kring.trust.viewer import Viewer
from kring.web.circle.faces import Face, known_by, must_sit, viewer_of
from kring.web.circle.forms import LeaveOut, posted
from kring.web.circle.members import around_family
from kring.web.doors import door
from kring.wraparound.models import Action

KINDS = {
    "person": gettext_lazy("Somebody of the circle"), "organisation": gettext_lazy("Everybody of one house"),
    "sector": gettext_lazy("Everybody of one field of work"),
}  # fmt: skip
NOT_ALONE = gettext_lazy("The other parent works there. One parent alone does not leave the other out.")


def _children(family_id: UUID, viewer: Viewer) -> list[FamilyMember]:
    """The children for whom the viewer decides this: oneself; for a guardian those below own voice."""
    members = FamilyMember.objects.filter(family_id=family_id, kind=FamilyMember.Kind.CHILD)
    children = list(members.select_related("person").order_by("person__given_name", "person_id"))
    guardian, now, mine = _is_guardian(viewer, family_id), timezone.now(), []
    for child in children:
        alone = exclusions.decides_alone(child.person_id, by=viewer, at=now)
        if child.person_id == viewer.person_id if alone else alone is False and guardian:
            mine.append(child)
    return mine


def _is_guardian(viewer: Viewer, family_id: UUID) -> bool:
    seat = viewer.family_seat(family_id)
    return seat is not None and seat.role == "guardian"


def whom_to_leave_out(faces: list[Face], child_id: UUID) -> list[tuple[str, str]]:
    """People of the circle, then whole organisations and sectors they work for."""
    people = [
        (f"person:{face.id}", f"{face.name} ({face.role})")
        for face in faces
        if face.seat is not None and not face.me and face.id != child_id
    ]
    where = {face.seat.job.organisation_id for face in faces if face.seat and face.seat.job}
    houses = Organisation.objects.filter(pk__in=where).order_by("name", "id")
    return [
        *people,
        *[
            (f"organisation:{house.pk}", _("everybody of %(name)s") % {"name": house.name})
            for house in houses
        ],
        *[
            (f"sector:{code}", _("everybody who works in: %(sector)s") % {"sector": word})
            for code, word in Organisation.Sector.choices
        ],
    ]


@door("second-factor", page="left out")
def left_out(request: HttpRequest, family_id: UUID) -> HttpResponseBase:
    """Who is left out, and leaving somebody out. Nobody is told."""
    seat = must_sit(request, family_id)
    viewer = viewer_of(request)
    viewer.must(Permission.EXCLUDE, seat.circle)
    faces, told = around_family(request, family_id)
    children = _children(family_id, viewer)
    asked = [child for child in children if str(child.person_id) == request.GET.get("child")]
    child = next(iter(asked + children), None)
    told |= {"children": children, "child": child, "form": None, "lines": []}
    if child is None:
        return TemplateResponse(request, "circle/left_out.html", told)
    left = exclusions.left_out_by(viewer, [child.person_id], timezone.now())
    mine = _is_me(child, viewer)
    parents = set() if mine else _other_parents(family_id, viewer)
    choices = _still(whom_to_leave_out(faces, child.person_id), left, parents)
    if request.method == "POST" and request.POST.get("whom") in _gone(
        left
    ):  # from a second page that was open
        _say_it_is_done(request, child, viewer)
        return redirect(request.get_full_path())
    form = LeaveOut(posted(request), choices=_by_kind(choices))
    if request.method == "POST" and form.is_valid():
        try:
            _leave_out(request, child, form.cleaned_data["whom"], family_id, faces)
            return redirect(request.get_full_path())
        except exclusions.NotForOneParent:
            form.add_error("whom", NOT_ALONE)
    told |= {"form": form, "lines": [_line(one, faces) for one in left], "mine": mine, "parents": parents}
    return TemplateResponse(request, "circle/left_out.html", told, status=422 if form.errors else 200)


def _is_me(child: FamilyMember, viewer: Viewer) -> bool:
    return child.person_id == viewer.person_id


def _other_parents(family_id: UUID, viewer: Viewer) -> set[UUID]:
    """Who decides about the child too: one parent alone does not leave them out."""
    deciding = FamilyMember.objects.filter(family_id=family_id, kind="guardian", authority=True)
    return set(deciding.exclude(person_id=viewer.person_id).values_list("person_id", flat=True))


def _still(
    choices: list[tuple[str, str]], left: list[Exclusion], parents: set[UUID]
) -> list[tuple[str, str]]:
    """Who can still be left out: not who is already, by the family's own choice, and not the other parent."""
    gone = {f"person:{parent}" for parent in parents} | _gone(left)
    return [(value, word) for value, word in choices if value not in gone]


def _gone(left: list[Exclusion]) -> set[str]:
    """Who is left out already, by the family's own choice."""
    return {
        f"{kind}:{value}"
        for one in left
        if one.ground in exclusions.ENDED_BY_THE_FAMILY
        for kind, value in (("person", one.person_id), ("organisation", one.organisation_id), ("sector", one.sector))
        if value
    }  # fmt: skip


def _say_it_is_done(request: HttpRequest, child: FamilyMember, viewer: Viewer) -> None:
    said = (
        _("Done, in silence. From now on they know nothing about you.")
        if _is_me(child, viewer)
        else _("Done, in silence. From now on they know nothing about %(name)s.")
        % {"name": child.person.given_name}
    )
    messages.success(request, said)


def _by_kind(choices: list[tuple[str, str]]) -> list[tuple[Promise, list[tuple[str, str]]]]:
    """People first; then, under a word of their own, everybody of a house and everybody of a field of work."""
    return [
        (KINDS[kind], list(some)) for kind, some in groupby(choices, key=lambda one: one[0].partition(":")[0])
    ]


def _leave_out(
    request: HttpRequest, child: FamilyMember, whom: str, family_id: UUID, faces: list[Face]
) -> None:
    """It is done, and said; and which steps about the child nobody does from now on."""
    viewer, at = viewer_of(request), timezone.now()
    kind, _mark, value = whom.partition(":")
    target: dict[str, Any] = {"sector": value} if kind == "sector" else {f"{kind}_id": UUID(value)}
    steps = _promised(family_id, child.person_id)
    before = known_by(steps, faces)
    exclusions.leave_out(child.person, by=viewer, at=at, **target)
    _say_it_is_done(request, child, viewer)
    for face in faces:
        if face.coordinates and face.id == target.get("person_id"):
            messages.info(request, _("%(name)s stays the coordinator until you choose somebody else, under “Our coordinator”.")
                          % {"name": face.name})  # fmt: skip
    for step, knew, knows in zip(steps, before, known_by(steps, faces), strict=True):
        if step.doer_id in knew - knows:
            messages.info(request, _("This step then has nobody: %(step)s") % {"step": step.what})


def _promised(family_id: UUID, child_id: UUID) -> list[Action]:
    """Steps about the child that somebody promised and that are not done."""
    standing = Action.objects.standing().filter(goal__plan__family_id=family_id, about_id=child_id)
    return list(standing.filter(doer__isnull=False, done_at=None).order_by("at", "id"))


def _line(exclusion: Exclusion, faces: list[Face]) -> dict[str, Any]:
    names = {face.id: face.name for face in faces}
    if exclusion.person_id:
        who = names.get(exclusion.person_id, _("somebody who is not in the circle now"))
    elif exclusion.organisation:
        who = _("everybody of %(name)s") % {"name": exclusion.organisation.name}
    else:
        who = _("everybody who works in: %(sector)s") % {"sector": exclusion.get_sector_display()}
    return {"row": exclusion, "who": who, "ends": exclusion.ground in exclusions.ENDED_BY_THE_FAMILY}


@require_POST
@door("second-factor", page="left out")
def let_in(request: HttpRequest, family_id: UUID, exclusion_id: UUID) -> HttpResponseBase:
    """Somebody who was left out may know again."""
    must_sit(request, family_id)
    exclusion = Exclusion.objects.filter(pk=exclusion_id).first()
    if exclusion is None:
        raise Http404
    exclusions.end(exclusion, by=viewer_of(request), at=timezone.now())
    messages.success(request, _("Done. They see again what their seat shows them."))
    return redirect(f"{reverse('circle:left_out', args=(family_id,))}?child={exclusion.subject_id}")
