"""The page of a confidence: what was told, what may be told to others, what is wanted; each form with what was typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from kring.confidences.models import Attachment, OwnGoal, Telling, WordsToTell
from kring.confidences.usecases import answering, tellings, wording
from kring.confidences.usecases.hearing import Confidence, who_can_hear
from kring.trust.viewer import Viewer
from kring.web.confidences.around import base_of
from kring.web.confidences.forms import GoalForm, MoreForm, OwnWordsForm, ProposeForm


@dataclass(frozen=True)
class Line:
    """One telling or answer as the page shows it."""

    row: Telling
    words: str
    who: str
    mine: bool
    files: tuple[tuple[Attachment, str], ...] = ()

    @property
    def may_take_back(self) -> bool:
        """Whether nobody else has opened it yet."""
        return self.mine and self.row.heard_at is None


def the_page(
    request: HttpRequest, viewer: Viewer, one: Confidence, *, telling: MoreForm | None = None,
    proposing: ProposeForm | None = None, wanting: GoalForm | None = None, otherwise: OwnWordsForm | None = None,
) -> HttpResponse:  # fmt: skip
    """The whole page; a form that was sent with a mistake stands open in it, with its words."""
    sent: list[Form | None] = [telling, proposing, wanting, otherwise]
    wrong = next((form for form in sent if form is not None and form.errors), None)
    context = base_of(viewer) | _worded(one, viewer, otherwise) | {
        "one": one, "lines": _lines(one, viewer), "mine": one.young_id == viewer.person_id, "form": wrong,
        "more_form": telling or MoreForm(), "propose_form": proposing or ProposeForm(prefix="tell"),
        "goal_form": wanting or GoalForm(prefix="goal"), "readers": _readers(one, viewer),
        "village_phone": viewer.village_phone,
    }  # fmt: skip
    context |= _when(one, context["lines"], viewer)
    return TemplateResponse(request, "confidences/confidence.html", context, status=422 if wrong else 200)


def _worded(one: Confidence, viewer: Viewer, otherwise: OwnWordsForm | None) -> dict[str, Any]:
    """The words to tell, each with a form to say them otherwise, and the own goals."""
    rows = list(WordsToTell.objects.filter(circle_id=one.circle_id).order_by("at", "id"))
    said = WordsToTell.words.of_many(rows) if rows else []
    whom = WordsToTell.whom.of_many(rows) if rows else []
    goals = list(OwnGoal.objects.filter(circle_id=one.circle_id).order_by("at", "id"))
    mine = one.young_id == viewer.person_id
    hear = {hearer.id for hearer in one.heard_by}
    agreed = any(row.answer == wording.Answer.YES for row in rows)
    forms = {
        row.pk: otherwise if otherwise and otherwise.row_id == row.pk else OwnWordsForm(row=row, initial={"words": words})
        for row, words in zip(rows, said, strict=True)
    }  # fmt: skip
    return {
        "to_tell": [
            (row, to, words, forms[row.pk]) for row, to, words in zip(rows, whom, said, strict=True)
            if row.answer != wording.Answer.OTHERWISE or forms[row.pk] is otherwise
        ],
        "goals": list(zip(goals, OwnGoal.words.of_many(goals) if goals else (), strict=True)),
        "others": [them for them in who_can_hear() if them.id not in hear] if mine and agreed else [],
    }  # fmt: skip


def _when(one: Confidence, lines: list[Line], viewer: Viewer) -> dict[str, Any]:
    """Until when there is an answer; whoever was asked chooses the day as long as theirs is not the last word."""
    today, me = timezone.localdate(), one.hearer(viewer.person_id)
    asked = me is not None and bool(lines) and not lines[-1].mine
    return {
        "today": today, "my_day": me.answers_on if me else None,
        "days": answering.to_choose(today, viewer.country) if asked else [],
    }  # fmt: skip


def _lines(one: Confidence, viewer: Viewer) -> list[Line]:
    told = tellings.open_up(one.circle_id, by=viewer, at=timezone.now())
    names = {one.young_id: one.young_name} | {hearer.id: hearer.name for hearer in one.hearers}
    files = _files(one.circle_id)
    return [
        Line(
            row,
            words,
            names.get(row.author_id, ""),
            row.author_id == viewer.person_id,
            tuple(files.get(row.pk, ())),
        )
        for row, words in zip(told, tellings.texts(told), strict=True)
    ]


def _files(circle_id: UUID) -> dict[UUID, list[tuple[Attachment, str]]]:
    """The files of each telling with their names."""
    found: dict[UUID, list[tuple[Attachment, str]]] = {}
    rows = tellings.attached_to(circle_id)
    for row, name in zip(rows, Attachment.name.of_many(rows) if rows else (), strict=True):
        found.setdefault(row.telling_id, []).append((row, name))
    return found


def _readers(one: Confidence, viewer: Viewer) -> list[str]:
    """Who can read it now, oneself first."""
    names = [one.young_name] if one.young_id != viewer.person_id else []
    return [_("you"), *names, *(hearer.name for hearer in one.heard_by if hearer.id != viewer.person_id)]
