"""What people fill in about words, cards and principles."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from kring.vision import rules
from kring.vision.usecases.practice import CardWords
from kring.vision.usecases.principles import MOST, Principle
from kring.vision.usecases.word_hints import HintWords
from kring.web.network.forms import TelephoneField

MISSING = {
    "required": _("Please write a few words here."),
    "max_length": _("This is longer than fits here: at most %(limit_value)d signs. Please make it shorter."),
}
WRITTEN = {"dir": "auto", "autocomplete": "off"}


def one_line(longest: int, **kwargs: Any) -> forms.CharField:
    """A few words on one line."""
    widget = forms.TextInput(attrs=WRITTEN)
    return forms.CharField(max_length=longest, widget=widget, error_messages=MISSING, **kwargs)


def several_lines(longest: int, rows: int, **kwargs: Any) -> forms.CharField:
    """A few words on several lines."""
    widget = forms.Textarea(attrs={"rows": rows, **WRITTEN})
    return forms.CharField(max_length=longest, widget=widget, error_messages=MISSING, **kwargs)


class WordForm(forms.Form):
    """One word of the guide."""

    word = one_line(300, label=_("Which word?"),
                help_text=_("Other forms too, with commas. A star stands for an ending: dropout*"))  # fmt: skip
    kinder = one_line(
        160, label=_("Which word is kinder?"), help_text=_("It comes in the place of the first one.")
    )
    why = one_line(240, label=_("Why?"), help_text=_("One short sentence. It never blames who writes."))
    unless = one_line(300, label=_("Not when it stands in"), required=False,
                  help_text=_("Expressions in which it means something else, with commas: in case, in any case"))  # fmt: skip

    def clean_word(self) -> str:
        """There must be a word to look for."""
        word: str = self.cleaned_data["word"]
        if not rules.forms(word):
            raise forms.ValidationError(_("Please write at least one word."))
        return word

    def words(self) -> HintWords:
        """As the guide takes it."""
        return HintWords(**self.cleaned_data)


class NewWordForm(WordForm):
    """A word of the village's own; the same form sent twice makes one."""

    key = forms.UUIDField(widget=forms.HiddenInput)


class CardForm(forms.Form):
    """One practice card."""

    title = one_line(80, label=_("Title"))
    line = one_line(200, label=_("In one sentence"))
    now = several_lines(600, 4, label=_("What to do now"), help_text=_("One thing on each line."))
    say = several_lines(600, 3, label=_("What to say"), help_text=_("One thing on each line."))
    later = several_lines(600, 3, label=_("What to leave for later"), help_text=_("One thing on each line."))
    call = one_line(200, label=_("Who to call"))

    def words(self) -> CardWords:
        """As the card takes it."""
        return CardWords(**self.cleaned_data)


class BackupForm(forms.Form):
    """Whom somebody calls when it is hot."""

    name = one_line(
        80, label=_("Who do you call?"), help_text=_("A colleague, a friend, somebody who stays calm.")
    )
    phone = TelephoneField(label=_("On which number?"), max_length=40, error_messages=MISSING,
                           widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}))  # fmt: skip


class PrinciplesForm(forms.Form):
    """The principles of the village, each with a title and a few words, and why they are written anew."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    after = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=1_000_000)
    because = one_line(300, label=_("Why do you write them anew?"), help_text=_("Everybody can read this."))

    def __init__(self, *args: Any, before: tuple[Principle, ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.keys = [one.key for one in before] + [
            f"own-{number}" for number in range(len(before) + 1, MOST + 1)
        ]
        for number, key in enumerate(self.keys):
            shown = before[number] if number < len(before) else Principle(key, "", "")
            self.fields[f"title_{number}"] = one_line(
                120, label=_("What do we stand for?"), required=False, initial=shown.title
            )
            self.fields[f"words_{number}"] = several_lines(
                400, 2, label=_("In a few words"), required=False, initial=shown.words
            )

    @property
    def rows(self) -> list[tuple[Any, Any]]:
        """Title and words of each principle, side by side."""
        return [(self[f"title_{number}"], self[f"words_{number}"]) for number in range(len(self.keys))]

    def clean(self) -> dict[str, Any]:
        """At least one principle; no words without a title."""
        told = super().clean() or {}
        for number in range(len(self.keys)):
            if told.get(f"words_{number}") and not told.get(f"title_{number}"):
                self.add_error(f"title_{number}", _("Please give these words a title."))
        if not any(told.get(f"title_{number}") for number in range(len(self.keys))) and not self.errors:
            self.add_error("title_0", _("A village stands for something. Please keep at least one."))
        return told

    def principles(self) -> list[Principle]:
        """As the next version takes them."""
        told = self.cleaned_data
        return [
            Principle(key, told[f"title_{number}"], told[f"words_{number}"])
            for number, key in enumerate(self.keys)
        ]


def fresh_key() -> UUID:
    """A key by which a second click is known."""
    return uuid4()
