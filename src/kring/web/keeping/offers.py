"""One offer for whoever keeps it: is it still right, what is missing, and each part with its own small page."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kring.network.freshness import missing
from kring.network.models import Offer, Picture
from kring.network.usecases import keeping
from kring.network.usecases.offers import may_keep
from kring.web.context import ShownVillage
from kring.web.doors import door
from kring.web.keeping.kept import TITLES, address_of, facts, known, offer_of, places_of
from kring.web.network.cards import Card


class OwnerForm(forms.Form):
    """Who keeps the offer right."""

    owner = forms.ChoiceField(label=gettext_lazy("Who keeps this offer right?"), required=False)

    def __init__(self, *args: Any, offer: Offer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = {str(job.person_id): str(job.person) for job in keeping.colleagues(offer, timezone.now())}
        field = self.fields["owner"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        field.choices = [("", _("the lead of the organisation")), *people.items()]


@door("second-factor", page="offers")
def offer(request: HttpRequest, offer_id: UUID) -> HttpResponse:
    """What families read, and beside each part the way to change it."""
    found = offer_of(request, offer_id)
    if request.method == "POST":
        return _done(request, found)
    at, viewer = timezone.now(), request.viewer  # type: ignore[attr-defined]
    places, pictures = places_of(found), Picture.objects.filter(offer=found).count()
    village = ShownVillage(found.village_id, found.village.name, found.village.slug, found.village.phone)
    card, kept = Card(found, village, False, at), getattr(found, "keeping", None)
    leads = may_keep(viewer, found.organisation_id)
    lacks = missing(found, known(found), places=places, pictures=pictures)
    context = {
        "card": card,
        "facts": facts(card, places, pictures),
        "missing": [{"words": TITLES[part][1], "url": address_of(found, part)} for part in lacks],
        "corrections": keeping.corrections(found),
        "takes_back": keeping.may_take_back(kept, by=viewer, at=at),
        "owner": _owner_form(found, kept) if leads else None,
    }
    return TemplateResponse(request, "keeping/offer.html", context)


def _owner_form(found: Offer, kept: Any) -> OwnerForm:
    return OwnerForm(offer=found, initial={"owner": str(kept.owner_id or "") if kept else ""})


def _done(request: HttpRequest, found: Offer) -> HttpResponse:
    """One tap: still right; that was a slip; somebody else keeps it."""
    viewer, at = request.viewer, timezone.now()  # type: ignore[attr-defined]
    deed = request.POST.get("deed")
    if deed == "right":
        keeping.confirm(found, by=viewer, at=at)
        messages.success(
            request, _("Thank you. Families see that “%(name)s” is right.") % {"name": found.name}
        )
    elif deed == "take back":
        _take_back(request, found)
    elif deed == "owner":
        _give(request, found)
    there = (
        "mine"
        if request.POST.get("from") == "mine"
        else "to_call"
        if request.POST.get("from") == "to call"
        else ""
    )
    return HttpResponseRedirect(
        reverse(f"keeping:{there}") if there else reverse("keeping:offer", args=[found.pk])
    )


def _take_back(request: HttpRequest, found: Offer) -> None:
    try:
        keeping.take_back(found, by=request.viewer, at=timezone.now())  # type: ignore[attr-defined]
    except keeping.TooLateToTakeBack:
        messages.info(request, _("Your yes is more than an hour old. You can change each part below."))
    else:
        messages.info(request, _("Your yes is taken back."))


def _give(request: HttpRequest, found: Offer) -> None:
    form = OwnerForm(request.POST, offer=found)
    if form.is_valid():
        owner = form.cleaned_data["owner"]
        keeping.hand_to(found, UUID(owner) if owner else None, by=request.viewer, at=timezone.now())  # type: ignore[attr-defined]
        messages.success(request, _("Noted. We ask this person every half year whether it is still right."))
    else:
        messages.error(request, _("This person does not work there any more. Choose somebody else."))
