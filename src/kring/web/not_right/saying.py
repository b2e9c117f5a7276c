"""Saying that a text is not right: of which text, by whom, and what one hears of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.defaultfilters import date as written
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kring.trust.models import Family, Person
from kring.trust.viewer import LiveSeat, Viewer
from kring.web.circle.forms import posted
from kring.web.doors import door
from kring.web.not_right.forms import SayForm
from kring.web.wraparound.around import base_of, language, viewer_of, whom_to_call
from kring.web.wraparound.drafting import Drafted
from kring.wraparound import rules
from kring.wraparound.models import NotRight
from kring.wraparound.usecases import correcting
from kring.wraparound.usecases.correcting import NoSuchText, Text
from kring.wraparound.usecases.drafts import clear_draft

READ = require_http_methods(["GET", "HEAD", "POST"])
#: Circles of a family that hold texts for more than one person.
SHARED = ("family", "part")


def the_text(on: str, object_id: UUID) -> Text:
    """The text in the address; hidden and missing are the same."""
    try:
        return correcting.text(on, object_id)
    except NoSuchText as problem:
        raise Http404 from problem


def shown(thing: Text) -> dict[str, Any]:
    """A text as it stands on these pages, with who wrote it."""
    kinds = dict(NotRight.On.choices)
    author = getattr(thing.row, "author_id", None) or getattr(thing.row, "written_by_id", None)
    wrote = Person.objects.filter(pk=author).first() if author else None
    return {
        "quote": thing.words,
        "quote_language": thing.language,
        "quote_direction": rules.direction(thing.language) if thing.language else "auto",
        "kind": kinds[thing.on],
        "whose": thing.whose,
        "wrote": wrote.full_name if wrote else "",
    }


@READ
@door("second-factor", page="family")
def say(request: HttpRequest, on: str, object_id: UUID) -> HttpResponse:
    """One text: what is not right, and what it should be."""
    viewer, thing = viewer_of(request), the_text(on, object_id)
    seat = viewer.seat_in(thing.row.circle_id)
    people = _people(viewer, seat, on, object_id) if seat else []
    if seat is None or not people:
        raise Http404
    drafted = Drafted(request, f"not right:{object_id}", thing.row.circle_id)
    standing = correcting.said_before(object_id, by=viewer)
    before = standing.pop(viewer.person_id, None)
    given = {"words": before.words, "should": before.should} if before else {}
    form = SayForm(posted(request), people=people, initial=drafted.initial(SayForm, given))
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        whose = UUID(told.get("asked_by") or people[0][0])
        said = correcting.say(on, object_id, told["words"], told["should"], language=language(), by=viewer,
                              at=timezone.now(), asked_by=whose)  # fmt: skip
        clear_draft(drafted.key, by=viewer)
        day = written(timezone.localtime(said.answer_by), "DATE_FORMAT")
        messages.success(request, _("We heard it. There is an answer before %(day)s.") % {"day": day})
        return redirect("not_right:said", said.pk)
    context = shown(thing) | {
        "base": base_of(viewer), "form": form, "drafted": drafted, "family_id": seat.family, "before": before,
        "caring": whom_to_call(viewer, seat.family), "for_others": standing.values(),
    }  # fmt: skip
    return TemplateResponse(request, "not_right/say.html", context, status=422 if form.errors else 200)


def _people(viewer: Viewer, seat: LiveSeat, on: str, object_id: UUID) -> list[tuple[str, str]]:
    """For whom the viewer may say it: for themself, or as a worker for somebody of the family."""
    family = correcting.family_of(seat.family) if seat.job and seat.family else []
    names = {viewer.person_id: _("I say it myself")} | {
        one.person_id: one.person.given_name for one in family
    }
    may = set(correcting.for_whom(on, object_id, names, by=viewer))
    return [(str(person), name) for person, name in names.items() if person in may]


@require_safe
@door("second-factor", page="family")
def texts(request: HttpRequest, family_id: UUID) -> HttpResponse:
    """Every text of a family that one may know, each with one button."""
    viewer = viewer_of(request)
    circles = [seat.circle for seat in viewer.seats if seat.family == family_id and seat.kind in SHARED]
    if not circles or viewer.seen_as is not None:
        raise Http404
    kinds = dict(NotRight.On.choices)
    groups = [(kinds[on], found) for on, found in correcting.texts(circles).items() if found]
    context = {"base": base_of(viewer), "groups": groups, "family_id": family_id, "works": viewer.works,
               "caring": whom_to_call(viewer, family_id)}  # fmt: skip
    return TemplateResponse(request, "not_right/texts.html", context)


@dataclass(frozen=True)
class Line:
    """One thing that is not right: of which text, and for who works with several families, of which one."""

    said: NotRight
    text: Text | None
    family: str


def _families(viewer: Viewer) -> dict[UUID, str]:
    """The families in whose circles the viewer works."""
    circles = {seat.circle: seat.family for seat in viewer.seats if seat.job and seat.family}
    names = dict(Family.objects.filter(pk__in=set(circles.values())).values_list("pk", "name"))
    return {circle: names.get(family, "") for circle, family in circles.items()}


@require_safe
@door("second-factor", page="family")
def mine(request: HttpRequest) -> HttpResponse:
    """What waits for my answer, and what I said myself."""
    viewer = viewer_of(request)
    heard = correcting.heard(by=viewer)
    standing, families = correcting.texts_of(heard), _families(viewer)
    lines = [Line(one, standing.get(one.object_id), families.get(one.circle_id, "")) for one in heard]
    said = [line for line in lines if viewer.person_id in (line.said.asked_by_id, line.said.author_id)]
    others = [line for line in lines if line not in said]
    ours = sorted(
        {seat.family for seat in viewer.seats if seat.kind == "family" and seat.family and not seat.job}
    )
    context = {
        "base": base_of(viewer), "now": timezone.now(), "said": said,
        "waiting": [line for line in others if not line.said.answer],
        "answered": [line for line in others if line.said.answer],
        "families": ours, "home": reverse("circle:family", args=[ours[0]]) if ours else "",
        "caring": whom_to_call(viewer, ours[0] if ours else None),
    }  # fmt: skip
    return TemplateResponse(request, "not_right/mine.html", context)
