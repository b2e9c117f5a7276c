"""Help with the papers of an earlier help: a promise with a face and a day."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kring.trust.models import Seat
from kring.trust.permissions import Permission
from kring.trust.usecases.knowing import names, who_knows
from kring.trust.viewer import Viewer
from kring.web.doors import door
from kring.web.path.forms import PapersForm
from kring.web.path.telling import back_to, the_help
from kring.web.wraparound.around import around, sent, viewer_of
from kring.web.wraparound.people import People, people_of
from kring.wraparound.usecases import paths
from kring.wraparound.usecases.paths import may_write

TWO_WEEKS = timedelta(days=14)


@door("second-factor", page="path")
def papers(request: HttpRequest, help_id: UUID) -> HttpResponse:
    """What would help, who does it, before when; all of it chosen already."""
    row, viewer, today = the_help(help_id), viewer_of(request), timezone.localdate()
    viewer.must(Permission.DO_ACTION, row.circle_id)
    people = people_of(row.circle.family_id, timezone.now())
    (knowing,) = who_knows([row], people.persons)
    known = {person.pk for person in knowing}
    if not may_write(row, viewer):  # others take upon them what they will do themselves
        known &= {viewer.person_id}
    able = [
        (str(one.id), f"{one.name}, {one.role}" if one.role else one.name)
        for one in people
        if one.id in known
    ]
    start = {"paper": "report", "who": _likely(people, known, viewer), "day": today + TWO_WEEKS}
    form = PapersForm(sent(request), initial=start, able=able, today=today)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        who = UUID(said["who"])
        paths.ask_for_papers(
            row, said["paper"], due_at=form.moment(viewer.timezone), person_id=who, by=viewer, at=timezone.now(),
            to_whom=viewer.given_name if who != viewer.person_id else "",
        )  # fmt: skip
        messages.success(request, _("It stands on the day of %(name)s.") % {"name": people.face(who)["name"]})
        return back_to(row)
    context = around(request, people) | {
        "form": form, "title": _("Help with the papers"), "quote": row.what, "send": _("Ask for it"),
        "knowing": names(knowing), "back_url": reverse("path:path", args=[row.circle.family_id]),
    }  # fmt: skip
    return TemplateResponse(request, "wraparound/form.html", context, status=422 if form.errors else 200)


def _likely(people: People, known: set[UUID], viewer: Viewer) -> str:
    """Whoever works here does it; a family asks its coordinator."""
    coordinator = next(
        (one.id for one in people if one.seat_role == Seat.Role.COORDINATOR and one.id in known), None
    )
    return str(viewer.person_id if viewer.works else coordinator or viewer.person_id)
