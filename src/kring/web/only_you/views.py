"""Showing that it is oneself, for a page that follows; other digits; and digits that one does not know any more."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kring.trust.usecases import own_digits
from kring.web.doors import door
from kring.web.only_you import gate
from kring.web.only_you.forms import Change


@door("only-you", page="how you sign in")
def shown(request: HttpRequest) -> HttpResponse:
    """It is shown; on to where one was going."""
    then = request.GET.get("next", "")
    ours = then.startswith("/") and url_has_allowed_host_and_scheme(then, {request.get_host()})
    return redirect(then if ours else reverse("mfa_index"))


@door("second-factor", page="how you sign in")
def change(request: HttpRequest) -> HttpResponse:
    """Other digits, by who knows the ones that stand."""
    viewer = request.viewer  # type: ignore[attr-defined]
    if own_digits.standing(by=viewer).set_at is None:
        return redirect("only_you:shown")
    form = Change(request.POST if request.method == "POST" else None)
    told = request.method == "POST" and form.is_valid()
    if told and gate.show(form, "old", viewer) is None and gate.choose(form, viewer) is None:
        messages.success(request, _("Your new digits are kept."))
        return redirect("mfa_index")
    return TemplateResponse(
        request, "only_you/change.html", {"form": form}, status=422 if form.errors else 200
    )


@require_POST
@door("second-factor", page="how you sign in")
def forgotten(request: HttpRequest) -> HttpResponse:
    """Somebody does not know them any more: in a day they choose others, here."""
    own_digits.forget(by=request.viewer, at=timezone.now())  # type: ignore[attr-defined]
    return redirect("confidences:mine")


@require_POST
@door("second-factor", page="how you sign in")
def known(request: HttpRequest) -> HttpResponse:
    """It was not they who said so: the digits stay as they are."""
    own_digits.still_known(by=request.viewer, at=timezone.now())  # type: ignore[attr-defined]
    messages.success(request, _("Good that you said so. Everything stays as it is."))
    return redirect("/")
