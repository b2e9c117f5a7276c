"""Drawing the map of the village from the town's file, and putting the earlier one back."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from kring.network.maps import MapUnreadable
from kring.network.models import TownMap
from kring.network.usecases import maps
from kring.trust.permissions import Permission
from kring.web.doors import door
from kring.web.town_map.forms import MapForm


@door("second-factor", page="map")
def draw(request: HttpRequest) -> HttpResponse:
    """The form for the town's file, and the maps drawn before."""
    viewer = request.viewer  # type: ignore[attr-defined]
    viewer.must(Permission.IMPORT_DIRECTORY)
    form = MapForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            drawn = maps.draw(file.name, file.read(), by=viewer, at=timezone.now())
        except MapUnreadable as problem:
            form.refuse(problem)
        else:
            many = len(drawn.drawing["parts"])
            said = ngettext(
                "The map is drawn: %(many)s neighbourhood.",
                "The map is drawn: %(many)s neighbourhoods.",
                many,
            )
            messages.success(request, said % {"many": many})
            return HttpResponseRedirect(reverse("town_map:town_map"))
    before = TownMap.objects.filter(village_id=viewer.village_id).defer("drawing", "outlines")
    context = {"form": form, "maps": before.order_by("-drawn_at", "id")[: maps.KEPT]}
    return TemplateResponse(request, "town_map/draw.html", context, status=422 if form.is_bound else 200)


@require_POST
@door("second-factor", page="map")
def put_back(request: HttpRequest, map_id: UUID) -> HttpResponse:
    """The map drawn last goes; the one before holds again."""
    viewer = request.viewer  # type: ignore[attr-defined]
    viewer.must(Permission.IMPORT_DIRECTORY)
    drawn = TownMap.objects.filter(village_id=viewer.village_id).order_by("-drawn_at", "id").first()
    if drawn is not None and drawn.pk == map_id:
        maps.put_back(drawn, by=viewer, at=timezone.now())
        left = TownMap.objects.filter(village_id=viewer.village_id).exists()
        said = _("Done. The map before it is back.") if left else _("Done. There is no map now.")
        messages.success(request, said)
    return HttpResponseRedirect(reverse("town_map:draw"))
