"""Written down by somebody at work, after a call or a talk at the gate."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from kring.intake.usecases import handing_in
from kring.trust.models import Village
from kring.trust.permissions import Permission
from kring.web.doors import door
from kring.web.intake.forms import WriteDownForm


@require_http_methods(["GET", "HEAD", "POST"])
@door("second-factor", page="write down a concern")
def write_down(request: HttpRequest) -> HttpResponse:
    """The same three questions, and how it was heard; the receipt is for the one who told it."""
    request.viewer.must(Permission.WRITE_DOWN_CONCERN)
    village = Village.objects.get(pk=request.viewer.village_id)
    form = WriteDownForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.told(language=get_language() or "en", channel=form.cleaned_data["channel"])
        made = handing_in.write_down(
            told, village=village, form_key=form.key, by=request.viewer, at=timezone.now()
        )
        return redirect("intake:receipt", made.token)
    readers = handing_in.front_door(village, at=timezone.now()).get("readers", [])
    return TemplateResponse(
        request,
        "intake/write_down.html",
        {"form": form, "readers": readers},
        status=422 if form.errors else 200,
    )
