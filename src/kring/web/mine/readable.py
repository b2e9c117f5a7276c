"""The page of a package that a person reads: chapters and cards, in words and days, without a number of a row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kring.web.design import days
from kring.web.design.lists import beside
from kring.web.mine.chapters import BELONGS_TO, CHAPTERS, FILES, LEADS, NAMES, TOLD_WITH
from kring.web.mine.words import Fact, in_words, means_something, name_of, side_by_side, stands_in_a_line
from kring.web.papers.names import called
from kring.web.wraparound.frozen import Frozen, laid_out
from kring.wraparound.models import VersionPart

#: So many cards of a kind one reads without opening it.
AT_ONCE = 3
Told = Sequence[tuple[models.Model, Sequence[Fact]]]


@dataclass(frozen=True)
class Card:
    """One row: its words, what is to say besides, and who wrote it when."""

    lead: str
    lines: list[tuple[str, str]]
    foot: str
    sound: str = ""
    file: str = ""
    language: str = ""


@dataclass(frozen=True)
class Kind:
    """All cards of one kind, under its word."""

    title: str
    cards: list[Card]

    @property
    def is_long(self) -> bool:
        """Whether it is folded inside its chapter too: on a telephone one would not see what comes after it."""
        return len(self.cards) > AT_ONCE


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
    return [card for card in cards if card.lead or card.lines or card.sound or card.file]


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
                lines += [(str(word), in_words(fact)) for fact in facts if fact.field.name == says]
    return lines


def _place(told: tuple[models.Model, Sequence[Fact]]) -> tuple[str, int, str]:
    row = told[0]
    moment = next((str(m) for name in ("at", "since", "opened_at") if (m := getattr(row, name, None))), "")
    return moment, getattr(row, "position", 0), str(row.pk)


def _card(row: models.Model, facts: Sequence[Fact], belongs: list[tuple[str, str]]) -> Card:
    said = {fact.field.name: fact for fact in facts}
    first = next((name for name in LEADS if name in said), "")
    files = {name: str(said.pop(name).said) for name in FILES if name in said and said[name].said}
    lines = [
        (word, words)
        for name, fact in said.items()
        if name != first
        and stands_in_a_line(fact.field)
        and means_something(row, fact.field)
        and (word := name_of(fact.field))
        and (words := in_words(fact))
    ]
    lead = in_words(said[first]) if first else ""
    sound, file = files.get("sound", ""), files.get("content_locked", "")
    return Card(lead, [*belongs, *lines], _foot(row, said), sound, file, _language(row, first))


def _language(row: models.Model, lead: str) -> str:
    """In which language the words that lead stand, where somebody wrote them; a name is in nobody's."""
    if lead in NAMES:
        return ""
    return str(getattr(row, f"{lead}_language", "") or getattr(row, "language", ""))


def _foot(row: Any, said: Mapping[str, Fact]) -> str:
    """About whom, by whom, and on which day; who wrote about themself is named once."""
    told = []
    if "subject" in said and row.subject_id != getattr(row, "author_id", None):
        told.append(_("about %(name)s") % {"name": said["subject"].said})
    told += [in_words(said[name]) for name in ("author", "first_author", "at") if name in said]
    return beside(told)


def _frozen(parts: Sequence[VersionPart]) -> Iterator[tuple[str, str]]:
    """The wishes, goals and steps of one version, as far as they may be known, as they stood."""
    laid = laid_out(parts)
    for wish in laid.wishes:
        yield _("Wish"), side_by_side((wish.content.get("whose"), wish.content.get("text")), ": ")
    for goal in laid.goals:
        yield _("Goal"), side_by_side((goal.name, goal.content.get("aim"), goal.content.get("need")))
        for step in goal.steps:
            yield _("Step"), _step(step)
    for step in laid.loose:
        yield _("Step"), _step(step)


def _step(step: Frozen) -> str:
    """Who does what, for whom, by when, where."""
    told = step.content
    when = days.full(step.when, language=get_language() or "en") if step.when else ""
    weekly = _("every week") if told.get("every_week") else ""
    agreed = _("everyone with authority must agree first") if told.get("needs_authority") else ""
    said = (step.face["name"], told.get("what"), step.for_whom, when, weekly, told.get("offer"), agreed)
    return side_by_side(said)
