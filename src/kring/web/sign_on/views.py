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
from django.views.decorators.http import require_POST, require_safe

from kring.trust import limits
from kring.trust.models import Account
from kring.trust.usecases import accounts
from kring.web import door_log, errors, security, sessions
from kring.web.devices import coming_in
from kring.web.doors import door
from kring.web.sign_on import proofs, providers
from kring.web.sign_on.providers import Provider
from kring.web.trust.fresh import fresh_first, is_fresh, show_again

ERRAND = "sign_on"
TRIES, SECONDS = 30, 60
FROM_US = ("same-origin", "none")


@door("public", page="sign in")
def begin(request: HttpRequest) -> HttpResponseBase:
    """Off to the sign-in of the town. Another site cannot send somebody there."""
    then = request.GET.get("next", "")
    ours = then.startswith("/") and url_has_allowed_host_and_scheme(then, {request.get_host()})
    return _away(request, proofs.Errand.new(then if ours else "/"), again=request.user.is_authenticated)


@require_safe
@door("second-factor", page="how you sign in")
@fresh_first
def keep(request: HttpRequest) -> HttpResponseBase:
    """Who is in already comes in by the town from now on, for the first time or again."""
    person = str(request.viewer.person_id)
    return _away(request, proofs.Errand.new(reverse("mfa_index"), begins_for=person), again=True)


def _away(request: HttpRequest, errand: proofs.Errand, *, again: bool) -> HttpResponseBase:
    """Off with this errand; who is in already shows it over there anew."""
    provider = _provider()
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in FROM_US:
        return redirect("account_login")
    if not limits.within("sign on", security.address_of(request), most=TRIES, seconds=SECONDS):
        return errors.too_often(request)
    asked = {"prompt": "login"} if again else {}
    try:
        away = provider.address(
            redirect_uri=_back_to(request), state=errand.state, nonce=errand.nonce, ui_locales=get_language() or "en",
            code_challenge=errand.challenge, code_challenge_method="S256", **asked,
        )  # fmt: skip
    except providers.DoesNotAnswer:
        return _not_there(request, errand.next)
    request.session[ERRAND] = errand.kept()
    return HttpResponseRedirect(away)


@door("public", page="sign in")
def back(request: HttpRequest) -> HttpResponseBase:
    """Back from the sign-in of the town: believed once, if everything fits."""
    provider, kept = _provider(), request.session.pop(ERRAND, None)
    try:
        errand = proofs.back(kept, request.GET.dict(), provider)
        told = _told(request, errand, provider)
        if errand.begins_for:
            return _begun(request, errand, told, provider)
        account = _account(told, provider)
    except providers.DoesNotAnswer:
        return _not_there(request, "")
    except proofs.NotBelieved:
        door_log.stayed_out("sign on")
        messages.error(
            request,
            _("You could not come in this way. Use a passkey or your password, or ask your administrator."),
        )
        return redirect("mfa_index" if sessions.has_second_factor(request) else "account_login")
    if proofs.two_factors(told, provider):
        door_log.came_in("sign on")
        sessions.begin(request, account, second=True, method="mfa")
        answer = HttpResponseRedirect(errand.next)
        coming_in.welcome(request, answer, account)
        return answer
    record_authentication(request, account, method="sign on")
    return perform_login(request, Login(user=account, redirect_url=errand.next))


@require_POST
@door("second-factor", page="how you sign in")
def end(request: HttpRequest) -> HttpResponseBase:
    """From now on one comes in by one's own ways only, and is out everywhere else."""
    accounts.end_sign_on(by=request.viewer, at=timezone.now())
    request.session.cycle_key()
    messages.success(request, _("You come in by your own ways now. Everywhere else you are signed out."))
    return redirect("mfa_index")


def _begun(
    request: HttpRequest, errand: proofs.Errand, told: dict[str, object], provider: Provider
) -> HttpResponseBase:
    """Whoever went away to begin this way in comes back as the same person of ours, and over there has our address."""
    viewer = request.viewer
    if (
        viewer is None
        or str(viewer.person_id) != errand.begins_for
        or not sessions.has_second_factor(request)
    ):
        raise proofs.NotBelieved
    if not is_fresh(request):
        return redirect(show_again(request, reverse("sign_on:keep")))
    ours, theirs = accounts.address_of(viewer), proofs.address(told).strip().lower()
    if ours == theirs != "" and accounts.begin_sign_on(
        _subject(told, provider), by=viewer, at=timezone.now()
    ):
        messages.success(request, _("From now on you can come in this way."))
    else:
        messages.error(
            request,
            _("Somebody else comes in by this sign-in. Sign in over there as yourself, and try again."),
        )
    return redirect(errand.next)


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
    account = accounts.by_sign_on(_subject(told, provider), proofs.address(told))
    if account is None:
        raise proofs.NotBelieved
    return account


def _subject(told: dict[str, object], provider: Provider) -> bytes:
    """Who somebody is over there, as a hash."""
    return hashlib.sha256(f"{provider.issuer}|{told['sub']}".encode()).digest()


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
