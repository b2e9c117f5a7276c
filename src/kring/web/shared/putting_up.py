"""A worker chooses six digits, and leaves this device to others until an hour of today."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kring.trust.usecases import shared_devices
from kring.web.doors import door
from kring.web.shared import gate
from kring.web.shared.forms import Digits, PutUp
from kring.web.trust.fresh import fresh_first, is_fresh, show_again


def told(request: HttpRequest) -> dict[str, Any]:
    """What stands about it on “How you sign in”."""
    by = request.viewer
    return {"shared": shared_devices.mine(by=by, at=timezone.now()), "has_pin": shared_devices.has_pin(by=by)}


@door("second-factor", page="how you sign in")
@fresh_first
def pin(request: HttpRequest) -> HttpResponseBase:
    """Six digits of one's own, for devices that others use too."""
    form, fresh = Digits(request.POST or None), is_fresh(request)
    if request.method == "POST" and form.is_valid() and fresh:
        try:
            shared_devices.choose_pin(form.cleaned_data["digits"], by=request.viewer, at=timezone.now())
        except shared_devices.TooEasy:
            form.add_error("digits", _("Everybody tries these digits first. Please choose others."))
        else:
            messages.success(request, _("Your PIN is kept."))
            return redirect("mfa_index" if "then" not in request.GET else "share")
    return _asked(request, "shared/pin.html", form, fresh)


@door("second-factor", page="how you sign in")
@fresh_first
def share(request: HttpRequest) -> HttpResponseBase:
    """From now on this device is for others. Who shares it is signed out of it."""
    form, fresh = PutUp(request.POST or None), is_fresh(request)
    if request.method == "POST" and form.is_valid() and fresh:
        at = timezone.now()
        try:
            device = shared_devices.put_up(
                form.cleaned_data["purpose"], form.cleaned_data["hours"], by=request.viewer, at=at
            )
        except shared_devices.NoPinYet:
            return _pin_first(request)
        gate.put_up(request, device.pk, int((device.until - at).total_seconds()))
        return redirect("shared:start")
    if not shared_devices.has_pin(by=request.viewer):
        return _pin_first(request)
    return _asked(request, "shared/share.html", form, fresh)


def _pin_first(request: HttpRequest) -> HttpResponseBase:
    """Without a PIN nobody could take the device back; once it is there, the sharing goes on."""
    messages.info(request, _("First choose a PIN: with it you take the device back. Then you share it."))
    return redirect(f"{reverse('pin')}?then=share")


def _asked(request: HttpRequest, page: str, form: Form, fresh: bool) -> HttpResponseBase:
    """The form; when the ten minutes are over meanwhile, with what was typed and where one shows oneself again."""
    told = {"form": form} if fresh else {"form": form, "show_again": show_again(request, request.path)}
    return TemplateResponse(request, page, told, status=200 if fresh and not form.errors else 422)


@require_POST
@door("second-factor", page="how you sign in")
def unshare(request: HttpRequest, device_id: UUID) -> HttpResponseBase:
    """A device that was left to others is shared no more, from wherever one is."""
    if not shared_devices.take_back(device_id, by=request.viewer, at=timezone.now()):
        raise Http404
    messages.success(request, _("That device is out now."))
    return redirect("mfa_index")
