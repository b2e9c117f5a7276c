"""Six digits of one's own: shown, chosen, and chosen anew."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kring.web.shared.forms import SixDigits


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
