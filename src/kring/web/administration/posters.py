"""The first poster: one sheet with the square, the address, a name and a number, as PDF."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kring.intake.usecases import handing_in
from kring.trust import chosen, colours
from kring.trust.models import Village
from kring.web.administration import keeping
from kring.web.doors import door
from kring.web.intake.front import caring
from kring.web.paper.printing import set_in_type
from kring.wraparound.rules import direction


@require_safe
@door("second-factor", page="poster")
def poster(request: HttpRequest) -> HttpResponse:
    """The poster in the language of the page, ready to print."""
    village = keeping.village_of(keeping.keeper(request))
    said = handing_in.front_door(village, at=timezone.now())
    told = told_of(village, caring(said.get("duty"), village.name, village.phone), home_of(request))
    return HttpResponse(
        set_in_type(told, "poster.typ", on=timezone.localdate()), content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="poster-{village.slug}.pdf"'},
    )  # fmt: skip


def home_of(request: HttpRequest) -> str:
    """Where people find this village; without a word in the environment, where the keeper found it."""
    named = settings.PUBLIC_ADDRESS
    return request.build_absolute_uri("/").rstrip("/") if named.startswith("http://localhost") else named


def told_of(village: Village, person: dict[str, Any], home: str) -> dict[str, Any]:
    """Everything the poster says, in the language that is on now."""
    language = translation.get_language() or "en"
    address = home + reverse("intake:front_of", args=[village.slug])
    main = village.chosen.get(chosen.COLOURS, {}).get(colours.MAIN, colours.GIVEN[colours.MAIN])
    return {
        "language": language,
        "direction": direction(language),
        "village": village.name,
        "colour": main,
        "title": _("Are you worried about a child?"),
        "lead": _("Tell us. No account, any language, three questions."),
        "square": _("QR code of the page"),
        "shown": address.partition("://")[2].rstrip("/"),
        "address": f"{address}?from=poster",
        "name": str(person["name"]),
        "role": str(person["role"]),
        "phone": str(person["phone"]),
    }
