"""Sessions: the browser keeps a key, the database only its fingerprint; and what a session knows of who is here."""

import base64
import hashlib
from datetime import timedelta
from typing import Any
from uuid import UUID

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY, login
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import CreateError, UpdateError
from django.db import connection
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from kring.trust import looking
from kring.trust.models import Account, Session
from kring.trust.usecases import accounts
from kring.web.devices import rough

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
SECOND, SCOPES, INVITED, DEVICE, SHARED = "second_factor", "scopes", "invited", "device", "shared"
#: What a session was invited by: a card of two people, and not of one.
BY_TWO = "by two"
#: The language chosen in this session.
LANGUAGE = "language"
#: When who is here last touched what only they may open.
ONLY_YOU = "only_you"
#: The mark of whoever is not signed in.
NOBODY = "nobody"
AN_HOUR = timedelta(hours=1)
#: With a session comes the account that is in by it: the database shows an account to nobody else.
OF_AN_ACCOUNT = [field.attname for field in Account._meta.concrete_fields]


def fingerprint(key: str) -> str:
    """The first 240 bits of SHA-256 of a session key: what the table holds."""
    return base64.urlsafe_b64encode(hashlib.sha256(key.encode()).digest()[:30]).decode()


class SessionStore(db.SessionStore):
    """Sessions in the database, found by the fingerprint of their key. The database says which still live."""

    #: Whoever is in by the session that was asked for.
    account: Account | None = None

    @classmethod
    def get_model_class(cls) -> Any:
        """The table of sessions."""
        return Session

    def load(self) -> dict[str, Any]:
        """What this session knows, if it lives; else it starts anew."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM trust.live_session(%s)", [fingerprint(self.session_key or "")])
            row, columns = cursor.fetchone(), [column.name for column in cursor.description or ()]
        if row is None:
            self._session_key = None
            return {}
        found = dict(zip(columns, row, strict=True))
        kept, seen_at, self.account = found["session_data"], found["seen_at"], _account(found)
        if timezone.now() - seen_at > AN_HOUR:
            _asked("SELECT trust.session_seen(%s)", fingerprint(self.session_key or ""))
        known: dict[str, Any] = self.decode(kept)
        return known

    def exists(self, session_key: str) -> bool:
        """Whether there is such a session."""
        return stands(fingerprint(session_key))

    def save(self, must_create: bool = False) -> None:
        """Keep what this session knows: never its key."""
        if self.session_key is None:
            return self.create()
        known = self._get_session(no_load=must_create)
        kept = _asked(
            "SELECT trust.keep_session(%s, %s, %s, %s, %s, %s, %s)",
            fingerprint(self.session_key), self.encode(known), self.get_expiry_date(),
            looking.named("account", known.get(SESSION_KEY)), known.get(DEVICE, ""),
            looking.named("shared", known.get(SHARED)), must_create,
        )  # fmt: skip
        if not kept or not kept[0]:
            raise CreateError if must_create else UpdateError

    def delete(self, session_key: str | None = None) -> None:
        """Forget a session."""
        key = session_key or self.session_key
        if key:
            _asked("SELECT trust.end_session(%s)", fingerprint(key))


def _account(found: dict[str, Any]) -> Account | None:
    """The account among these columns; nothing where nobody is in."""
    told = [found[name] for name in OF_AN_ACCOUNT]
    return Account.from_db("default", OF_AN_ACCOUNT, told) if found["id"] else None


def stands(session: str) -> bool:
    """Whether there is a session with this fingerprint."""
    found = _asked("SELECT trust.session_stands(%s)", session)
    return bool(found and found[0])


def _asked(query: str, *values: Any) -> tuple[Any, ...] | None:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        row: tuple[Any, ...] | None = cursor.fetchone()
        return row


def who_is_in(request: HttpRequest) -> Account | AnonymousUser:
    """The account that is in by this session, if its password is still the one it came in with."""
    known = request.session.get(SESSION_KEY)
    account: Account | None = request.session.account
    if account is None or known != str(account.pk):
        return AnonymousUser()
    if constant_time_compare(request.session.get(HASH_SESSION_KEY, ""), account.get_session_auth_hash()):
        return account
    request.session.flush()
    return AnonymousUser()


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


def here(request: HttpRequest) -> str:
    """What a page knows of whom it was made for, to ask later whether they are still in; it does not say who."""
    person = person_of(request)
    return salted_hmac("here", str(person)).hexdigest()[:16] if person and has_second_factor(request) else ""


def begin(
    request: HttpRequest, account: Account, *, second: bool, method: str, invited: bool | str = False
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
    mark(request)


def mark(request: HttpRequest) -> None:
    """The session knows in rough words on which device it lives."""
    request.session[DEVICE] = rough.read(request.headers.get("User-Agent", "")).kept()


def begin_first_time(request: HttpRequest, person_id: UUID) -> bool:
    """Who joins by link and code and never signed in before is in from now on.

    Who signed in before does so as always: whoever asks somebody in holds link and code, and must not become them.
    """
    if accounts.has_account(person_id) or accounts.is_staff(person_id):
        return False
    begin(request, accounts.of_person(person_id), second=True, method="link")
    return True


def settle_language(request: HttpRequest, account: Account) -> None:
    """What was chosen on this device stays; else the account's own language comes along."""
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    if chosen in dict(settings.LANGUAGES):
        if not account.language:
            accounts.speaks(account, chosen)
    elif account.language:
        request.session["language"] = account.language


def begin_scope(request: HttpRequest, *, person: UUID, object_id: UUID, token_hash: bytes) -> None:
    """Start a session that opens one object for one person and nothing else."""
    scopes = {} if request.user.is_authenticated else dict(request.session.get(SCOPES, {}))
    request.session.flush()
    scopes[str(object_id)] = [str(person), token_hash.hex()]
    request.session[SCOPES] = scopes


def whose(request: HttpRequest) -> str:
    """A mark of who is here, from which nothing follows: what one typed comes back to oneself and to nobody else.

    Nothing on a shared device, where nobody's words come back.
    """
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return NOBODY
    if request.session.get(SHARED):
        return ""
    key = request.session.session_key
    return hashlib.sha256(f"typed here {key}".encode()).hexdigest()[:16] if key else NOBODY


def scope_of(request: HttpRequest, object_id: object) -> tuple[UUID, bytes] | None:
    """The person for whom a link opened this object in this browser, and the link's fingerprint."""
    found = request.session.get(SCOPES, {}).get(str(object_id))
    return (UUID(found[0]), bytes.fromhex(found[1])) if found else None
