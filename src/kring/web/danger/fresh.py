"""Whether somebody showed a second factor in the last ten minutes."""

from __future__ import annotations

import time
from urllib.parse import urlencode

from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

#: What counts as a second factor; in the demonstration one is whom one chose to be.
SECOND = frozenset({"mfa"})


def is_fresh(request: HttpRequest) -> bool:
    """A passkey or a code, shown within ten minutes. A password alone is none."""
    shown = get_authentication_records(request, request.user)  # type: ignore[arg-type]
    if settings.DEMO and any(one["method"] == "demonstration" for one in shown):
        return True
    since = time.time() - settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
    return any(one["method"] in SECOND and one["at"] > since for one in shown)


def show_again() -> str:
    """Where one shows it once more, and comes back."""
    return f"{reverse('mfa_reauthenticate')}?{urlencode({'next': reverse('danger:start')})}"
