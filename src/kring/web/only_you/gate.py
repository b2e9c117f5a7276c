"""A card and its code open no confidence, and neither does a telephone somebody left lying: one shows oneself first.

By a passkey, by a code of one's app, or by six digits of one's own. What was typed meanwhile comes along and is sent.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.webauthn.forms import ReauthenticateWebAuthnForm
from allauth.mfa.webauthn.internal import auth
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from kring.trust.usecases import own_digits
from kring.trust.usecases.own_digits import Standing
from kring.trust.viewer import Viewer
from kring.web import door_log, sessions
from kring.web.only_you.forms import Choose, Show
from kring.web.trust import fresh
from kring.web.trust.forms import SecondCodeAgain

#: Seconds after the last touch of such a page for which one need not show oneself again.
OPEN_FOR = 30 * 60
#: The session is not written anew for every touch.
A_MINUTE = 60
#: What the page that asks sends itself; everything else was typed on the page before and comes along.
WAY, OURS = "only_you", frozenset({"only_you", "digits", "code", "credential", "csrfmiddlewaretoken"})


def is_shown(request: HttpRequest) -> bool:
    """Whether who is here showed that it is they themselves, and touched such a page within half an hour since."""
    touched = float(request.session.get(sessions.ONLY_YOU, 0))
    return time.time() - max(touched, fresh.shown_at(request)) < OPEN_FOR


def touch(request: HttpRequest) -> None:
    """It stays open for another half hour; and whoever is here did not forget their digits."""
    if time.time() - float(request.session.get(sessions.ONLY_YOU, 0)) > A_MINUTE:
        request.session[sessions.ONLY_YOU] = time.time()
        own_digits.still_known(by=_viewer(request), at=timezone.now())


def first(request: HttpRequest, go_on: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """Go on when it is shown; else ask, and then go on with what was sent."""
    sent = request.POST.get(WAY)
    if not is_shown(request):
        if sent is None:
            return _ask(request)
        if (wrong := _wrong(request)) is not None:
            return _ask(request, wrong)
    touch(request)
    return redirect(request.get_full_path()) if sent == "open" else go_on()


def _sends(request: HttpRequest) -> bool:
    """Whether something was being sent when we had to ask."""
    return request.method == "POST" and request.POST.get(WAY, "send") == "send"


def _wrong(request: HttpRequest) -> Form | None:
    """The form of the way that was tried, with what is wrong about it; nothing when it was right."""
    if request.POST.get("credential"):
        passkey = ReauthenticateWebAuthnForm(request.POST, user=request.user)
        if not _is_theirs(passkey):
            door_log.stayed_out("mfa")
            return passkey
        post_authentication(request, passkey.cleaned_data["credential"], reauthenticated=True)
        return None
    if "code" in request.POST:
        code = SecondCodeAgain(request.POST, user=request.user)
        if not code.is_valid():
            return code
        code.save()
        return None
    return _with_digits(request)


def _is_theirs(passkey: ReauthenticateWebAuthnForm) -> bool:
    """Whether what the device sent is a passkey of this person; it may be anything."""
    try:
        return bool(passkey.is_valid())
    except (AttributeError, KeyError, TypeError, ValueError, ValidationError):
        return False


def _with_digits(request: HttpRequest) -> Form | None:
    viewer = _viewer(request)
    chooses = _chooses(own_digits.standing(by=viewer), fresh.kinds_of(request))
    form = (Choose if chooses else Show)(request.POST)
    if form.is_valid():
        return choose(form, viewer) if chooses else show(form, "digits", viewer)
    return form


def show(form: Form, field: str, viewer: Viewer) -> Form | None:
    """Nothing when the digits in this field are right; the form again with a sentence when they are not."""
    if own_digits.show(form.cleaned_data[field], by=viewer):
        door_log.came_in("digits")
        return None
    door_log.stayed_out("digits")
    form.add_error(
        field, _("These are not your digits. After five wrong tries you wait for a quarter of an hour.")
    )
    return form


def choose(form: Form, viewer: Viewer) -> Form | None:
    """Keep the digits of a form; the form again with a sentence when that cannot be."""
    try:
        own_digits.choose(form.cleaned_data["digits"], by=viewer, at=timezone.now())
    except own_digits.TooEasy:
        form.add_error("digits", _("Everybody tries these digits first. Please choose others."))
    except own_digits.NotNow:
        form.add_error(
            "digits", _("This is not possible as it stands now. Somebody may just have changed something.")
        )
    return form if form.errors else None


def _ask(request: HttpRequest, wrong: Form | None = None) -> HttpResponse:
    """The page that asks: by every way this person has, with what was typed before."""
    viewer, kinds = _viewer(request), fresh.kinds_of(request)
    stands = own_digits.standing(by=viewer)
    told: dict[str, Any] = {
        "way": "send" if _sends(request) else "open", "typed": _typed(request), "files": bool(request.FILES),
        "stands": stands, "chooses": _chooses(stands, kinds), "rests": stands.rests(timezone.now()),
        "digits": _digits(viewer, stands, kinds, wrong), "passkey_failed": isinstance(wrong, ReauthenticateWebAuthnForm),
    }  # fmt: skip
    if "totp" in kinds or (viewer.works and "recovery_codes" in kinds):
        told["code"] = wrong if isinstance(wrong, SecondCodeAgain) else SecondCodeAgain(user=request.user)
    if "webauthn" in kinds:
        told["passkey"] = {"request_options": auth.begin_authentication(request.user)}
    if viewer.works and not kinds:
        told["elsewhere"] = fresh.show_again(request, request.get_full_path())
    return TemplateResponse(
        request, "only_you/ask.html", told, status=422 if request.method == "POST" else 200
    )


def _digits(viewer: Viewer, stands: Standing, kinds: set[str], wrong: Form | None) -> Form | None:
    """The field for the digits, if they stand or can be chosen now."""
    if viewer.works or not (stands.set_at or _chooses(stands, kinds)):
        return None
    if isinstance(wrong, Show | Choose):
        return wrong
    return Choose() if _chooses(stands, kinds) else Show()


def to_do(request: HttpRequest) -> str:
    """What one can do with one's digits: change those that stand, choose the first ones; nothing beside a passkey."""
    stands = own_digits.standing(by=_viewer(request))
    if stands.set_at is not None:
        return "change"
    return "choose" if _chooses(stands, fresh.kinds_of(request)) else ""


def _chooses(stands: Standing, kinds: set[str]) -> bool:
    """Whether digits are chosen now: for the first time, or a day after they were forgotten."""
    if stands.new_ones_from is not None:
        return stands.new_ones_from <= timezone.now()
    return stands.set_at is None and not kinds & {"webauthn", "totp"}


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    """What was typed on the page before, if something was being sent."""
    if not _sends(request):
        return []
    lists = request.POST.lists()
    return [(name, str(value)) for name, values in lists if name not in OURS for value in values]


def _viewer(request: HttpRequest) -> Viewer:
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    return viewer
