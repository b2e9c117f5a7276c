"""This is not right (W23): said by whom a text is about, answered by who wrote it or keeps the family, within thirty days."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction

from kring.intake.models import Beginning
from kring.messaging.models import Attempt
from kring.trust import journal
from kring.trust.models import ContactCard, FamilyMember
from kring.trust.permissions import NotAllowed, Permission
from kring.trust.viewer import Viewer
from kring.wraparound import rules
from kring.wraparound.models import Action, Goal, Note, NotRight, Story, Wish

On, Answer = NotRight.On, NotRight.Answer


class NoSuchText(Exception):
    """There is no such text here."""


class WithoutReason(Exception):
    """Whoever says that a text stays as it is says why."""


class AnsweredAlready(Exception):
    """Somebody answered just before: the first answer counts."""


@dataclass(frozen=True)
class Kind:
    """One kind of text: where its words stand, how long they may be, whether an answer changes them in their place."""

    model: Any
    field: str
    longest: int = rules.ANSWER
    in_place: bool = True


KINDS: dict[str, Kind] = {
    On.STORY: Kind(Story, "text", rules.STORY),
    On.WISH: Kind(Wish, "text", rules.WISH),
    On.GOAL: Kind(Goal, "aim", rules.AIM),
    On.STEP: Kind(Action, "what", rules.STEP),
    On.NOTE: Kind(Note, "text"),
    On.BEGINNING: Kind(Beginning, "wanted", in_place=False),
    On.ATTEMPT: Kind(Attempt, "words", in_place=False),
    On.CARD: Kind(ContactCard, "words", in_place=False),
}
#: So many of a kind stand on the page of all texts; older ones have their own pages.
NEWEST = 30


@dataclass(frozen=True)
class Text:
    """One text that may not be right."""

    on: str
    row: Any
    words: str

    @property
    def kind(self) -> Kind:
        """What sort of text it is."""
        return KINDS[self.on]

    @property
    def subject_id(self) -> UUID | None:
        """The child it is about."""
        found: UUID | None = getattr(self.row, "subject_id", None)
        return found

    @property
    def shows_beside(self) -> bool:
        """Whether words beside it stand where it is read."""
        return self.on not in (On.NOTE, On.CARD)

    @cached_property
    def now(self) -> Any:
        """Where it stands today: a story that was told anew since is in its newest telling."""
        if self.on != On.STORY:
            return self.row
        since = Story.objects.filter(
            circle_id=self.row.circle_id, about_id=self.row.about_id, at__gt=self.row.at
        )
        return since.order_by("-at", "-id").first() or self.row

    @property
    def whose(self) -> str:
        """Whose telephone it is; every other text says itself what it is about."""
        return str(self.row.person.given_name) if self.on == On.CARD else ""

    @property
    def changes_here(self) -> bool:
        """Whether an answer changes it; a card, and a story that was told anew, change on their own page."""
        return self.on != On.CARD and self.now == self.row

    def changed_since(self, moment: datetime) -> bool:
        """Whether it was changed on its own page after a moment."""
        last = self.now.written_at if self.on == On.CARD else self.now.at
        return last is not None and last > moment

    @property
    def language(self) -> str:
        """In which language it stands there, where that is known."""
        return str(getattr(self.row, "language", "")) if self.on != On.CARD else ""


def text(on: str, object_id: UUID) -> Text:
    """The text, when the viewer may know it. Raises NoSuchText."""
    kind = KINDS.get(on)
    row = _rows(on).filter(pk=object_id).first() if kind else None
    if row is None:
        raise NoSuchText
    return _text(on, row)


def _rows(on: str) -> Any:
    """Every text of a kind that the viewer may know; a card with whose it is."""
    rows = KINDS[on].model.objects.all()
    return rows.select_related("person") if on == On.CARD else rows


def _text(on: str, row: Any) -> Text:
    words = str(getattr(row, KINDS[on].field))
    if on == On.CARD:
        words = " · ".join(filter(None, [row.phone, row.email, row.words]))
    elif on == On.ATTEMPT:
        words = " · ".join(filter(None, [row.get_way_display(), row.words, row.next_words]))
    return Text(on, row, words)


def texts(circles: Iterable[UUID]) -> dict[str, list[Text]]:
    """Every text of these circles that the viewer may know, by kind, the newest first."""
    here, found = list(circles), {}
    for on in KINDS:
        rows = _rows(on).filter(circle__in=here)
        newest = rows.order_by("id") if on == On.CARD else rows.order_by("-at", "id")
        found[on] = [one for one in (_text(on, row) for row in newest[:NEWEST]) if one.words]
    return found


def texts_of(said: Iterable[NotRight]) -> dict[UUID, Text]:
    """The texts of which this was said, as far as the viewer may know them; one statement for each kind."""
    wanted: dict[str, set[UUID]] = {}
    for one in said:
        wanted.setdefault(one.on, set()).add(one.object_id)
    return {row.pk: _text(on, row) for on, ids in wanted.items() for row in _rows(on).filter(pk__in=ids)}


def for_whom(on: str, object_id: UUID, people: Iterable[UUID], *, by: Viewer) -> list[UUID]:
    """For whom of these the viewer may say that this text is not right: for themself, or for the family by their work."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p FROM unnest(%s::uuid[]) p WHERE trust.may_say_not_right(%s, %s, p)",
            [[by.person_id, *people], on, object_id],
        )
        return [row[0] for row in cursor.fetchall()]


def family_of(family_id: UUID) -> list[FamilyMember]:
    """Children and guardians, for whom a worker may write down what they said."""
    return list(
        FamilyMember.objects.filter(family_id=family_id)
        .select_related("person")
        .order_by("person__given_name", "id")
    )


def said_before(object_id: UUID, *, by: Viewer) -> dict[UUID, NotRight]:
    """What one said of this text, or wrote down, and nobody has answered, by who says it."""
    rows = NotRight.objects.filter(object_id=object_id, author_id=by.person_id, answer="")
    return {row.asked_by_id: row for row in rows.select_related("asked_by").order_by("at", "id")}


@transaction.atomic
def say(on: str, object_id: UUID, words: str, should: str = "", *, language: str, by: Viewer, at: datetime,
        asked_by: UUID | None = None) -> NotRight:  # fmt: skip
    """Say that a text is not right, and what it should be. Said twice, it is one, in the newest words."""
    thing = text(on, object_id)
    by.must(Permission.CORRECT, thing.row.circle_id)
    whose = asked_by or by.person_id
    if not for_whom(on, object_id, [whose], by=by).count(whose):
        raise NotAllowed("say that this is not right")
    said = said_before(object_id, by=by).get(whose) or NotRight(
        circle_id=thing.row.circle_id, subject_id=thing.subject_id, author_id=by.person_id, at=at, on=on,
        object_id=object_id, asked_by_id=whose, language=language,
    )  # fmt: skip
    said.words = rules.tidy(words, rules.ANSWER)
    said.should = rules.tidy(should, rules.ANSWER, needed=False)
    if not said._state.adding:
        said.save(update_fields=["words_locked", "should_locked"])
        return said
    try:
        with transaction.atomic():
            said.save(force_insert=True)
    except IntegrityError:  # a second tap came first
        return said_before(object_id, by=by).get(whose, said)
    said.refresh_from_db()
    journal.write("said: this is not right", by=by, at=at, object_id=said.pk)
    return said


@transaction.atomic
def answer(
    said: NotRight, how: str, *, by: Viewer, at: datetime, new_words: str = "", reason: str = ""
) -> None:
    """Change it, put the words beside it for good, or leave it with a reason. The first answer counts."""
    by.must(Permission.CORRECT, said.circle_id)
    thing = text(said.on, said.object_id)
    said.reason = rules.tidy(reason, rules.ANSWER, needed=False)
    if how == Answer.REFUSED and not said.reason:
        raise WithoutReason
    writes, here = how == Answer.CHANGED and said.on != On.CARD, thing.changes_here
    becomes = rules.tidy(new_words, thing.kind.longest, needed=here) if writes else ""
    said.was, said.becomes = thing.words, becomes
    if how == Answer.CHANGED and not here:  # on its own page, before
        said.becomes = _text(said.on, thing.now).words
        said.was = "" if said.on == On.CARD else thing.words  # of a card nobody kept the words before
    beside = "\n".join(filter(None, [said.words, said.should]))
    locked = map(bytes, (said.reason_locked, said.was_locked, said.becomes_locked))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT trust.answer_not_right(%s, %s, %s, %s, %s, %s, %s)",
            [said.pk, how, *locked, becomes, beside],
        )
        (counts,) = cursor.fetchone() or (None,)
    if counts is None:
        raise NotAllowed("answer what is not right")
    if not counts:
        raise AnsweredAlready
    journal.write("answered: this is not right", by=by, at=at, object_id=said.pk)


def may_answer(said: NotRight) -> bool:
    """Whether it waits for the viewer's answer."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT trust.may_answer_not_right(%s)", [said.pk])
        return bool((cursor.fetchone() or (False,))[0])


def heard(*, by: Viewer) -> list[NotRight]:
    """What the viewer said, wrote down, or may answer; what waits first, the oldest day on top."""
    rows = NotRight.objects.select_related("asked_by", "answered_by").order_by(
        "-answered_at", "answer_by", "id"
    )
    mine = {NotRight.Answer.BESIDE, NotRight.Answer.CHANGED}
    return [
        one for one in rows[: 4 * NEWEST]
        if one.answer not in mine or by.person_id in (one.asked_by_id, one.author_id, one.answered_by_id)
    ]  # fmt: skip


def beside(objects: Iterable[UUID]) -> dict[UUID, list[NotRight]]:
    """The right words that stand beside texts which are kept as they were written, oldest first."""
    rows = NotRight.objects.filter(object_id__in=list(objects), answer__in=[Answer.BESIDE, Answer.CHANGED])
    found: dict[UUID, list[NotRight]] = {}
    for one in rows.select_related("asked_by").order_by("answered_at", "id"):
        found.setdefault(one.object_id, []).append(one)
    return found


def late() -> int:
    """How many answers are late in the village, for the trust officer."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT trust.answers_late()")
        return int((cursor.fetchone() or (0,))[0])
