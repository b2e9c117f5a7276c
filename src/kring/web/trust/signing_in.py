"""The pages of allauth that this house uses, each with its door. What is not here has no address."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from allauth.account import views as account
from allauth.mfa.base import views as factors
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as spare_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from allauth.mfa.webauthn.internal import auth
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from kring.trust import viewer as viewers
from kring.trust.models import Account, SignOn
from kring.trust.usecases import accounts, own_digits
from kring.web import door_log, sessions
from kring.web.devices import views as devices
from kring.web.doors import door
from kring.web.only_you import gate
from kring.web.shared import putting_up
from kring.web.sign_on import providers
from kring.web.trust.front import REAL
from kring.web.trust.invited import comes_by_the_town, is_invited
from kring.web.trust.looked_for import after_the_first, in_the_letter, looks_for, on_the_passkey, typed

View = Callable[..., HttpResponseBase]


def _may_add(view: View) -> View:
    """A factor is added by who showed two already, and the digits that stand; or by who was just invited."""

    def check(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not sessions.has_second_factor(request):
            has_one = factors.is_mfa_enabled(request.user)
            if has_one or not is_invited(request):
                return redirect("second_factor")
        elif not gate.is_shown(request) and _has_one(request):
            return redirect(f"{reverse('only_you:shown')}?{urlencode({'next': request.path}, safe='/')}")
        return view(request, *args, **kwargs)

    return check


def _has_one(request: HttpRequest) -> bool:
    """Whether something stands already by which this person shows themselves: a card is no way round it."""
    stands: bool = factors.is_mfa_enabled(request.user)
    return stands or own_digits.standing(by=request.viewer).set_at is not None  # type: ignore[attr-defined]


class _Adding:
    """After a factor was added, it was shown."""

    def form_valid(self, form: Any) -> HttpResponseBase:
        answer = super().form_valid(form)  # type: ignore[misc]
        self.request.session[sessions.SECOND] = True
        self.request.session.pop(sessions.INVITED, None)
        gate.touch(self.request)
        return answer


class AddApp(_Adding, totp.ActivateTOTPView):
    """An app that shows codes."""


class AddPasskey(_Adding, passkeys.AddWebAuthnView):
    """A passkey that knows its owner."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the device is asked for."""
        told = super().get_context_data(**kwargs)
        told["js_data"] = {"creation_options": auth.begin_registration(self.request.user, True)}
        return told

    def get_success_url(self) -> str:
        """Families go on; staff keep their spare codes first."""
        if not accounts.is_staff(self.request.user.person_id):
            return "/"
        return super().get_success_url()


class _Readable:
    """What a device sends may be anything; what cannot be read is no passkey."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return super().post(request, *args, **kwargs)  # type: ignore[misc]
        except (AttributeError, KeyError, TypeError, ValueError, ValidationError):
            door_log.stayed_out("mfa")
            return redirect("account_login")

    def form_invalid(self, form: Any) -> HttpResponseBase:
        """It was a passkey of nobody here, or of somebody else; a code says so itself."""
        if "credential" in form.fields:
            door_log.stayed_out("mfa")
        answer: HttpResponseBase = super().form_invalid(form)  # type: ignore[misc]
        return answer


class SignIn(account.LoginView):
    """In with a password; the sign-in of the town stands beside it where there is one."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The form, and the town."""
        return {**super().get_context_data(**kwargs), "town": providers.ours()}


class SignInByPasskey(_Readable, passkeys.LoginWebAuthnView):
    """In with a passkey alone."""

    def form_valid(self, form: Any) -> HttpResponseBase:
        """The passkey says whose it is."""
        with viewers.coming_in(form.cleaned_data["credential"].user.person_id):
            return super().form_valid(form)


class Authenticate(_Readable, factors.AuthenticateView):
    """The second factor after the password."""

    def form_valid(self, form: Any) -> HttpResponseBase:
        """The factor was used, by whom it belongs to."""
        with viewers.coming_in(self.stage.login.user.person_id):
            return super().form_valid(form)


class _Second:
    """Where a second factor is asked again, a password is no other way."""

    def get_reauthentication_alternatives(self) -> list[dict[str, Any]]:
        """The other ways of one's own."""
        ways: list[dict[str, Any]] = super().get_reauthentication_alternatives()  # type: ignore[misc]
        return [way for way in ways if way["id"] != "reauthenticate"]


class CodeAgain(_Second, factors.ReauthenticateView):
    """The code again, before something important."""


class ReauthenticateByPasskey(_Second, _Readable, passkeys.ReauthenticateWebAuthnView):
    """The passkey again, before something important."""


def _with_password(view: View) -> View:
    """Who signs in without a password has none to change."""

    def check(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_usable_password():
            return redirect("mfa_index")
        return view(request, *args, **kwargs)

    return check


class HowYouSignIn(factors.IndexView):
    """Everything about coming in, in one place: factors, devices, language."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The factors, and every device on which one is in."""
        told: dict[str, Any] = {"devices": devices.listed(self.request)}
        told |= super().get_context_data(**kwargs)
        viewer = self.request.viewer
        if not viewer.works:
            told["digits"] = gate.to_do(self.request)
        else:
            told |= putting_up.told(self.request)
            if town := providers.ours():
                told["town"] = {
                    "name": town.name,
                    "signed_on": SignOn.objects.first(),
                    "other_ways": accounts.has_other_way(by=viewer),
                }
        return told


def _others_end(view: View) -> View:
    """Who takes a factor away is out everywhere else; the database sees to it, and here one stays in."""

    def check(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        factors_before = Authenticator.objects.filter(user=request.user).count()
        answer = view(request, *args, **kwargs)
        if Authenticator.objects.filter(user=request.user).count() < factors_before:
            request.session.cycle_key()
        return answer

    return check


def _never_the_last(view: View) -> View:
    """Whoever works here keeps a second lock: without any, a card of one administrator would choose the next (D6)."""

    def check(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "POST" and _has_one_lock(request):
            messages.error(request, _("This is your only second lock. Add another one first."))
            return redirect("mfa_index")
        return view(request, *args, **kwargs)

    return check


def _has_one_lock(request: HttpRequest) -> bool:
    """Whether a colleague has nothing but this one; two who take away at once take turns."""
    account: Account = Account.objects.select_for_update().get(pk=request.user.pk)
    if not accounts.is_staff(account.person_id) or comes_by_the_town(account.person_id):
        return False
    return Authenticator.objects.filter(user=account, type__in=REAL).count() < 2


def opened(kind: str, page: str, view: View) -> View:
    """One of allauth's pages behind its door."""
    return door(kind, page=page)(view)


sign_in = opened("public", "sign in", looks_for(typed("login"), SignIn.as_view()))
sign_in_by_passkey = opened("public", "sign in", looks_for(on_the_passkey, SignInByPasskey.as_view()))
second = opened("public", "sign in", looks_for(after_the_first, Authenticate.as_view()))
sign_out = opened("public", "sign out", account.logout)
not_active = opened("public", "sign in", account.account_inactive)
reset = opened("public", "password", looks_for(typed("email"), account.password_reset))
reset_sent = opened("public", "password", account.password_reset_done)
reset_by_key = opened("public", "password", looks_for(in_the_letter, account.password_reset_from_key))
reset_done = opened("public", "password", account.password_reset_from_key_done)
change_password = opened("second-factor", "password", _with_password(account.password_change))
password_again = opened("signed-in", "sign in", account.reauthenticate)
code_again = opened("signed-in", "sign in", CodeAgain.as_view())
passkey_again = opened("signed-in", "sign in", ReauthenticateByPasskey.as_view())
how_you_sign_in = opened("second-factor", "how you sign in", HowYouSignIn.as_view())
add_app = opened("signed-in", "how you sign in", _may_add(AddApp.as_view()))
remove_app = opened("only-you", "how you sign in", _never_the_last(_others_end(totp.deactivate_totp)))
list_passkeys = opened("second-factor", "how you sign in", passkeys.list_webauthn)
add_passkey = opened("signed-in", "how you sign in", _may_add(AddPasskey.as_view()))
remove_passkey = opened("only-you", "how you sign in", _never_the_last(_others_end(passkeys.remove_webauthn)))
show_spare_codes = opened("only-you", "how you sign in", spare_codes.view_recovery_codes)
new_spare_codes = opened("only-you", "how you sign in", spare_codes.generate_recovery_codes)
