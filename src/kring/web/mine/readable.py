"""The page of a package that a person reads: chapters and cards, in words and days, without a number of a row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from babel.dates import format_time
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kring.network.words import language_name
from kring.web.design import days
from kring.web.design.lists import beside
from kring.web.mine.chapters import BELONGS_TO, CHAPTERS, LEADS, NO_IS_SAID, NOT_IN_LINES, TOLD_WITH, WORDS
from kring.web.papers.names import called
from kring.web.wraparound.frozen import Frozen, laid_out
from kring.wraparound import talents
from kring.wraparound.models import EarlierHelp, VersionPart


@dataclass(frozen=True)
class Fact:
    """What one field of a row says."""

    field: Any
    said: Any


Told = Sequence[tuple[models.Model, Sequence[Fact]]]


@dataclass(frozen=True)
class Card:
    """One row: its words, what is to say besides, and who wrote it when."""

    lead: str
    lines: list[tuple[str, str]]
    foot: str
    sound: str = ""


@dataclass(frozen=True)
class Kind:
    """All cards of one kind, under its word."""

    title: str
    cards: list[Card]


@dataclass(frozen=True)
class Chapter:
    """A title and what stands under it."""

    title: str
    kinds: list[Kind] = field(default_factory=list)


def chapters(told: Mapping[str, Told]) -> Iterator[Chapter]:
    """Everything that is there, each title once; a kind that no chapter names comes last."""
    named = {label for _title, labels in CHAPTERS for label in labels} | TOLD_WITH
    further = ((_("And further"), tuple(label for label in told if label not in named)),)
    for title, labels in (*CHAPTERS, *further):
        kinds = [Kind(_name_of(label), cards) for label in labels if (cards := _cards(label, told))]
        if kinds:
            yield Chapter(str(title), kinds)


def _name_of(label: str) -> str:
    """The word of the glossary for a kind of row; what stands behind a comma there explains it."""
    word = called(label.split(".")[1], get_language() or "en").split(",")[0].split("،")[0].strip('"“”')
    return word[:1].upper() + word[1:]


def _cards(label: str, told: Mapping[str, Told]) -> list[Card]:
    """By the day they were written; what was written together, in the order of its page."""
    rows = sorted(told.get(label, ()), key=_place)
    cards = [_card(row, facts, _belongs_to(row, told)) for row, facts in rows]
    if label == "wraparound.Version":
        parts = [part for part, _facts in told.get("wraparound.VersionPart", ())]
        cards = list(_with_parts(rows, cards, parts))  # type: ignore[arg-type]
    return [card for card in cards if card.lead or card.lines]


def _with_parts(versions: Told, cards: Sequence[Card], parts: Sequence[VersionPart]) -> Iterator[Card]:
    """Each version with its parts; last the parts that may be known of a version that may not."""
    for (row, _facts), card in zip(versions, cards, strict=True):
        of_it = [part for part in parts if part.version_id == row.pk]  # type: ignore[attr-defined]
        yield Card(card.lead, [*card.lines, *_frozen(of_it)], card.foot)
    known = {row.pk for row, _facts in versions}
    yield Card("", list(_frozen([part for part in parts if part.version_id not in known])), "")  # type: ignore[attr-defined]


def _belongs_to(row: models.Model, told: Mapping[str, Told]) -> list[tuple[str, str]]:
    """The goal of a step, the meeting of a point, the circle of a seat: when that is in the package too."""
    lines = []
    for name, (kind, word, says) in BELONGS_TO.items():
        wanted = (
            getattr(row, f"{name}_id", None) if name != "circle" or row._meta.label == "trust.Seat" else None
        )
        for other, facts in told.get(kind, ()) if wanted else ():
            if other.pk == wanted:
                lines += [
                    (str(word), _in_words(says, fact.said)) for fact in facts if fact.field.name == says
                ]
    return lines


def _place(told: tuple[models.Model, Sequence[Fact]]) -> tuple[str, int, str]:
    row = told[0]
    moment = next((str(m) for name in ("at", "since", "opened_at") if (m := getattr(row, name, None))), "")
    return moment, getattr(row, "position", 0), str(row.pk)


def _card(row: models.Model, facts: Sequence[Fact], belongs: list[tuple[str, str]]) -> Card:
    said = {fact.field.name: fact for fact in facts}
    first = next((name for name in LEADS if name in said), "")
    sound = str(said.pop("sound").said) if "sound" in said else ""
    lines = [
        (word, words)
        for name, fact in said.items()
        if name != first
        and name not in NOT_IN_LINES
        and (word := name_of(fact.field))
        and (words := _in_words(name, fact.said))
    ]
    return Card(_in_words(first, said[first].said) if first else "", [*belongs, *lines], _foot(said), sound)


def _foot(said: Mapping[str, Fact]) -> str:
    """About whom, by whom, and on which day."""
    told = []
    if "subject" in said:
        told.append(_("about %(name)s") % {"name": said["subject"].said})
    told += [_in_words(name, said[name].said) for name in ("author", "at") if name in said]
    return beside(told)


def name_of(one: Any) -> str:
    """A word for a field in the language of the reader; none for what only a program reads."""
    return str(one.verbose_name if isinstance(one.verbose_name, Promise) else WORDS.get(one.name, ""))


def _in_words(name: str, said: Any) -> str:
    """A value as a person says it."""
    language = get_language() or "en"
    if isinstance(said, bool):
        return _("yes") if said else _("no") if name in NO_IS_SAID else ""
    if said == 0:
        return ""
    if isinstance(said, date | datetime):
        return days.full(said, language=language)
    if isinstance(said, time):
        return str(format_time(said, "short", locale=language))
    if isinstance(said, dict):
        return _told_before(said) if name == "told" else _whom_to_call(said)
    if name == "languages":
        return beside(
            language_name(code)
            for code in (said.replace(",", " ").split() if isinstance(said, str) else said)
        )
    if isinstance(said, list):
        return beside(talents.words_of(said) if name == "talents" else ())
    return str(said)


def _whom_to_call(caring: Mapping[str, Any]) -> str:
    return beside(caring[key] for key in ("name", "role", "phone") if caring.get(key))


def _told_before(told: Mapping[str, Any]) -> str:
    """How a help was told before: only what is words."""
    fields = {one.name: one for one in EarlierHelp._meta.concrete_fields}
    said = (f"{name_of(fields[key])}: {words}" for key, words in told.items() if key in fields and key != "language"
            and isinstance(words, str) and words)  # fmt: skip
    return beside(said)


def _frozen(parts: Sequence[VersionPart]) -> Iterator[tuple[str, str]]:
    """The wishes, goals and steps of one version, as far as they may be known, as they stood."""
    laid = laid_out(parts)
    for wish in laid.wishes:
        yield _("Wish"), beside(filter(None, (wish.content.get("whose"), wish.content.get("text"))))
    for goal in laid.goals:
        yield _("Goal"), _sentence(f"{goal.name}: {goal.content.get('aim', '')}", goal.content.get("need"))
        for step in goal.steps:
            yield _("Step"), _step(step)
    for step in laid.loose:
        yield _("Step"), _step(step)


def _step(step: Frozen) -> str:
    """Who does what, for whom, by when, where."""
    told = step.content
    when = days.full(step.when, language=get_language() or "en") if step.when else ""
    weekly = _("every week") if told.get("every_week") else ""
    return " · ".join(
        filter(None, (step.face["name"], told.get("what"), step.for_whom, when, weekly, told.get("offer")))
    )


def _sentence(words: str, more: str | None) -> str:
    return f"{words} ({more})" if more else words
