"""What people fill in when they ask for a second yes, or give it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kring.trust.matters import LONGEST_WHY
from kring.trust.models import Village
from kring.web.design.forms import OneOf
from kring.web.wraparound.fields import CHOOSE, Words


def why(label: Any, **more: Any) -> Words:
    """A reason: whoever answers must understand it without asking around."""
    return Words(LONGEST_WHY, lines=4, label=label, missing=_("Please write why, in a few words."), **more)


class Answer(forms.Form):
    """The second person says yes, or no with a reason."""

    why_not = why(_("If you say no: why?"), required=False)

    def clean(self) -> dict[str, Any]:
        """A no has a reason, so that whoever asked understands it."""
        told: dict[str, Any] = super().clean() or {}
        if self.data.get("answer") == "no" and not told.get("why_not") and "why_not" not in self.errors:
            self.add_error("why_not", _("Please write why, in a few words."))
        return told


class AskCountry(forms.Form):
    """The ages of which country count here."""

    country = forms.ChoiceField(
        label=_("Whose rules count in this village?"), widget=OneOf(), error_messages=CHOOSE
    )
    why = why(_("Why?"))

    def __init__(self, *args: Any, now: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = [one for one in Village.Country.choices if one[0] != now]  # type: ignore[attr-defined]


class AskRestore(forms.Form):
    """Which backup takes the place of what is there."""

    backup = forms.CharField(
        label=_("Which backup?"), max_length=200, help_text=_("Its name, as kring backup printed it."),
        error_messages={"required": _("Which backup do you mean?")},
    )  # fmt: skip
    why = why(_("Why?"))


class AskExport(forms.Form):
    """How many families leave in one file, and for whom."""

    families = forms.IntegerField(
        label=_("How many families?"), min_value=11, max_value=100_000,
        help_text=_("Up to ten families need no second yes."),
        error_messages={"required": _("How many families?"), "min_value": _("Up to ten families need no second yes.")},
    )  # fmt: skip
    why = why(_("Why, and for whom?"))
