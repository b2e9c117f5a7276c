"""The map on the page: neighbourhoods with the number of their offers, and the same as a list."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import reverse

from kring.network import rules
from kring.network.models import Signpost, TownMap
from kring.web.doors import door
from kring.web.network.views import around, village_here


@dataclass(frozen=True)
class Quarter:
    """A neighbourhood as the page shows it; `at` says where its mark stands, if it is on the map."""

    name: str
    offers: int
    url: str
    path: str = ""
    x: int = 0
    y: int = 0

    @property
    def reach(self) -> int:
        """How big the mark is: more offers, a little bigger."""
        return 30 + 4 * min(len(str(self.offers)) * 2 + self.offers // 10, 6)

    @property
    def below(self) -> int:
        """Where the name stands."""
        return self.y + self.reach + 26


@door("signed-in", page="map")
def town_map(request: HttpRequest) -> TemplateResponse:
    """The map, for people of the village."""
    return _shown(request, public=False)


@door("public", page="map")
def public_town_map(request: HttpRequest) -> TemplateResponse:
    """The map, for everybody."""
    return _shown(request, public=True)


def _shown(request: HttpRequest, *, public: bool) -> TemplateResponse:
    village = village_here(request)
    signs = Signpost.objects.signs(village.id)
    drawn = TownMap.objects.of_village(village.id)
    offers_at = reverse("network:public_offers" if public else "network:offers")
    named = request.GET.get("village") if public else None
    asked = {"village": village.slug} if named else {}
    written = {rules.fold(name): name for name in sorted(signs.places, key=lambda name: signs.places[name])}
    quarters = []
    for part in drawn.drawing["parts"] if drawn else ():
        name = written.pop(rules.fold(part["name"]), None)
        offers = signs.places[name] if name else 0
        url = f"{offers_at}?{urlencode(asked | {'place': name})}" if name else ""
        quarters.append(Quarter(part["name"], offers, url, part["path"], part["x"], part["y"]))
    elsewhere = [
        Quarter(name, signs.places[name], f"{offers_at}?{urlencode(asked | {'place': name})}")
        for name in sorted(written.values(), key=rules.fold)
    ]
    context = around(request, village, public) | {
        "drawing": drawn.drawing if drawn else None,
        "quarters": quarters,
        "elsewhere": elsewhere,
        "all_offers": f"{offers_at}?{urlencode(asked)}" if asked else offers_at,
        "offers": signs.offers,
    }
    return TemplateResponse(request, "town_map/map.html", context)
