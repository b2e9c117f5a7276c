"""Something was sent while its sender was signed out, or from a page that is too old: the words come back, to send again.

Only to who sent them from a page of ours, only what the sending itself carried, and nothing that is a secret.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

SIGNED_OUT, TOO_OLD = 401, 403
#: A form with one of these is typed anew: what proves who somebody is never stands on a page.
SECRETS = frozenset({"code", "credential", "digits", "login", "old", "oldpassword", "password", "password1", "password2"})  # fmt: skip
CARRIED = "csrfmiddlewaretoken"


def typed(request: HttpRequest) -> list[tuple[str, str]]:
    """What was sent, field by field; nothing when there is a secret among it, or when nobody wrote any words."""
    sent = [
        (name, str(value)) for name, values in request.POST.lists() for value in values if name != CARRIED
    ]
    if any(name.rpartition("-")[2] in SECRETS for name, _value in sent) or not words(sent):
        return []
    return sent


def words(sent: list[tuple[str, str]]) -> list[str]:
    """Of what was sent, what somebody wrote in sentences."""
    return [value for _name, value in sent if " " in value.strip()]


def own_words(request: HttpRequest) -> list[str]:
    """What somebody wrote and sent in vain, for the page that says why: to copy. It tells nobody anything new."""
    return words(typed(request)) if request.method == "POST" and is_ours(request) else []


def is_ours(request: HttpRequest) -> bool:
    """Whether the browser says that this came from a page of ours: no other page puts words on one of ours."""
    return request.headers.get("Sec-Fetch-Site") == "same-origin"


def given_back(request: HttpRequest, status: int, page: str = "account_login") -> HttpResponse | None:
    """The page with the words on it, and the way to the page that is missing; nothing where there are no words, and the old way is as good."""
    if request.method != "POST" or not is_ours(request):
        return None
    if request.headers.get(
        "X-Draft"
    ):  # a draft that saves itself: the page still stands, and must hear that it did not
        return HttpResponse(status=status)
    sent = typed(request)
    if not sent or request.headers.get("HX-Request"):
        return None
    told = {
        "sent": sent, "words": words(sent), "files": bool(request.FILES), "signed_out": status == SIGNED_OUT,
        "sign_in": f"{reverse(page)}?{urlencode({'next': '/'})}", "once_more": page != "account_login",
    }  # fmt: skip
    return render(request, "still_here.html", told, status=status)
