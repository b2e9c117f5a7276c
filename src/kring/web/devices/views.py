"""Where somebody is in: the list stands on “How you sign in”; here is how one or all others end."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kring.trust.models import Session
from kring.trust.usecases import accounts
from kring.trust.usecases import sessions as usecases
from kring.web import sessions
from kring.web.devices import rough
from kring.web.doors import door


def listed(request: HttpRequest) -> list[dict[str, Any]]:
    """Every device on which the viewer is in, this one first."""
    found = usecases.mine(by=request.viewer, at=timezone.now())
    this = sessions.fingerprint(request.session.session_key or "")
    lines = [_line(session, here=session.session_key == this) for session in found]
    return sorted(lines, key=lambda line: not line["here"])


def _line(session: Session, *, here: bool) -> dict[str, Any]:
    told = {"ref": session.ref, "device": rough.of(session.device), "here": here}
    return told | {"since": session.since, "seen_at": session.seen_at}


@require_POST
@door("second-factor", page="how you sign in")
def end(request: HttpRequest, ref: UUID) -> HttpResponseBase:
    """One device is out. When it is this one, that is signing out."""
    here = next((line for line in listed(request) if line["ref"] == ref and line["here"]), None)
    usecases.end(ref, by=request.viewer, at=timezone.now())
    if here:
        logout(request)
        return redirect("/")
    messages.success(request, _("That device is out now."))
    return redirect("mfa_index")


@require_POST
@door("second-factor", page="how you sign in")
def end_others(request: HttpRequest) -> HttpResponseBase:
    """Every device is out but this one."""
    this = sessions.fingerprint(request.session.session_key or "")
    usecases.end_others(this, by=request.viewer, at=timezone.now())
    messages.success(request, _("You are in on this device only."))
    return redirect("mfa_index")


@require_POST
@door("second-factor", page="how you sign in")
def titles(request: HttpRequest) -> HttpResponseBase:
    """Tabs and history name the village only, or each page, as this person wishes."""
    accounts.choose_titles(quiet=request.POST.get("quiet") == "1", by=request.viewer)
    messages.success(request, _("That is kept."))
    return redirect("mfa_index")
