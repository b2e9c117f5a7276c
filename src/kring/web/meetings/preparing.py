"""One meeting: who comes, and what everybody puts on the agenda."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kring.network.words import language_name
from kring.web.doors import door
from kring.web.meetings.calling import over
from kring.web.meetings.forms import DecideForm, PointForm, RoundForm, ThereForm
from kring.web.meetings.page import MeetingPage, meeting_page, the_meeting
from kring.web.wraparound.around import around, language, viewer_of
from kring.web.wraparound.drafting import Drafted
from kring.wraparound.models import AgendaPoint, Meeting, Participant
from kring.wraparound.usecases import meetings, talking


@door("second-factor", page="meeting")
def meeting(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """The meeting as it stands: to prepare, to hold, or to read again."""
    return shown(request, the_meeting(meeting_id))


def shown(request: HttpRequest, found: Meeting, **forms: Any) -> HttpResponse:
    """The page of a meeting; with forms that were not understood, if there are any."""
    page = meeting_page(found, by=viewer_of(request), at=timezone.now())
    wrong = next(iter(forms.values()), None)
    drafted = Drafted(request, decision_key(found), found.circle_id) if page.keeps else None
    context = around(request, page.people) | _forms(page, drafted) | forms | {
        "page": page,
        "meeting": found,
        "interpreter": language_name(found.interpreter) if found.interpreter else "",
        "kinds": AgendaPoint.Kind,
        "form": wrong,
        "drafted": drafted,
    }  # fmt: skip
    template = "meetings/held.html" if found.state == Meeting.State.HELD else "meetings/meeting.html"
    return TemplateResponse(request, template, context, status=422 if wrong else 200)


def decision_key(meeting: Meeting) -> str:
    """Under which a decision that is half written is kept, while the round and the agenda are sent."""
    return f"decision:{meeting.pk}"


def _forms(page: MeetingPage, drafted: Drafted | None) -> dict[str, Any]:
    """What the viewer can fill in here now."""
    forms: dict[str, Any] = {"point_form": PointForm(prefix="point")}
    if page.meeting.begun_at is not None:
        forms |= {"round_form": round_form(page, "in"), "going_form": round_form(page, "out")}
    if page.keeps and page.meeting.begun_at is not None:
        forms["there_form"] = there_form(page)
        forms["decide_form"] = decide_form(page, drafted=drafted)
    return forms


def round_form(page: MeetingPage, moment: str, posted: Any = None) -> RoundForm:
    """A face or words; who keeps the meeting can write down what somebody else says aloud."""
    others = [
        (str(line.row.person_id), line.face["name"])
        for line in page.asked
        if line.row.person_id and not line.mine
    ]
    return RoundForm(posted, people=others if page.keeps else [], auto_id=f"{moment}_%s")


def there_form(page: MeetingPage, posted: Any = None) -> ThereForm:
    """Everybody who may be at the table; ticked is who said yes or nothing yet, or who was written down already."""
    asked = {str(line.row.person_id or line.row.pk): line for line in page.asked}
    people = [(key, line.face["name"]) for key, line in asked.items()]
    people += [
        (str(one.id), one.name) for one in page.people if one.id in page.known and str(one.id) not in asked
    ]
    return ThereForm(
        posted, people=people, initial={"there": [key for key, line in asked.items() if _sits(line.row)]}
    )


def _sits(row: Participant) -> bool:
    return row.answer != Participant.Answer.NOT if row.was_there is None else row.was_there


def decide_form(page: MeetingPage, posted: Any = None, drafted: Drafted | None = None) -> DecideForm:
    """Words, who and before when."""
    begin = {"who": str(page.viewer.person_id)}
    return DecideForm(
        posted, people=page.can_promise, goals=page.goals, today=timezone.localdate(),
        initial=drafted.initial(DecideForm, begin) if drafted else begin,
    )  # fmt: skip


@require_POST
@door("second-factor", page="meeting")
def answer(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """I come; or I cannot come."""
    comes = request.POST.get("answer") == Participant.Answer.COMES
    try:
        meetings.answer(the_meeting(meeting_id), comes, by=viewer_of(request), at=timezone.now())
    except meetings.MeetingIsOver:
        return over(request, meeting_id)
    said = _("Good, you come.") if comes else _("Good to know. You can still put something on the agenda.")
    messages.success(request, said)
    return redirect("meetings:meeting", meeting_id)


@require_POST
@door("second-factor", page="meeting")
def told(request: HttpRequest, asked_id: UUID) -> HttpResponse:
    """Somebody without a letter heard of it."""
    row = Participant.objects.select_related("meeting").filter(pk=asked_id).first()
    if row is None:
        raise Http404
    try:
        meetings.tick_told(row, by=viewer_of(request), at=timezone.now())
    except meetings.NotTheirsToTell as problem:
        raise Http404 from problem
    messages.success(request, _("Good. They know."))
    return redirect("meetings:meeting", row.meeting_id)


@require_POST
@door("second-factor", page="meeting")
def agenda(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Something for the agenda; the button says whether it is a point, a strength or a question."""
    found, form = the_meeting(meeting_id), PointForm(request.POST, prefix="point")
    if not form.is_valid():
        return shown(request, found, point_form=form)
    kind = request.POST.get("kind", "")
    try:
        talking.add_point(
            found,
            kind,
            form.cleaned_data["words"],
            language=language(),
            by=viewer_of(request),
            at=timezone.now(),
        )
    except meetings.MeetingIsOver:
        return over(request, meeting_id)
    messages.success(request, _("It stands on the agenda. Thank you."))
    return redirect("meetings:meeting", meeting_id)


def the_point(point_id: UUID) -> AgendaPoint:
    """The point in the address."""
    found: AgendaPoint | None = AgendaPoint.objects.select_related("meeting").filter(pk=point_id).first()
    if found is None:
        raise Http404
    return found


@require_POST
@door("second-factor", page="meeting")
def take_away(request: HttpRequest, point_id: UUID) -> HttpResponse:
    """One's own point goes again."""
    point = the_point(point_id)
    try:
        talking.take_away_point(point, by=viewer_of(request), at=timezone.now())
    except meetings.MeetingIsOver:
        messages.info(request, _("You talked about this already. It stays."))
    else:
        messages.success(request, _("It is off the agenda."))
    return redirect("meetings:meeting", point.meeting_id)
