"""The house of a request: the village whose words, colours and modules hold on this page."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

from django.http import HttpRequest

from kring.trust import chosen
from kring.trust.chosen import Chosen

if TYPE_CHECKING:
    from kring.trust.models import Village


def house_of(request: HttpRequest) -> Village | None:
    """The village this house serves to who is not signed in; read once for a request."""
    from kring.trust.models import Village  # the gallery of parts knows no tables

    if not hasattr(request, "_house"):
        request._house = Village.objects.order_by("started_at", "id").first()  # type: ignore[attr-defined]
    found: Village | None = request._house  # type: ignore[attr-defined]
    return found


def chosen_here(request: HttpRequest) -> Chosen:
    """What the village of whoever asks chose for itself."""
    viewer = getattr(request, "viewer", None)
    if viewer is not None:
        return chosen.of(viewer.village_id, viewer.chosen_version)
    house = house_of(request)
    return Chosen(house.chosen) if house is not None else chosen.AS_GIVEN


def spoken_in(request: HttpRequest) -> AbstractContextManager[None]:
    """As long as this lasts, pages speak the words of this village."""
    return chosen.spoken(lambda: chosen_here(request))
