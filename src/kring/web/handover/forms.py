"""What people fill in about a hand-over, a stand-in and a last day of work."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from kring.trust import rules as trust_rules
from kring.trust.models import HandOver
from kring.trust.usecases.handovers import Told
from kring.trust.usecases.standins import Stretch
from kring.web.design.forms import OneOf
from kring.web.wraparound.fields import CHOOSE, TO_COME, Day, Words
from kring.wraparound import rules
from kring.wraparound.usecases.passing_on import MUST_KNOW

PAST = _("This day is past. Which day do you mean?")
WHICH = {
    "required": _("Which day do you mean?"),
    "invalid": _("We cannot read this day. Which day do you mean?"),
}
FAR = _("This day is too far away. Choose one within a year.")
NO_HOUR = {"required": _("At what time?"), "invalid": _("We cannot read this hour. Write it like 16:00.")}


class DayToCome(Day):
    """Today or later, within a year; or by a nearer last day, which then has a sentence of its own."""

    too_far: Any = FAR

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(error_messages=WHICH, **kwargs)

    def bound_to(self, today: date) -> None:
        """The calendar of the device offers only what can be."""
        last = today + trust_rules.FARTHEST - timedelta(days=1)
        self.first, self.last = today, last
        self.widget.attrs |= {"min": today.isoformat(), "max": last.isoformat()}

    def validate(self, value: Any) -> None:
        """Neither past nor years away."""
        super().validate(value)
        if value is not None and value < self.first:
            raise forms.ValidationError(PAST, "past")
        if value is not None and value > self.last:
            raise forms.ValidationError(self.too_far, "far")


class Begin(forms.Form):
    """Who goes tells whom of the family was told, how and when; and the two days."""

    told_whom = forms.ChoiceField(
        label=_("Whom of the family did you tell?"), widget=OneOf(), error_messages=CHOOSE
    )
    told_how = forms.ChoiceField(
        label=_("How?"), choices=HandOver.ToldHow.choices, widget=OneOf(), error_messages=CHOOSE
    )
    told_on = Day(label=_("On which day?"))
    begins_on = DayToCome(label=_("From which day is the next one the coordinator?"))
    last_on = DayToCome(
        label=_("Which is the last day of the one who goes?"),
        help_text=_("For two weeks at most you are both there."),
    )

    def __init__(self, *args: Any, today: date, family: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        for name in ("begins_on", "last_on"):
            self.fields[name].bound_to(today)  # type: ignore[attr-defined]
        if family:
            self.fields["told_whom"].choices = family  # type: ignore[attr-defined]
            self.fields["told_on"].widget.attrs |= {"max": today.isoformat()}
        else:
            for name in ("told_whom", "told_how", "told_on"):
                del self.fields[name]

    def clean_told_on(self) -> date:
        """The family was told before anything is written down."""
        day: date = self.cleaned_data["told_on"]
        if day > self.today:
            raise forms.ValidationError(TO_COME, "to come")
        return day

    def clean(self) -> dict[str, Any]:
        """Who goes is still there when the next one begins."""
        told = super().clean() or {}
        begins, last = told.get("begins_on"), told.get("last_on")
        if begins and last and last < begins:
            self.add_error("last_on", _("The last day comes after the first day of the next one."))
        return told

    @property
    def told(self) -> Told | None:
        """That the family knows, as the use case takes it."""
        said = self.cleaned_data
        return (
            Told(UUID(said["told_whom"]), said["told_how"], said["told_on"]) if "told_whom" in said else None
        )


class Know(forms.Form):
    """One page for the next one."""

    text = Words(
        MUST_KNOW, lines=10, label=_("What must the next one know?"),
        help_text=_("What helps, what does not, what you would do first. The family reads along."),
    )  # fmt: skip


class Pass(forms.Form):
    """Who takes it over?"""

    to = forms.ChoiceField(label=_("Who could take it over?"), widget=OneOf(), error_messages=CHOOSE)

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = people  # type: ignore[attr-defined]


class End(forms.Form):
    """It ends with a word."""

    word = Words(rules.STEP, label=_("Why is it not needed any more?"),
                 help_text=_("Whoever waited for it reads this."))  # fmt: skip


class StandIn(forms.Form):
    """From when to when somebody stands in, for whom, and who of the family said yes."""

    for_whom = forms.ChoiceField(label=_("For whom?"), widget=OneOf(), error_messages=CHOOSE)
    begins_on = DayToCome(label=_("From which day?"))
    begins = forms.TimeField(label=_("From what time?"), error_messages=NO_HOUR,
                             widget=forms.TimeInput(attrs={"type": "time", "class": "short"}, format="%H:%M"))  # fmt: skip
    ends_on = DayToCome(label=_("Until which day?"))
    ends = forms.TimeField(label=_("Until what time?"), error_messages=NO_HOUR,
                           widget=forms.TimeInput(attrs={"type": "time", "class": "short"}, format="%H:%M"))  # fmt: skip
    word_of = forms.ChoiceField(label=_("Who of the family said yes?"), widget=OneOf(), error_messages=CHOOSE)

    def __init__(
        self,
        *args: Any,
        today: date,
        zone: str,
        whom: list[tuple[str, str]],
        family: list[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.zone = ZoneInfo(zone)
        for name in ("begins_on", "ends_on"):
            self.fields[name].bound_to(today)  # type: ignore[attr-defined]
        self.fields["for_whom"].choices = whom  # type: ignore[attr-defined]
        if family:
            self.fields["word_of"].choices = family  # type: ignore[attr-defined]
        else:
            del self.fields["word_of"]

    @property
    def stretch(self) -> Stretch:
        """The two moments in the village."""
        said = self.cleaned_data
        return Stretch(
            datetime.combine(said["begins_on"], said["begins"], self.zone),
            datetime.combine(said["ends_on"], said["ends"], self.zone),
        )


class LastDay(forms.Form):
    """On which day somebody's work ends."""

    last_on = DayToCome(label=_("Which is the last day?"))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["last_on"].bound_to(today)  # type: ignore[attr-defined]
