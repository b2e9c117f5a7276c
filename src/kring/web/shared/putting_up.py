"""A worker chooses six digits, and leaves this device to others until an hour of today."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kring.trust.usecases import shared_devices
from kring.web.doors import door
from kring.web.shared import gate
from kring.web.shared.forms import Digits, PutUp


def told(request: HttpRequest) -> dict[str, Any]:
    """What stands about it on “How you sign in”."""
    by = request.viewer
    return {"shared": shared_devices.mine(by=by, at=timezone.now()), "has_pin": shared_devices.has_pin(by=by)}


@door("second-factor", page="how you sign in")
def pin(request: HttpRequest) -> HttpResponseBase:
    """Six digits of one's own, for devices that others use too."""
    form = Digits(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            shared_devices.choose_pin(form.cleaned_data["digits"], by=request.viewer, at=timezone.now())
        except shared_devices.TooEasy:
            form.add_error("digits", _("Everybody tries these digits first. Please choose others."))
        else:
            messages.success(request, _("Your PIN is kept."))
            return redirect("mfa_index" if "then" not in request.GET else "share")
    return TemplateResponse(request, "shared/pin.html", {"form": form}, status=422 if form.errors else 200)


@door("second-factor", page="how you sign in")
def share(request: HttpRequest) -> HttpResponseBase:
    """From now on this device is for others. Who shares it is signed out of it."""
    form = PutUp(request.POST or None)
    if request.method == "POST" and form.is_valid():
        at = timezone.now()
        try:
            device = shared_devices.put_up(
                form.cleaned_data["purpose"], form.cleaned_data["hours"], by=request.viewer, at=at
            )
        except shared_devices.NoPinYet:
            return redirect("pin")
        gate.put_up(request, device.pk, int((device.until - at).total_seconds()))
        return redirect("shared:start")
    if not shared_devices.has_pin(by=request.viewer):
        return redirect("pin")
    return TemplateResponse(request, "shared/share.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
@door("second-factor", page="how you sign in")
def unshare(request: HttpRequest, device_id: UUID) -> HttpResponseBase:
    """A device that was left to others is shared no more, from wherever one is."""
    shared_devices.take_back(device_id, by=request.viewer, at=timezone.now())
    messages.success(request, _("That device is out now."))
    return redirect("mfa_index")
