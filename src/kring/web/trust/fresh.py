"""Whether somebody showed a second factor in the last ten minutes, and where they show it again."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from urllib.parse import urlencode

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from kring.web.sign_on import providers

View = Callable[..., HttpResponseBase]
READING = ("GET", "HEAD")
#: What counts as a second factor; in the demonstration one is whom one chose to be.
SECOND = frozenset({"mfa"})


def shown_at(request: HttpRequest) -> float:
    """When a passkey or a code was shown last in this session. A password alone is none."""
    shown = get_authentication_records(request, request.user)  # type: ignore[arg-type]
    if settings.DEMO and any(one["method"] == "demonstration" for one in shown):
        return time.time()
    return max((one["at"] for one in shown if one["method"] in SECOND), default=0)


def is_fresh(request: HttpRequest) -> bool:
    """Whether that was within ten minutes."""
    return shown_at(request) > time.time() - settings.ACCOUNT_REAUTHENTICATION_TIMEOUT


def kinds_of(request: HttpRequest) -> set[str]:
    """The second factors this person has."""
    return set(Authenticator.objects.filter(user=request.user).values_list("type", flat=True))


def show_again(request: HttpRequest, then: str) -> str:
    """Where one shows it once more and comes back: the passkey, the app, or the town where one has nothing else."""
    kinds = kinds_of(request)
    if Authenticator.Type.WEBAUTHN in kinds:
        name = "mfa_reauthenticate_webauthn"
    else:
        name = "sign_on:begin" if not kinds and providers.ours() else "mfa_reauthenticate"
    return f"{reverse(name)}?{urlencode({'next': then})}"


def fresh_first(view: View) -> View:
    """Who opens this page shows a second factor first, if the last time was more than ten minutes ago.

    Inside the door. What is sent later than that, the page itself gives back with a sentence.
    """

    @wraps(view)
    def check(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if request.method in READING and not is_fresh(request):
            return redirect(show_again(request, request.get_full_path()))
        return view(request, *args, **kwargs)

    return check
