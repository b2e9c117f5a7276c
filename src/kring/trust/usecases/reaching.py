"""How people wish to be reached: said by themselves, or written down by the coordinator on the family's word."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime, time
from uuid import UUID

from django.db import IntegrityError, transaction

from kring.trust import journal
from kring.trust.models import ContactCard, Seat
from kring.trust.permissions import NotAllowed, Permission
from kring.trust.viewer import LiveSeat, Viewer

FAMILY = (Seat.Role.CHILD, Seat.Role.GUARDIAN)


def says_who_is_first(roles: Iterable[str], role: str) -> bool:
    """Who is reached first for the family: a guardian says it; a young person where no guardian sits."""
    return role == Seat.Role.GUARDIAN or (role == Seat.Role.CHILD and Seat.Role.GUARDIAN not in roles)


def writes_for(role: str) -> bool:
    """For a young person with own voice nobody else says it: so nobody can tell who is left out of their life."""
    return role != Seat.Role.CHILD


class NotReachedHere(Exception):
    """Only the family and its own people say here how they are reached; who works here has a card of the village."""


class NobodysWord(Exception):
    """What a coordinator writes down about somebody, somebody of the family said."""


@dataclass(frozen=True)
class Wish:
    """How somebody wishes to be reached."""

    channel: str = ContactCard.Channel.CALL
    language: str = ""
    listens: bool = False
    interpreter: str = ""
    words: str = ""
    quiet_from: time | None = None
    quiet_until: time | None = None
    phone: str = ""
    email: str = ""
    name_is_safe: bool = True
    first: bool = False


@transaction.atomic
def wish(family_id: UUID, person_id: UUID, said: Wish, *, by: Viewer, at: datetime, word_of: UUID | None = None) -> ContactCard:  # fmt: skip
    """Write down how somebody of the circle wishes to be reached. The same words twice are one."""
    seat = by.family_seat(family_id)
    if seat is None or by.seen_as is not None:
        raise NotAllowed("say how to be reached")
    seats = _live(seat.circle, at)
    _must_be_reached_here(seats.get(person_id))
    if person_id != by.person_id:
        by.must(Permission.RECORD_FAMILYS_WORD, seat.circle)
        _must_be_their_word(seats, word_of, person_id)
    card, new = _card(seat.circle, person_id)
    told = asdict(said)
    if not new and all(getattr(card, name) == value for name, value in told.items()):
        return card
    if said.first and not card.first:
        _must_say_who_is_first(seats, word_of or by.person_id)
        ContactCard.objects.filter(circle_id=seat.circle, first=True).exclude(pk=card.pk).update(first=False)
    for name, value in told.items():
        setattr(card, name, value)
    card.word_of_id, card.written_by_id, card.written_at = word_of, by.person_id, at
    card.save()
    journal.write(_deed(seat, person_id, by), by=by, at=at, circle_id=seat.circle, about=person_id)
    return card


def _deed(seat: LiveSeat, person_id: UUID, by: Viewer) -> str:
    return "said how to be reached" if person_id == by.person_id else "wrote down how somebody is reached"


def _live(circle_id: UUID, at: datetime) -> dict[UUID, Seat]:
    rows = Seat.objects.filter(circle_id=circle_id, since__lte=at).exclude(until__lte=at)
    return {seat.person_id: seat for seat in rows}


def _must_be_reached_here(seat: Seat | None) -> None:
    if seat is None or seat.job_id is not None:
        raise NotReachedHere


def _must_be_their_word(seats: dict[UUID, Seat], word_of: UUID | None, about: UUID) -> None:
    if not writes_for(seats[about].role):
        raise NotReachedHere
    seat = seats.get(word_of) if word_of else None
    if seat is None or not (seat.role in FAMILY or seat.person_id == about):
        raise NobodysWord


def _must_say_who_is_first(seats: dict[UUID, Seat], word_of: UUID) -> None:
    seat = seats.get(word_of)
    if seat is None or not says_who_is_first({one.role for one in seats.values()}, seat.role):
        raise NobodysWord


def _card(circle_id: UUID, person_id: UUID) -> tuple[ContactCard, bool]:
    """The card there is, or a new one; two who begin it at once write on the same."""
    try:
        with transaction.atomic():
            return ContactCard.objects.select_for_update().get_or_create(
                circle_id=circle_id, person_id=person_id
            )
    except IntegrityError:
        return ContactCard.objects.select_for_update().get(circle_id=circle_id, person_id=person_id), False
