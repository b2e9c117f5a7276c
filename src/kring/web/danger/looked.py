"""Who opened something because of danger, when, why, what was read, who looks at it, whom to call: in plain words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from kring.trust import journal, rules
from kring.trust.holidays import DaysOff
from kring.trust.keys import Gone
from kring.trust.models import Danger, Postponement
from kring.trust.usecases import danger_reviews, dangers
from kring.trust.usecases.dangers import Opened
from kring.web.calling import HELPLINES
from kring.web.circle.faces import viewer_of
from kring.web.circle.looked import PAGES
from kring.web.danger.forms import Did
from kring.web.doors import door
from kring.web.wraparound.around import base_of, whom_to_call

#: What lies in a circle of this kind, as somebody reads it who may not know what stands there.
KINDS: dict[str, Promise] = {
    "family": _("the page of the circle"), "part": _("a part of the circle"), "home": _("the address of a home"),
    "own": _("an own page"), "confidence": _("something told in confidence, about safety"),
}  # fmt: skip
CLOSED = _("This was erased with everything else of this family.")


def the_danger(danger_id: UUID) -> Danger:
    """The danger in the address; hidden and missing are the same."""
    found = dangers.get(danger_id)
    if found is None:
        raise Http404
    return found


def words_of(danger: Danger) -> dict[str, Any]:
    """The reason and whom one tried, as long as its key is there."""
    try:
        return {"reason": danger.reason, "tried": danger.tried, "did": danger.did}
    except Gone:
        return {"reason": CLOSED, "tried": "", "did": ""}


def facts(danger: Danger, zone: str) -> dict[str, Any]:
    """What every page about it says."""
    review, names = dangers.review_of(danger), dangers.names_in([danger])
    return words_of(danger) | {
        "danger": danger, "who": names.get(danger.person_id, ""), "opened": lines_of(dangers.opened(danger)), "review": review, "now": timezone.now(),
        "review_day": review_day(danger, zone), "review_due": review_is_due(danger, zone), "review_words": _review_words(review),
        "who_reviewed": names.get(review.by_id, "") if review else "",
    }  # fmt: skip


def review_day(danger: Danger, zone: str) -> date:
    """The last day on which somebody looks at it in time."""
    return (review_is_due(danger, zone) - timedelta(microseconds=1)).date()


def review_is_due(danger: Danger, zone: str) -> datetime:
    """When the right of whoever opened it sleeps, unless somebody looked at it."""
    return rules.review_is_due(danger.at, zone, DaysOff(danger.job.organisation.village.country))


def _review_words(review: Any) -> Any:
    try:
        return review.words if review else ""
    except Gone:
        return CLOSED


def lines_of(opened: list[Opened]) -> list[tuple[datetime, list[Any]]]:
    """Minute by minute what was read, each thing once."""
    minutes = groupby(opened, key=lambda one: one.at.replace(second=0, microsecond=0))
    return [(at, list(dict.fromkeys(_named(one) for one in of_minute))) for at, of_minute in minutes]


def _named(one: Opened) -> Any:
    known = PAGES.get(one.part) if one.kind == "family" else None
    return str(known or KINDS.get(one.kind) or PAGES["family"])


def _postponed(danger: Danger) -> list[tuple[str, Postponement]]:
    """Who put the telling off, when and why."""
    names = dangers.names_in([danger])
    return [(names.get(one.by_id, ""), one) for one in danger_reviews.postponed(danger)]


@door("second-factor", page="danger told")
def looked(request: HttpRequest, danger_id: UUID) -> HttpResponse:
    """For the young person, the family, the coordinator, and whoever opened it."""
    danger = the_danger(danger_id)
    return _told(request, danger, Did(initial=words_of(danger)))


@require_POST
@door("second-factor", page="danger told")
def did(request: HttpRequest, danger_id: UUID) -> HttpResponse:
    """Whoever opened it writes down what they did."""
    danger, viewer, form = the_danger(danger_id), viewer_of(request), Did(request.POST)
    if danger.person_id != viewer.person_id:
        raise Http404
    if not form.is_valid():
        return _told(request, danger, form)
    try:
        said = dangers.say_what_was_done(danger, form.cleaned_data["did"], by=viewer, at=timezone.now())
    except Gone as problem:
        raise Http404 from problem
    if said:
        messages.success(
            request, gettext("It is written down. Until somebody looks at it, you can say it in other words.")
        )
    else:
        messages.info(request, gettext("Somebody looked at it already. Tell them by telephone."))
        return _told(request, the_danger(danger_id), form, typed=[form.cleaned_data["did"]])
    return redirect("danger:looked", danger_id)


def _told(request: HttpRequest, danger: Danger, form: Did, typed: Sequence[str] = ()) -> HttpResponse:
    viewer = viewer_of(request)
    watches = danger_reviews.may_watch(danger)
    reviews = danger_reviews.may_review(danger)
    mine = danger.person_id == viewer.person_id
    told = facts(danger, viewer.timezone) | {
        "mine": mine, "young": dangers.is_young(danger, by=viewer),
        "base": base_of(viewer), "village_phone": viewer.village_phone,
        "may_watch": watches, "may_review": reviews, "family_told_at": dangers.told_at(danger, young=False),
        "young_told_at": dangers.told_at(danger, young=True), "works": viewer.works,
        "postponed": _postponed(danger) if watches else [], "form": form, "typed": typed,
        "helpline": HELPLINES.get(viewer.country, ""),
    }  # fmt: skip
    told["caring"] = whom_to_call(viewer, danger.family_id)
    told["sibling"] = not told["young"] and dangers.is_child(danger, by=viewer)
    if told["sibling"]:
        told["reason"] = told["did"] = told["review_words"] = (
            ""  # what is about one child is not shown to another
        )
    if not (mine or watches or reviews):
        told["tried"] = ""  # whom one tried first is whom the child confided in
    if not mine:
        journal.write("read that danger was opened", by=viewer, at=told["now"], object_id=danger.pk)
    status = 422 if form.is_bound else 200
    return TemplateResponse(request, "danger/looked.html", told, status=status)
