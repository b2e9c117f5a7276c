"""Writing down an offer and changing it."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kring.network.models import Offer, Place
from kring.network.usecases import offers
from kring.trust.models import Organisation
from kring.trust.permissions import NotAllowed, Permission
from kring.web.doors import door
from kring.web.network.forms import OfferForm
from kring.web.network.views import organisations_kept

FIELDS = (
    *(
        "name",
        "words",
        "domains",
        "themes",
        "youngest",
        "oldest",
        "languages",
        "contact_name",
        "contact_phone",
    ),
    *("contact_email", "how_to_get_in", "schedule", "cost", "free", "conditions", "website", "status"),
)


@door("second-factor", page="offers")
def new_offer(request: HttpRequest) -> HttpResponse:
    """A lead or the network coordinator writes down an offer."""
    kept = organisations_kept(request)
    if not kept:
        raise NotAllowed(Permission.KEEP_OWN_OFFERS.value)
    organisation = _chosen(request, kept)
    form = OfferForm(request.POST or None, initial={"status": Offer.Status.ACTIVE, "key": uuid4()})
    if request.method == "POST" and form.is_valid():
        viewer = request.viewer  # type: ignore[attr-defined]
        key, spots = form.cleaned_data["key"], form.spots()
        made = offers.add(
            organisation, form.offer_words(), by=viewer, at=timezone.now(), spots=spots, key=key
        )
        messages.success(request, _("“%(name)s” stands in the directory now.") % {"name": made.name})
        return HttpResponseRedirect(reverse("network:offer", args=[made.pk]))
    context = {"form": form, "organisations": kept, "organisation": organisation}
    return TemplateResponse(request, "network/write_offer.html", context, status=_status(form))


@door("second-factor", page="offers")
def change_offer(request: HttpRequest, offer_id: UUID) -> HttpResponse:
    """A lead or the network coordinator changes an offer."""
    viewer = request.viewer  # type: ignore[attr-defined]
    rows = Offer.objects.select_related("organisation").filter(village_id=viewer.village_id)
    offer = rows.filter(pk=offer_id).first()
    if offer is None or not offers.may_keep(viewer, offer.organisation_id):
        raise Http404
    places = list(Place.objects.filter(spots__offer=offer).order_by("id"))
    form = OfferForm(request.POST or None, initial=_initial(offer, places))
    if request.method == "POST" and form.is_valid():
        spots = form.spots() if len(places) < 2 and not _same_place(form) else None
        offers.change(offer, form.offer_words(offer), by=viewer, at=timezone.now(), spots=spots)
        messages.success(request, _("“%(name)s” is changed.") % {"name": offer.name})
        return HttpResponseRedirect(reverse("network:offer", args=[offer.pk]))
    context = {"form": form, "offer": offer, "organisation": offer.organisation, "places": places}
    return TemplateResponse(request, "network/write_offer.html", context, status=_status(form))


def _status(form: OfferForm) -> int:
    return 422 if form.is_bound else 200


def _chosen(request: HttpRequest, kept: list[Organisation]) -> Organisation:
    named = request.POST.get("organisation") or request.GET.get("organisation")
    return next((one for one in kept if str(one.pk) == named), kept[0])


def _initial(offer: Offer, places: list[Place]) -> dict[str, object]:
    told = {name: getattr(offer, name) for name in FIELDS}
    if places:
        told |= {name: getattr(places[0], name) for name in ("street", "postcode", "town", "neighbourhood")}
        told["place_name"] = places[0].name
    return told


def _same_place(form: OfferForm) -> bool:
    """Nobody touched the place, so a place from a list stays the list's."""
    place = ("place_name", "street", "postcode", "town", "neighbourhood")
    return not any(name in form.changed_data for name in place)
