"""What is filled in around a shared device."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from kring.trust.usecases import links, shared_devices
from kring.web.trust.forms import OneLine

PIN = {"inputmode": "numeric", "autocomplete": "off", "class": "code", "dir": "ltr", "maxlength": "12"}


class SixDigits(forms.CharField):
    """Six digits, however they were typed."""

    def __init__(self, *, seen: bool = False, **told: Any) -> None:
        widget = (forms.TextInput if seen else forms.PasswordInput)(attrs=PIN)
        errors = {"required": _("Please type your six digits.")}
        super().__init__(widget=widget, error_messages=errors, **told)

    def clean(self, value: Any) -> str:
        """The digits and nothing else."""
        digits = links.written_code(str(super().clean(value)))
        if len(digits) != shared_devices.DIGITS:
            raise forms.ValidationError(_("These are not six digits. Please look once more."))
        return digits


class Digits(forms.Form):
    """The PIN of who leaves a device to others."""

    digits = SixDigits(label=_("Your PIN"), help_text=_("Six digits. Nobody else knows them."))


def _hours() -> list[tuple[int, str]]:
    return [(n, ngettext("%(count)s hour", "%(count)s hours", n) % {"count": n}) for n in (1, 2, 3, 4, 8)]


class PutUp(forms.Form):
    """For what a device is shared, and how long."""

    purpose = OneLine(
        label=_("What is it for?"),
        max_length=60,
        help_text=_("For you alone, such as: girls' evening."),
        error_messages={
            "required": _(
                "Please write what it is for, in a few words. By them you find this device again and end it."
            )
        },
    )
    hours = forms.TypedChoiceField(
        label=_("How long?"),
        coerce=int,
        initial=3,
        choices=_hours,
        help_text=_("At midnight it ends anyway."),
    )
