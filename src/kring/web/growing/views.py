"""The sheet before a birthday, and the ages at which one decides."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from kring.trust import ages as tables
from kring.trust.models import Person, Village
from kring.trust.usecases import growing
from kring.trust.usecases.growing import Turning
from kring.trust.viewer import Viewer
from kring.web import houses
from kring.web.context import home_of
from kring.web.doors import door
from kring.web.wraparound.around import base_of, whom_to_call


@door("public", page="ages")
def ages(request: HttpRequest) -> TemplateResponse:
    """Who decides what, at which age, in the country of this village; where that comes from and who reviewed it."""
    village = houses.house_of(request)
    if village is None:
        raise Http404
    table = tables.of(village.country)
    told = {
        "village": village,
        "table": table,
        "matters": [_matter(*one, village) for one in table.by_matter()],
    }
    return TemplateResponse(request, "growing/ages.html", told)


def _matter(matter: tables.Matter, lines: list[tables.Line], village: Village) -> dict[str, Any]:
    sooner = village.reading_ends if matter == tables.Matter.READ else None
    told = [
        {"age": min(line.age, sooner) if sooner and line.age else line.age, "who": tables.DECIDES[line.who], "judged": line.judged}
        for line in lines
    ]  # fmt: skip
    return {"title": tables.MATTERS[matter], "lines": told, "always": len(told) == 1}


@door("second-factor", page="growing up")
def sheet(request: HttpRequest, child_id: UUID) -> TemplateResponse:
    """To read together before a birthday: what changes by itself, what one can choose, what to talk about."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    turnings = growing.turnings(child_id)
    child = Person.objects.filter(pk=child_id).first() if turnings else None
    if child is None:
        raise Http404
    oneself = child.pk == viewer.person_id
    return TemplateResponse(
        request,
        "growing/sheet.html",
        {
            "child": child,
            "oneself": oneself,
            "turnings": [{"turning": one, "changes": _changes(one, child.given_name, oneself)} for one in turnings],
            "questions": _questions(oneself),
            "base": base_of(viewer),
            "caring": whom_to_call(viewer, home_of(viewer)),
        },
    )  # fmt: skip


def _changes(turning: Turning, name: str, oneself: bool) -> list[str]:
    """What changes on this day, in the words of who reads it."""
    voice = [
        _("You decide yourself who may know what is about you."),
        _("You say your own yes to the plan. Your parents say theirs."),
        _("You can leave somebody out. Nobody is told."),
    ] if oneself else [
        _("%(name)s decides who may know what is about %(name)s.") % {"name": name},
        _("%(name)s says an own yes to the plan. You say yours.") % {"name": name},
        _("Whom you left out of what is about %(name)s, %(name)s decides about anew.") % {"name": name},
    ]  # fmt: skip
    reading = [
        _("Your parents no longer read by themselves what is about you alone."),
        _("Do you want them to go on? Then give them a place: one tap on your own page."),
    ] if oneself else [
        _("What is about %(name)s alone, you no longer read by yourself.") % {"name": name},
        _("%(name)s can give you a place again. That is for %(name)s to choose.") % {"name": name},
        _("What is the whole family's stays yours to read."),
    ]  # fmt: skip
    said = {"voice": voice, "reading": reading, "both": voice + reading}[turning.kind]
    return said


def _questions(oneself: bool) -> list[str]:
    """What one can talk about at the table; nothing needs an answer."""
    if oneself:
        return [
            _("Who around you may know everything? Who only a part?"),
            _("What do you like to hear from your parents first?"),
            _("Is there something you want to keep for yourself?"),
            _("Whom do you call when you do not know what to do?"),
        ]
    return [
        _("What are you proud of in this child?"),
        _("What would you like to go on hearing, and how will you ask for it?"),
        _("What can you leave to the child, with a quiet heart?"),
        _("Who else around the child is there to listen?"),
    ]
