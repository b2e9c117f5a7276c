"""Forms for a promise: what, to whom, before which day and hour."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kring.intake import rules
from kring.web.design.forms import OneOf
from kring.web.intake.forms import Asked

#: So far ahead a promise can lie.
FARTHEST = timedelta(days=730)


class DayForm(forms.Form):
    """A day and an hour before which something is done."""

    day = forms.DateField(
        label=_("Before which day?"), widget=forms.DateInput(attrs={"type": "date", "class": "short"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Which day do you mean?"), "invalid": _("We cannot read this day. Which day do you mean?"),
            "far": _("This day is too far away. Choose one within two years."),
        },
    )  # fmt: skip
    hour = forms.TimeField(
        label=_("Before what time?"), required=False, initial=rules.ANSWERED_BEFORE,
        widget=forms.TimeInput(attrs={"type": "time", "class": "short"}, format="%H:%M"),
        error_messages={"invalid": _("We cannot read this hour. Write it like 16:00.")},
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        span = {"min": today.isoformat(), "max": (today + FARTHEST).isoformat()}
        self.fields["day"].widget.attrs |= span

    def clean_day(self) -> date:
        """A promise that lies many years ahead is a slip of the finger."""
        day: date = self.cleaned_data["day"]
        if day > timezone.localdate() + FARTHEST:
            raise forms.ValidationError(self.fields["day"].error_messages["far"], "far")
        return day

    def moment(self, zone: str) -> datetime:
        """Day and hour in the village."""
        hour: time = self.cleaned_data["hour"] or rules.ANSWERED_BEFORE
        return datetime.combine(self.cleaned_data["day"], hour, ZoneInfo(zone))


class PromiseForm(DayForm):
    """Something that will be done: what, for whom, before when."""

    field_order = ("what", "to_whom", "day", "hour")
    what = Asked(
        label=_("What do you promise?"), longest=300,
        error_messages={"required": _("What will you do? A few words are enough.")},
    )  # fmt: skip
    to_whom = forms.ChoiceField(
        label=_("To whom?"), choices=[("asker", _("to the one who told us")), ("family", _("to the family or somebody else"))],
        widget=OneOf(attrs={"class": "side"}), initial="asker",
    )  # fmt: skip


class FamilyPromiseForm(DayForm):
    """Something somebody of the circle will do for the family."""

    field_order = ("what", "to_whom", "day", "hour")
    what = Asked(
        label=_("What do you promise?"),
        longest=300,
        error_messages={"required": _("What will you do? A few words are enough.")},
    )
    to_whom = Asked(label=_("To whom?"), longest=120, required=False)


class OtherDayForm(DayForm):
    """Another day for a promise, and why."""

    field_order = ("day", "hour", "reason")
    reason = Asked(label=_("Why?"), longest=300, required=False)
