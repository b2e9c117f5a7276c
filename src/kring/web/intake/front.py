"""The front door: one page for anybody, without an account."""

from __future__ import annotations

from typing import Any

import segno
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from kring.intake.models import Concern
from kring.intake.usecases import handing_in
from kring.trust import limits
from kring.trust.models import Village
from kring.web import modules
from kring.web.calling import HELPLINES, contact_point
from kring.web.doors import door
from kring.web.houses import house_of
from kring.web.intake.forms import FORMS, TellForm
from kring.web.network.speaking import spoken
from kring.web.security import address_of

#: So many from one place, and so many for one village, in ten minutes; a school shares one place.
FROM_ONE_PLACE, FOR_ONE_VILLAGE, TEN_MINUTES = 40, 400, 600
VARIANTS = [
    ("teacher", _("I work with children")),
    ("parent", _("I am a parent")),
    ("young", _("I am a young person")),
]


def village_called(request: HttpRequest, slug: str | None) -> Village:
    """The village in the address, or the one this house serves."""
    found = house_of(request)
    if slug and (found is None or found.slug != slug):
        found = Village.objects.filter(slug=slug).first()
    if found is None:
        raise Http404
    modules.must_be_on_in(found, "door")
    return found


# Nobody is signed in for this and nothing of anybody is shown, so there is nothing another site could borrow;
# and who comes without cookies, or whose page was open all night, is not turned away.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@door("public", page="front door")
def concern(request: HttpRequest, slug: str | None = None) -> HttpResponse:
    """Three questions; then a receipt with a name and a day. A child who asks for help is never refused."""
    village = village_called(request, slug)
    who = request.GET.get("who", "")
    who = who if who in FORMS else "teacher"
    if request.method != "POST":
        return _page(request, village, who, FORMS[who]())
    if "switch" in request.POST:
        return _page(request, village, who, FORMS[who](initial=_typed(request)))
    form = FORMS[who](request.POST)
    wants_help = "help" in request.POST
    whole = form.is_valid()
    if not wants_help:
        if not whole:
            return _page(request, village, who, form, status=422)
        if not _slowly(request, village):
            form.add_error(
                None,
                _(
                    "Many people write to us just now. Yours is not sent yet; your words are still here. Wait a minute and press Send again."
                ),
            )
            return _page(request, village, who, form, status=429)
    channel = Concern.Channel.POSTER if request.GET.get("from") == "poster" else Concern.Channel.PAGE
    told = form.told(language=get_language() or "en", channel=channel, wants_help_now=wants_help)
    made = handing_in.hand_in(told, village=village, form_key=form.key, at=timezone.now())
    return redirect("intake:receipt", made.token)


def _typed(request: HttpRequest) -> dict[str, str]:
    """What was typed before somebody said who they are; it moves along, and nothing is sent yet."""
    typed = {name: str(request.POST[name]) for name in TellForm.base_fields if request.POST.get(name)}
    if typed.get("family_knows") == Concern.FamilyKnows.MYSELF:  # put ready for a parent, nobody's choice
        del typed["family_knows"]
    return typed


def _slowly(request: HttpRequest, village: Village) -> bool:
    """Whether this one may still come in now; floods wait."""
    return limits.within(
        "concern from", address_of(request), most=FROM_ONE_PLACE, seconds=TEN_MINUTES
    ) and limits.within("concern for", str(village.pk), most=FOR_ONE_VILLAGE, seconds=TEN_MINUTES)


def _page(
    request: HttpRequest, village: Village, who: str, form: TellForm, status: int = 200
) -> HttpResponse:
    said = handing_in.front_door(village, at=timezone.now())
    here = request.path
    poster = "&from=poster" if request.GET.get("from") == "poster" else ""
    return TemplateResponse(
        request,
        "intake/front.html",
        {
            "village": village,
            "form": form,
            "who": who,
            "variants": [
                {"url": f"{here}?who={key}{poster}", "label": label, "current": key == who}
                for key, label in VARIANTS
            ],
            "readers": said.get("readers", []),
            "caring": caring(said.get("duty"), village.name, village.phone),
            "helpline": HELPLINES.get(village.country, ""),
        },
        status=status,
    )


def caring(card: dict[str, Any] | None, village: str, phone: str) -> dict[str, Any]:
    """The person at the foot of the page; without anybody on duty, the contact point itself."""
    if not card:
        return dict(contact_point(village, phone))
    return {
        "name": card["name"], "role": card["title"] or _("contact point"), "phone": card["phone"],
        "languages": spoken(card["languages"]), "kind": "professional",
    }  # fmt: skip


@require_safe
@door("public", page="poster")
def poster(request: HttpRequest, slug: str | None = None) -> HttpResponse:
    """A sheet to print and hang up: a QR code, an address, a name and a number."""
    village = village_called(request, slug)
    who = request.GET.get("who", "")
    said = handing_in.front_door(village, at=timezone.now())
    address = request.build_absolute_uri(reverse("intake:front_of", args=[village.slug]))
    wish = f"?who={who}&from=poster" if who in FORMS else "?from=poster"
    return TemplateResponse(
        request,
        "intake/poster.html",
        {
            "village": village,
            "who": who if who in FORMS else "teacher",
            "variants": [
                {"url": f"{request.path}?who={key}", "label": label, "current": key == (who or "teacher")}
                for key, label in VARIANTS
            ],
            "address": address.partition("://")[2].rstrip("/"),
            "qr": qr(address + wish),
            "caring": caring(said.get("duty"), village.name, village.phone),
        },
    )


def qr(address: str) -> str:
    """A QR code as an address a picture can have."""
    return str(
        segno.make(address, micro=False, error="m").svg_data_uri(border=3, light="#ffffff", dark="#16302b")
    )
