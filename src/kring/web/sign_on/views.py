"""To the sign-in of the town and back. Nobody is made by it: a colleague who has an account comes in, and no one else."""

import hashlib
from urllib.parse import urlencode

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kring.trust import limits
from kring.trust.models import Account
from kring.trust.usecases import accounts
from kring.web import errors, security, sessions
from kring.web.devices import coming_in
from kring.web.doors import door
from kring.web.sign_on import proofs, providers
from kring.web.sign_on.providers import Provider

ERRAND = "sign_on"
TRIES, SECONDS = 30, 60
FROM_US = ("same-origin", "none")


@door("public", page="sign in")
def begin(request: HttpRequest) -> HttpResponseBase:
    """Off to the sign-in of the town. Another site cannot send somebody there."""
    provider = _provider()
    then = request.GET.get("next", "")
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in FROM_US:
        return redirect("account_login")
    if not limits.within("sign on", security.address_of(request), most=TRIES, seconds=SECONDS):
        return errors.too_often(request)
    ours = then.startswith("/") and url_has_allowed_host_and_scheme(then, {request.get_host()})
    errand = proofs.Errand.new(then if ours else "/")
    try:
        away = provider.address(
            redirect_uri=_back_to(request), state=errand.state, nonce=errand.nonce, ui_locales=get_language() or "en",
            code_challenge=errand.challenge, code_challenge_method="S256",
        )  # fmt: skip
    except providers.DoesNotAnswer:
        return _not_there(request, then)
    request.session[ERRAND] = errand.kept()
    return HttpResponseRedirect(away)


@door("public", page="sign in")
def back(request: HttpRequest) -> HttpResponseBase:
    """Back from the sign-in of the town: believed once, if everything fits."""
    provider, kept = _provider(), request.session.pop(ERRAND, None)
    try:
        errand = proofs.back(kept, request.GET.dict(), provider)
        told = _told(request, errand, provider)
        account = _account(told, provider)
    except providers.DoesNotAnswer:
        return _not_there(request, "")
    except proofs.NotBelieved:
        messages.error(
            request,
            _("You could not come in this way. Use a passkey or your password, or ask your administrator."),
        )
        return redirect("account_login")
    if proofs.two_factors(told, provider):
        sessions.begin(request, account, second=True, method="sign on")
        answer = HttpResponseRedirect(errand.next)
        coming_in.welcome(request, answer, account)
        return answer
    record_authentication(request, account, method="sign on")
    return perform_login(request, Login(user=account, redirect_url=errand.next))


@require_POST
@door("second-factor", page="how you sign in")
def end(request: HttpRequest) -> HttpResponseBase:
    """From now on one comes in by one's own ways only; the next time over there begins anew."""
    accounts.end_sign_on(by=request.viewer, at=timezone.now())
    messages.success(request, _("You come in by your own ways now."))
    return redirect("mfa_index")


def _told(request: HttpRequest, errand: proofs.Errand, provider: Provider) -> dict[str, object]:
    """What the provider says of who signed in there."""
    if "code" not in request.GET:
        raise proofs.NotBelieved
    given = provider.tokens(
        code=request.GET["code"], redirect_uri=_back_to(request), code_verifier=errand.verifier
    )
    told = proofs.claims(str(given.get("id_token", "")), errand, provider)
    if "email" not in told:
        more = provider.person(str(given.get("access_token", "")))
        if more.get("sub") == told["sub"]:
            told |= {name: more.get(name) for name in ("email", "email_verified")}
    return told


def _account(told: dict[str, object], provider: Provider) -> Account:
    """The account of the colleague; the same person over there stays the same person here."""
    subject = hashlib.sha256(f"{provider.issuer}|{told['sub']}".encode()).digest()
    account = accounts.by_sign_on(subject, proofs.address(told), at=timezone.now())
    if account is None:
        raise proofs.NotBelieved
    return account


def _provider() -> Provider:
    found = providers.ours()
    if found is None:
        raise Http404
    return found


def _back_to(request: HttpRequest) -> str:
    return request.build_absolute_uri(reverse("sign_on:back"))


def _not_there(request: HttpRequest, then: str) -> HttpResponseBase:
    messages.error(request, _("That sign-in does not answer now. You can use a passkey or your password."))
    address = reverse("account_login")
    return redirect(f"{address}?{urlencode({'next': then})}" if then else address)
