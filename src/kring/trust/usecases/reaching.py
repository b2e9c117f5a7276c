"""How people wish to be reached: said by themselves, or written down by the coordinator on the family's word."""

from dataclasses import asdict, dataclass
from datetime import datetime, time
from uuid import UUID

from django.db import IntegrityError, transaction

from kring.trust import journal
from kring.trust.models import ContactCard, Seat
from kring.trust.permissions import NotAllowed, Permission
from kring.trust.viewer import LiveSeat, Viewer

FAMILY = (Seat.Role.CHILD, Seat.Role.GUARDIAN)


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
    _must_be_reached_here(seat.circle, person_id, at)
    if person_id != by.person_id:
        by.must(Permission.RECORD_FAMILYS_WORD, seat.circle)
        _must_be_their_word(seat.circle, word_of, person_id, at)
    card, new = _card(seat.circle, person_id)
    told = asdict(said)
    if not new and all(getattr(card, name) == value for name, value in told.items()):
        return card
    if said.first:
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


def _must_be_reached_here(circle_id: UUID, person_id: UUID, at: datetime) -> None:
    seat = _live(circle_id, at).get(person_id)
    if seat is None or seat.job_id is not None:
        raise NotReachedHere


def _must_be_their_word(circle_id: UUID, word_of: UUID | None, about: UUID, at: datetime) -> None:
    seat = _live(circle_id, at).get(word_of) if word_of else None
    if seat is None or not (seat.role in FAMILY or seat.person_id == about):
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
