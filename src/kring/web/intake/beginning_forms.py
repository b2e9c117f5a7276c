"""The family's yes, written down: who belongs to it, who said yes and how, and what is wanted."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.forms.boundfield import BoundField
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kring.intake import rules
from kring.trust.models import ContactCard
from kring.trust.usecases.families import FamilysYes, NewChild, NewGuardian
from kring.web.intake.forms import Asked

CHILDREN, GUARDIANS = 4, 2
LANGUAGES = [
    ("", _("not known yet")),
    *settings.LANGUAGES,
    ("tr", "Türkçe"),
    ("uk", "Українська"),
    ("pl", "Polski"),
    ("ps", "پښتو"),
    ("so", "Soomaali"),
    ("ti", "ትግርኛ"),
]


class BeginForm(forms.Form):
    """Everything needed to open a family's circle on its yes."""

    name = Asked(
        label=_("What does the family call itself?"),
        longest=120,
        error_messages={"required": _("Give the family a name, such as “family Maes”.")},
    )
    wanted = Asked(
        label=_("What is wanted?"), longest=rules.LONGEST_SEEN, lines=3, hints=False,
        help_text=_("In the family's words. They read this. Nothing of who told us."),
        error_messages={"required": _("Write what the family wants, in their words.")},
    )  # fmt: skip
    said_by = Asked(
        label=_("Who said yes?"), longest=120, error_messages={"required": _("Who of the family said yes?")}
    )
    how = Asked(
        label=_("How did they say it?"),
        help_text=_("For example: at home, read out in Arabic."),
        longest=200,
        error_messages={"required": _("How did they say yes? At home, on the telephone, on paper?")},
    )
    language = forms.ChoiceField(label=_("In which language?"), choices=LANGUAGES, required=False)
    interpreter = Asked(label=_("Who interpreted?"), longest=120, required=False)
    agreed = forms.BooleanField(
        label=_("The family agrees that this goes into its circle."),
        error_messages={"required": _("A circle opens only with the family's yes.")},
    )  # fmt: skip

    def __init__(self, *args: Any, promises: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for place in range(1, CHILDREN + 1):
            self._add_child(place)
        for place in range(1, GUARDIANS + 1):
            self._add_guardian(place)
        self.fields["promises"] = forms.MultipleChoiceField(
            label=_("Which promises go along?"), choices=promises, required=False, widget=forms.CheckboxSelectMultiple,
            help_text=_("The family reads them as they are written."), initial=[key for key, _words in promises],
        )  # fmt: skip

    def _add_child(self, place: int) -> None:
        self.fields[f"child_{place}"] = Asked(
            label=_("First name of the child"), longest=80, required=place == 1,
            error_messages={"required": _("Write the first name of a child.")},
        )  # fmt: skip
        self.fields[f"born_{place}"] = forms.DateField(
            label=_("Born on"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            error_messages={"invalid": _("We cannot read this day. Which day do you mean?")},
        )  # fmt: skip

    def _add_guardian(self, place: int) -> None:
        self.fields[f"guardian_{place}"] = Asked(
            label=_("First name of the parent or guardian"), longest=80, required=place == 1,
            error_messages={"required": _("Write the first name of a parent or guardian.")},
        )  # fmt: skip
        self.fields[f"relation_{place}"] = Asked(
            label=_("Who is this for the child?"),
            help_text=_("Mother, father, grandmother…"),
            longest=60,
            required=False,
        )
        self.fields[f"phone_{place}"] = Asked(label=_("Telephone"), longest=40, required=False)
        self.fields[f"channel_{place}"] = forms.ChoiceField(
            label=_("Best way to reach them"), choices=ContactCard.Channel.choices
        )
        self.fields[f"channel_{place}"].required = False
        self.fields[f"listens_{place}"] = forms.BooleanField(
            label=_("Likes to hear it rather than read it"), required=False
        )
        self.fields[f"authority_{place}"] = forms.BooleanField(
            label=_("Decides about the children"), required=False, initial=place == 1
        )

    def clean(self) -> dict[str, Any]:
        """A child is born in the past; everybody with a date has a name."""
        cleaned = super().clean() or self.cleaned_data
        for place in range(1, CHILDREN + 1):
            born = cleaned.get(f"born_{place}")
            if born and born > timezone.localdate():
                self.add_error(f"born_{place}", _("This day is still to come. Which day do you mean?"))
            if born and not cleaned.get(f"child_{place}") and f"child_{place}" not in self.errors:
                self.add_error(f"child_{place}", _("Write the first name of this child."))
        places = range(1, GUARDIANS + 1)
        if not any(
            cleaned.get(f"guardian_{place}") and cleaned.get(f"authority_{place}") for place in places
        ):
            self.add_error(
                "authority_1",
                _("Who decides about the children? Without that person nobody can say yes to a plan."),
            )
        return cleaned

    def _group(self, place: int, *names: str) -> list[BoundField]:
        return [self[f"{name}_{place}"] for name in names]

    def children_fields(self) -> list[list[BoundField]]:
        """The questions about each child."""
        return [self._group(place, "child", "born") for place in range(1, CHILDREN + 1)]

    def guardian_fields(self) -> list[list[BoundField]]:
        """The questions about each guardian."""
        names = ("guardian", "relation", "phone", "channel", "listens", "authority")
        return [self._group(place, *names) for place in range(1, GUARDIANS + 1)]

    def children(self) -> list[NewChild]:
        """The children that were named."""
        told = self.cleaned_data
        return [
            NewChild(told[f"child_{place}"], born=told[f"born_{place}"])
            for place in range(1, CHILDREN + 1)
            if told[f"child_{place}"]
        ]

    def guardians(self) -> list[NewGuardian]:
        """The guardians that were named."""
        told = self.cleaned_data
        return [
            NewGuardian(
                told[f"guardian_{place}"], relation=told[f"relation_{place}"], authority=told[f"authority_{place}"],
                language=told["language"], phone=told[f"phone_{place}"], channel=told[f"channel_{place}"] or "call",
                listens=told[f"listens_{place}"],
            )
            for place in range(1, GUARDIANS + 1)
            if told[f"guardian_{place}"]
        ]  # fmt: skip

    def yes(self) -> FamilysYes:
        """Who said yes, and how."""
        told = self.cleaned_data
        return FamilysYes(told["said_by"], told["how"], told["language"], told["interpreter"])
