"""What happens on a device when somebody comes in on it."""

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.crypto import get_random_string

from kring.trust.models import Account
from kring.trust.usecases import sessions as usecases
from kring.web import sessions
from kring.web.devices import letters

#: What a device keeps for a year, so that it is known again; the database has only a hash, another for each person.
COOKIE = "__Host-device"
A_YEAR = 60 * 60 * 24 * 365


def kept_by(request: HttpRequest) -> str:
    """What this device keeps, or something new for it to keep."""
    return request.COOKIES.get(COOKIE) or get_random_string(43)


def remember(response: HttpResponseBase, device: str) -> None:
    """The device keeps this."""
    response.set_cookie(COOKIE, device, max_age=A_YEAR, path="/", secure=True, httponly=True, samesite="Lax")


def welcome(request: HttpRequest, response: HttpResponseBase, account: Account) -> None:
    """Who came in on a new device is told, so that nobody else comes in unseen."""
    at, device = timezone.now(), kept_by(request)
    sessions.mark(request)
    if made := usecases.greet(account.person_id, device, at=at):
        letters.tell(account, made, at=at)
    remember(response, device)
