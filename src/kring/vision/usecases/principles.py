"""What the village stands for: read by everybody, written anew with the reason why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from kring.trust import journal
from kring.trust.permissions import Permission
from kring.trust.viewer import Viewer
from kring.vision import ours
from kring.vision.models import PrinciplesVersion
from kring.vision.usecases import kept

#: More than these nobody remembers.
MOST = 7
#: Which of the principles stands quietly where.
FITTING = {"circle": "beings", "plan": "strengths", "meeting": "languages", "concern": "why"}


class NothingStands(Exception):
    """A village stands for something: at least one principle has a title."""


class ReasonIsMissing(Exception):
    """Always say why."""


class WrittenMeanwhile(Exception):
    """Somebody else wrote a version since this one was opened."""


@dataclass(frozen=True)
class Principle:
    """One thing the village stands for."""

    key: str
    title: str
    words: str


def now(village_id: UUID, language: str) -> tuple[int, list[Principle]]:
    """The version that counts and its principles; number 0 is ours."""
    latest = _versions(village_id, language).first()
    if latest is None:
        return 0, brought(language)
    return latest.number, read(latest)


def read(version: PrinciplesVersion) -> list[Principle]:
    """The principles of a version."""
    return [Principle(one["key"], one["title"], one["words"]) for one in version.principles]


def brought(language: str) -> list[Principle]:
    """What Kring brings along, until the village has words of its own."""
    return [Principle(one["key"], one["title"], one["words"]) for one in ours.principles(language).values()]


def _versions(village_id: UUID, language: str) -> QuerySet[PrinciplesVersion]:
    return PrinciplesVersion.objects.filter(village_id=village_id, language=language).order_by("-number")


def versions(village_id: UUID, language: str) -> list[PrinciplesVersion]:
    """Every version a village wrote in a language, the newest first."""
    return list(_versions(village_id, language))


def fitting(principles: Sequence[Principle], where: str) -> Principle:
    """The principle that fits a place of the house; the first where the village left that one out."""
    wanted = FITTING.get(where, "")
    return next((one for one in principles if one.key == wanted), principles[0])


@transaction.atomic
def write(
    language: str, told: Sequence[Principle], *, because: str, after: int, by: Viewer, at: datetime, key: UUID
) -> PrinciplesVersion:
    """The village writes its principles anew, and says why; `after` is the version it had before its eyes.

    The same key twice (a second click) makes one version. Nothing written meanwhile by somebody else is lost.
    """
    by.must(Permission.KEEP_WORDS)
    if language not in ours.LANGUAGES:
        raise kept.NoSuchLanguage
    already = PrinciplesVersion.objects.filter(pk=key, village_id=by.village_id).first()
    if already is not None:
        return already
    kept_ones = [one for one in map(_tidy, told) if one.title][:MOST]
    if not kept_ones:
        raise NothingStands
    reason = kept.plain(because)
    if not reason:
        raise ReasonIsMissing
    if now(by.village_id, language)[0] != after:
        raise WrittenMeanwhile
    version = PrinciplesVersion(
        id=key, village_id=by.village_id, language=language, number=after + 1, because=reason,
        principles=[asdict(one) for one in kept_ones], written_by_id=by.person_id, written_at=at,
    )  # fmt: skip
    return _once(version, by=by, at=at)


def _once(version: PrinciplesVersion, *, by: Viewer, at: datetime) -> PrinciplesVersion:
    """The version is kept; of two that come at the same moment only one is, and a second click is the first."""
    try:
        with transaction.atomic():
            version.save(force_insert=True)
    except IntegrityError:
        same = PrinciplesVersion.objects.filter(pk=version.pk, village_id=by.village_id).first()
        if same is None:
            raise WrittenMeanwhile from None
        return same
    journal.write("principles written", by=by, at=at, object_id=version.pk)
    return version


def _tidy(one: Principle) -> Principle:
    return Principle(one.key, kept.plain(one.title), kept.plain(one.words))
