"""How the directory answers programs: in JSON, to everybody, from everywhere, and in a sentence when it cannot."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import gettext

from kring.trust import limits
from kring.web.doors import READING, door
from kring.web.security import address_of

FROM_ONE_PLACE, TEN_MINUTES = 600, 600
KEPT_FOR = 300
"""Seconds for which a cache on the way may keep an answer."""
FROM_EVERYWHERE = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Last-Modified, Retry-After",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
ASKING_FIRST = {
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, If-None-Match, If-Modified-Since",
    "Access-Control-Max-Age": "86400",
}


class NotAnswered(Exception):
    """Why a program gets no records: a number, a sentence, and the word in its question it is about."""

    def __init__(self, status: int, sentence: str, parameter: str = "") -> None:
        super().__init__(sentence)
        self.status, self.sentence, self.parameter = status, sentence, parameter


@dataclass(frozen=True)
class Told:
    """Records, and when the youngest of them was written."""

    content: Any
    changed_at: datetime | None = None


Asked = Callable[..., Told]


def answering(view: Asked) -> Callable[..., HttpResponseBase]:
    """A door for programs: nobody signs in, nothing is kept on their side, nobody asks without end."""

    @door("public", page="offers")
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "OPTIONS":
            return _open(HttpResponse(status=204, headers=ASKING_FIRST))
        try:
            _must_be_reading(request)
            return _open(_told(request, view(request, *args, **kwargs)))
        except NotAnswered as problem:
            return _open(_not_told(problem))

    # Nothing is signed in for this and nothing is written, so another site's page may ask as well.
    answer.csrf_exempt = True  # type: ignore[attr-defined]
    return answer


def _must_be_reading(request: HttpRequest) -> None:
    if request.method not in READING:
        raise NotAnswered(405, gettext("This address is for reading. Ask with GET."))
    if not limits.within("hsds from", address_of(request), most=FROM_ONE_PLACE, seconds=TEN_MINUTES):
        raise NotAnswered(429, gettext("These are many questions at once. Wait ten minutes, then go on."))


def _told(request: HttpRequest, told: Told) -> HttpResponse:
    """The records; to who has them already, only that they are still the same."""
    words = json.dumps(told.content, ensure_ascii=False).encode()
    etag = f'"{hashlib.sha256(words).hexdigest()[:32]}"'
    response = HttpResponse(words, content_type="application/json", headers={"ETag": etag})
    if told.changed_at is not None:
        response["Last-Modified"] = http_date(told.changed_at.timestamp())
    if getattr(request, "viewer", None) is None:
        response["Cache-Control"] = f"public, max-age={KEPT_FOR}"
    response["Content-Language"] = "en"
    # by the letter only: an organisation or a place may change on a day on which no offer does
    return get_conditional_response(request, etag=etag, response=response)


def _not_told(problem: NotAnswered) -> HttpResponse:
    """A problem as RFC 9457 writes it."""
    told = {"type": "about:blank", "title": problem.sentence, "status": problem.status}
    if problem.parameter:
        told["parameter"] = problem.parameter
    response = HttpResponse(
        json.dumps(told, ensure_ascii=False), status=problem.status, content_type="application/problem+json"
    )
    if problem.status == 405:
        response["Allow"] = ASKING_FIRST["Access-Control-Allow-Methods"]
    if problem.status == 429:
        response["Retry-After"] = str(TEN_MINUTES)
    return response


def _open(response: HttpResponse) -> HttpResponse:
    for name, value in FROM_EVERYWHERE.items():
        response[name] = value
    return response
