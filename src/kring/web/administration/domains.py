"""Parts of life: their order, those the village does not use, and its own."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from kring.network.words import LifeDomain, domain_name, picture_of
from kring.trust import chosen
from kring.web.administration import keeping
from kring.web.administration.forms import DomainForm
from kring.web.doors import door

BACK = "administration:domains"
#: So many parts of life fit on a page that one still reads.
MOST = 24


@require_http_methods(["GET", "HEAD", "POST"])
@door("second-factor", page="administration")
def domains(request: HttpRequest) -> HttpResponse:
    """One deed at a time: earlier, later, off, on, or one more."""
    told = keeping.village_of(keeping.keeper(request)).chosen.get(chosen.DOMAINS, {})
    order = _order(told)
    form = DomainForm(request.POST if "word" in request.POST else None)
    if request.method == "POST":
        if "word" not in request.POST:
            return keeping.chosen(request, {chosen.DOMAINS: _done(told, order, request.POST)}, BACK)
        if form.is_valid() and len(order) < MOST:
            return keeping.chosen(
                request, {chosen.DOMAINS: _added(told, order, form.cleaned_data["word"])}, BACK
            )
    lines = [
        {
            "code": code,
            "name": domain_name(code),
            "picture": picture_of(code),
            "off": code in told.get("off", ()),
        }
        for code in order
    ]
    return keeping.page(request, "domains", {"form": form, "lines": lines, "room": len(order) < MOST})


def _order(told: dict[str, Any]) -> list[str]:
    known = [*LifeDomain.values, *told.get("own", {})]
    first = [code for code in told.get("order", ()) if code in known]
    return [*first, *(code for code in known if code not in first)]


def _done(told: dict[str, Any], order: list[str], said: Any) -> dict[str, Any]:
    """The parts of life after one deed."""
    deed = next((name for name in ("earlier", "later", "off", "on") if name in said), "")
    code = said.get(deed, "")
    if code not in order:
        raise Http404
    off, place = set(told.get("off", ())), order.index(code)
    if deed in ("off", "on"):
        off = off | {code} if deed == "off" else off - {code}
        if off >= set(order):  # at least one stays, or nobody could write a goal
            off.discard(code)
    else:
        other = max(place - 1, 0) if deed == "earlier" else min(place + 1, len(order) - 1)
        order[place], order[other] = order[other], order[place]
    return told | {"order": order, "off": sorted(off)}


def _added(told: dict[str, Any], order: list[str], word: str) -> dict[str, Any]:
    """With one more; the same word twice is one."""
    own = dict(told.get("own", {}))
    if word.casefold() in {domain_name(code).casefold() for code in order}:
        return told
    code = f"own {len(own) + 1}"
    return told | {"own": own | {code: word}, "order": [*order, code]}
