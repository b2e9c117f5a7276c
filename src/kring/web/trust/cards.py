"""A link on paper: the square for the telephone, the address in letters, and apart from it the code."""

from datetime import datetime
from urllib.parse import urlsplit

import segno
from django.http import HttpRequest, HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.safestring import SafeString, mark_safe

from kring.trust.models import Person
from kring.trust.usecases import links
from kring.web.doors import door

#: Beyond this an address does not fit a square that a telephone reads from paper.
LONGEST = 400


def square(address: str, *, label: str = "") -> SafeString:
    """The address as a QR code, inline and without any style of its own."""
    made = segno.make(address[:LONGEST], error="m", micro=False)
    drawn = made.svg_inline(
        scale=5,
        border=3,
        dark="#000",
        light="#fff",
        svgclass="qr",
        lineclass=None,
        omitsize=True,
        title=label or None,
    )
    return mark_safe(drawn)  # noqa: S308  segno escapes the title; the rest is drawn by it


def card(
    request: HttpRequest,
    person: Person,
    made: links.Made,
    *,
    staff: bool = False,
    until: datetime | None = None,
    back: str = "/",
) -> TemplateResponse:
    """The card, shown once: neither the address nor the code can be shown again."""
    from kring.web.trust.links import address_of

    address = address_of(request, made.token)
    told = {
        "person": person,
        "address": address,
        "square": square(address),
        "code": made.in_groups if made.code else "",
        "until": min(timezone.now() + links.VALID, until) if until else timezone.now() + links.VALID,
        "staff": staff,
        "back": back,
        "afterwards": f"{reverse('card_shown')}?{urlencode({'back': _made_on(request) or back})}",
    }
    return TemplateResponse(request, "trust/card.html", told)


def _made_on(request: HttpRequest) -> str:
    """The page with the button that made the card, where another can be made."""
    return urlsplit(request.headers.get("Referer", "")).path


@door("public", page="a card shown once")
def shown(request: HttpRequest) -> HttpResponseBase:
    """In place of a card, for who comes back to it: it is not shown again, and nothing is made by coming back."""
    back = request.GET.get("back", "")
    ours = back.startswith("/") and url_has_allowed_host_and_scheme(back, None)
    return TemplateResponse(request, "trust/card_shown.html", {"back": back if ours else "/"})
