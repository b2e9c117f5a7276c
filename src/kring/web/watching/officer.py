"""The trust officer's pages: unusual looks, facts of a day, how the seals stand. Never a family, never a word of theirs."""

from __future__ import annotations

from datetime import date, timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kring.trust.permissions import Permission
from kring.trust.seals import kept
from kring.trust.usecases import sealing, watching
from kring.trust.viewer import Viewer
from kring.web.circle.faces import viewer_of
from kring.web.doors import door
from kring.web.watching.forms import KeepersForm
from kring.wraparound.usecases import correcting


def officer(request: HttpRequest, *also: Permission) -> Viewer:
    """The trust officer who is here; for everybody else there is no such page."""
    viewer = viewer_of(request)
    if not any(viewer.can(one) for one in (Permission.READ_JOURNAL_FACTS, *also)):
        raise Http404
    return viewer


@door("second-factor", page="watching")
def home(request: HttpRequest) -> TemplateResponse:
    """What waits, what was unusual, how the seals stand."""
    viewer, now = officer(request), timezone.now()
    seals = watching.seals_stand(by=viewer)
    told = {"looks": watching.unusual(by=viewer, at=now), "seals": seals, "overdue": seals.is_overdue(now),
            "answers_late": correcting.late()}  # fmt: skip
    return TemplateResponse(request, "watching/home.html", told)


@door("second-factor", page="watching")
def facts(request: HttpRequest) -> TemplateResponse:
    """Who looked on one day: people and numbers of families."""
    viewer, today = officer(request), timezone.localdate()
    day = _day(request.GET.get("day"), today)
    told = {
        "day": day,
        "facts": watching.facts(day, by=viewer, at=timezone.now()),
        "before": day - timedelta(days=1),
        "after": day + timedelta(days=1) if day < today else None,
    }
    return TemplateResponse(request, "watching/facts.html", told)


def _day(asked: str | None, today: date) -> date:
    """The day asked for, within a year; else today."""
    try:
        day = date.fromisoformat(asked or "")
    except ValueError:
        return today
    return day if today - timedelta(days=366) <= day <= today else today


@require_http_methods(["GET", "HEAD", "POST"])
@door("second-factor", page="watching")
def seals(request: HttpRequest) -> HttpResponse:
    """How the seals stand, and who keeps them outside."""
    viewer, now = officer(request), timezone.now()
    standing = sealing.keepers(by=viewer)
    form = KeepersForm.of(standing, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if sealing.choose_keepers(form.addresses, by=viewer, at=now):
            messages.success(request, _("Kept. They get the newest seal every morning."))
        return redirect("watching:seals")
    mailed = max((keeper.told_at for keeper in standing.values() if keeper.told_at), default=None)
    seals = watching.seals_stand(by=viewer)
    told = {
        "seals": seals,
        "overdue": seals.is_overdue(now),
        "restored": kept.restored(),
        "form": form,
        "mailed": mailed,
    }
    return TemplateResponse(request, "watching/seals.html", told, status=422 if form.errors else 200)


@door("second-factor", page="watching")
def watchers(request: HttpRequest) -> TemplateResponse:
    """Who watches the watcher: the administrator sees when the facts of the journal were read."""
    viewer = officer(request, Permission.ADMINISTER)
    told = {"lines": watching.watchers_looked(by=viewer, at=timezone.now()),
            "officer": viewer.can(Permission.READ_JOURNAL_FACTS)}  # fmt: skip
    return TemplateResponse(request, "watching/watchers.html", told)
