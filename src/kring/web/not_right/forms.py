"""What people fill in when something is not right, and when they answer it."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kring.web.design.forms import OneOf
from kring.web.wraparound.fields import CHOOSE, Words
from kring.wraparound import rules
from kring.wraparound.models import NotRight
from kring.wraparound.usecases.correcting import Text

Answer = NotRight.Answer


class SayForm(forms.Form):
    """What is not right, and what it should be; for somebody of the family where a worker writes it down."""

    asked_by = forms.ChoiceField(
        label=_("Who says that it is not right?"), widget=OneOf, error_messages=CHOOSE
    )
    words = Words(rules.ANSWER, lines=3, label=_("What is not right?"))
    should = Words(rules.ANSWER, lines=3, required=False, label=_("What should it be?"),
                   help_text=_("You may leave this empty."))  # fmt: skip

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["asked_by"].choices = people  # type: ignore[attr-defined]
        if len(people) == 1:
            del self.fields["asked_by"]


HOW = [
    (Answer.CHANGED, _("They are right: I change it")),
    (Answer.BESIDE, _("I see it differently: their words stand beside it")),
    (Answer.REFUSED, _("It stays as it is")),
]
HINTS = {
    Answer.CHANGED: _("The new words count at once. What it said before stays with this answer."),
    Answer.BESIDE: _("For good, for everybody who may read the text. Nobody takes them away."),
    Answer.REFUSED: _("Say why. They read where they can complain."),
}


class AnswerForm(forms.Form):
    """The text in its new words, the words beside it, or why it stays."""

    how = forms.ChoiceField(
        label=_("What do you do?"), choices=HOW, widget=OneOf(hints=HINTS), error_messages=CHOOSE
    )
    new_words = Words(rules.STORY, lines=4, hints=False, required=False, label=_("The new words"))
    reason = Words(rules.ANSWER, lines=3, required=False, label=_("Why?"),
                   help_text=_("Needed when it stays as it is. Always good to read."))  # fmt: skip
    #: The answer counts for the words that were read.
    read = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, thing: Text, said: NotRight, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.thing, self.said = thing, said
        for name in ("new_words", "reason"):
            self.fields[name].or_else = True  # type: ignore[attr-defined]  # one of the answers needs it
        if not thing.shows_beside:
            self.fields["how"].choices = [one for one in HOW if one[0] != Answer.BESIDE]  # type: ignore[attr-defined]
        stands = [thing.words, str(thing.now.pk), said.words, said.should]
        self.read = sha256("\0".join(stands).encode()).hexdigest()
        self.initial.setdefault("read", self.read)  # a draft counts for what was read when it was typed
        if not thing.changes_here:
            del self.fields["new_words"]
        else:
            words = getattr(thing.row, thing.kind.field)
            self.initial.setdefault("new_words", words if thing.kind.in_place else said.should)

    def clean(self) -> dict[str, Any]:
        """What is changed differs from before; what stays has a reason."""
        told: dict[str, Any] = super().clean() or {}
        if told.get("read") not in ("", self.read):
            data = self.data.copy()
            data["read"] = self.read  # they look again now
            self.data = data
            self.add_error(None, _("This has changed meanwhile. Please look again."))
        how, words = told.get("how"), told.get("new_words", "")
        if how == Answer.REFUSED and not told.get("reason") and "reason" not in self.errors:
            self.add_error("reason", _("Please write why, in a few words."))
        if how != Answer.CHANGED:
            return told
        if "new_words" not in self.fields:
            if not self.thing.changed_since(self.said.at):
                self.add_error("how", _("First change it on its own page. Then come back here."))
        elif not words and "new_words" not in self.errors:
            self.add_error("new_words", _("Please write a few words here."))
        elif len(words) > self.thing.kind.longest:
            self.add_error("new_words", _("This is longer than fits here. Please make it shorter."))
        elif words == getattr(self.thing.row, self.thing.kind.field):
            self.add_error("new_words", _("These are the words that stand there now. What should change?"))
        return told
