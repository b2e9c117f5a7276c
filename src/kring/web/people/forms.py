"""What people of the village fill in: a search, and the card about themselves."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kring.network import colleagues
from kring.network.colleagues import CardWords, Colleague, Trained
from kring.network.rules import LONGEST_QUESTION, fold
from kring.network.words import DAYS, language_name
from kring.web.circle.forms import PHONE, Words
from kring.web.network.forms import USUAL_LANGUAGES, Chips

LANGUAGES = (*USUAL_LANGUAGES, "fa", "ku", "sq", "it", "pt", "ru", "am", "hi", "vi", "zgh")
#: Rows that stand ready for what one was trained in, beside those that are filled.
SPARE = 2


def _by_name(codes: Iterable[str]) -> list[tuple[str, str]]:
    named = [(code, language_name(code)) for code in dict.fromkeys(codes)]
    return sorted(named, key=lambda one: fold(one[1]))


class PeopleSearch(forms.Form):
    """Looking for somebody who can help; every field may stay empty."""

    q = forms.CharField(
        label=_("Whom are you looking for?"), required=False, max_length=LONGEST_QUESTION,
        help_text=_("A name, a language, a school, or what somebody knows about."),
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )  # fmt: skip
    language = forms.ChoiceField(label=_("Language"), required=False)
    organisation = forms.ChoiceField(label=_("Organisation"), required=False)
    place = forms.ChoiceField(label=_("Neighbourhood"), required=False)

    def __init__(self, *args: Any, everybody: list[Colleague], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        spoken = _by_name(code for one in everybody for code in one.languages)
        houses = sorted({name for one in everybody for name in one.organisations}, key=fold)
        places = sorted(
            {one.card.neighbourhood for one in everybody if one.card and one.card.neighbourhood}, key=fold
        )
        for name, choices in (("language", spoken), ("organisation", [(n, n) for n in houses]), ("place", [(n, n) for n in places])):  # fmt: skip
            self.fields[name].choices = [("", _("all")), *choices]  # type: ignore[attr-defined]
            if not choices:
                del self.fields[name]

    def wishes(self) -> dict[str, str]:
        """What was asked for and understood; a field with a mistake narrows nothing."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class CardForm(forms.Form):
    """One's own card, in one's own words."""

    words = forms.CharField(
        label=_("What can you do for a colleague?"), required=False, max_length=600,
        help_text=_("In your own words. For example: I know the way when a child does not dare to go to school."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip
    role = Words(label=_("What do you do, in plain words?"), required=False, max_length=120)
    languages = forms.MultipleChoiceField(
        label=_("Which languages do you speak?"), required=False, widget=Chips()
    )
    neighbourhood = Words(label=_("In which neighbourhood are you?"), required=False, max_length=120)
    phone = forms.CharField(
        label=_("On which number do colleagues call you?"), required=False, max_length=40, validators=[PHONE],
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )  # fmt: skip
    days = forms.MultipleChoiceField(
        label=_("On which days do you work?"), required=False, choices=list(DAYS.items()), widget=Chips()
    )
    reach = Words(
        label=_("When and how are you reached best?"), required=False, max_length=200,
        help_text=_("For example: call before nine, or write me a message during class."),
    )  # fmt: skip

    def __init__(self, *args: Any, trained: int = 0, speaks: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["languages"].choices = _by_name([*LANGUAGES, *speaks])  # type: ignore[attr-defined]
        self.rows = min(trained + SPARE, colleagues.MOST_TRAINED)
        for row in range(self.rows):
            self.fields[f"what_{row}"] = Words(
                label=_("In what were you trained?"), required=False, max_length=120
            )
            self.fields[f"month_{row}"] = forms.CharField(
                label=_("When? Month and year"), required=False, max_length=10,
                widget=forms.TextInput(attrs={"placeholder": "03/2025", "inputmode": "numeric", "class": "short"}),
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """A training has a name, and a month that is one."""
        told: dict[str, Any] = super().clean() or {}
        for row in range(self.rows):
            what, month = told.get(f"what_{row}", ""), told.get(f"month_{row}", "")
            try:
                colleagues.month_of(month)
            except colleagues.NotAMonth:
                self.add_error(
                    f"month_{row}", _("Write month and year, like 03/2025. The year alone is fine too.")
                )
            if month and not what:
                self.add_error(f"what_{row}", _("What was this training about?"))
        return told

    def card_words(self) -> CardWords:
        """What was written."""
        told = self.cleaned_data
        trained = [Trained(told[f"what_{row}"], told[f"month_{row}"]) for row in range(self.rows)]
        plain = {name: told[name] for name in ("words", "role", "neighbourhood", "phone", "reach")}
        return CardWords(
            **plain, languages=tuple(told["languages"]), days=tuple(told["days"]), trained=tuple(trained)
        )

    def plain(self) -> list[Any]:
        """The fields without the trainings."""
        return [field for field in self if not field.name.startswith(("what_", "month_"))]

    def trainings(self) -> list[tuple[Any, Any]]:
        """The rows for what one was trained in."""
        return [(self[f"what_{row}"], self[f"month_{row}"]) for row in range(self.rows)]
