"""What people fill in about offers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from kring.network import rules
from kring.network.hsds import values
from kring.network.hsds.shapes import IN_THE_BACKGROUND
from kring.network.models import Offer
from kring.network.usecases.offers import OfferWords, Spot
from kring.network.words import Theme, domains, language_name

NOT_THERE = {"invalid_choice": _("We do not know this choice. Please take one from the list.")}
USUAL_LANGUAGES = ("nl", "fr", "en", "ar", "tr", "uk", "pl", "es", "de", "ps", "so", "ti", "ro", "bg", "ur")


class OfferSearch(forms.Form):
    """Looking for an offer; every field may stay empty."""

    q = forms.CharField(
        label=_("What are you looking for?"), required=False, max_length=rules.LONGEST_QUESTION
    )
    age = forms.IntegerField(
        label=_("Age"),
        required=False,
        validators=[MinValueValidator(0), MaxValueValidator(rules.OLDEST)],
        error_messages={"invalid": _("Please write the age as a number, like 9.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    domain = forms.ChoiceField(label=_("Part of life"), required=False, error_messages=NOT_THERE)
    theme = forms.ChoiceField(label=_("Theme"), required=False, error_messages=NOT_THERE)
    place = forms.ChoiceField(label=_("Place"), required=False, error_messages=NOT_THERE)
    language = forms.ChoiceField(label=_("Language"), required=False, error_messages=NOT_THERE)
    free = forms.BooleanField(label=_("free of charge"), required=False)
    organisation = forms.UUIDField(label=_("organisation"), required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, places: list[str], languages: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        spoken = sorted(
            ((code, language_name(code)) for code in languages), key=lambda one: rules.fold(one[1])
        )
        nearby = sorted(((name, name) for name in places), key=lambda one: rules.fold(one[0]))
        self._choices("domain", [("", _("all")), *domains()])
        self._choices("theme", [("", _("all")), *Theme.choices])
        self._choices("place", [("", _("all")), *nearby])
        self._choices("language", [("", _("all")), *spoken])

    def _choices(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        field.choices = choices

    def wishes(self) -> dict[str, Any]:
        """What was asked for and understood; a field with a mistake narrows nothing."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value not in (None, "", False)}


class TelephoneField(forms.CharField):
    """A telephone number as people write it."""

    def clean(self, value: Any) -> str:
        """The number, or a sentence why it is none."""
        try:
            return values.telephone(super().clean(value))
        except values.Unreadable:
            raise forms.ValidationError(_("This is not a telephone number. Like 015 29 83 18.")) from None


class WebField(forms.CharField):
    """A web address; `www.` is enough."""

    def clean(self, value: Any) -> str:
        """The address, or a sentence why it is none."""
        try:
            return values.web_address(super().clean(value))
        except values.Unreadable:
            raise forms.ValidationError(_("This is not a web address. Like www.example.org.")) from None


class Chips(forms.CheckboxSelectMultiple):
    """Several choices in little room."""

    template_name = "network/chip_choice.html"


def _ages(label: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        required=False,
        validators=[MinValueValidator(0), MaxValueValidator(rules.OLDEST)],
        error_messages={"invalid": _("Please write the age as a number, like 9.")},
        widget=forms.TextInput(attrs={"class": "short", "inputmode": "numeric", "autocomplete": "off"}),
    )


def _text(label: Any, hint: Any = "") -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, help_text=hint, required=False, max_length=2_000, widget=area)


class OfferForm(forms.Form):
    """An offer, as its organisation writes it down."""

    key = forms.UUIDField(required=False, widget=forms.HiddenInput)
    name = forms.CharField(label=_("What is it called?"), max_length=250)
    words = _text(_("What happens there?"), _("Say first what it is, in one short sentence."))
    domains = forms.MultipleChoiceField(
        label=_("Which parts of life does it help with?"),
        choices=domains,
        required=False,
        widget=Chips,
    )
    themes = forms.MultipleChoiceField(
        label=_("What is it about?"),
        choices=Theme,
        required=False,
        widget=Chips,
    )
    youngest = _ages(_("From which age?"))
    oldest = _ages(_("Up to which age?"))
    languages = forms.MultipleChoiceField(
        label=_("Which languages are spoken there?"),
        required=False,
        widget=Chips,
    )
    contact_name = forms.CharField(label=_("Whom can one call?"), max_length=120, required=False)
    contact_phone = TelephoneField(label=_("On which number?"), max_length=40, required=False)
    contact_email = forms.EmailField(label=_("E-mail address"), required=False)
    how_to_get_in = _text(_("How does one get in?"), _("Like: come by, call first, through the school."))
    schedule = forms.CharField(label=_("When is it?"), max_length=500, required=False)
    cost = _text(_("What does it cost?"))
    free = forms.BooleanField(label=_("It is free of charge."), required=False)
    conditions = _text(_("Is it for certain people only?"))
    place_name = forms.CharField(label=_("Name of the place"), max_length=250, required=False)
    street = forms.CharField(label=_("Street and number"), max_length=250, required=False)
    postcode = forms.CharField(label=_("Postcode"), max_length=20, required=False)
    town = forms.CharField(label=_("Town"), max_length=120, required=False)
    neighbourhood = forms.CharField(label=_("Neighbourhood"), max_length=120, required=False)
    website = WebField(label=_("Website"), max_length=500, required=False)
    status = forms.ChoiceField(label=_("Can one come now?"), choices=Offer.Status, widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = dict.fromkeys((*USUAL_LANGUAGES, *self.initial.get("languages", ())))
        field = self.fields["languages"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101
        field.choices = [(code, language_name(code)) for code in known]

    def clean(self) -> dict[str, Any]:
        """The youngest is not older than the oldest."""
        told = super().clean() or self.cleaned_data
        youngest, oldest = told.get("youngest"), told.get("oldest")
        if youngest is not None and oldest is not None and youngest > oldest:
            self.add_error("oldest", _("The oldest age is below the youngest. Which one is right?"))
        return told

    def offer_words(self, before: Offer | None = None) -> OfferWords:
        """What was filled in, beside what this page does not ask."""
        told = self.cleaned_data
        asked = (
            "name",
            "words",
            "status",
            "youngest",
            "oldest",
            "cost",
            "schedule",
            "how_to_get_in",
            "conditions",
        )
        lists = {name: tuple(told[name]) for name in ("domains", "themes", "languages")}
        return OfferWords(
            **{
                name: told[name]
                for name in (*asked, "website", "contact_name", "contact_phone", "contact_email")
            },
            **lists,
            free=True if told["free"] else (False if before is not None and before.free is False else None),
            waiting=before.waiting if before else "",
            contact_role=before.contact_role if before else "",
            areas=tuple(before.areas) if before else (),
        )

    def spots(self) -> tuple[Spot, ...]:
        """Where it takes place."""
        told = self.cleaned_data
        parts = {name: told[name] for name in ("street", "postcode", "town", "neighbourhood")}
        spot = Spot(name=told["place_name"], **parts)
        return (spot,) if spot else ()


class ListForm(forms.Form):
    """A list of another directory."""

    file = forms.FileField(
        label=_("Which file?"),
        help_text=_("HSDS 3.0: a JSON file, or the tables in a zip. At most 120 MB."),
        widget=forms.FileInput(attrs={"accept": ".json,.zip,.csv"}),
        allow_empty_file=True,
        max_length=200,
    )
    source = forms.CharField(
        label=_("Where does the list come from?"),
        help_text=_("Use the same name each time, so that we see what is gone."),
        max_length=80,
        required=False,
    )

    def clean_file(self) -> Any:
        """A file that is too large is refused before it is read."""
        file = self.cleaned_data["file"]
        if file.size > IN_THE_BACKGROUND.bytes:
            raise forms.ValidationError(_("This file is larger than 120 MB. Please split it."))
        return file
