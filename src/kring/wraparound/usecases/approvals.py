"""Everybody says yes, or "I want to change something": on a phone, signed in, on paper, or aloud."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection, transaction

from kring.trust import journal
from kring.trust.models import Link, Person
from kring.trust.permissions import NotAllowed, Permission
from kring.trust.usecases import links
from kring.trust.viewer import Viewer
from kring.wraparound import rules
from kring.wraparound.models import Approval, Remark, Sheet, Version
from kring.wraparound.usecases.stories import DayIsToCome
from kring.wraparound.usecases.versions import Asked, answers_to


class NoYesIsAsked(Exception):
    """This version needs no yes of this person."""


class ANewerVersionCame(Exception):
    """The plan was written anew since; there is a newer version to say yes to."""


class IsInForce(Exception):
    """The version is in force: what was answered to it stands."""


class NoSuchSheet(Exception):
    """No sheet of this version has this code."""


class DayIsTooEarly(Exception):
    """Nobody said yes to a version before it was there."""


@dataclass(frozen=True)
class Answered:
    """What somebody answered, whether it was new, and whether the plan is in force now."""

    answer: str
    new: bool
    in_force: bool


@dataclass(frozen=True)
class FamilysWord:
    """What somebody of the family answered, and how it was recorded."""

    answer: str
    how: str
    said_on: date
    language: str
    words: str = ""
    interpreter: str = ""


def link_to_answer(version: Version, person: Person, *, by: Viewer, at: datetime) -> links.Made:
    """A link by which somebody says yes, made by who may write down the family's word: nobody at home answers for another."""
    by.must(Permission.RECORD_FAMILYS_WORD, version.circle_id)
    return links.make(person, Link.Purpose.APPROVE, version.pk, by=by, at=at)


@transaction.atomic
def approve(version: Version, *, language: str, by: Viewer, at: datetime) -> Answered:
    """Yes, this is our plan: for what this person may know of it. A second yes changes nothing."""
    return _answer_oneself(version, Approval.Answer.YES, "", language, by, at)


@transaction.atomic
def ask_for_change(version: Version, *, words: str = "", language: str, by: Viewer, at: datetime) -> Answered:
    """I want to change something; the words may come later, by voice. To a version in force it is said beside it."""
    return _answer_oneself(version, Approval.Answer.CHANGE, words, language, by, at)


def _answer_oneself(
    version: Version, answer: str, words: str, language: str, by: Viewer, at: datetime
) -> Answered:
    if by.scope is None:
        by.must(Permission.APPROVE_PLAN, version.circle_id)
    elif by.scope != version.pk:
        raise NotAllowed(Permission.APPROVE_PLAN.value)
    how = Approval.How.SIGNED_IN if by.scope is None else Approval.How.LINK
    word = FamilysWord(answer, how, _day(at, by), language, words)
    version = _alone_with(version)
    if answer == Approval.Answer.CHANGE and version.stage == Version.Stage.IN_FORCE:
        return _say_beside(version, words, language, by, at)
    return _write(version, by.person_id, word, by=by, at=at)


def _say_beside(version: Version, words: str, language: str, by: Viewer, at: datetime) -> Answered:
    """A wish for a new version; the yes that was given stands. Sent twice, it is kept once."""
    _asked(version, by.person_id)
    said = rules.tidy(words, rules.ANSWER, needed=False) or str(Approval.Answer.CHANGE.label)
    rows = Remark.objects.filter(on=Remark.On.VERSION, object_id=version.pk, author_id=by.person_id)
    new = not rows.filter(words=said).exists()
    if new:
        Remark.objects.create(
            circle_id=version.circle_id, author_id=by.person_id, at=at, plan_id=version.plan_id,
            subject_id=version.subject_id, on=Remark.On.VERSION,
            object_id=version.pk, words=said, language=language,
        )  # fmt: skip
        journal.write(
            "asked to change the plan", by=by, at=at, circle_id=version.circle_id, about=version.about_id or by.person_id,
            object_id=version.pk,
        )  # fmt: skip
    return Answered(Approval.Answer.CHANGE, new, in_force=True)


def _alone_with(version: Version) -> Version:
    """The version as it is now, with nobody else answering to it until this is done."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [str(version.pk)])
    return Version.objects.get(pk=version.pk)


@transaction.atomic
def record_approval(
    version: Version, person_id: UUID, word: FamilysWord, *, by: Viewer, at: datetime
) -> Answered:
    """The coordinator writes down what somebody said after the plan was read out."""
    by.must(Permission.RECORD_FAMILYS_WORD, version.circle_id)
    _check_day(version, word.said_on, at, by)
    return _write(_alone_with(version), person_id, word, by=by, at=at)


@transaction.atomic
def record_paper(version: Version, code: str, word: FamilysWord, *, by: Viewer, at: datetime) -> Answered:
    """The coordinator has the signed sheet in hand and types its code."""
    by.must(Permission.RECORD_FAMILYS_WORD, version.circle_id)
    digits = "".join(str(int(sign)) for sign in code if sign.isdecimal())[:8]
    sheet = Sheet.objects.filter(version=version, code=digits).first() if digits else None
    if sheet is None:
        raise NoSuchSheet
    _check_day(version, word.said_on, at, by)
    return _write(_alone_with(version), sheet.person_id, word, by=by, at=at, sheet=sheet)


@transaction.atomic
def settle(version: Version, *, by: Viewer, at: datetime) -> bool:
    """Look once more whether everybody said yes: of somebody who left, or lost authority, no yes is asked any more."""
    by.must(Permission.WRITE_PLAN, version.circle_id)
    in_force = _settle(version, by, at)
    if in_force and version.stage == Version.Stage.WAITING:
        journal.write(
            "plan in force",
            by=by,
            at=at,
            circle_id=version.circle_id,
            about=version.about_id,
            object_id=version.pk,
        )
    return in_force


def _day(at: datetime, by: Viewer) -> date:
    return at.astimezone(ZoneInfo(by.timezone)).date()


def _check_day(version: Version, said_on: date, at: datetime, by: Viewer) -> None:
    if said_on > _day(at, by):
        raise DayIsToCome
    if said_on < _day(version.at, by):
        raise DayIsTooEarly


def _write(
    version: Version,
    person_id: UUID,
    word: FamilysWord,
    *,
    by: Viewer,
    at: datetime,
    sheet: Sheet | None = None,
) -> Answered:
    """Write an answer once, however often it is sent, and see whether the plan is in force with it."""
    words = rules.tidy(word.words, rules.ANSWER, needed=False)
    last = _asked(version, person_id)
    if last.answer == word.answer and not (words and word.answer == Approval.Answer.CHANGE):
        return Answered(word.answer, False, _settle(version, by, at))
    if version.stage == Version.Stage.REPLACED:
        raise ANewerVersionCame
    if version.stage == Version.Stage.IN_FORCE:
        raise IsInForce
    Approval.objects.create(
        version=version, circle_id=version.circle_id, subject_id=version.subject_id, author_id=by.person_id, at=at,
        person_id=person_id, answer=word.answer, words=words, language=word.language, how=word.how,
        interpreter=rules.tidy(word.interpreter, rules.NAME, needed=False), said_on=word.said_on, sheet=sheet,
    )  # fmt: skip
    deed = "plan approved" if word.answer == Approval.Answer.YES else "asked to change the plan"
    whom = version.about_id or person_id
    journal.write(deed, by=by, at=at, circle_id=version.circle_id, about=whom, object_id=version.pk)
    return Answered(word.answer, True, _settle(version, by, at))


def _asked(version: Version, person_id: UUID) -> Asked:
    asked = next((one for one in answers_to(version.pk) if one.person_id == person_id), None)
    if asked is None:
        raise NoYesIsAsked
    return asked


def _settle(version: Version, by: Viewer, at: datetime) -> bool:
    """In force when everybody said yes; the database looks at all, also at what this person may not know."""
    review = rules.next_review(_day(at, by))
    with connection.cursor() as cursor:
        cursor.execute("SELECT trust.settle_version(%s, %s, %s)", [version.pk, at, review])
        (in_force,) = cursor.fetchone()
    return bool(in_force)
