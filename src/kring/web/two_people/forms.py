"""What people fill in when they ask for a second yes, or give it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from kring.intake.models import Sealed
from kring.trust import kept
from kring.trust.matters import LONGEST_WHY
from kring.trust.models import Matter, Village
from kring.trust.profiles import PROFILES
from kring.web.design.forms import OneOf, SomeOf
from kring.web.handover.forms import DayToCome
from kring.web.wraparound.fields import CHOOSE, Words

#: A child of the village, or somebody who grew up here.
OLDEST_BORN = timedelta(days=25 * 365)


def why(label: Any, **more: Any) -> Words:
    """A reason: whoever answers must understand it without asking around."""
    return Words(
        LONGEST_WHY, lines=4, label=label, hints=False, missing=_("Please write why, in a few words."), **more
    )


class Answer(forms.Form):
    """The second person says yes, or no with a reason."""

    why_not = why(
        _("If you say no: why?"), required=False, help_text=_("A no needs a reason, a yes does not.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["why_not"].or_else = True  # type: ignore[attr-defined]  # a no needs it

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


def may_read_shorter(country: str, now: int | None) -> bool:
    """Whether there is another age to choose: in a country where reading ends with own voice there is none."""
    profile = PROFILES[country]
    return now is not None or profile.own_voice < profile.guardian_reads_until


class AskReading(forms.Form):
    """Until which age a parent reads by themselves: sooner than in the country, never before own voice."""

    age = forms.ChoiceField(
        label=_("Until which age does a parent read by themselves?"), widget=OneOf(), error_messages=CHOOSE
    )
    why = why(_("Why?"))

    def __init__(self, *args: Any, country: str, now: int | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        profile = PROFILES[country]
        sooner = [(str(age), ngettext("%(count)s year", "%(count)s years", age) % {"count": age})
                  for age in range(profile.own_voice, profile.guardian_reads_until)]  # fmt: skip
        held = _("As in the country: until %(age)s years") % {"age": profile.guardian_reads_until}
        choices = [*sooner, ("country", held)]
        self.fields["age"].choices = [one for one in choices if one[0] != (str(now) if now else "country")]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> int | None:
        """The age, or nothing when the country's counts again."""
        said = self.cleaned_data["age"]
        return None if said == "country" else int(said)


class AskRestore(forms.Form):
    """Which backup takes the place of what is there."""

    backup = forms.CharField(
        label=_("Which backup?"), max_length=200, help_text=_("Its name, as kring backup printed it."),
        error_messages={"required": _("Which backup do you mean?")},
        validators=[RegexValidator(r"^kring-\d{8}T\d{6}Z\.backup$", _("A backup has a name like kring-20261122T013000Z.backup."))],
    )  # fmt: skip
    why = why(_("Why?"))


class AskKept(forms.Form):
    """Which copy that the law makes us keep is opened."""

    copy = forms.UUIDField(
        label=_("Which copy?"), help_text=_("Its number, as kring kept find printed it."),
        error_messages={"required": _("Which copy do you mean?"), "invalid": _("This is not the number of a copy.")},
    )  # fmt: skip
    why = why(_("Why, and for whom?"))

    def __init__(self, *args: Any, house: UUID, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.house = house

    def clean_copy(self) -> UUID:
        """Only a copy of this village; of another's nobody learns that it is there."""
        copy: UUID = self.cleaned_data["copy"]
        if kept.of_house(copy, self.house) is None:
            raise forms.ValidationError(_("There is no copy of this number here."))
        return copy


class JustWhy(forms.Form):
    """Everything else follows from where one asks it."""

    why = why(_("Why?"), help_text=_("Only the two of you read this."))


class HowYouKnow(forms.Form):
    """Somebody lost what they sign in with: whoever answers must believe it."""

    why = why(
        _("How do you know that it is they?"),
        help_text=_("For example: you stood beside them. Who answers rings them first."),
    )


class Born(forms.Form):
    """On which day a child was born."""

    born = forms.DateField(
        label=_("On which day?"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("On which day?"), "invalid": _("We cannot read this day. Which day do you mean?")},
    )  # fmt: skip
    why = why(_("Why?"), help_text=_("Only the two of you read this."))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_born(self) -> date:
        """The day of somebody who may be a child or was one lately."""
        born: date = self.cleaned_data["born"]
        if born > self.today:
            raise forms.ValidationError(_("This day is still to come. Which day do you mean?"))
        if born < self.today - OLDEST_BORN:
            raise forms.ValidationError(_("This is very long ago. Which day do you mean?"))
        return born


class SameAs(forms.Form):
    """As whom somebody stands here a second time."""

    other = forms.ChoiceField(label=_("As whom else?"), error_messages=CHOOSE)
    why = why(_("How do you know?"), help_text=_("Only the two of you read this. Ask the person first."))

    def __init__(self, *args: Any, people: list[tuple[str, list[tuple[str, str]]]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["other"].choices = [("", _("Choose")), *people]  # type: ignore[attr-defined]


GROUNDS = (
    (Matter.Kind.COURT_ORDER, _("a court order")),
    (Matter.Kind.CONFLICT, _("a conflict of interest")),
    (Matter.Kind.WITHHELD, _("in the interest of the child")),
)
HINTS = {
    Matter.Kind.COURT_ORDER.value: _("A judge said so. They do not see what they wrote themselves either."),
    Matter.Kind.CONFLICT.value: _("For example a teacher who is the former partner of the mother."),
    Matter.Kind.WITHHELD.value: _("Within six months two people look at it anew."),
}
#: What is withheld is looked at anew before so many days.
LONGEST_WITHHELD = timedelta(days=180)


class LeaveOutByTwo(forms.Form):
    """Who knows nothing of which child any more, on which ground, until when."""

    child = forms.ChoiceField(label=_("About which child?"), widget=OneOf(), error_messages=CHOOSE)
    whom = forms.ChoiceField(label=_("Who is left out?"), error_messages=CHOOSE)
    ground = forms.ChoiceField(
        label=_("On which ground?"), choices=GROUNDS, widget=OneOf(hints=HINTS), error_messages=CHOOSE
    )
    ends_on = DayToCome(
        label=_("Until which day?"), required=False,
        help_text=_("For a court order: the day it ends, if there is one."),
    )  # fmt: skip
    why = why(_("Why?"), help_text=_("Only the two of you read this."))
    name = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)

    def __init__(self, *args: Any, children: list[tuple[str, str]], targets: list[tuple[str, str]], today: date,
                 **kwargs: Any) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["child"].choices = children  # type: ignore[attr-defined]
        self.fields["whom"].choices = [("", _("Choose")), *targets]  # type: ignore[attr-defined]
        if len(children) == 1:
            self.fields["child"].initial = children[0][0]
        self.fields["ends_on"].bound_to(today)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Nobody is left out of what is about themselves; what is withheld has a day within six months."""
        told: dict[str, Any] = super().clean() or {}
        if told.get("whom") == f"person:{told.get('child')}":
            self.add_error("whom", _("Nobody is left out of what is about themselves."))
        ends = told.get("ends_on")
        if told.get("ground") == Matter.Kind.WITHHELD and "ends_on" not in self.errors and (
            ends is None or ends > self.today + LONGEST_WITHHELD
        ):  # fmt: skip
            self.add_error(
                "ends_on", _("Choose the day on which two people look at it anew, within six months.")
            )
        return told


class Seal(forms.Form):
    """What is sealed, and who reads it besides whoever seals it."""

    kind = forms.ChoiceField(
        label=_("What is it?"), widget=OneOf(), error_messages=CHOOSE,
        choices=[one for one in Sealed.Kind.choices if one[0] != Sealed.Kind.TELLER],
    )  # fmt: skip
    words = Words(
        2000, lines=5, label=_("The words"), missing=_("Please write a few words here."), hints=False
    )
    people = forms.MultipleChoiceField(label=_("Who reads it besides you?"), required=False, widget=SomeOf())

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].choices = people  # type: ignore[attr-defined]
        if not people:
            del self.fields["people"]

    def clean(self) -> dict[str, Any]:
        """Nobody else is named when nobody else is there."""
        return {"people": []} | (super().clean() or {})


class LetRead(forms.Form):
    """One more reader, and why."""

    job = forms.ChoiceField(label=_("Who may read it too?"), error_messages=CHOOSE)
    why = why(_("Why?"), help_text=_("Only the two of you read this."))
    name = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)

    def __init__(self, *args: Any, colleagues: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["job"].choices = [("", _("Choose")), *colleagues]  # type: ignore[attr-defined]
