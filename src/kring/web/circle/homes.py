"""The homes one may know: one's own, and those that were shown."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kring.trust.models import Home, Seat
from kring.trust.permissions import Permission
from kring.trust.usecases import homes
from kring.web.circle.faces import viewer_of
from kring.web.circle.forms import HomeForm, NewHome, posted
from kring.web.circle.members import around_family
from kring.web.doors import door


@door("second-factor", page="home")
def new_home(request: HttpRequest, family_id: UUID) -> HttpResponseBase:
    """A home is written down; nobody knows of it but those one chooses."""
    faces, told = around_family(request, family_id)
    form = NewHome(posted(request), faces=faces)
    if request.method != "POST" or not form.is_valid():
        return TemplateResponse(
            request, "circle/home_form.html", told | {"form": form}, status=422 if form.errors else 200
        )
    said = dict(form.cleaned_data)
    people = tuple(UUID(person) for person in said.pop("people"))
    homes.add(
        told["family"], said.pop("name"), by=viewer_of(request), at=timezone.now(), people=people, **said
    )
    messages.success(request, _("Written down. Only those you chose know of it."))
    return redirect("circle:family", family_id)


def _home(family_id: UUID, home_id: UUID) -> Home:
    home = Home.objects.select_related("circle").filter(pk=home_id, family_id=family_id).first()
    if home is None:
        raise Http404
    return home


@door("second-factor", page="home")
def home(request: HttpRequest, family_id: UUID, home_id: UUID) -> HttpResponseBase:
    """One home: what is known of it, and who may know."""
    faces, told = around_family(request, family_id)
    shown = _home(family_id, home_id)
    keeps = viewer_of(request).can(Permission.KEEP_HOME, shown.circle_id)
    before: dict[str, Any] = {name: getattr(shown, name) for name in ("name", "address", "phone", "note")}
    form = HomeForm(posted(request), initial=before)
    if request.method == "POST" and form.is_valid():
        homes.change(shown, by=viewer_of(request), at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("Kept."))
        return redirect("circle:home", family_id, home_id)
    now = timezone.now()
    inside = set(
        Seat.objects.filter(circle_id=shown.circle_id, since__lte=now).exclude(until__lte=now)
        .values_list("person_id", flat=True)
    )  # fmt: skip
    lines = [
        {"face": f, "open": f.id in inside, "stays": f.me or not keeps} for f in faces if f.seat is not None
    ]
    told |= {"home": shown, "form": form, "keeps": keeps, "lines": lines}
    return TemplateResponse(request, "circle/home.html", told, status=422 if form.errors else 200)


@require_POST
@door("second-factor", page="home")
def home_eye(request: HttpRequest, family_id: UUID, home_id: UUID) -> HttpResponseBase:
    """One more or one fewer knows this home."""
    faces, _told = around_family(request, family_id)
    shown = _home(family_id, home_id)
    face = next((f for f in faces if f.seat is not None and str(f.id) == request.POST.get("face")), None)
    if face is not None and not face.me:
        act = homes.show_to if request.POST.get("open") == "yes" else homes.hide_from
        act(shown, face.id, by=viewer_of(request), at=timezone.now())
    return redirect("circle:home", family_id, home_id)
