"""Versions: the list, one of them frozen, and what changed in words."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from kring.trust.permissions import Permission
from kring.web.doors import door
from kring.web.wraparound.around import around, the_plan, the_version, viewer_of
from kring.web.wraparound.frozen import Pages, laid_out, told
from kring.web.wraparound.people import People, people_of
from kring.web.wraparound.reading import Said, now
from kring.wraparound import rules
from kring.wraparound.models import Remark, Version, VersionPart
from kring.wraparound.usecases.versions import answers_to, as_listed

SHOWN = 40


@door("second-factor", page="versions")
def versions(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """Every version, the newest first."""
    plan = the_plan(plan_id)
    context = around(request, people_of(plan.family_id, now())) | {
        "plan": plan,
        "versions": list(
            Version.objects.filter(plan=plan).select_related("author").order_by("-number")[:SHOWN]
        ),
    }
    return TemplateResponse(request, "wraparound/versions.html", context)


@door("second-factor", page="version")
def version(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """One version as it stood, what changed since the one before, and who answered what."""
    found, viewer = the_version(version_id), viewer_of(request)
    people = people_of(found.plan.family_id, now())
    pages = laid_out(found.parts.all())
    heard = _add_remarks(found, pages, people)
    before = Version.objects.filter(plan=found.plan, number__lt=found.number).order_by("-number").first()
    changes = rules.what_changed(as_listed(before), _listed(found)) if before else []
    context = around(request, people) | {
        "version": found,
        "plan": found.plan,
        "pages": pages,
        "heard": heard,
        "before": before,
        "changes": told(changes),
        "asked": answers_to(found.pk) if found.stage != Version.Stage.REPLACED else [],
        "may_remark": viewer.can(Permission.REMARK, found.circle_id),
    }
    return TemplateResponse(request, "wraparound/version.html", context)


def _listed(version: Version) -> list[tuple[object, str, dict[str, object]]]:
    return as_listed(version)


def _add_remarks(version: Version, pages: Pages, people: People) -> list[Said]:
    """Remarks beside the frozen parts; those on the version as a whole are given back."""
    frozen = [
        *pages.wishes,
        *pages.goals,
        *pages.loose,
        *(step for goal in pages.goals for step in goal.steps),
    ]
    by_id = {one.row.pk: one for one in frozen}
    whole: list[Said] = []
    rows = Remark.objects.filter(plan=version.plan, object_id__in=[version.pk, *by_id])
    for row in rows.select_related("author").order_by("at", "id"):
        said = Said(row, people.face(row.author_id))
        (by_id[row.object_id].remarks if row.object_id in by_id else whole).append(said)
    return whole


def parts_known_to(version: Version, person_id: UUID, people: People) -> list[VersionPart]:
    """The parts which both the viewer and this person may know, for a sheet in that person's hand."""
    from kring.trust.usecases.knowing import who_knows

    parts = list(version.parts.all())
    knowing = who_knows(parts, people.persons)
    return [
        part
        for part, persons in zip(parts, knowing, strict=True)
        if any(one.pk == person_id for one in persons)
    ]
