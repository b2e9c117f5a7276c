"""How somebody wishes to be reached, in sentences for the one who is about to reach out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from kring.trust.models import ContactCard, Seat
from kring.web.circle.faces import Face
from kring.web.network.speaking import spoken

Channel = ContactCard.Channel


@dataclass(frozen=True)
class Reached:
    """One person, and how they wish to be reached."""

    face: Face
    sentences: tuple[str, ...]
    words: str = ""
    first: bool = False
    known: bool = False
    chat: str = ""

    @property
    def id(self) -> UUID:
        """Who it is."""
        return self.face.id


def reached(face: Face) -> Reached:
    """The wishes of one person; a person who said nothing has no sentence."""
    card: dict[str, Any] | None = face.seat.card if face.seat else None
    if card is None:
        return Reached(face, ())
    return Reached(face, tuple(filter(None, _sentences(face.name, card))), card["words"], card["first"], True)


def _sentences(name: str, card: dict[str, Any]) -> Iterable[str]:
    yield _way(card["channel"], name)
    if card["language"]:
        yield _("%(name)s speaks %(language)s.") % {"name": name, "language": spoken(card["language"])}
    if card["interpreter"]:
        yield _("%(who)s interprets.") % {"who": card["interpreter"]}
    if card["listens"]:
        yield _("Rather hears it than reads it: tell it, or read it aloud.")
    if card["quiet_from"]:
        hours = {"from": card["quiet_from"][:5], "until": card["quiet_until"][:5]}
        yield _("Not between %(from)s and %(until)s.") % hours


def _way(channel: str, name: str) -> str:
    ways = {
        Channel.CALL: _("Call %(name)s."),
        Channel.WHATSAPP: _("Send %(name)s a WhatsApp message."),
        Channel.SMS: _("Send %(name)s a text message."),
        Channel.EMAIL: _("Write %(name)s an e-mail."),
        Channel.LETTER: _("Send %(name)s a letter."),
        Channel.VISIT: _("Drop in on %(name)s."),
    }
    return ways[Channel(channel)] % {"name": name}


def people_reached(faces: Iterable[Face]) -> list[Reached]:
    """The family and its own people: who is reached first comes first, then the guardians."""
    own = [reached(face) for face in faces if face.seat is not None and face.seat.job_id is None]
    return sorted(own, key=lambda one: (not one.first, one.face.seat_role != Seat.Role.GUARDIAN))


def reached_first(faces: Iterable[Face]) -> Reached | None:
    """Whom one reaches for the family: who was chosen; else a guardian who said how."""
    told = [one for one in people_reached(faces) if one.known]
    return next((one for one in told if one.first or one.face.seat_role == Seat.Role.GUARDIAN), None)
