"""What happens to every request before its door, and to every answer after it."""

import time
from collections.abc import Callable
from functools import partial

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.functional import SimpleLazyObject

from kring.web import errors, languages, security, sessions
from kring.web.shared import gate

NOT_THIS_WAY = 405
NOT_HERE = 404
#: Seconds; longer than finding nothing takes on a small machine.
TICK = 0.025
#: Set by a page that was left quickly, until the server heard it (frontend/js/small-acts.js).
LEAVING = "__Host-leaving"
GetResponse = Callable[[HttpRequest], HttpResponseBase]


class Protection:
    """Outermost: the headers of every answer, static files and mistakes included."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return security.protect(self.get_response(request))


class AtTheTick:
    """What is hidden and what is not there take the same time: for who is in, "not here" waits for the next tick."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        begun = time.monotonic()
        response = self.get_response(request)
        if response.status_code == NOT_HERE and settings.SESSION_COOKIE_NAME in request.COOKIES:
            time.sleep(TICK - (time.monotonic() - begun) % TICK)
        return response


class Language:
    """The language of this request: chosen on this device, in this session, or asked for by the browser."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        language = languages.of(request)
        request.LANGUAGE_CODE = language
        with translation.override(language):
            response = self.get_response(request)
            if response.status_code == NOT_THIS_WAY and not response.headers.get(
                "Content-Type", ""
            ).startswith("application"):
                allowed = response.headers.get("Allow", "")
                response = errors.nothing_to_read(request)
                response.headers["Allow"] = allowed
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ("Accept-Language", "Cookie"))
        return response


class OverALockedLine:
    """Programs read over https only; whoever asks over an open line is told, and not led there silently."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if (
            settings.SECURE_SSL_REDIRECT
            and request.path_info.startswith("/hsds/")
            and not request.is_secure()
        ):
            return JsonResponse({"error": "This directory is read over https only."}, status=403)
        return self.get_response(request)


class PlainAddresses:
    """An address with a null byte in it is no address."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        asked = request.META.get("QUERY_STRING", "")
        if "\0" in request.path_info or "\0" in asked or "%00" in asked:
            return errors.not_understood(request)
        return self.get_response(request)


class WhoIsIn:
    """Whoever is in by the session of this request, once somebody asks."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.user = SimpleLazyObject(partial(sessions.who_is_in, request))
        return self.get_response(request)


class Leaving:
    """Who left quickly while there was no network is signed out by the next request, whatever it asks for."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if LEAVING not in request.COOKIES:
            return self.get_response(request)
        if gate.is_shared(request):
            gate.close(request)
        else:
            logout(request)
        response = self.get_response(request)
        response.delete_cookie(LEAVING)  # type: ignore[attr-defined]
        return response
