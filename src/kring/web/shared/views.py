"""The shared device: its start page, the worker's six digits, and taking it back."""

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kring.trust.usecases import shared_devices
from kring.web import door_log, sessions
from kring.web.doors import door
from kring.web.shared import gate
from kring.web.shared.forms import Digits


def _must_be_shared(request: HttpRequest) -> None:
    if not gate.is_shared(request):
        raise Http404


@door("public", page="shared device")
def start(request: HttpRequest) -> HttpResponseBase:
    """Where everything begins again: no name, no history, and whatever was open is closed."""
    _must_be_shared(request)
    if gate.close(request):  # this page was asked in the language of who was here
        return redirect("shared:start")
    return TemplateResponse(request, "shared/start.html")


@door("public", page="shared device")
def card(request: HttpRequest) -> HttpResponseBase:
    """How a young person opens their own page here."""
    _must_be_shared(request)
    return TemplateResponse(request, "shared/card.html")


@door("public", page="shared device")
def worker(request: HttpRequest) -> HttpResponseBase:
    """The worker's digits open the families of that worker to read, for a minute."""
    return _with_digits(request, "shared/worker.html", ends=False)


@door("public", page="shared device")
def take_back(request: HttpRequest) -> HttpResponseBase:
    """The worker's digits end the sharing; then one signs in as always."""
    return _with_digits(request, "shared/take_back.html", ends=True)


def _with_digits(request: HttpRequest, page: str, *, ends: bool) -> HttpResponseBase:
    _must_be_shared(request)
    form = Digits(request.POST or None)
    if request.method == "POST" and form.is_valid():
        this = sessions.fingerprint(request.session.session_key or "")
        found = shared_devices.worker_with(form.cleaned_data["digits"], fingerprint=this, ends=ends)
        if found:
            door_log.came_in("pin")
        if found and ends:
            request.session.flush()
            return redirect("account_login")
        if found:
            gate.open_for(request, found, gate.WORKER)
            return redirect("circle:families")
        if not sessions.stands(this):
            request.session.flush()
            return redirect("account_login")
        door_log.stayed_out("pin")
        form.add_error(
            "digits", _("These are not the digits. After five wrong tries the device is not shared any more.")
        )
    return TemplateResponse(request, page, {"form": form}, status=422 if form.errors else 200)


@require_POST
@door("public", page="shared device")
def done(request: HttpRequest) -> HttpResponseBase:
    """Somebody is done: their page is closed."""
    _must_be_shared(request)
    return redirect("shared:start")
