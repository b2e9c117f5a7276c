"""What one fills in to found a village."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from kring.trust.models import Village
from kring.web.administration.forms import zones
from kring.web.design.forms import SomeOf
from kring.web.trust.forms import OneLine

#: The hours of a country's capital, until somebody says otherwise.
ZONES = {"NL": "Europe/Amsterdam", "BE": "Europe/Brussels", "UK": "Europe/London", "FR": "Europe/Paris"}


class CodeForm(forms.Form):
    """The code from the screen of the server."""

    code = forms.CharField(
        label=_("The code"),
        help_text=_("Twelve letters and digits. You find them on the screen of the server."),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "class": "code", "dir": "ltr"}),
        error_messages={"required": _("Type the code from the screen of the server.")},
    )  # fmt: skip


class VillageForm(forms.Form):
    """The village as it is called and spoken."""

    name = OneLine(label=_("Name of the village"), help_text=_("The town or district."), max_length=120)
    country = forms.ChoiceField(
        label=_("Country"), choices=[("", _("Choose")), *Village.Country.choices],
        help_text=_("The ages at which young people decide follow from it. Later it takes two people to change it."),
        error_messages={"required": _("In which country is the village?")},
    )  # fmt: skip
    languages = forms.MultipleChoiceField(
        label=_("Languages of the pages"), choices=settings.LANGUAGES, widget=SomeOf
    )
    timezone = forms.ChoiceField(
        label=_("Time zone"), required=False, help_text=_("Empty: that of the capital of the country.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["timezone"].choices = [("", "–"), *zones()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The time zone follows from the country unless one was chosen."""
        said: dict[str, Any] = super().clean() or {}
        if not said.get("timezone") and said.get("country"):
            said["timezone"] = ZONES[said["country"]]
        return said


class YouForm(forms.Form):
    """Who keeps the village: the first administrator."""

    given_name = OneLine(label=_("Your first name"), max_length=80)
    surname = OneLine(label=_("Your surname"), max_length=120, required=False)
    email = forms.EmailField(label=_("Your e-mail address"))
    organisation = OneLine(
        label=_("For whom do you work?"), help_text=_("The town, the school or the service."), max_length=200
    )


class AgreementForm(forms.Form):
    """A yes to the one page on which the village agrees."""

    yes = forms.BooleanField(
        label=_("We have read this and agree."),
        error_messages={"required": _("Read the page and say yes to go on.")},
    )
