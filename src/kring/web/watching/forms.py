"""What is answered about a look, and who keeps the seals."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kring.trust.models import SealKeeper, UnusualLook
from kring.web.design.forms import OneOf
from kring.web.wraparound.fields import Words


class LookForm(forms.Form):
    """Was it right? Yes, with a reason; a mistake; or somebody else."""

    answer = forms.ChoiceField(
        label=_("Was that right?"), choices=UnusualLook.Answer.choices, widget=OneOf(),
        error_messages={"required": _("Please choose what is true.")},
    )  # fmt: skip
    words = Words(
        300, label=_("Because"), required=False, hints=False, widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        help_text=_("In a few words, without names. The trust officer reads this."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].or_else = True  # type: ignore[attr-defined]  # a yes needs it

    def clean(self) -> dict[str, Any]:
        """A yes has its reason."""
        told = super().clean() or {}
        if told.get("answer") == UnusualLook.Answer.RIGHT and not told.get("words"):
            self.add_error("words", _("Please say why, in a few words."))
        return told


class KeepersForm(forms.Form):
    """Two addresses of partners, not of this house."""

    first = forms.EmailField(
        label=_("First address"), required=False, widget=forms.EmailInput(attrs={"dir": "ltr"})
    )
    second = forms.EmailField(
        label=_("Second address"), required=False, widget=forms.EmailInput(attrs={"dir": "ltr"})
    )

    @classmethod
    def of(cls, standing: dict[int, SealKeeper], sent: Any) -> KeepersForm:
        """The form with who keeps them now."""
        given = {
            name: standing[place].email for name, place in (("first", 1), ("second", 2)) if place in standing
        }
        return cls(sent, initial=given)

    def clean(self) -> dict[str, Any]:
        """Two people, not one twice."""
        told = super().clean() or {}
        if told.get("first") and told["first"].casefold() == str(told.get("second", "")).casefold():
            self.add_error("second", _("Choose somebody else here, so that two people keep the seal."))
        return told

    @property
    def addresses(self) -> tuple[str, str]:
        """What was chosen."""
        return self.cleaned_data["first"], self.cleaned_data["second"]
