"""On a shared device nobody is signed in. What opens there, for whom, and for how long, is decided here, on the server."""

import time
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase

from kring.web import sessions

#: Under these names the session of a shared device keeps which one it is, and who opened something there.
SHARED, OPENED = sessions.SHARED, "opened"
#: Seconds without a touch after which what was opened is closed.
IDLE = 60
#: Rooms that are open to everybody there.
FOR_ALL = ("kring.web.intake.front", "kring.web.network.views", "kring.web.town_map", "kring.web.languages",
           "kring.web.trust.links", "kring.web.shared", "kring.web.handbook")  # fmt: skip
#: Rooms a young person opens with their own card, and rooms a worker reads in after their PIN.
FOR_YOUNG = ("kring.web.circle.own",)
FOR_WORKER = ("kring.web.circle", "kring.web.wraparound", "kring.web.reaching")
#: What would stay behind on the device as a file.
ON_PAPER = ("kring.web.wraparound.papers",)
READING = ("GET", "HEAD")
YOUNG, WORKER = "young", "worker"


@dataclass(frozen=True)
class Opened:
    """Who opened something on a shared device, and as what."""

    person: UUID
    kind: str


def is_shared(request: HttpRequest) -> bool:
    """Whether this device is left to others."""
    return bool(request.session.get(SHARED))


def put_up(request: HttpRequest, device_id: UUID, seconds: int) -> None:
    """From now on this device is shared; whoever was signed in on it is not any more."""
    request.session.flush()
    request.session[SHARED] = str(device_id)
    request.session.set_expiry(seconds)


def open_for(request: HttpRequest, person: UUID, kind: str) -> None:
    """Somebody showed who they are: for one minute after their last touch."""
    request.session[OPENED] = {"person": str(person), "kind": kind, "until": time.time() + IDLE}


def close(request: HttpRequest) -> bool:
    """What was opened is closed, and the language is the device's again; it stays shared. Whether a language went."""
    request.session.pop(OPENED, None)
    return request.session.pop(sessions.LANGUAGE, None) is not None


def opened(request: HttpRequest) -> Opened | None:
    """Who has something open here; a touch within the minute keeps it open, a later one finds it closed."""
    kept: dict[str, Any] | None = request.session.get(OPENED)
    if kept is None:
        return None
    if time.time() >= kept["until"]:
        close(request)
        return None
    open_for(request, UUID(kept["person"]), kept["kind"])
    return Opened(UUID(kept["person"]), kept["kind"])


def _in(room: str, rooms: tuple[str, ...]) -> bool:
    return any(room == one or room.startswith(f"{one}.") for one in rooms)


def may_enter(request: HttpRequest, kind: str, room: str, found: Opened | None) -> bool:
    """Whether this room is open on a shared device: the public ones to everybody, some others to who opened them."""
    if kind == "public":
        return _in(room, FOR_ALL)
    if found is None or kind == "link":
        return False
    if found.kind == YOUNG:
        return _in(room, FOR_YOUNG)
    return _in(room, FOR_WORKER) and not _in(room, ON_PAPER) and request.method in READING


def closes_by_itself(response: HttpResponseBase) -> HttpResponseBase:
    """After a minute without a touch the page gives way to the first one, also where no script runs."""
    response.headers["Refresh"] = f"{IDLE}; url=/shared/"
    return response
