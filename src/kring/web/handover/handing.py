"""The hand-over of a family: begun once the family knows, the next one asked, thought over, printed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kring.trust.models import Job, Seat
from kring.trust.usecases import handovers
from kring.web.circle.coordinating import COORDINATES, FAR
from kring.web.circle.faces import must_sit
from kring.web.circle.forms import WhoseWord, posted
from kring.web.circle.inviting import professionals
from kring.web.doors import door
from kring.web.handover.forms import Begin, Know
from kring.web.handover.page import HandOverPage, about_of, hand_over_page, in_brief, in_full, who_reads
from kring.web.handover.ready import ready_for_the_next
from kring.web.wraparound.around import around, language, viewer_of
from kring.web.wraparound.drafting import Drafted
from kring.web.wraparound.people import People
from kring.wraparound.models import MustKnow
from kring.wraparound.usecases import passing_on
from kring.wraparound.usecases.drafts import clear_draft

FAMILY = (Seat.Role.GUARDIAN, Seat.Role.CHILD)


def page_of(request: HttpRequest, family_id: UUID) -> HandOverPage:
    """The hand-over of the family in the address; hidden and missing are the same."""
    seat = must_sit(request, family_id)
    return hand_over_page(seat.circle, family_id, by=viewer_of(request), at=timezone.now())


def shown(request: HttpRequest, page: HandOverPage) -> dict[str, Any]:
    """What every page of a hand-over shares."""
    return around(request, page.people) | {
        "page": page, "family": page.circle.family, "family_id": page.circle.family_id,
    }  # fmt: skip


def who_speaks(people: People) -> list[tuple[str, str]]:
    """Who of the family can be asked, guardians first."""
    ours = [one for one in people if one.seat_role in FAMILY]
    ours.sort(key=lambda one: one.seat_role != Seat.Role.GUARDIAN)
    return [(str(one.id), f"{one.name}, {one.role}") for one in ours]


@door("second-factor", page="hand-over")
def hand_over(request: HttpRequest, family_id: UUID) -> HttpResponse:
    """Who comes, who goes, when; what is passed on to whom."""
    page = in_full(page_of(request, family_id))
    return TemplateResponse(request, "handover/hand_over.html", shown(request, page))


@door("second-factor", page="hand-over")
def begin(request: HttpRequest, family_id: UUID) -> HttpResponse:
    """The family is told first; then the two days are written down."""
    page, viewer, today = page_of(request, family_id), viewer_of(request), timezone.localdate()
    if not page.may_begin:
        if page.hand_over is None or not (page.decides or page.leaves):
            raise Http404
        return redirect("handover:hand_over", family_id)
    drafted = Drafted(request, f"hand-over:{family_id}", page.circle.pk)
    first = today if page.decides else today + timedelta(days=7)
    given = {"told_on": today, "begins_on": first, "last_on": first + timedelta(days=13)}
    form = Begin(
        request.POST or None, initial=drafted.initial(Begin, given), today=today,
        family=[] if page.decides else who_speaks(page.people),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            handovers.begin(
                page.circle, begins_on=said["begins_on"], last_on=said["last_on"], told=form.told, by=viewer,
                at=timezone.now(),
            )  # fmt: skip
        except (handovers.HandOverHasBegun, handovers.NobodyHandsOver):
            return redirect("handover:hand_over", family_id)
        clear_draft(drafted.key, by=viewer)
        return redirect("handover:next", family_id)
    told = shown(request, page) | {"form": form, "drafted": drafted}
    return TemplateResponse(request, "handover/begin.html", told, status=422 if form.errors else 200)


@door("second-factor", page="hand-over")
def choose_next(request: HttpRequest, family_id: UUID) -> HttpResponse:
    """Who comes next? The family chooses."""
    page = page_of(request, family_id)
    if not page.may_ask or page.hand_over is None:
        return redirect("handover:hand_over", family_id)
    words, now, but = request.GET.get("words", "")[:80], timezone.now(), {page.hand_over.leaver_id}
    told = shown(request, page) | {
        "jobs": professionals(words, but, now, COORDINATES),
        "others": professionals(words, but, now, ~COORDINATES & ~FAR),
        "words": words,
    }
    return TemplateResponse(request, "handover/next.html", told)


@door("second-factor", page="hand-over")
def ask_next(request: HttpRequest, family_id: UUID, job_id: UUID) -> HttpResponse:
    """This person is asked, by the family or on its word."""
    page = page_of(request, family_id)
    job = Job.objects.select_related("person", "organisation").filter(pk=job_id).first()
    if job is None or not page.may_ask or page.hand_over is None or job.person_id == page.hand_over.leaver_id:
        raise Http404
    form = WhoseWord(posted(request), family=page.people, asks=not page.decides)
    if request.method == "POST" and form.is_valid():
        word = form.cleaned_data.get("word_of")
        handovers.ask_next(
            page.circle, job, by=viewer_of(request), at=timezone.now(), word_of=UUID(word) if word else None
        )
        messages.success(
            request, _("%(name)s is asked. It stands with their yes.") % {"name": job.person.given_name}
        )
        return redirect("handover:hand_over", family_id)
    told = shown(request, page) | {"job": job, "form": form}
    return TemplateResponse(request, "handover/ask.html", told, status=422 if form.errors else 200)


@require_POST
@door("second-factor", page="hand-over")
def stop(request: HttpRequest, family_id: UUID) -> HttpResponse:
    """Think again while it has not happened."""
    page = page_of(request, family_id)
    if page.hand_over is not None:
        try:
            handovers.stop(page.hand_over, by=viewer_of(request), at=timezone.now())
        except handovers.ItHasHappened:
            messages.info(request, _("The next coordinator is there already. You can choose somebody anew."))
        else:
            messages.success(request, _("The hand-over is stopped. Everything stays as it is."))
    return redirect("handover:hand_over", family_id)


@door("second-factor", page="hand-over")
def know(request: HttpRequest, family_id: UUID) -> HttpResponse:
    """The one who goes writes one page for the one who comes; what is known already stands beside it."""
    page, viewer = in_brief(page_of(request, family_id)), viewer_of(request)
    if not page.may_write or page.hand_over is None:
        raise Http404
    drafted = Drafted(request, f"must-know:{page.hand_over.pk}", page.circle.pk)
    given = {"text": page.must_know.text if page.must_know else ""}
    form = Know(request.POST or None, initial=drafted.initial(Know, given))
    if request.method == "POST" and form.is_valid():
        passing_on.write_must_know(
            page.hand_over, form.cleaned_data["text"], language=language(), about=about_of(page.circle), by=viewer,
            at=timezone.now(),
        )  # fmt: skip
        clear_draft(drafted.key, by=viewer)
        messages.success(request, _("Kept. The family can read it now."))
        return redirect("handover:hand_over", family_id)
    ready = ready_for_the_next(page)
    child = ready.only_child if ready.wishes else about_of(page.circle)
    written = MustKnow(
        circle=page.circle, subject_id=child, about_id=child, author_id=viewer.person_id, at=page.at
    )
    page.knowing = who_reads(page, page.must_know or written)
    told = shown(request, page) | {"form": form, "drafted": drafted, "ready": ready}
    return TemplateResponse(request, "handover/know.html", told, status=422 if form.errors else 200)


@door("second-factor", page="hand-over")
def sheet(request: HttpRequest, family_id: UUID) -> HttpResponse:
    """Everything on one page of paper."""
    page = in_brief(page_of(request, family_id))
    if page.hand_over is None:
        raise Http404
    return TemplateResponse(
        request, "handover/sheet.html", shown(request, page) | {"ready": ready_for_the_next(page)}
    )
