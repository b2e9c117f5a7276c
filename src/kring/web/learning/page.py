"""How one child learns best: the sheets the viewer may know, who gets which, and each on paper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kring.trust.models import Family, FamilyMember, Person
from kring.trust.permissions import Permission
from kring.trust.usecases.knowing import names, who_knows
from kring.trust.usecases.showing import may_widen
from kring.web.circle.faces import must_sit
from kring.web.doors import door
from kring.web.paper.sheets import Part, Sheet, printed
from kring.web.path.page import as_pdf
from kring.web.wraparound.around import around, viewer_of
from kring.web.wraparound.people import people_of
from kring.wraparound.models import LearningProfile, LearningSheet, TalentWord
from kring.wraparound.usecases.talents import may_take_back

PICTURES = {"child": "learning", "parents": "home", "teacher": "school"}
ADVICE: dict[str, Promise] = {
    "child": gettext_lazy("A tip for me"),
    "parents": gettext_lazy("A tip for my parents"),
    "teacher": gettext_lazy("A tip for my teacher"),
}


@dataclass
class Shown:
    """One sheet with who may know it, and whether the viewer gives it on."""

    row: LearningSheet
    known: list[str]
    picture: str
    advice: Promise


def child_in(family_id: UUID, child_id: UUID) -> tuple[Person, Family]:
    """The child in the address and its family; hidden and missing are the same."""
    rows = FamilyMember.objects.select_related("person", "family")
    member = rows.filter(family_id=family_id, person_id=child_id, kind="child").first()
    if member is None:
        raise Http404
    return member.person, member.family


@door("second-factor", page="learning")
def learning(request: HttpRequest, family_id: UUID, child_id: UUID) -> HttpResponse:
    """The sheets of a child, and what the viewer said or may say."""
    seat, viewer, at = must_sit(request, family_id), viewer_of(request), timezone.now()
    child, family = child_in(family_id, child_id)
    people = people_of(family_id, at)
    rows = list(LearningSheet.objects.about_child(child_id))
    known = who_knows(rows, people.persons)
    is_me = child_id == viewer.person_id  # what was said to me stands on my own page
    said = TalentWord.objects.filter(subject_id=child_id).select_related("author").order_by("-at", "id")
    words = [] if is_me else list(said)
    context = around(request, people) | {
        "family": family, "child": child, "is_me": is_me,
        "sheets": [
            Shown(row, names(who), PICTURES[row.for_whom], ADVICE[row.for_whom])
            for row, who in zip(rows, known, strict=True)
        ],
        "gives": bool(rows) and may_widen(child_id, seat, viewer, at),
        "profiles": list(LearningProfile.objects.filter(subject_id=child_id).order_by("-held_on", "id")),
        "words": [(row, may_take_back(row, viewer, at)) for row in words],
        "may_write": viewer.can(Permission.WRITE_LEARNING, seat.circle),
        "may_name": viewer.can(Permission.NAME_TALENT, seat.circle) and not is_me,
        "may_ask": viewer.can(Permission.TELL_STORY, seat.circle), "languages": settings.LANGUAGES,
    }  # fmt: skip
    return TemplateResponse(request, "learning/learning.html", context)


@door("second-factor", page="learning")
def profile(request: HttpRequest, profile_id: UUID) -> HttpResponse:
    """All that a screening brought, for who held it and for the child from own voice on."""
    found = LearningProfile.objects.select_related("subject", "author").filter(pk=profile_id).first()
    family_id = viewer_of(request).family_of(found.circle_id) if found else None
    if found is None or family_id is None:
        raise Http404
    people = people_of(family_id, timezone.now())
    (known,) = who_knows([found], people.persons)
    context = around(request, people) | {
        "profile": found, "family_id": family_id, "known": names(known),
    }  # fmt: skip
    return TemplateResponse(request, "learning/profile.html", context)


@door("second-factor", page="learning on paper")
def paper(request: HttpRequest, sheet_id: UUID) -> HttpResponse:
    """One sheet on one page, in the language of who reads it; somebody's words stay as they were written."""
    row: LearningSheet | None = LearningSheet.objects.select_related("subject").filter(pk=sheet_id).first()
    seat = viewer_of(request).seat_in(row.circle_id) if row else None
    if row is None or seat is None or seat.family is None:
        raise Http404  # in danger one reads, and prints nothing
    people = people_of(seat.family, timezone.now())
    wanted = request.GET.get("language", "")
    language = wanted if wanted in dict(settings.LANGUAGES) else translation.get_language() or "en"
    with translation.override(language):
        sheet = printed(_sheet(row, seat.family, people.caring, language, request), timezone.now())
        return as_pdf(sheet, request, _("how I learn best"))


def _sheet(
    row: LearningSheet, family_id: UUID, caring: dict[str, Any], language: str, request: HttpRequest
) -> Sheet:
    lines = [(_("I learn best when…"), row.best), (str(ADVICE[row.for_whom]), row.advice)]
    child: Person = row.subject
    address = reverse("learning:learning", args=[family_id, child.pk])
    return Sheet(
        title=_("How I learn best"), under=f"{child.given_name} · {row.get_for_whom_display()}", language=language,
        address=settings.PUBLIC_ADDRESS + address, caring=caring, village=viewer_of(request),
        parts=[Part(word, language, "", [("", text, row.language)]) for word, text in lines if text],
        sun=[(row.compliment, row.language)] if row.compliment else [],
    )  # fmt: skip
