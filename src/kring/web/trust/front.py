"""The first page, leaving quickly, and the second factor that opens the rest."""

from allauth.mfa.models import Authenticator
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.http import urlencode

from kring.trust.usecases import setting_up
from kring.web import context, houses, sessions
from kring.web.doors import door
from kring.web.trust.invited import is_invited

REAL = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


@door("public", page="first page")
def first(request: HttpRequest) -> HttpResponseBase:
    """The village's front page; who is signed in goes to where they begin."""
    if request.viewer is None and houses.house_of(request) is None and setting_up.house_is_empty():
        return redirect("setting_up:code")
    begin = context.first_page(request.viewer)
    if begin:
        return redirect(begin)
    if request.user.is_authenticated and not sessions.has_second_factor(request):
        return redirect("second_factor")
    pages = {
        "concern_url": context.address("intake:front", "/concern/"),
        "offers_url": context.address("network:public_offers", "/offers/"),
    }
    return TemplateResponse(request, "trust/front.html", pages)


@door("public", page="leaving")
def leave(request: HttpRequest) -> HttpResponseBase:
    """Away from here at once, and signed out. Another site cannot do that to somebody."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") in ("same-origin", "none", "same-site"):
        logout(request)
    return HttpResponseRedirect(context.AWAY)


@door("public", page="still in")
def still_in(request: HttpRequest) -> HttpResponseBase:
    """Before words leave a page: whether whom it was made for is still in, and the word their forms go with now."""
    here = sessions.here(request)
    still = bool(here) and constant_time_compare(request.GET.get("who", ""), here)
    return JsonResponse({"in": still, "token": get_token(request) if still else ""})


@door("signed-in", page="second factor")
def second_factor(request: HttpRequest) -> HttpResponseBase:
    """Show the second factor, or set one up when the invitation was opened here; else ask for an invitation."""
    if sessions.has_second_factor(request):
        return redirect("/")
    kinds = set(Authenticator.objects.filter(user=request.user, type__in=REAL).values_list("type", flat=True))
    if kinds:
        app = Authenticator.Type.TOTP in kinds
        name = "mfa_reauthenticate" if app else "mfa_reauthenticate_webauthn"
        return redirect(f"{reverse(name)}?{urlencode({'next': '/'})}")
    return TemplateResponse(request, "trust/second_factor.html", {"invited": is_invited(request)})
