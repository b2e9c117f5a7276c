"""What a family fills in about one help, and who helps with its papers."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from kring.intake import rules as promised
from kring.web.design.forms import OneOf
from kring.web.wraparound.fields import CHOOSE, Day, Words
from kring.web.wraparound.forms import WithLanguage
from kring.wraparound.models.paths import Season
from kring.wraparound.rough_time import EndsBeforeItBegan, RoughTime, must_follow, years_back
from kring.wraparound.usecases import paths
from kring.wraparound.usecases.paths import Told

NOW, ALL, NEAR = "now", "all", "near"


class HelpForm(WithLanguage):
    """One help on the path: what, roughly when, from whom, what helped and what did not."""

    what = Words(paths.WHAT, label=_("What help was it?"), missing=_("What was it? A few words are enough."),
                 help_text=_("For example: speech lessons, a coach at home, help in class."))  # fmt: skip
    since_year = forms.TypedChoiceField(
        label=_("When did it begin?"), coerce=int,
        error_messages=CHOOSE | {"required": _("About when did it begin? A guess is fine.")},
        help_text=_("About is fine."),
    )  # fmt: skip
    since_season = forms.ChoiceField(label=_("In which season?"), required=False, error_messages=CHOOSE)
    until_year = forms.ChoiceField(label=_("When did it end?"), required=False, error_messages=CHOOSE)
    until_season = forms.ChoiceField(
        label=_("In which season did it end?"), required=False, error_messages=CHOOSE
    )
    who = Words(paths.WHO, required=False, label=_("Who helped?"),
                widget=forms.TextInput(attrs={"list": "houses", "autocomplete": "off"}),
                help_text=_("A name, or an organisation of the village."))  # fmt: skip
    helped = Words(paths.HOW, lines=2, required=False, label=_("What helped?"))
    did_not = Words(paths.HOW, lines=2, required=False, label=_("What did not help?"))
    child = forms.ChoiceField(label=_("For whom was it?"), widget=OneOf(attrs={"class": "side"}), initial=ALL,
                              error_messages=CHOOSE)  # fmt: skip
    near = forms.ChoiceField(
        label=_("Who may know this?"), initial=ALL, widget=OneOf, error_messages=CHOOSE,
        choices=[(ALL, _("everybody in our circle")), (NEAR, _("only the family and the coordinator"))],
    )  # fmt: skip

    def __init__(
        self,
        *args: Any,
        today: date,
        children: dict[Any, str] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.this_year = today.year
        years = [(str(year), str(year)) for year in years_back(today.year)]
        seasons = [("", _("some time in the year")), *Season.choices]
        self._choices("since_year", [("", _("Choose a year")), *years])
        self._choices("until_year", [("", _("I do not remember")), (NOW, _("it still goes on")), *years])
        self._choices("since_season", seasons)
        self._choices("until_season", seasons)
        if children is None:
            del self.fields["near"]
        if children is None or len(children) < 2:
            del self.fields["child"]
        else:
            self._choices(
                "child", [(ALL, _("for all of us")), *((str(key), name) for key, name in children.items())]
            )

    def _choices(self, name: str, choices: list[Any]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """It ended after it began."""
        told = super().clean() or {}
        if told.get("since_year") and "until_year" in told:
            try:
                must_follow(self._since(told), self._until(told), self.this_year)
            except EndsBeforeItBegan:
                self.add_error("until_year", _("This is before it began. When did it end?"))
        return told

    def _since(self, told: dict[str, Any]) -> RoughTime:
        return RoughTime(told["since_year"], told.get("since_season", ""))

    def _until(self, told: dict[str, Any]) -> RoughTime | None:
        year = told.get("until_year", "")
        return RoughTime(int(year), told.get("until_season", "")) if year not in ("", NOW) else None

    def told(self) -> Told:
        """The help as the use case takes it."""
        told = self.cleaned_data
        return Told(
            told["what"], self._since(told), self._until(told), told["until_year"] == NOW, told["who"],
            told["helped"], told["did_not"], told["language"],
        )  # fmt: skip


def given(told: Told) -> dict[str, Any]:
    """What stands in the form when a help is told anew."""
    return {
        "what": told.what, "since_year": told.since.year, "since_season": told.since.season,
        "until_year": NOW if told.goes_on else str(told.until.year) if told.until else "",
        "until_season": told.until.season if told.until else "", "who": told.who, "helped": told.helped,
        "did_not": told.did_not, "language": told.language,
    }  # fmt: skip


class PapersForm(forms.Form):
    """Help with the papers of one help: what, who, before which day."""

    paper = forms.ChoiceField(
        label=_("What would help?"), widget=OneOf, error_messages=CHOOSE,
        choices=[
            ("report", _("ask for a report or other papers")), ("form", _("fill in a form together")),
            ("letters", _("read letters aloud together")),
        ],
    )  # fmt: skip
    who = forms.ChoiceField(label=_("Who does it with you?"), widget=OneOf, error_messages=CHOOSE)
    day = Day(label=_("Before which day?"))

    def __init__(self, *args: Any, able: list[tuple[str, str]], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["who"].choices = able  # type: ignore[attr-defined]
        self.today = today
        self.fields["day"].widget.attrs |= {"min": (today + timedelta(days=1)).isoformat()}

    def clean_day(self) -> date:
        """A day that is still to come, and not years away."""
        day: date = self.cleaned_data["day"]
        if not 0 < (day - self.today).days <= 730:
            raise forms.ValidationError(_("This day is past or too far away. Which day do you mean?"), "far")
        return day

    def moment(self, zone: str) -> datetime:
        """The end of that day's working hours in the village."""
        return datetime.combine(self.cleaned_data["day"], promised.ANSWERED_BEFORE, ZoneInfo(zone))
