"""One promise or step is passed on: to somebody who says yes, or to its end with a word."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kring.intake.models import Promise
from kring.trust.usecases import handovers
from kring.trust.usecases.knowing import who_knows
from kring.web.circle.faces import must_sit
from kring.web.doors import door
from kring.web.handover.forms import End, Pass
from kring.web.wraparound.around import around, viewer_of
from kring.web.wraparound.drafting import Drafted
from kring.web.wraparound.people import People, people_of
from kring.wraparound.models import Action, PassOn
from kring.wraparound.usecases import passing_on
from kring.wraparound.usecases.drafts import clear_draft
from kring.wraparound.usecases.passing_on import Thing


def the_thing(family_id: UUID, kind: str, thing_id: UUID) -> Thing:
    """The promise or the step in the address, of the family in the address; hidden and missing are the same."""
    if kind == "promises":
        found: Thing | None = Promise.objects.in_family(family_id).filter(pk=thing_id).first()
    else:
        steps = Action.objects.select_related("goal__plan").filter(goal__plan__family_id=family_id)
        found = steps.filter(pk=thing_id).first()
    if found is None:
        raise Http404
    return found


def _able(thing: Thing, people: People) -> list[tuple[str, str]]:
    """Who may know it and does not hold it: the coordinator first."""
    holder = passing_on.holder(thing)
    able = [
        people.by_id[person.pk]
        for person in who_knows([thing], people.persons)[0]
        if person.pk in people.by_id
    ]
    able.sort(key=lambda one: (one.seat_role != "coordinator", one.kind != "professional", one.name))
    return [(str(one.id), f"{one.name}, {one.role}") for one in able if one.id != holder]


def _back(thing: Thing, circle: UUID, family_id: UUID) -> str:
    """Where one came from: who comes and who goes; or the plan in which the step of somebody who stays stands."""
    hand_over = handovers.standing(circle)
    stays = hand_over is None or hand_over.leaver_id != passing_on.holder(thing)
    if stays and isinstance(thing, Action):
        return reverse("wraparound:plan", args=[thing.goal.plan_id])
    return reverse("handover:hand_over", args=[family_id])


def _asked(thing: Thing) -> PassOn | None:
    """Whom somebody asked to take it over, and who has not answered."""
    about = {"promise" if isinstance(thing, Promise) else "action": thing}
    found: PassOn | None = PassOn.objects.waiting().filter(**about).select_related("to").first()
    return found


@door("second-factor", page="hand-over")
def pass_on(request: HttpRequest, family_id: UUID, kind: str, thing_id: UUID) -> HttpResponse:
    """Who takes it over? Or is it not needed any more?"""
    seat, viewer = must_sit(request, family_id), viewer_of(request)
    thing = the_thing(family_id, kind, thing_id)
    if not passing_on.may_pass_on(thing, viewer):
        raise Http404
    people, back = people_of(family_id, timezone.now()), _back(thing, seat.circle, family_id)
    drafted = Drafted(request, f"pass-on:{thing_id}", thing.circle_id)
    ends = "word" in request.POST
    form = Pass(request.POST if request.method == "POST" and not ends else None, people=_able(thing, people))
    end_form = End(request.POST if ends else None, initial=drafted.initial(End, {}))
    try:
        if ends and end_form.is_valid():
            passing_on.end(thing, end_form.cleaned_data["word"], by=viewer, at=timezone.now())
            clear_draft(drafted.key, by=viewer)
            messages.success(request, _("It is ended. Whoever waited for it reads why."))
            return redirect(back)
        if form.is_valid():
            whom = UUID(form.cleaned_data["to"])
            passing_on.offer(thing, whom, by=viewer, at=timezone.now())
            name = {"name": people.by_id[whom].name}
            messages.success(request, _("%(name)s is asked. Until the yes it stays where it is.") % name)
            return redirect(back)
    except passing_on.IsOverAlready:
        return _over(request, family_id)
    told = around(request, people) | {
        "thing": thing, "form": form, "end_form": end_form, "family_id": family_id, "drafted": drafted,
        "kind": kind, "back": back, "asked": _asked(thing), "due": thing.due_at if isinstance(thing, Promise) else thing.by_when,
    }  # fmt: skip
    status = 422 if form.errors or end_form.errors else 200
    return TemplateResponse(request, "handover/pass_on.html", told, status=status)


def _over(request: HttpRequest, family_id: UUID) -> HttpResponse:
    """Somebody was quicker."""
    messages.info(request, _("Somebody was quicker: this has changed meanwhile."))
    return redirect("handover:hand_over", family_id)


def _the_pass_on(family_id: UUID, pass_on_id: UUID) -> PassOn:
    """What was asked, in the family in the address."""
    rows = PassOn.objects.in_family(family_id).select_related("promise", "action__goal__plan")
    found: PassOn | None = rows.filter(pk=pass_on_id).first()
    if found is None or found.what is None:
        raise Http404
    return found


@require_POST
@door("second-factor", page="hand-over")
def answer(request: HttpRequest, family_id: UUID, pass_on_id: UUID) -> HttpResponse:
    """Yes, I take it over; or not now."""
    must_sit(request, family_id)
    asked, yes = _the_pass_on(family_id, pass_on_id), request.POST.get("answer") == "yes"
    try:
        said = passing_on.answer(asked, yes, by=viewer_of(request), at=timezone.now())
    except passing_on.IsOverAlready:
        return _over(request, family_id)
    if said.answer == PassOn.Answer.YES:
        messages.success(request, _("You take it over. Thank you."))
    else:
        messages.success(request, _("You said not now. Thank you for saying so."))
    return redirect("handover:hand_over", family_id)


@require_POST
@door("second-factor", page="hand-over")
def take_back(request: HttpRequest, family_id: UUID, pass_on_id: UUID) -> HttpResponse:
    """Nobody is asked any more, or what ended goes on."""
    must_sit(request, family_id)
    try:
        passing_on.take_back(_the_pass_on(family_id, pass_on_id), by=viewer_of(request), at=timezone.now())
    except passing_on.IsOverAlready:
        return _over(request, family_id)
    messages.success(request, _("Taken back. It is as before."))
    return redirect("handover:hand_over", family_id)


@require_POST
@door("second-factor", page="hand-over")
def take(request: HttpRequest, family_id: UUID, kind: str, thing_id: UUID) -> HttpResponse:
    """I take over what lies with somebody who is gone."""
    must_sit(request, family_id)
    try:
        passing_on.take(the_thing(family_id, kind, thing_id), by=viewer_of(request), at=timezone.now())
    except passing_on.IsOverAlready:
        return _over(request, family_id)
    messages.success(request, _("You take it over. Thank you."))
    return redirect("handover:hand_over", family_id)
