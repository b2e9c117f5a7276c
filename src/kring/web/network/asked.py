"""What was asked of the directory, said back: wishes one can take away, words perhaps meant, organisations named so."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.translation import gettext

from kring.network import rules
from kring.network.usecases.looking import Answer
from kring.web.network.cards import Card
from kring.web.network.forms import OfferSearch

MOST_MEANT = 3


def chips(
    form: OfferSearch, wishes: dict[str, Any], request: HttpRequest, cards: list[Card]
) -> list[dict[str, str]]:
    """What was asked for, each with the address that asks for everything else."""
    found = []
    for name, value in wishes.items():
        words = _chip_words(form, name, value, cards)
        found.append({"words": words, "url": _address(request, **{name: ""})})
    return found


def meant(cards: list[Card], request: HttpRequest) -> list[dict[str, str]]:
    """The words that were perhaps meant, as they stand in what was found; each with the question that asks for it."""
    near = [reason for card in cards for reason in card.reasons if reason.near]
    asked = request.GET.get("q", "")
    found: dict[str, dict[str, str]] = {}
    for reason in near:
        again = " ".join(
            reason.written if rules.fold(word) == reason.typed else word for word in asked.split()
        )
        found.setdefault(
            rules.fold(reason.written), {"words": reason.written, "url": _address(request, q=again)}
        )
    return list(found.values())[:MOST_MEANT]


def named(answer: Answer, request: HttpRequest) -> list[dict[str, str]]:
    """Organisations that are called as one asked; each with the address of its offers."""
    if "organisation" in request.GET:
        return []
    return [
        {"words": one["name"], "url": _address(request, q="", organisation=str(one["id"]))}
        for one in answer.organisations()
    ]


def _address(request: HttpRequest, **other: str) -> str:
    """The same question with something else in it; what is empty goes."""
    asked = {key: value for key, value in request.GET.items() if key not in ("page", "paper")} | other
    return "?" + urlencode([(key, value) for key, value in asked.items() if value])


def _chip_words(form: OfferSearch, name: str, value: Any, cards: list[Card]) -> str:
    if name == "organisation":
        return cards[0].offer.organisation.name if cards else gettext("organisation")
    if name == "age":
        return gettext("%(age)s years") % {"age": value}
    if name == "free":
        return gettext("free of charge")
    choices = dict(getattr(form.fields[name], "choices", ()))
    return str(choices.get(value, value))
