"""What people fill in about a meeting."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from kring.web.design.forms import OneOf, SomeOf
from kring.web.meetings.wheres import Where
from kring.web.wraparound.forms import CHOOSE, Day, Words, languages
from kring.wraparound import rules
from kring.wraparound.models import RoundWord
from kring.wraparound.usecases.deciding import Decided
from kring.wraparound.usecases.meetings import Call

HOUR = time(16, 0)
PAST = _("This moment is past. Which day do you mean?")
FAR = _("This day is too far away. Choose one within two years.")
SOON = {"week": 7, "two weeks": 14, "month": 28}
OTHER, ALL = "other", "all"


class WhenForm(forms.Form):
    """A day and an hour on which people come together."""

    day = Day(label=_("On which day?"), error_messages={
        "required": _("Which day do you mean?"), "invalid": _("We cannot read this day. Which day do you mean?")})  # fmt: skip
    hour = forms.TimeField(
        label=_("At what time?"), initial=HOUR,
        widget=forms.TimeInput(attrs={"type": "time", "class": "short"}, format="%H:%M"),
        error_messages={
            "required": _("At what time do you come together?"),
            "invalid": _("We cannot read this hour. Write it like 16:00."),
        },
    )  # fmt: skip

    def __init__(self, *args: Any, today: date, zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = ZoneInfo(zone)
        self.last = today + rules.MEETING_FARTHEST
        self.fields["day"].widget.attrs |= {"min": today.isoformat(), "max": self.last.isoformat()}

    def clean_day(self) -> date:
        """A day many years away is a slip of the finger."""
        day: date = self.cleaned_data["day"]
        if day >= self.last:
            raise forms.ValidationError(FAR, "far")
        return day

    @property
    def moment(self) -> datetime:
        """Day and hour in the village."""
        return datetime.combine(self.cleaned_data["day"], self.cleaned_data["hour"], self.zone)


class CallForm(WhenForm):
    """A meeting is called: when, where, and who is asked; all else may stay empty."""

    place = Words(200, label=_("Where?"), help_text=_("A place that feels good for the family. At home is fine too."),
                  missing=_("Where do you come together?"))  # fmt: skip
    asked = forms.MultipleChoiceField(
        label=_("Who is asked?"),
        widget=SomeOf(attrs={"class": "side"}),
        error_messages=CHOOSE | {"required": _("Ask at least one person.")},
    )
    purpose = Words(rules.STEP, label=_("What is it for?"), required=False)
    guests = Words(rules.NAME, label=_("Somebody who is not in the circle"), required=False,
                   help_text=_("Only a name. They see nothing in Kring. More names: with a comma."))  # fmt: skip
    interpreter = forms.ChoiceField(
        label=_("Is an interpreter needed?"), required=False, error_messages=CHOOSE
    )
    circle = forms.ChoiceField(
        label=_("Who may know this meeting?"), required=False, error_messages=CHOOSE, widget=OneOf()
    )

    def __init__(self, *args: Any, people: list[Any], wheres: list[Where], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.wheres = {one.key: one for one in wheres}
        self._choices("asked", people)
        self._choices("interpreter", [("", _("no")), *languages()])
        self._choices("circle", [(one.key, one.words) for one in wheres])
        self.fields["circle"].widget.hints = {one.key: one.sentence for one in wheres}
        if len(wheres) < 2:
            del self.fields["circle"]

    @property
    def where(self) -> Where:
        """In which circle, and about which child, as somebody chose; else the family circle and all."""
        first = next(iter(self.wheres.values()))
        return self.wheres.get(self.cleaned_data.get("circle", ""), first)

    def _choices(self, name: str, choices: list[Any]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def call(self, language: str) -> Call:
        """As the use case takes it."""
        told = self.cleaned_data
        return Call(
            begins_at=self.moment, place=told["place"], purpose=told["purpose"], language=language,
            interpreter=told["interpreter"], about=self.where.child, asked=frozenset(UUID(one) for one in told["asked"]),
            guests=tuple(told["guests"].replace("،", ",").split(",")),
        )  # fmt: skip


class MoveForm(WhenForm):
    """Another day, and why."""

    because = Words(rules.STEP, label=_("Why another day?"), lines=2, help_text=_("Everybody who is asked reads this."),
                    missing=_("Say in a few words why. Then nobody wonders."))  # fmt: skip


class CancelForm(forms.Form):
    """It does not take place, and why."""

    because = Words(rules.STEP, label=_("Why does it not take place?"), lines=2,
                    help_text=_("Everybody who is asked reads this."),
                    missing=_("Say in a few words why. Then nobody wonders."))  # fmt: skip


class PointForm(forms.Form):
    """Something for the agenda; the button says what it is."""

    words = Words(
        rules.STEP, hints=True, label=_("What do you want to bring?"), help_text=_("A few words are enough.")
    )


class RoundForm(forms.Form):
    """How somebody comes in or goes out."""

    feeling = forms.ChoiceField(
        label=_("A face"), required=False, choices=RoundWord.Feeling.choices, error_messages=CHOOSE,
        widget=OneOf(pictograms={value: value for value in RoundWord.Feeling.values}),
    )  # fmt: skip
    words = Words(rules.STEP, label=_("Or your own words"), required=False)
    whose = forms.ChoiceField(
        label=_("Whose word is it?"), required=False, error_messages=CHOOSE,
        help_text=_("For somebody who says it aloud."),
    )  # fmt: skip

    def __init__(self, *args: Any, people: list[Any] = (), **kwargs: Any) -> None:  # type: ignore[assignment]
        super().__init__(*args, **kwargs)
        self.fields["whose"].choices = [("", _("my own")), *people]  # type: ignore[attr-defined]
        if not people:
            del self.fields["whose"]


class ThereForm(forms.Form):
    """Who sits at the table."""

    there = forms.MultipleChoiceField(
        label=_("Who is here?"), widget=SomeOf(attrs={"class": "side"}),
        error_messages=CHOOSE | {"required": _("Tick who is here.")},
    )  # fmt: skip

    def __init__(self, *args: Any, people: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["there"].choices = people  # type: ignore[attr-defined]


class DecideForm(forms.Form):
    """What was decided, who does it, before when."""

    words = Words(rules.STEP, hints=True, label=_("What do we decide?"),
                  help_text=_("Small is good. For example: Lotte calls the dance school."))  # fmt: skip
    who = forms.ChoiceField(
        label=_("Who does it?"), widget=OneOf(attrs={"class": "side"}), error_messages=CHOOSE
    )
    when = forms.ChoiceField(
        label=_("Before when?"), widget=OneOf(attrs={"class": "side"}), initial="two weeks", error_messages=CHOOSE,
        choices=[("week", _("in one week")), ("two weeks", _("in two weeks")), ("month", _("in four weeks")),
                 (OTHER, _("on another day"))],
    )  # fmt: skip
    day = Day(label=_("Another day"), required=False)
    goal = forms.ChoiceField(label=_("Is it a step of the plan?"), required=False, error_messages=CHOOSE)

    def __init__(self, *args: Any, people: list[Any], goals: list[Any], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today, self.goals = today, {str(goal.pk): goal for goal in goals}
        self._choices("who", [(ALL, _("all of us")), *people])
        self._choices(
            "goal", [("", _("no, a promise")), *((key, goal.aim) for key, goal in self.goals.items())]
        )
        if not goals:
            del self.fields["goal"]

    def _choices(self, name: str, choices: list[Any]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Another day is named, and is still to come; a step has somebody who does it."""
        told = super().clean() or {}
        if told.get("when") == OTHER and "day" not in self.errors:
            if told.get("day") is None:
                self.add_error("day", _("Which day do you mean?"))
            elif told["day"] < self.today:
                self.add_error("day", PAST)
            elif told["day"] > self.today + rules.MEETING_FARTHEST:
                self.add_error("day", FAR)
        if told.get("goal") and told.get("who") == ALL:
            self.add_error("who", _("Who does it? Choose somebody."))
        return told

    def decided(self, language: str) -> Decided:
        """As the use case takes it."""
        told = self.cleaned_data
        soon = SOON.get(told["when"])
        return Decided(
            words=told["words"], who=None if told["who"] == ALL else UUID(told["who"]), language=language,
            by_when=self.today + timedelta(days=soon) if soon else told["day"],
            goal=self.goals.get(told.get("goal", "")),
        )  # fmt: skip


class MinutesForm(forms.Form):
    """A few words for who was not there."""

    words = Words(rules.ANSWER, lines=5, label=_("What do we want to remember?"),
                  help_text=_("Short is good: it is read in a minute. Write as if everybody reads along."))  # fmt: skip
