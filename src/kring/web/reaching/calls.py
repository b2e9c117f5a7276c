"""The coordinator tells what was not written, and says so with one word."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kring.messaging import calls
from kring.messaging.models import Call
from kring.web.circle.faces import viewer_of
from kring.web.doors import door
from kring.web.reaching.forms import ToldForm
from kring.web.reaching.page import shown


@require_POST
@door("second-factor", page="reaching")
def tell(request: HttpRequest, family_id: UUID, call_id: UUID) -> HttpResponseBase:
    """Told; or, taken back, still to tell."""
    viewer, now = viewer_of(request), timezone.now()
    call = Call.objects.filter(pk=call_id, circle__family_id=family_id).first()
    if call is None:
        raise Http404
    if "again" in request.POST:
        calls.still_to_tell(call, by=viewer, at=now)
        messages.success(request, _("It stands on the list again."))
        return redirect("reaching:reach", family_id)
    form = ToldForm(request.POST)
    if not form.is_valid():
        return shown(request, family_id, status=422, form=form, told_form=form, told_of=call.pk)
    calls.told(call, by=viewer, at=now, words=form.cleaned_data["words"])
    messages.success(request, _("Good that you told it."))
    return redirect("reaching:reach", family_id)
