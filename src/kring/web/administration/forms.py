"""What an administrator fills in."""

from __future__ import annotations

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kring.trust import colours, profiles
from kring.trust.models import Job, Village
from kring.trust.usecases import choices
from kring.web.circle.forms import PHONE
from kring.web.design.forms import SomeOf
from kring.web.modules import MODULES
from kring.web.trust.forms import OneLine


def zones(now: str = "") -> list[tuple[str, str]]:
    """The time zones of Europe and the one that holds now, as people read them."""
    names = {name for name in available_timezones() if name.startswith("Europe/")} | ({now} if now else set())
    return [(name, name.replace("_", " ").rpartition("/")[2]) for name in sorted(names)]


class VillageForm(forms.Form):
    """The village itself: its name, languages and hours."""

    name = OneLine(label=gettext_lazy("Name of the village"), max_length=120)
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages of the pages"), choices=settings.LANGUAGES, widget=SomeOf
    )
    language = forms.ChoiceField(label=gettext_lazy("First language"), choices=settings.LANGUAGES)
    timezone = forms.ChoiceField(label=gettext_lazy("Time zone"))

    def __init__(self, *args: Any, zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["timezone"].choices = zones(zone)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The first language is one of the village's."""
        said: dict[str, Any] = super().clean() or {}
        if said.get("languages") and said.get("language") and said["language"] not in said["languages"]:
            self.add_error("language", _("Choose one of the languages above."))
        return said


class ContactPointForm(forms.Form):
    """How people reach the contact point, and how soon it answers."""

    phone = OneLine(label=gettext_lazy("Telephone of the contact point"), max_length=40, validators=[PHONE])
    answer_days = forms.IntegerField(
        label=gettext_lazy("Working days until somebody answers"),
        help_text=gettext_lazy("Every receipt promises this. One to five days."),
        min_value=1, max_value=choices.LONGEST_ANSWER,
    )  # fmt: skip


class TermsForm(forms.Form):
    """When what nobody took up is deleted: a village may only shorten the term of its country."""

    term_days = forms.IntegerField(label=gettext_lazy("Days until it is deleted"))

    def __init__(self, *args: Any, country: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        longest = profiles.PROFILES[country].longest_term
        field = forms.IntegerField(
            label=self.fields["term_days"].label, min_value=choices.SHORTEST_TERM, max_value=longest,
            help_text=_("At least %(least)d days. Your country allows %(most)d at most.")
            % {"least": choices.SHORTEST_TERM, "most": longest},
        )  # fmt: skip
        self.fields["term_days"] = field


LABELS = {
    colours.MAIN: gettext_lazy("Main colour: buttons and links"),
    colours.JOY: gettext_lazy("Colour of joy: good news"),
    colours.OWN_WORDS: gettext_lazy("Colour of a family's own words"),
}


class ColoursForm(forms.Form):
    """Three colours; one that cannot be read is answered with the nearest that can."""

    def __init__(self, *args: Any, now: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered: dict[str, str] = {}
        for use, label in LABELS.items():
            self.fields[use.replace(" ", "_")] = forms.CharField(
                label=label, max_length=20, initial=now.get(use, colours.GIVEN[use]),
                widget=forms.TextInput(attrs={"type": "color", "class": "colour"}),
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Every colour readable; what is as we give it is not chosen."""
        super().clean()
        found: dict[str, str] = {}
        for use in LABELS:
            name = use.replace(" ", "_")
            colour = colours.tidy(str(self.cleaned_data.get(name, "")))
            if not colour:
                self.add_error(name, _("Write a colour like #0b6156."))
            elif not colours.passes(use, colour):
                self.offered[use] = colours.nearest(use, colour)
                self.add_error(name, _("Not everybody can read this. %(colour)s is the nearest one that works.")
                               % {"colour": self.offered[use]})  # fmt: skip
            elif colour != colours.GIVEN[use]:
                found[use] = colour
        return {"colours": found}


class LogoForm(forms.Form):
    """A picture."""

    logo = forms.FileField(
        label=gettext_lazy("Logo"), help_text=gettext_lazy("A PNG or JPEG picture of at most 200 kB."),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg"}),
    )  # fmt: skip


class ModulesForm(forms.Form):
    """What is switched on."""

    on = forms.MultipleChoiceField(label=gettext_lazy("What does the village use?"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(module.code, module.name) for module in MODULES]
        widget = SomeOf(choices=named, hints={module.code: module.sentence for module in MODULES})
        self.fields["on"].choices = named  # type: ignore[attr-defined]
        self.fields["on"].widget = widget


class DomainForm(forms.Form):
    """A part of life of the village's own."""

    word = OneLine(label=gettext_lazy("A part of life of your own"), max_length=choices.LONGEST_WORD)


WEEKDAYS = (
    gettext_lazy("Monday"), gettext_lazy("Tuesday"), gettext_lazy("Wednesday"), gettext_lazy("Thursday"),
    gettext_lazy("Friday"), gettext_lazy("Saturday"), gettext_lazy("Sunday"),
)  # fmt: skip


#: On this day the contact point itself says who answers.
AT_THE_DESK = "desk"


class TurnsForm(forms.Form):
    """Who answers at the contact point on which day."""

    def __init__(self, *args: Any, workers: list[Job], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [
            (AT_THE_DESK, _("as the contact point says")),
            *((str(job.person_id), job.person.full_name) for job in workers),
        ]
        for number, day in enumerate(WEEKDAYS, start=1):
            self.fields[f"day_{number}"] = forms.ChoiceField(label=day, choices=named, initial=AT_THE_DESK)

    def turns(self) -> dict[str, str]:
        """The days on which somebody is named, Monday is 1."""
        return {name[-1]: person for name, person in self.cleaned_data.items() if person != AT_THE_DESK}


def village_initial(village: Village) -> dict[str, Any]:
    """What stands in the form of the village."""
    known = [code for code, _name in settings.LANGUAGES]
    return {
        "name": village.name, "language": village.language, "timezone": village.timezone,
        "languages": village.chosen.get("languages") or known,
    }  # fmt: skip
