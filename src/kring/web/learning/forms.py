"""What is filled in about how a child learns best, and about its talents."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kring.web.design.forms import OneOf, SomeOf
from kring.web.wraparound.fields import CHOOSE, TO_COME, Day, Words
from kring.web.wraparound.forms import WithLanguage
from kring.wraparound.models import LearningProfile
from kring.wraparound.talents import PAIRS
from kring.wraparound.usecases import learning, talents
from kring.wraparound.usecases.learning import Held, SheetWords
from kring.wraparound.usecases.talents import Seen


class LearningForm(WithLanguage):
    """A screening or talent interview: all of it for oneself, and what goes on the sheets."""

    how = forms.ChoiceField(
        label=_("What was it?"), choices=LearningProfile.How.choices, widget=OneOf(attrs={"class": "side"}),
        error_messages=CHOOSE,
    )  # fmt: skip
    held_on = Day(label=_("On which day?"))
    best = Words(learning.SHEET, lines=3, required=False, label=_("I learn best when…"),
                 help_text=_("In the words of the child: I learn best when…"))  # fmt: skip
    child_advice = Words(learning.SHEET, lines=2, required=False, label=_("A tip for the child"))
    parents_advice = Words(learning.SHEET, lines=2, required=False, label=_("A tip for the parents"))
    compliment = Words(learning.COMPLIMENT, lines=2, required=False, label=_("A compliment to the parents"),
                       help_text=_("What they do well. It stands on top of their sheet."))  # fmt: skip
    teacher_advice = Words(learning.SHEET, lines=2, required=False, label=_("A tip for the teacher"))
    text = Words(learning.PROFILE, lines=7, label=_("The full profile"),
                 help_text=_("You keep this. Parents and school do not read it."))  # fmt: skip
    field_order = ["how", "held_on", "best", "child_advice", "parents_advice", "compliment", "teacher_advice", "text",
                   "language"]  # fmt: skip

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean(self) -> dict[str, Any]:
        """Something comes out of it, and it was not on a day to come."""
        told = super().clean() or {}
        if told.get("held_on") and told["held_on"] > self.today:
            self.add_error("held_on", TO_COME)
        if not self.errors and all(sheet.is_empty for sheet in self.sheets()):
            self.add_error("best", _("Write at least one sheet. One sentence is enough."))
        return told

    def held(self) -> Held:
        """The interview as the use case takes it."""
        told = self.cleaned_data
        return Held(told["how"], told["held_on"], told["text"], told["language"])

    def sheets(self) -> list[SheetWords]:
        """A sheet for each who gets words of their own; what helps the child stands on all of them."""
        told = self.cleaned_data
        best, language = told.get("best", ""), told.get("language", "en")
        advice = {name: told.get(f"{name}_advice", "") for name in ("child", "parents", "teacher")}
        compliments = {"parents": told.get("compliment", "")}
        return [
            SheetWords(name, best, words, compliments.get(name, ""), language)
            for name, words in advice.items()
        ]


class TalentForm(WithLanguage):
    """What somebody sees when it goes well: own words first, then talents to choose from."""

    sees = Words(talents.LONGEST, lines=3, required=False, label=_("What do you see when it goes well?"),
                 help_text=_("A moment is enough: what did she or he do, and what happened then?"))  # fmt: skip
    qualities = Words(talents.LONGEST, lines=2, required=False, label=_("Which qualities does this show?"))
    talents = forms.MultipleChoiceField(
        label=_("From behaviour to talent"), required=False, widget=SomeOf, error_messages=CHOOSE,
        help_text=_("Choose three at most. Only the talent is kept. What is sometimes said is not."),
    )  # fmt: skip
    field_order = ["sees", "qualities", "talents", "language"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["talents"].choices = [(pair.code, pair.talent) for pair in PAIRS]  # type: ignore[attr-defined]
        said = {pair.code: _("sometimes said: “%(said)s”") % {"said": pair.said} for pair in PAIRS}
        self.fields["talents"].widget.hints = said  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Something is said, and not more than three talents."""
        told = super().clean() or {}
        if len(told.get("talents", [])) > talents.MOST:
            self.add_error("talents", _("These are more than three. Which three do you see most often?"))
        if not self.errors and not (told["sees"] or told["qualities"] or told["talents"]):
            self.add_error("sees", _("Write a few words, or choose a talent."))
        return told

    def seen(self) -> Seen:
        """As the use case takes it."""
        told = self.cleaned_data
        return Seen(told["sees"], told["qualities"], tuple(told["talents"]), told["language"])


class AskForm(forms.Form):
    """Whom the family asks what they see."""

    who = forms.ChoiceField(label=_("Whom do you ask?"), widget=OneOf, error_messages=CHOOSE)

    def __init__(self, *args: Any, able: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["who"].choices = able  # type: ignore[attr-defined]
