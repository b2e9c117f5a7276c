"""The desk of the contact point, and one concern."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kring.intake import receipts
from kring.intake.models import Concern, Duty
from kring.intake.usecases import concerns
from kring.messaging import sms, whatsapp
from kring.trust.models import Person, Seat, Village
from kring.trust.permissions import Permission
from kring.trust.usecases.knowing import names, who_knows
from kring.trust.viewer import Viewer
from kring.web.design.lists import listed
from kring.web.doors import door
from kring.web.intake import undoing
from kring.web.intake.forms import CloseForm, NoteForm, StandInForm
from kring.web.intake.promise_forms import OtherDayForm, PromiseForm
from kring.web.intake.shown import Row, rows

MOST_ENDED = 60
#: So many stand on the page before somebody asks for all.
FIRST, FIRST_WARNED = 30, 8


@require_safe
@door("second-factor", page="desk")
def desk(request: HttpRequest) -> HttpResponse:
    """Everything that waits for an answer, oldest promise first."""
    viewer: Viewer = request.viewer
    viewer.must(Permission.ANSWER_CONCERN)
    now = timezone.now()
    ended = "ended" in request.GET
    village = Village.objects.get(pk=viewer.village_id)
    shown = rows(list(_ended() if ended else _open()), term_days=village.term_days, by=viewer, at=now)
    duty = Duty.objects.filter(village_id=viewer.village_id).covering(now).first()
    _name(shown, duty)
    if ended:
        shown.sort(key=lambda row: row.concern.closed_at, reverse=True)
    warned = [row for row in shown if row.warned and not ended]
    return TemplateResponse(
        request,
        "intake/desk.html",
        {
            "rows": shown if "all" in request.GET else shown[:FIRST],
            "more": len(shown) > FIRST and "all" not in request.GET,
            "ended": ended,
            "late": sum(row.late for row in shown),
            "untaken": sum(row.concern.state == Concern.State.RECEIVED for row in shown),
            "warned": warned,
            "first_warned": warned[:FIRST_WARNED],
            "duty": duty,
            "figures": concerns.figures(at=now),
            "undo": undoing.waiting(request, now),
            "keys": _keys(),
            "address": request.build_absolute_uri("/concern/").partition("://")[2],
        },
    )


def _open() -> Any:
    return Concern.objects.open().order_by("answer_by", "id")


def _ended() -> Any:
    closed = Concern.objects.exclude(state__in=Concern.OPEN)
    return closed.order_by("-closed_at", "id")[:MOST_ENDED]


def _name(shown: list[Row], duty: Duty | None) -> None:
    """Everybody named on the page, each asked for once: a join would ask for every line who may be known."""
    wanted = {row.concern.taken_by_id for row in shown} | (
        {duty.person_id, duty.stand_in_id} if duty else set()
    )
    known = Person.objects.in_bulk(wanted - {None})
    for row in shown:
        row.taken_by = known.get(row.concern.taken_by_id)
    if duty:
        duty.person, duty.stand_in = known.get(duty.person_id), known.get(duty.stand_in_id)


def _keys() -> list[dict[str, str]]:
    return [
        {"key": "j", "does": _("next")},
        {"key": "k", "does": _("previous")},
        {"key": "Enter", "does": _("open")},
        {"key": "a", "does": _("take up")},
        {"key": "p", "does": _("promise")},
        {"key": "u", "does": _("undo")},
        {"key": "?", "does": _("these letters")},
    ]


@require_safe
@door("second-factor", page="concern")
def concern(request: HttpRequest, concern_id: UUID) -> HttpResponse:
    """One concern: what was told, whom it waits for, what can be done."""
    return page(request, concern_id)


def page(request: HttpRequest, concern_id: UUID, *, status: int = 200, **forms: Any) -> HttpResponse:
    """The page of one concern; a form that was not understood comes back with what was typed."""
    viewer: Viewer = request.viewer
    viewer.must(Permission.ANSWER_CONCERN)
    found: Concern = get_object_or_404(
        Concern.objects.with_people().select_related("written_down_by"), pk=concern_id
    )
    now = timezone.now()
    told = list(found.promises.with_people().prefetch_related("changes").order_by("due_at", "id"))
    return TemplateResponse(
        request,
        "intake/concern.html",
        {
            "concern": found,
            "told": [(promise, promise.state(now)) for promise in told],
            "notes": list(found.notes.select_related("author").order_by("-at", "id")),
            "knowing": listed(names(who_knows([found])[0])),
            "received": found.state == Concern.State.RECEIVED,
            "ends": timezone.localdate(found.term_ends(Village.objects.get(pk=viewer.village_id).term_days)),
            "undo": undoing.waiting(request, now),
            "ways": _ways(request, found, viewer),
        }
        | _forms(found, viewer, forms),
        status=status,
    )


def _forms(concern: Concern, viewer: Viewer, given: dict[str, Any]) -> dict[str, Any]:
    """The forms of the page; one that was not understood stands in the place of its empty twin."""
    wrong = next((form for form in given.values() if form.errors), None)
    stand_in = {"stand_in": _usual_stand_in(concern, viewer)}
    return {
        "form": wrong or NoteForm(auto_id=False),
        "stand_in_form": StandInForm(colleagues=colleagues(viewer), initial=stand_in),
        "note_form": given.get("note") or NoteForm(auto_id="note_%s"),
        "promise_form": given.get("promise") or PromiseForm(auto_id="promise_%s"),
        "close_form": given.get("close") or CloseForm(auto_id="end_%s"),
        "day_form": given.get("day") or OtherDayForm(auto_id="day_%s"),
    }


def colleagues(viewer: Viewer) -> list[tuple[str, str]]:
    """Who else sits at the desk."""
    desk = next((seat.circle for seat in viewer.seats if seat.kind == "desk"), None)
    now = timezone.now()
    seats = Seat.objects.filter(circle_id=desk, until__isnull=True, since__lte=now).select_related("person")
    return [
        (str(seat.person_id), seat.person.given_name)
        for seat in seats.order_by("person__given_name", "id")
        if seat.person_id != viewer.person_id
    ]


def _usual_stand_in(concern: Concern, viewer: Viewer) -> str:
    other = concern.stand_in_id if concern.stand_in_id != viewer.person_id else concern.on_duty_id
    return str(other or "")


def _ways(request: HttpRequest, concern: Concern, viewer: Viewer) -> dict[str, str]:
    """Ways to reach the one who asked, with the words put ready: a name, a link, nothing of a child."""
    number = concern.number
    if not number:
        return {}
    address = request.build_absolute_uri(receipts.path(concern.pk))
    text = _("Hello, this is %(name)s. You can see here how it goes: %(address)s") % {
        "name": viewer.given_name, "address": address,
    }  # fmt: skip
    return {"sms": sms.link(number, text), "whatsapp": whatsapp.link(number, text, country=viewer.country)}
