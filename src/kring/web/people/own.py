"""One's own card: written by oneself, and by nobody else."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from kring.network import colleagues
from kring.network.colleagues import Colleague
from kring.web.circle.forms import posted
from kring.web.doors import door
from kring.web.people.forms import CardForm
from kring.web.people.views import working


@door("second-factor", page="people")
def own_card(request: HttpRequest) -> HttpResponseBase:
    """What colleagues may know of me, in my own words."""
    viewer = working(request)
    me = colleagues.of_village(by=viewer, at=timezone.now(), only=viewer.person_id)[0]
    rows = me.card.trained if me.card else []
    form = CardForm(posted(request), initial=_before(me), trained=len(rows), speaks=me.languages)
    if request.method == "POST" and form.is_valid():
        colleagues.write_card(form.card_words(), by=viewer, at=timezone.now())
        messages.success(request, _("This is how colleagues find you now."))
        return redirect("people:colleague", viewer.person_id)
    told = {"form": form, "me": me, "begins": me.card is None}
    return TemplateResponse(request, "people/own_card.html", told, status=422 if form.errors else 200)


def _before(me: Colleague) -> dict[str, Any]:
    """What stands on the card; what the job says while there is none."""
    told: dict[str, Any] = {"role": me.role, "languages": me.languages, "phone": me.phone}
    if me.card is None:
        return told
    for name in ("role", "words", "languages", "neighbourhood", "phone", "days", "reach"):
        told[name] = getattr(me.card, name) or told.get(name, "")
    for row, one in enumerate(me.card.trained):
        year, _dash, month = one["month"].partition("-")
        told[f"what_{row}"], told[f"month_{row}"] = one["what"], f"{month}/{year}" if month else year
    return told
