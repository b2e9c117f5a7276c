"""The practice the village shares: a card for when it is hot, and whom one calls."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from kring.trust import journal
from kring.trust.viewer import Viewer
from kring.vision import ours
from kring.vision.models import Backup, Counts, PracticeCard
from kring.vision.usecases import kept

PARTS = ("title", "line", "now", "say", "later", "call")
SEVERAL_LINES = ("now", "say", "later")


class NoSuchCard(Exception):
    """There is no such card."""


@dataclass(frozen=True)
class CardWords:
    """What stands on a card."""

    title: str
    line: str
    now: str
    say: str
    later: str
    call: str


@dataclass(frozen=True)
class Card:
    """A card as the village shows it."""

    key: str
    words: CardWords
    own: bool
    rests: bool

    @property
    def now(self) -> list[str]:
        """What to do now, line by line."""
        return self.words.now.splitlines()

    @property
    def say(self) -> list[str]:
        """What to say, line by line."""
        return self.words.say.splitlines()

    @property
    def later(self) -> list[str]:
        """What to leave for later, line by line."""
        return self.words.later.splitlines()


def cards(village_id: UUID, language: str) -> list[Card]:
    """All cards of a village, in the order in which one needs them."""
    own = kept.of_village(PracticeCard, village_id, language)
    return [_card(key, own.get(key), brought) for key, brought in ours.practice(language).items()]


def _card(key: str, row: PracticeCard | None, brought: ours.Row) -> Card:
    own = row is not None and row.counts == Counts.VILLAGE
    told = {part: getattr(row, part) if own else brought[part] for part in PARTS}
    return Card(key, CardWords(**told), own, rests=row is not None and not own)


def card(village_id: UUID, language: str, key: str) -> Card:
    """One card of a village."""
    brought = ours.practice(language).get(key)
    if brought is None:
        raise NoSuchCard
    row = PracticeCard.objects.filter(village_id=village_id, language=language, key=key).first()
    return _card(key, row, brought)


@transaction.atomic
def write(language: str, key: str, words: CardWords, *, by: Viewer, at: datetime) -> PracticeCard:
    """The village says a card in its own words."""
    if key not in ours.practice(language):
        raise NoSuchCard
    told = {part: kept.plain(value, lines=part in SEVERAL_LINES) for part, value in asdict(words).items()}
    return kept.write(PracticeCard, language, key, told, deed="practice card written", by=by, at=at)


@transaction.atomic
def let_count(language: str, key: str, counts: str, *, by: Viewer, at: datetime) -> None:
    """Put our card back, or take the village's own again."""
    row = (
        PracticeCard.objects.select_for_update()
        .filter(village_id=by.village_id, language=language, key=key)
        .first()
    )
    if row is None:
        raise NoSuchCard
    if row.counts != counts:
        kept.let_count(row, counts, deed=f"practice card: {Counts(counts).value}", by=by, at=at)


def backup_of(viewer: Viewer) -> Backup | None:
    """Whom this person calls when it is hot; they alone know it."""
    return Backup.objects.filter(person_id=viewer.person_id).first()


@transaction.atomic
def choose_backup(name: str, phone: str, *, by: Viewer, at: datetime) -> Backup:
    """Somebody writes down whom they call; a later choice takes the place of an earlier one."""
    told = {"name": kept.plain(name), "phone": kept.plain(phone), "at": at}
    row, _made = Backup.objects.update_or_create(person_id=by.person_id, defaults=told)
    journal.write("backup chosen", by=by, at=at)
    return row


@transaction.atomic
def forget_backup(*, by: Viewer, at: datetime) -> None:
    """Somebody calls nobody in particular any more."""
    gone, _kinds = Backup.objects.filter(person_id=by.person_id).delete()
    if gone:
        journal.write("backup forgotten", by=by, at=at)
