"""What people fill in about danger: whom they mean, why, until when the family is told later, whether it was right."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from kring.trust.models import Danger
from kring.trust.rules import LONGEST_POSTPONED, day_begins
from kring.trust.usecases.dangers import SHORTEST_REASON, Why
from kring.web.design.forms import OneOf
from kring.web.handover.forms import DayToCome
from kring.web.wraparound.fields import CHOOSE, Words

LONG = 2000
WITHIN = _("Choose a day from tomorrow on, within four weeks.")
SHORT = _("Please write a little more: this is read again by others.")


#: Hidden, and remembered with the words beside it: without it they belong to nothing.
COMES_BACK = {"data-comes-back": True}


class Written(Words):
    """Some words that others will read again: not two letters."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(LONG, lines=3, hints=False, **kwargs)

    def validate(self, value: Any) -> None:
        """Long enough to be understood."""
        super().validate(value)
        if len(value) < SHORTEST_REASON:
            raise forms.ValidationError(SHORT, "short")


class Did(forms.Form):
    """What whoever opened it did then."""

    did = Written(
        label=_("What did you do?"),
        help_text=_(
            "The family reads this too, and who looks at it. Write no name of a child, and not who told you."
        ),
    )


class Find(forms.Form):
    """Which child?"""

    child = Words(80, label=_("First name of the child"))
    known = Words(
        120, label=_("One thing more that you know"),
        help_text=_("The day of birth (like 2015-03-31), the surname, or the name of a parent."),
    )  # fmt: skip


class Open(forms.Form):
    """Why now, and who was tried first."""

    made = forms.UUIDField(widget=forms.HiddenInput)
    child = Words(80, widget=forms.HiddenInput(COMES_BACK))
    known = Words(120, widget=forms.HiddenInput(COMES_BACK))
    tried = Written(
        label=_("I could not reach them. What did you try?"),
        help_text=_("Whom did you call, when, how often? They act first: they know the child."),
    )
    ground = forms.ChoiceField(
        label=_("What is happening?"), choices=Danger.Ground.choices, widget=OneOf(), error_messages=CHOOSE
    )
    reason = Written(
        label=_("Why do you need to read it now?"),
        help_text=_(
            "The family reads this later, and a colleague of another organisation. Write no name of a child."
        ),
    )

    @property
    def why(self) -> Why:
        """As the use case takes it."""
        said = self.cleaned_data
        return Why(said["ground"], said["reason"], said["tried"])

    @property
    def id(self) -> UUID:
        """Under which number it is opened; sent twice, it is the same."""
        made: UUID = self.cleaned_data["made"]
        return made


def beginning(find: Find) -> dict[str, Any]:
    """What the second form knows already."""
    return {"made": uuid4(), "child": find.cleaned_data["child"], "known": find.cleaned_data["known"]}


def typed(sent: Mapping[str, str]) -> dict[str, Any]:
    """What stood in the second form before whoever typed it went away and came back."""
    return {name: sent[name][:LONG] for name in ("tried", "ground", "reason") if sent.get(name)}


class Later(forms.Form):
    """Until when the family is told later, and why."""

    until = DayToCome(
        label=_("Tell the family on"),
        help_text=_("Four weeks from now at most. On that day it is told by itself."),
    )
    also_young = forms.BooleanField(
        label=_("Tell the young person later too"), required=False,
        help_text=_("Only when it would be seen at home, and that is not safe."),
    )  # fmt: skip
    reason = Written(label=_("Why is it safer to tell it later?"))

    def __init__(self, *args: Any, today: date, zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone
        self.fields["until"].bound_to(today)  # type: ignore[attr-defined]
        last = today + LONGEST_POSTPONED
        self.fields["until"].last = last  # type: ignore[attr-defined]
        self.fields["until"].too_far = WITHIN  # type: ignore[attr-defined]
        self.fields["until"].widget.attrs["max"] = last.isoformat()

    @property
    def moment(self) -> datetime:
        """Eight in the morning of that day begins at midnight for the database: the day's first moment."""
        return day_begins(self.cleaned_data["until"], self.zone)


class Review(forms.Form):
    """Was it right to open?"""

    was_right = forms.ChoiceField(
        label=_("Was it right to open?"), widget=OneOf(), error_messages=CHOOSE,
        choices=(("yes", _("Yes, this was right.")), ("no", _("No, this was not right."))),
    )  # fmt: skip
    words = Written(
        label=_("Why do you think so?"),
        help_text=_("The family reads this, and your colleague. Write no name of a child."),
    )
