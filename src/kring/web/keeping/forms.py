"""What is asked about one part of an offer: only that part, in the words of the whole page."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import MinValueValidator
from django.utils.translation import gettext_lazy as _

from kring.network import rules
from kring.network.models import GoodToKnow, Offer, Place
from kring.network.usecases.facts import Price
from kring.network.usecases.offers import Spot
from kring.web.network.forms import OfferForm

PLACE = ("place_name", "street", "postcode", "town", "neighbourhood")
ASKED = {
    "words": ("name", "words", "domains", "themes"),
    "status": ("status", "waiting"),
    "place": (*PLACE, "areas"),
    "ages": ("youngest", "oldest", "conditions"),
    "getting-in": ("how_to_get_in", "website"),
    "contact": ("contact_name", "contact_role", "contact_phone", "contact_email"),
    "cost": ("price", "amount", "with_pass", "cost"),
    "languages": ("languages",),
}
FREE, PAID = "free", "paid"


class PartForm(OfferForm):
    """One part of an offer."""

    waiting = forms.CharField(label=_("How long does one wait?"), max_length=250, required=False)
    contact_role = forms.CharField(label=_("What does this person do?"), max_length=120, required=False)
    areas = forms.CharField(
        label=_("For which neighbourhoods?"), help_text=_("One on each line."), required=False, max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    price = forms.ChoiceField(
        label=_("Does it cost money?"), required=False, widget=forms.RadioSelect,
        choices=[(FREE, _("No, it is free of charge.")), (PAID, _("Yes, it costs money.")), ("", _("We have not said."))],
    )  # fmt: skip
    amount = forms.DecimalField(
        label=_("How much?"), help_text=_("Like 2 or 2,50."), required=False, max_digits=7, decimal_places=2,
        validators=[MinValueValidator(0)], localize=True,
        error_messages={"invalid": _("Please write the price as a number, like 2,50.")},
        widget=forms.TextInput(attrs={"class": "short", "inputmode": "decimal", "autocomplete": "off"}),
    )  # fmt: skip
    with_pass = forms.CharField(label=_("With which pass is it cheaper?"), max_length=120, required=False)

    def __init__(self, part: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.part = part
        self.fields = {name: self.fields[name] for name in ASKED[part]}

    def clean_areas(self) -> tuple[str, ...]:
        """One neighbourhood on each line, each once."""
        lines = (rules.one_line(line, 250) for line in self.cleaned_data["areas"].splitlines())
        return tuple(dict.fromkeys(filter(None, lines)))[:40]

    def told(self) -> dict[str, Any]:
        """What was filled in, in the words of the offer."""
        asked = {name: self.cleaned_data[name] for name in ASKED[self.part] if name not in PLACE}
        return {name: tuple(value) if isinstance(value, list) else value for name, value in asked.items()}

    def asked_price(self) -> Price:
        """What it costs; an amount alone says that it costs money."""
        told = self.cleaned_data
        paid = told["price"] == PAID or told["amount"]
        free = True if told["price"] == FREE else False if paid else None
        return Price(free=free, amount=told["amount"], cost=told["cost"], with_pass=told["with_pass"])

    def moved(self) -> tuple[Spot, ...] | None:
        """Where it takes place now; None where nobody touched it, so that a place from a list stays the list's."""
        return self.spots() if any(name in self.changed_data for name in PLACE) else None


def initial(part: str, offer: Offer, known: GoodToKnow, places: list[Place]) -> dict[str, Any]:
    """What stands there now."""
    told = {name: getattr(offer, name) for name in ASKED[part] if hasattr(offer, name)}
    if part == "place":
        first = places[0] if places else Place()
        told = {name: getattr(first, name) for name in PLACE[1:]}
        told |= {"place_name": first.name, "areas": "\n".join(offer.areas)}
    if part == "cost":
        price = {True: FREE, False: PAID, None: PAID if known.amount is not None else ""}[offer.free]
        told = {"price": price, "amount": known.amount, "with_pass": known.with_pass, "cost": offer.cost}
    return told
