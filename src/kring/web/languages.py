"""The language of a page: chosen on this device, else the account's, else what the browser asks for."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language_from_request
from django.views.decorators.http import require_POST

from kring.trust.models import Account
from kring.web import sessions
from kring.web.doors import door
from kring.web.shared import gate

KNOWN = frozenset(code for code, _ in settings.LANGUAGES)
IN_SESSION = sessions.LANGUAGE


def of(request: HttpRequest) -> str:
    """The language this request is answered in."""
    if settings.SESSION_COOKIE_NAME in request.COOKIES:
        kept = request.session.get(IN_SESSION)
        if kept in KNOWN:
            return str(kept)
    return chosen(request) or get_language_from_request(request)


def chosen(request: HttpRequest) -> str:
    """The language somebody chose on this device, or nothing."""
    kept = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return kept if kept in KNOWN else ""


def remember(response: HttpResponseBase, code: str) -> None:
    """Keep the chosen language on this device."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME, code, max_age=settings.LANGUAGE_COOKIE_AGE, path="/",
        secure=True, httponly=True, samesite="Lax",
    )  # fmt: skip


def back(request: HttpRequest) -> str:
    """The page one came from, if it is one of ours."""
    address = request.POST.get("next", "")
    if not address.startswith("/"):
        return "/"
    ours = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if ours else "/"


@require_POST
@door("public", page="language")
def choose(request: HttpRequest) -> HttpResponse:
    """Somebody chooses a language; it stays with the device and, when signed in, with the account.

    On a shared device only its start page says what stays; elsewhere it goes with who chose it.
    """
    response = HttpResponseRedirect(back(request))
    code = request.POST.get("language", "")
    if code not in KNOWN:
        return response
    if gate.is_shared(request) and back(request) != reverse("shared:start"):
        request.session[IN_SESSION] = code
    else:
        remember(response, code)
        if request.user.is_authenticated:
            request.session[IN_SESSION] = code
            Account.objects.filter(pk=request.user.pk).update(language=code)
    return response
