"""Sessions: the browser keeps a key, the database only its fingerprint; and what a session knows of who is here."""

import base64
import hashlib
from typing import Any
from uuid import UUID

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from django.conf import settings
from django.contrib.auth import login
from django.contrib.sessions.backends import db
from django.db import connection
from django.http import HttpRequest

from kring.trust.models import Account
from kring.trust.usecases import accounts

LIVE = "SELECT session_key, session_data, expire_date FROM django_session WHERE session_key = %s AND expire_date > %s"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
SECOND, SCOPES, INVITED = "second_factor", "scopes", "invited"


def fingerprint(key: str) -> str:
    """The first 240 bits of SHA-256 of a session key: what the table holds."""
    return base64.urlsafe_b64encode(hashlib.sha256(key.encode()).digest()[:30]).decode()


class SessionStore(db.SessionStore):
    """Django's sessions in the database, found by the fingerprint of their key."""

    def _get_session_from_db(self) -> Any:
        """The live row of this session, or none; then the session starts anew."""
        key = self.session_key
        if not key:
            return None
        from django.utils import timezone

        with connection.cursor() as cursor:  # asked on every page
            cursor.execute(LIVE, [fingerprint(key), timezone.now()])
            row = cursor.fetchone()
        if row is None:
            self._session_key = None
            return None
        return self.model(*row)

    def exists(self, session_key: str) -> bool:
        """Whether there is such a session."""
        return bool(super().exists(fingerprint(session_key)))

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        """The row as it is stored: never the key itself."""
        row = super().create_model_instance(data)
        row.session_key = fingerprint(row.session_key)
        return row

    def delete(self, session_key: str | None = None) -> None:
        """Forget a session."""
        key = session_key or self.session_key
        if key:
            super().delete(fingerprint(key))


def person_of(request: HttpRequest) -> UUID | None:
    """The person who is signed in."""
    user = getattr(request, "user", None)
    return user.person_id if user is not None and user.is_authenticated else None


def has_second_factor(request: HttpRequest) -> bool:
    """Whether who is signed in showed two things: passkey, password and code, or link and code."""
    if not request.user.is_authenticated:
        return False
    if request.session.get(SECOND):
        return True
    return any(record["method"] == "mfa" for record in get_authentication_records(request, request.user))


def begin(
    request: HttpRequest, account: Account, *, second: bool, method: str, invited: bool = False
) -> None:
    """Start a session of this person; whatever the browser held before is gone.

    A link is never a second factor of staff, whoever asks for it.
    """
    second = second and not (method == "link" and accounts.is_staff(account.person_id))
    request.session.flush()
    login(request, account, backend=BACKEND)
    record_authentication(request, account, method=method, reauthenticated=True)
    request.session[SECOND] = second
    request.session[INVITED] = invited
    settle_language(request, account)


def begin_first_time(request: HttpRequest, person_id: UUID) -> bool:
    """Who joins by link and code and never signed in before is in from now on.

    Who signed in before does so as always: whoever asks somebody in holds link and code, and must not become them.
    """
    if Account.objects.filter(person_id=person_id).exists() or accounts.is_staff(person_id):
        return False
    begin(request, accounts.of_person(person_id), second=True, method="link")
    return True


def settle_language(request: HttpRequest, account: Account) -> None:
    """What was chosen on this device stays; else the account's own language comes along."""
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    if chosen in dict(settings.LANGUAGES):
        if not account.language:
            Account.objects.filter(pk=account.pk).update(language=chosen)
    elif account.language:
        request.session["language"] = account.language


def begin_scope(request: HttpRequest, *, person: UUID, object_id: UUID, token_hash: bytes) -> None:
    """Start a session that opens one object for one person and nothing else."""
    scopes = {} if request.user.is_authenticated else dict(request.session.get(SCOPES, {}))
    request.session.flush()
    scopes[str(object_id)] = [str(person), token_hash.hex()]
    request.session[SCOPES] = scopes


def scope_of(request: HttpRequest, object_id: object) -> tuple[UUID, bytes] | None:
    """The person for whom a link opened this object in this browser, and the link's fingerprint."""
    found = request.session.get(SCOPES, {}).get(str(object_id))
    return (UUID(found[0]), bytes.fromhex(found[1])) if found else None
