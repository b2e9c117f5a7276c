"""What is filled in around a shared device."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from kring.trust.usecases import links, shared_devices
from kring.web.trust.forms import OneLine

PIN = {"inputmode": "numeric", "autocomplete": "off", "class": "code", "dir": "ltr", "maxlength": "12"}


class Digits(forms.Form):
    """Six digits."""

    digits = forms.CharField(
        label=_("Your PIN"),
        help_text=_("Six digits. Nobody else knows them."),
        widget=forms.PasswordInput(attrs=PIN),
        error_messages={"required": _("Please type your six digits.")},
    )

    def clean_digits(self) -> str:
        """Six digits, however they were typed."""
        digits = links.written_code(self.cleaned_data["digits"])
        if len(digits) != shared_devices.DIGITS:
            raise forms.ValidationError(_("A PIN has six digits. Please look once more."))
        return digits


def _hours() -> list[tuple[int, str]]:
    return [(n, ngettext("%(count)s hour", "%(count)s hours", n) % {"count": n}) for n in (1, 2, 3, 4, 8)]


class PutUp(forms.Form):
    """For what a device is shared, and how long."""

    purpose = OneLine(
        label=_("What is it for?"), max_length=60, help_text=_("For you alone, such as: girls' evening.")
    )
    hours = forms.TypedChoiceField(
        label=_("How long?"),
        coerce=int,
        initial=3,
        choices=_hours,
        help_text=_("At midnight it ends anyway."),
    )
