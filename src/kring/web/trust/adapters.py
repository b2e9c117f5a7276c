"""How allauth does things in this house."""

import base64
import hashlib
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as allauth_context
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.contrib import messages
from django.contrib.sites.shortcuts import get_current_site
from django.http import HttpRequest, HttpResponse

from kring.trust import looking
from kring.trust.models import Account
from kring.trust.usecases import accounts
from kring.web import security, sessions
from kring.web.devices import coming_in
from kring.web.trust import later


def shown_name(account: Account) -> str:
    """What an account is called in a letter or beside a passkey: its address, never a family's name."""
    return account.email or "Kring"


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up by themselves, and pages say little."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Staff are invited; families come by link."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address that limits count."""
        return security.address_of(request)

    def set_password(self, user: Account, password: str) -> None:
        """A new password, by the old one or by a proof that came by mail."""
        accounts.choose_password(user, password)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """A letter about signing in: it leaves when the page was answered."""
        told = {"request": allauth_context.request, "email": email} | context
        told["current_site"] = get_current_site(told["request"])
        later.leaves(self.render_mail(template_prefix, email, told))

    def add_message(self, request: HttpRequest, level: int, *args: Any, **kwargs: Any) -> None:
        """Only what somebody must know; that one is signed in, one sees."""
        if level >= messages.WARNING:
            super().add_message(request, level, *args, **kwargs)

    def post_login(self, request: HttpRequest, user: Account, **kwargs: Any) -> HttpResponse:
        """The language of the account comes along, what a link opened before does not; a new device is told of."""
        request.session.pop(sessions.SCOPES, None)
        sessions.settle_language(request, user)
        response = super().post_login(request, user, **kwargs)
        coming_in.welcome(request, response, user)
        return response


class MFAAdapter(DefaultMFAAdapter):
    """Second factors are kept encrypted, and found for whose account it is."""

    def is_mfa_enabled(self, user: Account, types: list[str] | None = None) -> bool:
        """Whether a second factor is asked: of whoever a password or the town vouched for, too, who is nobody yet."""
        with looking.by_account(user.pk):
            return bool(super().is_mfa_enabled(user, types))

    def _cipher(self) -> Fernet:
        seed = hashlib.sha256(b"second factors|" + settings.SECRET_KEY.encode()).digest()
        return Fernet(base64.urlsafe_b64encode(seed))

    def encrypt(self, text: str) -> str:
        """A secret as the database holds it."""
        return self._cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret again."""
        return self._cipher().decrypt(encrypted_text.encode()).decode()

    def get_public_key_credential_user_entity(self, user: Account) -> dict[str, Any]:
        """What the device shows beside the passkey."""
        told = super().get_public_key_credential_user_entity(user)
        return {**told, "display_name": shown_name(user), "name": shown_name(user)}
