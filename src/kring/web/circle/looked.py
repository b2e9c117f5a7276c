"""Who looked: every reading of what is the family's, in plain words, day by day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kring.trust.models import Seat
from kring.trust.usecases import looking
from kring.trust.usecases.looking import Look
from kring.web.circle.faces import Face, viewer_of
from kring.web.circle.members import around_family
from kring.web.design.lists import comma
from kring.web.doors import door

WEEKS = 4
#: Before anybody looked; from here weeks can still be taken off.
LONG_AGO = date(2000, 1, 1)
#: Pages as a family calls them.
PAGES: dict[str, Promise] = {
    "family": gettext_lazy("the page of the circle"),
    "person": gettext_lazy("the page of the circle"),
    "plan": gettext_lazy("the plan"),
    "goal": gettext_lazy("the plan"),
    "action": gettext_lazy("the plan"),
    "version": gettext_lazy("a version of the plan"),
    "versions": gettext_lazy("the versions of the plan"),
    "approval": gettext_lazy("the plan, to say yes or no"),
    "story": gettext_lazy("your story"),
    "paper": gettext_lazy("the plan on paper"),
    "notes": gettext_lazy("the notes"),
    "celebration": gettext_lazy("what went well"),
    "review": gettext_lazy("how you look at the plan together"),
    "who sees": gettext_lazy("who sees what"),
    "own page": gettext_lazy("an own page"),
    "home": gettext_lazy("the address of a home"),
    "invitation": gettext_lazy("who is asked in"),
    "coordinator": gettext_lazy("who is asked in"),
    "today": gettext_lazy("the list of the day"),
    "families": gettext_lazy("the list of families"),
    "promises": gettext_lazy("what was promised"),
    "meeting": gettext_lazy("a meeting"),
    "path": gettext_lazy("the help you had before"),
    "path on paper": gettext_lazy("the help you had before, on paper"),
    "learning": gettext_lazy("how a child learns best"),
    "learning on paper": gettext_lazy("how a child learns best, on paper"),
    "meetings": gettext_lazy("the list of meetings"),
    "reaching": gettext_lazy("how you are reached"),
}
ROLES: dict[str, Promise] = {
    Seat.Role.COORDINATOR: gettext_lazy("as your coordinator"),
    Seat.Role.PROFESSIONAL: gettext_lazy("through their work"),
    Seat.Role.NATURAL: gettext_lazy("as one of your own people"),
    Seat.Role.GUARDIAN: gettext_lazy("as parent"),
    Seat.Role.CHILD: gettext_lazy("as one of the family"),
}
#: What somebody did here that a family reads beside who looked.
DEEDS: dict[str, Promise] = {
    "brought together": gettext_lazy("%(name)s asked that somebody who stood here twice is one person. A second person said yes.")
}  # fmt: skip


@door("second-factor", page="who looked")
def who_looked(request: HttpRequest, family_id: UUID) -> TemplateResponse:
    """Who read what of us, and who did what, since when one likes."""
    faces, told = around_family(request, family_id)
    viewer = viewer_of(request)
    until = _until(request.GET.get("before"), viewer.timezone)
    since = until - timedelta(weeks=WEEKS)
    person = _person(request.GET.get("person"))
    looks = looking.who_looked(family_id, by=viewer, since=since, until=until, person_id=person)
    readings = [
        look
        for look in looks
        if look.deed in DEEDS or (look.kind == "read" and (person or look.person_id != viewer.person_id))
    ]
    zone = ZoneInfo(viewer.timezone)
    days = [
        (day, [line_of(look) for look in of_day])
        for day, of_day in groupby(readings, key=lambda look: look.at.astimezone(zone).date())
    ]
    further = looking.looked_before(family_id, since, by=viewer, person_id=person)
    told |= {"days": days, "person": person, "earlier": since.astimezone(zone).date() if further else None,
             "comma": comma(), "nothing_of_them": _nothing_of(person, faces)}  # fmt: skip
    return TemplateResponse(request, "circle/who_looked.html", told)


def _nothing_of(person: UUID | None, faces: Iterable[Face]) -> str:
    """That this one person did not look, by name; nothing about all the others."""
    face = next((face for face in faces if face.id == person), None)
    if face is None:
        return _("Nothing of this person in these weeks.")
    if face.me:
        return _("You did not look in these weeks.")
    return _("%(name)s did not look in these weeks.") % {"name": face.name}


def line_of(look: Look) -> dict[str, Any]:
    """One reading as a sentence: Els read the plan, as your coordinator."""
    name = look.name or _("Somebody who was in the circle then")
    page = PAGES.get(look.part) or gettext_lazy("a page of your circle")
    how = _("in danger, for four hours") if look.rule == "danger" else ROLES.get(look.role, "")
    if look.rule == "link":
        how = _("by a link")
    did = DEEDS[look.deed] % {"name": name} if look.deed in DEEDS else ""
    return {
        "look": look,
        "name": name,
        "page": page,
        "how": how,
        "did": did,
        "organisation": look.organisation,
    }


def _until(day: str | None, zone: str) -> datetime:
    """The end of the stretch one looks at: now, or midnight of the day asked for."""
    try:
        asked = date.fromisoformat(day or "")
    except ValueError:
        return timezone.now()
    return datetime.combine(max(asked, LONG_AGO), time(), ZoneInfo(zone))


def _person(value: str | None) -> UUID | None:
    try:
        return UUID(value or "")
    except ValueError:
        return None
