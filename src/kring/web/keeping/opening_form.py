"""When one can come: seven lines of hours, school holidays, and the days that are different."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kring.network import opening
from kring.network.models import GoodToKnow, Offer
from kring.network.opening import Different, Hours, HoursUnreadable
from kring.network.usecases.facts import MOST_DIFFERENT, OpeningWords
from kring.network.words import DAYS

EMPTY_LINES = 1


class HoursField(forms.CharField):
    """Hours as people write them."""

    def __init__(self, **more: Any) -> None:
        widget = forms.TextInput(attrs={"autocomplete": "off", "dir": "ltr"})
        super().__init__(required=False, max_length=80, widget=widget, **more)

    def clean(self, value: Any) -> tuple[Hours, ...]:
        """The hours, or a sentence how to write them."""
        try:
            return opening.read_hours(super().clean(value))
        except HoursUnreadable as problem:
            raise forms.ValidationError(
                _("We cannot read “%(said)s”. Write it like 9:00–12:00, 14:00–17:00."),
                params={"said": problem.said},
            ) from None


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        widget=forms.DateInput(attrs={"type": "date", "class": "short"}, format="%Y-%m-%d"),
    )


class OpeningForm(forms.Form):
    """When one can come to an offer."""

    school_holidays = forms.ChoiceField(
        label=_("In school holidays?"),
        required=False,
        choices=GoodToKnow.SchoolHolidays,
        widget=forms.RadioSelect,
    )
    by_appointment = forms.BooleanField(label=_("One makes an appointment first."), required=False)
    schedule = forms.CharField(
        label=_("Is there more to say about the hours?"), help_text=_("Like: every first Tuesday of the month."),
        max_length=500, required=False,
    )  # fmt: skip

    def __init__(self, *args: Any, lines: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for day, name in DAYS.items():
            self.fields[f"day_{day}"] = HoursField(label=name)
        self.lines = min(lines + EMPTY_LINES, MOST_DIFFERENT)
        for number in range(self.lines):
            self.fields[f"since_{number}"] = _day(_("On which day, or from which day?"))
            self.fields[f"until_{number}"] = _day(_("Up to which day?"))
            self.fields[f"hours_{number}"] = HoursField(
                label=_("Open from when to when? Nothing means closed.")
            )
            self.fields[f"words_{number}"] = forms.CharField(label=_("Why?"), max_length=120, required=False)

    @property
    def week(self) -> list[forms.BoundField]:
        """The seven lines."""
        return [self[f"day_{day}"] for day in DAYS]

    @property
    def different(self) -> list[list[forms.BoundField]]:
        """The days that are different, and empty lines for new ones."""
        parts = ("since", "until", "hours", "words")
        return [[self[f"{part}_{number}"] for part in parts] for number in range(self.lines)]

    def clean(self) -> dict[str, Any]:
        """The last day is not before the first, and hours belong to a day."""
        told = super().clean() or self.cleaned_data
        for number in range(self.lines):
            since, until = told.get(f"since_{number}"), told.get(f"until_{number}")
            if since and until and since > until:
                self.add_error(f"until_{number}", _("The last day is before the first. Which one is right?"))
            said = until or told.get(f"hours_{number}") or told.get(f"words_{number}")
            if said and not since and f"since_{number}" not in self.errors:
                self.add_error(f"since_{number}", _("On which day is it different?"))
        return told

    def opening_words(self) -> OpeningWords:
        """What was filled in."""
        told = self.cleaned_data
        different = [
            Different(
                told[f"since_{number}"], told[f"until_{number}"] or told[f"since_{number}"],
                told[f"hours_{number}"], told[f"words_{number}"],
            )
            for number in range(self.lines)
            if told[f"since_{number}"]
        ]  # fmt: skip
        return OpeningWords(
            week={day: told[f"day_{day}"] for day in DAYS}, school_holidays=told["school_holidays"],
            by_appointment=told["by_appointment"], different=tuple(different), schedule=told["schedule"],
        )  # fmt: skip


def initial(offer: Offer, known: GoodToKnow) -> tuple[dict[str, Any], int]:
    """What stands there now, and how many days are different."""
    week = opening.of_a_week(known.opening.rhythms)
    told: dict[str, Any] = {f"day_{day}": opening.write_hours(spans) for day, spans in week.items()}
    told |= {name: getattr(known, name) for name in ("school_holidays", "by_appointment")}
    told["schedule"] = offer.schedule
    different = sorted(known.opening.different, key=lambda one: one.since)
    for number, one in enumerate(different):
        told |= {f"since_{number}": one.since, f"hours_{number}": opening.write_hours(one.hours)}
        told |= {
            f"until_{number}": one.until if one.until != one.since else None,
            f"words_{number}": one.words,
        }
    return told, len(different)
