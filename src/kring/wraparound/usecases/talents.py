"""The talent behind the behaviour: asked, named by who sees it, kept or put away by the child."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext

from kring.intake.models import Promise
from kring.intake.usecases import promises
from kring.trust import journal
from kring.trust.models import Circle, Person, Seat
from kring.trust.permissions import NotAllowed, Permission
from kring.trust.usecases.showing import family_seats
from kring.trust.viewer import Viewer
from kring.wraparound import rules
from kring.wraparound.models import OwnPage, TalentAnswer, TalentWord
from kring.wraparound.talents import TALENTS, words_of
from kring.wraparound.usecases.learning import (
    SENT_TWICE,
    child_of,
    known_about,
    open_about,
    seat_as_in_the_family,
    seat_child,
)
from kring.wraparound.usecases.paths import read_by

LONGEST, MOST = 500, 3
#: Lines kept together stay in the order in which they were said.
THEN = timedelta(microseconds=1)


class NothingSeen(Exception):
    """A talent word says something: in own words, or one of the talents."""


@dataclass(frozen=True)
class Seen:
    """What somebody sees in a child when it goes well."""

    sees: str = ""
    qualities: str = ""
    talents: tuple[str, ...] = ()
    language: str = "en"

    def tidied(self) -> dict[str, object]:
        """As it is kept; of the behaviour nothing is kept."""
        words: dict[str, object] = {
            "sees": " ".join(rules.tidy(self.sees, LONGEST, needed=False).split()),
            "qualities": " ".join(rules.tidy(self.qualities, LONGEST, needed=False).split()),
            "talents": [code for code in TALENTS if code in self.talents][:MOST],
        }
        if not any(words.values()):
            raise NothingSeen
        return words | {"language": self.language}


def may_be_asked(circle: Circle, child_id: UUID, *, by: Viewer, at: datetime) -> set[UUID]:
    """Everybody of the circle but the child and who asks. Who is left out of the child is among them: a gap would tell."""
    seats = family_seats(circle.family_id, at)  # type: ignore[arg-type]
    return {seat.person_id for seat in seats} - {child_id, by.person_id}


@transaction.atomic
def ask(
    circle: Circle, child_id: UUID, person_id: UUID, *, due_at: datetime, by: Viewer, at: datetime
) -> Promise:
    """The family asks somebody of its circle what they see when it goes well; it stands on that person's day."""
    by.must(Permission.TELL_STORY, circle.pk)
    child_of(circle, child_id)
    if person_id not in may_be_asked(circle, child_id, by=by, at=at):
        raise NotAllowed("not in the circle")
    asked = Promise.objects.open().filter(object_id=child_id, by_id=person_id, circle=circle)
    if (again := asked.first()) is not None:
        found: Promise = again
        return found
    name = Person.objects.get(pk=child_id).given_name
    with translation.override(read_by(person_id, by)):
        what = gettext("tell what I see in %(name)s when it goes well") % {"name": name}
    return promises.promise(
        circle.pk, what=what, due_at=due_at,
        by=by, at=at, person_id=person_id, to_whom=name, object_id=child_id, subject_id=child_id,
    )  # fmt: skip


@transaction.atomic
def name_talent(circle: Circle, child_id: UUID, seen: Seen, *, by: Viewer, at: datetime) -> TalentWord:
    """Somebody of the circle says what they see; only the child and, below own voice, its guardians read it."""
    by.must(Permission.NAME_TALENT, circle.pk)
    child_of(circle, child_id)
    words = seen.tidied()
    mine = TalentWord.objects.filter(subject_id=child_id, author_id=by.person_id).order_by("-at", "id")
    if (again := mine.filter(at__gt=at - SENT_TWICE, **words).first()) is not None:
        found: TalentWord = again
        return found
    before = next((row.circle_id for row in mine if by.seat_in(row.circle_id)), None)
    made: TalentWord = TalentWord.objects.create(
        circle_id=before or _between(circle, child_id, by, at).pk, subject_id=child_id, author_id=by.person_id,
        at=at, **words,
    )  # fmt: skip
    journal.write("named a talent", by=by, at=at, circle_id=made.circle_id, about=child_id, object_id=made.pk)
    for asked in Promise.objects.open().filter(object_id=child_id, by_id=by.person_id, circle=circle):
        promises.keep(asked, by=by, at=at)
    return made


def _between(circle: Circle, child_id: UUID, by: Viewer, at: datetime) -> Circle:
    """Between the child and who sees it. A guardian reads along until the day the profile of the country names."""
    seats = family_seats(circle.family_id, at)  # type: ignore[arg-type]
    part = open_about(circle, child_id, by=by, at=at)
    known = known_about(circle, child_id, by=by, at=at)
    guardians = {seat.person_id for seat in seats if seat.role == Seat.Role.GUARDIAN} & known
    for person_id in sorted((guardians | {by.person_id}) - {child_id}):
        seat_as_in_the_family(part, person_id, seats, by)
    seat_child(part, child_id, by=by, since=at)
    return part


def may_take_back(word: TalentWord, by: Viewer, at: datetime) -> bool:
    """Who said it, within the day."""
    return by.seen_as is None and word.author_id == by.person_id and rules.may_be_taken_back(word.at, at)


@transaction.atomic
def take_back(word: TalentWord, *, by: Viewer, at: datetime) -> None:
    """It was a slip. What the child kept of it stays the child's."""
    if not may_take_back(word, by, at):
        raise NotAllowed(Permission.NAME_TALENT.value)
    journal.write(
        "took back a talent", by=by, at=at, circle_id=word.circle_id, about=word.about_id, object_id=word.pk
    )
    word.delete()


def words_for(own: Circle) -> dict[str, list[TalentWord]]:
    """What people said to the child of this own page: not answered yet under "", kept, put away."""
    answers = {row.word_id: row.answer for row in TalentAnswer.objects.filter(circle=own)}
    found: dict[str, list[TalentWord]] = {"": [], TalentAnswer.Answer.KEPT: [], TalentAnswer.Answer.AWAY: []}
    rows: Iterable[TalentWord] = TalentWord.objects.filter(subject_id=own.subject_id)
    for row in rows.select_related("author").order_by("-at", "id"):  # type: ignore[attr-defined]
        found[answers.get(row.pk, "")].append(row)
    return found


@transaction.atomic
def answer(own: Circle, word: TalentWord, how: str, *, language: str, by: Viewer, at: datetime) -> None:
    """The child keeps a talent word on its own page, or puts it away. Nobody is told; it can change its mind."""
    by.must(Permission.WRITE_OWN_PAGE, own.pk)
    if word.subject_id != own.subject_id or how not in TalentAnswer.Answer.values:
        raise NotAllowed(Permission.WRITE_OWN_PAGE.value)
    said, new = TalentAnswer.objects.get_or_create(
        circle=own, word_id=word.pk,
        defaults={"answer": how, "subject_id": own.subject_id, "author_id": by.person_id, "at": at},
    )  # fmt: skip
    if not new and said.answer == how:
        return
    said.answer = how
    said.save(update_fields=["answer"])
    OwnPage.objects.filter(circle=own, word_id=word.pk).delete()
    if how == TalentAnswer.Answer.KEPT:
        _keep(own, word, language, by, at)
    journal.write("kept or put away a talent", by=by, at=at, circle_id=own.pk, about=own.subject_id)


def _keep(own: Circle, word: TalentWord, language: str, by: Viewer, at: datetime) -> None:
    """The words stand among the talents of the own page, with who said them."""
    own_words = [(text, word.language) for text in (word.sees, word.qualities) if text]
    lines = [*own_words, *((talent, language) for talent in words_of(word.talents))]
    for number, (text, spoken) in enumerate(lines):
        OwnPage.objects.create(
            circle=own, subject_id=own.subject_id, author_id=by.person_id, at=at + number * THEN, kind=OwnPage.Kind.TALENT, words=text,
            language=spoken, said_by=word.author.given_name if word.author else "", word_id=word.pk,
        )  # fmt: skip
