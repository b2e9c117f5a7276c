"""What the pages of coming in look for: what was typed or shown here, while nobody is known yet."""

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import wraps
from typing import Any
from uuid import UUID

from allauth.account.internal.stagekit import LOGIN_SESSION_KEY
from allauth.account.utils import url_str_to_user_pk
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponseBase
from fido2.utils import websafe_decode

from kring.trust import looking

View = Callable[..., HttpResponseBase]
Looks = Callable[..., AbstractContextManager[None]]


def looks_for(what: Looks, view: View) -> View:
    """A page on which somebody comes in: it finds the account that this names, and no other."""

    @wraps(view)
    def look(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        with what(request, **kwargs):
            return view(request, *args, **kwargs)

    return look


def typed(field: str) -> Looks:
    """The e-mail address that was typed in this field."""
    return lambda request, **_: looking.by_address(request.POST.get(field, ""))


def in_the_letter(_request: HttpRequest, uidb36: str = "", **_: Any) -> AbstractContextManager[None]:
    """The account in the address of a letter; its token says whether that letter was ours."""
    return looking.by_account(_account(uidb36))


def on_the_passkey(request: HttpRequest, **_: Any) -> AbstractContextManager[None]:
    """The account that a passkey names; its signature says whether it is theirs."""
    try:
        handle = json.loads(request.POST.get("credential", ""))["response"]["userHandle"]
        return looking.by_account(_account(websafe_decode(handle).decode()))
    except (AttributeError, KeyError, TypeError, ValueError):
        return looking.by_account(None)


def after_the_first(request: HttpRequest, **_: Any) -> AbstractContextManager[None]:
    """The account whose password was right a moment ago, in this session."""
    begun = request.session.get(LOGIN_SESSION_KEY) or {}
    return looking.by_account(_account(begun.get("user_pk")))


def _account(written: str | None) -> UUID | None:
    try:
        return UUID(str(url_str_to_user_pk(written or "")))
    except (TypeError, ValueError, ValidationError):
        return None
