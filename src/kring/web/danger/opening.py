"""A child in danger: 112 first, then the one who heard it; and when nobody can be reached, four hours of reading."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kring.messaging import dangers as telling
from kring.trust.models import Danger
from kring.trust.permissions import Permission
from kring.trust.usecases import danger_reviews, danger_rights, dangers
from kring.trust.usecases.dangers import Found
from kring.trust.viewer import Viewer
from kring.web.circle.faces import viewer_of
from kring.web.danger.forms import Find, Open, beginning, typed
from kring.web.doors import door
from kring.web.trust.fresh import is_fresh, show_again


def _shown(request: HttpRequest, **more: Any) -> dict[str, Any]:
    """What the first page says: whom to call, what the viewer may do, and what waits for them."""
    viewer = viewer_of(request)
    if not viewer.can(Permission.OPEN_DANGER) and not viewer.can(Permission.KEEP_DANGER_RIGHTS):
        raise Http404
    holds = dangers.holds_right(viewer) is not None
    reviews = viewer.can(Permission.REVIEW_DANGER)
    return {
        "holds": holds, "sleeps": holds and dangers.sleeps(viewer), "fresh": is_fresh(request),
        "show_again": show_again(request, reverse("danger:start")), "rights": danger_rights.standing(timezone.now()), "me": viewer.person_id,
        "to_review": _to_review(viewer) if reviews else [],
        "may_watch": viewer.can(Permission.POSTPONE_TELLING), "may_give": viewer.can(Permission.KEEP_DANGER_RIGHTS),
        "village_phone": viewer.village_phone, "form": Find(),
    } | more  # fmt: skip


def _to_review(viewer: Viewer) -> list[tuple[str, Danger]]:
    """What waits for the viewer to look at, and who opened it."""
    found = danger_reviews.to_review(by=viewer)
    names = dangers.names_in(found)
    return [(names.get(one.person_id, ""), one) for one in found]


def _again(request: HttpRequest) -> HttpResponse:
    """Back to a page that came by sending: the script of whoever typed there sends its words again, as a new search."""
    return _start(request, again=True)


def _start(request: HttpRequest, status: int = 200, **more: Any) -> HttpResponse:
    return TemplateResponse(request, "danger/start.html", _shown(request, **more), status=status)


@door("second-factor", page="danger")
def start(request: HttpRequest) -> HttpResponse:
    """Is a child in danger now? Whom one calls, in this order."""
    return _start(request)


@door("second-factor", page="danger")
def find(request: HttpRequest) -> HttpResponse:
    """Which child; then the one to call first, with a button."""
    if request.method != "POST":
        return _again(request)
    viewer, form = viewer_of(request), Find(request.POST)
    if not is_fresh(request) or dangers.holds_right(viewer) is None:
        return _start(request, 422, form=form)
    if not form.is_valid():
        return _start(request, 422, form=form)
    found = dangers.find(form.cleaned_data["child"], form.cleaned_data["known"], by=viewer, at=timezone.now())
    if not found:
        form.add_error(
            "known", _("Nobody is found under these words. Look at the spelling, or call the contact point.")
        )
        return _start(request, 422, form=form)
    forms = [(family, Open(initial=beginning(form) | typed(request.POST))) for family in found[:1]]
    return _call_first(request, forms, len(found) > 1)


def _call_first(
    request: HttpRequest, found: list[tuple[Found, Open]], several: bool, status: int = 200
) -> HttpResponse:
    family, form = found[0]
    told = {"found": family, "form": form, "several": several, "fresh": is_fresh(request), "show_again": show_again(request, reverse("danger:start")),
            "village_phone": viewer_of(request).village_phone}  # fmt: skip
    return TemplateResponse(request, "danger/call_first.html", told, status=status)


@door("second-factor", page="danger")
def open_it(request: HttpRequest, family_id: UUID) -> HttpResponse:
    """They could not be reached: four hours begin, and everybody who must hear of it does."""
    if request.method != "POST":
        return _again(request)
    viewer, form, now = viewer_of(request), Open(request.POST), timezone.now()
    written = form.is_valid()
    known = dangers.find(
        form.cleaned_data.get("child", ""), form.cleaned_data.get("known", ""), by=viewer, at=now
    )
    found = next((one for one in known if one.family_id == family_id), None)
    if found is None:
        raise Http404
    if not written or not is_fresh(request):
        return _call_first(request, [(found, form)], False, 422)
    try:
        opened = telling.open_and_tell(form.id, found, form.why, by=viewer, at=now)
    except dangers.NothingFound:
        raise Http404 from None
    return redirect("danger:read", opened.pk)
