"""The page of the path, and the path on paper."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from kring.intake.models import Promise
from kring.trust.models import FamilyMember
from kring.trust.permissions import Permission
from kring.trust.usecases.knowing import names, who_knows
from kring.web.circle.faces import must_sit
from kring.web.design.lists import listed
from kring.web.doors import door
from kring.web.paper.sheets import Part, Sheet, printed
from kring.web.path.drawing import Shown, drawn
from kring.web.path.words import stretch
from kring.web.wraparound.around import around, family_circle, viewer_of
from kring.web.wraparound.people import People, people_of
from kring.wraparound.models import EarlierHelp, EarlierTelling
from kring.wraparound.usecases.paths import Told, may_write, told_before, told_of


@dataclass
class Line:
    """One help as the page shows it."""

    row: EarlierHelp
    when: str
    whose: str
    known: str = ""
    writes: bool = False
    promises: list[Promise] = field(default_factory=list)
    before: list[tuple[EarlierTelling, Told, str]] = field(default_factory=list)


def children_of(family_id: UUID) -> dict[UUID, str]:
    """The children of a family by name."""
    rows = FamilyMember.objects.filter(family_id=family_id, kind="child").select_related("person")
    named = sorted((row.person.given_name, str(row.person_id), row.person_id) for row in rows)
    return {key: name for name, _text, key in named}


def lines_of(family_id: UUID, request: HttpRequest, people: People) -> list[Line]:
    """The path as the viewer may know it, in the order of time; a fixed number of statements."""
    viewer, children = viewer_of(request), children_of(family_id)
    rows = list(EarlierHelp.objects.in_family(family_id).select_related("organisation").in_time())
    rows.sort(key=lambda row: (row.since.earliest, row.at, str(row.pk)))
    lines = {row.pk: Line(row, stretch(told_of(row)), children.get(row.subject_id, "")) for row in rows}
    for row, persons in zip(rows, who_knows(rows, people.persons), strict=True):
        lines[row.pk].known, lines[row.pk].writes = listed(names(persons)), may_write(row, viewer)
    for promise in Promise.objects.open().with_people().filter(object_id__in=list(lines)):
        lines[promise.object_id].promises.append(promise)
    for telling in EarlierTelling.objects.filter(help_id__in=list(lines)).order_by("-at", "id"):
        told = told_before(telling)
        lines[telling.help_id].before.append((telling, told, stretch(told)))
    return list(lines.values())


def drawing_of(lines: list[Line], at: datetime) -> Any:
    """The same lines as a drawing."""
    shown = []
    for line in lines:
        until = line.row.until
        shown.append(
            Shown(line.row.what, line.row.since.earliest, until.latest if until else None, line.row.goes_on)
        )
    now = at.year + (at.month - 1) / 12
    return drawn(shown, now, mirrored=translation.get_language_bidi())


@door("second-factor", page="path")
def path(request: HttpRequest, family_id: UUID) -> HttpResponse:
    """The line through time and the same in words."""
    seat, at = must_sit(request, family_id), timezone.now()
    people = people_of(family_id, at)
    lines = lines_of(family_id, request, people)
    standing = [line for line in lines if line.row.taken_off_at is None]
    context = around(request, people) | {
        "family_id": family_id,
        "family": family_circle(family_id).family,
        "lines": standing,
        "resting": [line for line in lines if line.row.taken_off_at is not None and line.writes],
        "drawing": drawing_of(standing, at),
        "may_tell": viewer_of(request).can(Permission.TELL_STORY, seat.circle),
        "may_ask": viewer_of(request).can(Permission.DO_ACTION, seat.circle),
    }
    return TemplateResponse(request, "path/path.html", context)


@door("second-factor", page="path on paper")
def paper(request: HttpRequest, family_id: UUID) -> HttpResponse:
    """The path on paper, to take along: what the one who prints may know of it at this moment."""
    must_sit(request, family_id)
    people = people_of(family_id, timezone.now())
    lines = [line for line in lines_of(family_id, request, people) if line.row.taken_off_at is None]
    if not lines:
        raise Http404
    language = translation.get_language() or "en"
    sheet = Sheet(
        title=_("The help we had"), under=family_circle(family_id).family.name, language=language,
        address=settings.PUBLIC_ADDRESS + reverse("path:path", args=[family_id]),
        parts=[_part(line, language) for line in lines], caring=people.caring, village=viewer_of(request),
    )  # fmt: skip
    return as_pdf(printed(sheet, timezone.now()), request, _("path"))


def _part(line: Line, language: str) -> Part:
    row = line.row
    lines = [
        (word, text, row.language)
        for word, text in ((_("What helped"), row.helped), (_("What did not"), row.did_not))
        if text
    ]
    return Part(
        row.what,
        row.language,
        line.when,
        [(_("From whom"), row.who, row.language), *lines] if row.who else lines,
    )


def as_pdf(sheet: bytes, request: HttpRequest, name: str) -> HttpResponse:
    """A paper that opens, or is kept under a name that names nobody."""
    response = HttpResponse(sheet, content_type="application/pdf")
    named = content_disposition_header("keep" in request.GET, f"{name}.pdf")
    response["Content-Disposition"] = named or "inline"
    return response
