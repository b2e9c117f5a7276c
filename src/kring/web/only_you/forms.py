"""Six digits of one's own: shown, chosen, and chosen anew."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kring.trust.usecases import links, own_digits
from kring.web.shared.forms import PIN


class SixDigits(forms.CharField):
    """Six digits, however they were typed."""

    def __init__(self, *, seen: bool = False, **told: object) -> None:
        marks = {**PIN, "type": "text" if seen else "password"}
        super().__init__(widget=forms.TextInput(attrs=marks), error_messages={"required": _("Please type your six digits.")}, **told)  # type: ignore[arg-type]  # fmt: skip

    def clean(self, value: object) -> str:
        """The digits and nothing else."""
        digits = links.written_code(str(super().clean(value)))
        if len(digits) != own_digits.DIGITS:
            raise forms.ValidationError(_("These are not six digits. Please look once more."))
        return digits


class Show(forms.Form):
    """The digits that were chosen before."""

    digits = SixDigits(label=_("Your six digits"), help_text=_("The ones that only you know."))


class Choose(forms.Form):
    """Digits for the first time, or others when the old ones are forgotten."""

    digits = SixDigits(
        seen=True,
        label=_("Six digits that only you know"),
        help_text=_("Not a birthday. Tell them to nobody."),
    )


class Change(forms.Form):
    """Others instead of the ones one has."""

    old = SixDigits(label=_("The six digits you have"))
    digits = SixDigits(
        seen=True, label=_("Six other digits"), help_text=_("Not a birthday. Tell them to nobody.")
    )
