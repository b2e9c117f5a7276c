"""Fields of the forms of story and plan: words, days, languages."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from kring.network.words import language_name
from kring.wraparound import rules

SPOKEN = ("nl", "fr", "en", "ar", "tr", "uk", "pl", "es", "de", "ps", "fa", "so", "ti", "ro", "bg", "ur")
TOO_LONG = _("This is longer than fits here: at most %(limit_value)d signs. Please make it shorter.")
TO_COME = _("This day is still to come. Which day was it?")
CHOOSE = {"required": _("Please choose one."), "invalid_choice": _("Please choose one of the list.")}


class Words(forms.CharField):
    """What somebody writes, without signs that play tricks, and not longer than fits."""

    def __init__(self, longest: int, *, lines: int = 0, missing: Any = None, hints: bool | None = None,
                 **kwargs: Any) -> None:  # fmt: skip
        self.hints = bool(lines) if hints is None else hints  # somebody's own words are not said over
        if lines:
            kwargs.setdefault("widget", forms.Textarea(attrs={"rows": lines}))
        kwargs.setdefault("error_messages", {"required": missing or _("Please write a few words here.")})
        super().__init__(**kwargs)
        self.validators = [MaxLengthValidator(longest, TOO_LONG)]

    def to_python(self, value: Any) -> str:
        """As it will be kept."""
        return rules.plain(super().to_python(value))


#: So far from today the day of a step can lie.
FARTHEST = timedelta(days=730)


class Day(forms.DateField):
    """A day, with the calendar of the device."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "widget", forms.DateInput(attrs={"type": "date", "class": "short"}, format="%Y-%m-%d")
        )
        kwargs.setdefault(
            "error_messages", {"invalid": _("We do not know this day."), "required": _("Which day was it?")}
        )
        super().__init__(input_formats=["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y"], **kwargs)


def languages() -> list[tuple[str, str]]:
    """Languages by their names in the language of the page."""
    return [(code, language_name(code)) for code in SPOKEN]
