"""Afterwards: the register of all uses, telling a family later, and saying whether it was right."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from kring.trust.permissions import Permission
from kring.trust.usecases import danger_reviews, dangers
from kring.web.circle.faces import viewer_of
from kring.web.danger.forms import WITHIN, Later, Review
from kring.web.danger.looked import facts, review_day, review_is_due, the_danger
from kring.web.doors import door


@door("second-factor", page="register of danger")
def register(request: HttpRequest) -> HttpResponse:
    """Every use, the newest first: facts, never what was written in a family."""
    viewer, now = viewer_of(request), timezone.now()
    if not viewer.can(Permission.POSTPONE_TELLING):
        raise Http404
    found = danger_reviews.register(by=viewer)
    names = dangers.names_in(found)
    uses = [
        (
            names.get(one.person_id, ""), one, getattr(one, "review", None),
            review_is_due(one, viewer.timezone), review_day(one, viewer.timezone),
        )
        for one in found
    ]  # fmt: skip
    return TemplateResponse(request, "danger/register.html", {"uses": uses, "now": now})


@door("second-factor", page="danger told")
def later(request: HttpRequest, danger_id: UUID) -> HttpResponse:
    """The family is told later: why, and until when."""
    danger, viewer, now = the_danger(danger_id), viewer_of(request), timezone.now()
    if not danger_reviews.may_watch(danger):
        raise Http404
    form = Later(request.POST or None, today=timezone.localdate(), zone=viewer.timezone)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            danger_reviews.postpone(
                danger, form.moment, said["reason"], also_young=said["also_young"], by=viewer, at=now
            )
        except danger_reviews.NeedsAnEnd:
            form.add_error("until", WITHIN)
        except danger_reviews.ToldAlready:
            form.add_error(None, _("The family was told already. Nothing can be put off any more."))
        else:
            messages.success(request, _("The family is told on that day, by itself."))
            return redirect("danger:looked", danger_id)
    told = facts(danger, viewer.timezone) | {"form": form}
    return TemplateResponse(request, "danger/later.html", told, status=422 if form.errors else 200)


@door("second-factor", page="danger told")
def review(request: HttpRequest, danger_id: UUID) -> HttpResponse:
    """Right or not right, in words the family reads too."""
    danger, viewer, now = the_danger(danger_id), viewer_of(request), timezone.now()
    if not danger_reviews.may_review(danger):
        raise Http404
    form = Review(request.POST or None)
    if request.method == "POST" and form.is_valid():
        right, words = form.cleaned_data["was_right"] == "yes", form.cleaned_data["words"]
        try:
            kept = danger_reviews.review(danger, right, words, by=viewer, at=now)
        except danger_reviews.LookedAtAlready:
            messages.info(request, _("Somebody else looked at it before you."))
            return _too_late(request, danger_id, words)
        if (kept.was_right, kept.words) != (right, words):
            return _too_late(request, danger_id, words)
        messages.success(request, _("Thank you. The family and your colleague can read it."))
        return redirect("danger:looked", danger_id)
    told = facts(danger, viewer.timezone) | {"form": form}
    return TemplateResponse(request, "danger/review.html", told, status=422 if form.errors else 200)


def _too_late(request: HttpRequest, danger_id: UUID, words: str) -> HttpResponse:
    """It was looked at already, and that counts; what was written now is not lost to who wrote it."""
    told = facts(the_danger(danger_id), viewer_of(request).timezone)
    typed = [words] if told["review_words"] != words else []
    return TemplateResponse(request, "danger/review.html", told | {"typed": typed}, status=409)
