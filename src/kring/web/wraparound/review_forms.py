"""What people fill in when something went well, and when they look at a plan together."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from kring.web.design.forms import OneOf
from kring.web.wraparound.fields import CHOOSE, Day, Words
from kring.web.wraparound.forms import WithLanguage
from kring.web.wraparound.people import People
from kring.wraparound import rules
from kring.wraparound.models import Goal, GoalFace, Review
from kring.wraparound.usecases.reviews import Decided, OwnView

PICTURES = {value: value for value in GoalFace.Face.values}


class CelebrationForm(WithLanguage):
    """What went well, and with whom."""

    words = Words(rules.JOY, lines=3, label=_("What went well?"),
                  help_text=_("Small is good. For example: she laughed at breakfast."))  # fmt: skip
    child = forms.ChoiceField(
        label=_("About whom is it?"), required=False, widget=OneOf, error_messages=CHOOSE
    )
    field_order = ["words", "child", "language"]

    def __init__(self, *args: Any, children: Iterable[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = list(children)
        if len(named) > 1:
            self.fields["child"].choices = [("", _("about all of us")), *named]  # type: ignore[attr-defined]
        else:
            del self.fields["child"]


class ViewForm(WithLanguage):
    """A face for each goal one may know, what helped, and what one wishes; a little is enough."""

    helped = Words(rules.ANSWER, lines=2, required=False, label=_("What helped?"))
    wish = Words(rules.ANSWER, lines=2, required=False, label=_("What do you wish for now?"))

    def __init__(self, *args: Any, goals: Iterable[Goal], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.goals = list(goals)
        for goal in self.goals:
            self.fields[f"face-{goal.pk}"] = forms.ChoiceField(
                label=format_html(
                    '<span lang="{}" dir="{}">{}</span>', goal.language, goal.direction, goal.aim
                ),
                choices=GoalFace.Face.choices,
                required=False,
                widget=OneOf(attrs={"class": "picture three"}, pictograms=PICTURES),
                error_messages=CHOOSE,
            )
        self.order_fields([*(f"face-{goal.pk}" for goal in self.goals), "helped", "wish", "language"])

    def clean(self) -> dict[str, Any]:
        """A face or a few words: something is said."""
        told = super().clean() or {}
        if not self.errors and not any(value for name, value in told.items() if name != "language"):
            raise forms.ValidationError(_("Choose a face, or write a few words. One is enough."))
        return told

    def view(self) -> OwnView:
        """As the use case takes it."""
        told = self.cleaned_data
        faces: dict[UUID, str] = {goal.pk: told.get(f"face-{goal.pk}", "") for goal in self.goals}
        return OwnView(faces, told.get("helped", ""), told.get("wish", ""), told["language"])


class OutcomeForm(forms.Form):
    """What the family decides; the coordinator says on whose word."""

    outcome = forms.ChoiceField(
        label=_("How do we go on?"),
        choices=[
            (Review.Outcome.GO_ON, _("We go on with this plan")),
            (Review.Outcome.ADJUST, _("We change the plan")),
            (Review.Outcome.FINISH, _("We are done for now. The door stays open")),
        ],
        widget=OneOf(hints={
            Review.Outcome.GO_ON: _("We look at it together again on the day below."),
            Review.Outcome.ADJUST: _("We write it anew. Then everybody's yes is asked again."),
            Review.Outcome.FINISH: _("The plan closes and its steps rest. The circle stays. You can begin again any day."),
        }),
        error_messages=CHOOSE,
    )  # fmt: skip
    word_of = forms.ChoiceField(label=_("Who of the family said it?"), widget=OneOf(), error_messages=CHOOSE)
    next_on = Day(label=_("When do we look together again?"), required=False,
                  help_text=_("Within six months."))  # fmt: skip

    def __init__(self, *args: Any, people: People, own_word: bool, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        if own_word:
            del self.fields["word_of"]
        else:
            family = [(str(one.id), one.name) for one in people if one.kind == "family"]
            self.fields["word_of"].choices = family  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Who goes on knows when to look again."""
        told = super().clean() or {}
        day, outcome = told.get("next_on"), told.get("outcome")
        fits = outcome != Review.Outcome.GO_ON if day is None else rules.may_look_again_on(day, self.today)
        if not fits and outcome != Review.Outcome.FINISH and "next_on" not in self.errors:
            self.add_error("next_on", _("Choose a day from tomorrow on, within six months."))
        return told

    def decided(self) -> Decided:
        """As the use case takes it."""
        told = self.cleaned_data
        whose = UUID(told["word_of"]) if told.get("word_of") else None
        return Decided(told["outcome"], whose, told.get("next_on"))
