"""What people fill in about the story and the plan."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kring.network.words import domains
from kring.web.design.forms import OneOf
from kring.web.wraparound.fields import CHOOSE, FARTHEST, TO_COME, Day, Words, languages
from kring.web.wraparound.people import People
from kring.web.wraparound.reading import picture_of
from kring.wraparound import rules
from kring.wraparound.models import Action, Story
from kring.wraparound.usecases.actions import Step
from kring.wraparound.usecases.goals import GoalWords


class WithLanguage(forms.Form):
    """Words that keep their own language."""

    language = forms.ChoiceField(label=_("In which language is this written?"), error_messages=CHOOSE)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = languages()  # type: ignore[attr-defined]


class TypedStory(WithLanguage):
    """The family types its own story."""

    text = Words(rules.STORY, lines=9, label=_("What do you want to tell?"),
                 help_text=_("Begin where you like. You decide what you tell. Everything may be short."))  # fmt: skip
    field_order = ["text", "language"]


class ToldStory(WithLanguage):
    """Somebody writes down what the family told, or what was read out and agreed."""

    text = Words(rules.STORY, lines=9, label=_("What did they tell?"),
                 help_text=_("Use their own words. They read along."))  # fmt: skip
    told_by = forms.ChoiceField(label=_("Who told it?"), error_messages=CHOOSE)
    how = forms.ChoiceField(
        label=_("How did it go?"),
        choices=[(Story.How.TOLD, Story.How.TOLD.label), (Story.How.READ_OUT, Story.How.READ_OUT.label)],
        widget=OneOf, error_messages=CHOOSE,
    )  # fmt: skip
    agreed_on = Day(label=_("On which day did they agree?"), required=False)
    interpreter = Words(rules.NAME, label=_("Who helped with the language?"), required=False)
    field_order = ["text", "language", "told_by", "how", "agreed_on", "interpreter"]

    def __init__(self, *args: Any, people: People, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        family = [(str(one.id), one.name) for one in people if one.kind != "professional"]
        self.fields["told_by"].choices = family  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """What was read out was agreed on a day, and not on a day to come."""
        told = super().clean() or {}
        agreed = told.get("agreed_on")
        if told.get("how") == Story.How.READ_OUT and agreed is None and "agreed_on" not in self.errors:
            self.add_error("agreed_on", _("On which day did they agree? Please choose a day."))
        if agreed is not None and agreed > self.today:
            self.add_error("agreed_on", TO_COME)
        return told


class WishForm(WithLanguage):
    """What a child or the family wishes."""

    text = Words(rules.WISH, lines=3, hints=False, label=_("What do you wish for?"),
                 help_text=_("In your own words. This comes first in the plan."))  # fmt: skip
    whose = forms.ChoiceField(
        label=_("Whose wish is it?"), required=False, widget=OneOf, error_messages=CHOOSE
    )
    field_order = ["whose", "text", "language"]

    def __init__(self, *args: Any, people: People, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        family = [(str(one.id), one.name) for one in people if one.kind == "family"]
        self.fields["whose"].choices = [("", _("of all of us")), *family]  # type: ignore[attr-defined]


class DomainForm(forms.Form):
    """Which part of life comes first."""

    domain = forms.ChoiceField(
        label=_("Which part of life is it about?"),
        choices=domains,
        widget=OneOf,
        error_messages=CHOOSE,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = domains(kept=str(self.initial.get("domain", "")))
        self.fields["domain"].widget = OneOf(pictograms={code: picture_of(code) for code, _word in chosen})
        self.fields["domain"].choices = chosen  # type: ignore[attr-defined]


class NeedForm(forms.Form):
    """What is needed."""

    need = Words(rules.NEED, lines=4, required=False, label=_("What is hard now? What is needed?"),
                 help_text=_("In your own words."))  # fmt: skip


class AimForm(forms.Form):
    """What one wants to reach."""

    aim = Words(rules.AIM, lines=2, label=_("What do you want to reach?"),
                help_text=_("Small is good. For example: on Friday I dance again."))  # fmt: skip


class GoalForm(DomainForm, NeedForm, AimForm, WithLanguage):
    """A whole goal on one page."""

    child = forms.ChoiceField(label=_("About whom is it?"), required=False, error_messages=CHOOSE)
    circle = forms.ChoiceField(label=_("Who may know it?"), required=False, error_messages=CHOOSE)
    field_order = ["domain", "need", "aim", "child", "circle", "language"]

    def __init__(self, *args: Any, children: list[Any] = (), circles: list[Any] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._choices("child", [("", _("about all of us")), *children], len(children) > 1)
        self._choices("circle", circles, len(circles) > 1)

    def _choices(self, name: str, choices: list[Any], asked: bool) -> None:
        if asked:
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        else:
            del self.fields[name]

    def words(self) -> GoalWords:
        """The goal as the use case takes it."""
        told = self.cleaned_data
        return GoalWords(told["domain"], told["aim"], told.get("need", ""), told["language"])


class WhatForm(forms.Form):
    """One small step."""

    what = Words(rules.STEP, hints=True, label=_("What is the small step?"),
                 help_text=_("Say it in a few words. For example: brings her to the dance school."))  # fmt: skip


class WhoForm(forms.Form):
    """Who does it."""

    doer = forms.ChoiceField(label=_("Who does it?"), required=False, error_messages=CHOOSE)
    doer_words = Words(rules.NAME, label=_("Or somebody who is not in the circle"), required=False)

    def __init__(self, *args: Any, people: People | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(str(one.id), f"{one.name}, {one.role}" if one.role else one.name) for one in people or ()]
        self.fields["doer"].choices = [("", _("somebody else")), *known]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Somebody does it."""
        told = super().clean() or {}
        if not told.get("doer") and not told.get("doer_words") and not self.errors:
            self.add_error("doer", _("Who does it? Choose somebody, or write a name below."))
        return told


class WhenForm(forms.Form):
    """By when, or every week."""

    by_when = Day(label=_("By when?"), required=False, help_text=_("A day helps. It may stay open."))
    every_week = forms.BooleanField(label=_("Every week again"), required=False)

    def clean_by_when(self) -> date | None:
        """A day many years away is a slip of the finger."""
        day: date | None = self.cleaned_data["by_when"]
        today = timezone.localdate()
        if day and day > today + FARTHEST:
            raise forms.ValidationError(_("This day is too far away. Choose one within two years."), "far")
        if day and day < today - FARTHEST:
            raise forms.ValidationError(_("This day is long past. Which day do you mean?"), "past")
        return day


class ActionForm(WhatForm, WhoForm, WhenForm):
    """A whole step on one page."""

    for_whom = forms.ChoiceField(label=_("For whom?"), choices=Action.ForWhom.choices, error_messages=CHOOSE)
    needs_authority = forms.BooleanField(
        label=_("This waits until everybody with authority has said yes"),
        required=False,
        help_text=_("Only for big decisions, like another school. A club, a talk or a lift begins at once."),
    )
    field_order = ["what", "doer", "doer_words", "by_when", "every_week", "for_whom", "needs_authority"]


def step_from(told: dict[str, Any], language: str, people: People) -> Step:
    """A step as the use case takes it; whoever begins with the name that stands before it anyway says it once."""
    doer = UUID(told["doer"]) if told.get("doer") else None
    name = people.face(doer, told.get("doer_words", ""))["name"]
    what = told["what"].strip()
    again = what[: len(name) + 1].casefold() == f"{name} ".casefold()
    return Step(
        what=what[len(name) :].strip() if name and again else what,
        doer=doer,
        doer_words=told.get("doer_words", ""),
        for_whom=told.get("for_whom") or Action.ForWhom.CHILD,
        by_when=told.get("by_when"),
        every_week=bool(told.get("every_week")),
        needs_authority=bool(told.get("needs_authority")),
        language=language,
    )


class HowItWent(forms.Form):
    """A step is done; a few words if you like."""

    how_it_went = Words(rules.ANSWER, lines=3, required=False, label=_("How did it go?"))


class RemarkForm(forms.Form):
    """I see this differently."""

    words = Words(rules.ANSWER, lines=4, label=_("How do you see it?"),
                  help_text=_("It stands beside it. Nothing is taken away."))  # fmt: skip


class ChangeForm(forms.Form):
    """I want to change something: in words, or just so."""

    words = Words(rules.ANSWER, lines=4, required=False, label=_("What would you like to change?"),
                  help_text=_("You may leave this empty. Then we call you."))  # fmt: skip


class SpokenWord(WithLanguage):
    """Somebody said it aloud, and it is written down."""

    person = forms.ChoiceField(label=_("Who said it?"), error_messages=CHOOSE)
    answer = forms.ChoiceField(
        label=_("What did they say?"), widget=OneOf, error_messages=CHOOSE,
        choices=[("yes", _("Yes, this is our plan")), ("change", _("I want to change something"))],
    )  # fmt: skip
    words = Words(rules.ANSWER, lines=3, hints=False, required=False, label=_("In their own words"))
    said_on = Day(label=_("On which day?"))
    interpreter = Words(rules.NAME, label=_("Who helped with the language?"), required=False)
    field_order = ["person", "answer", "words", "said_on", "language", "interpreter"]

    def __init__(self, *args: Any, asked: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [(str(one.person_id), one.name) for one in asked]  # type: ignore[attr-defined]


class PaperForm(forms.Form):
    """A signed sheet came home."""

    code = Words(12, label=_("The code on the sheet"), widget=forms.TextInput(attrs={"class": "code", "inputmode": "numeric"}),
                 missing=_("The code stands at the foot of the sheet."))  # fmt: skip
    said_on = Day(label=_("On which day was it signed?"))


class RecordingForm(WithLanguage):
    """The plan read aloud."""

    spoken_by = Words(rules.NAME, label=_("Who reads it aloud?"))
    sound = forms.FileField(
        label=_("The recording"),
        help_text=_("At most 5 megabytes. The recorder of a telephone is fine."),
        widget=forms.FileInput(attrs={"accept": "audio/*"}),
        error_messages={"required": _("Please choose a recording."), "empty": _("This recording is empty.")},
    )
