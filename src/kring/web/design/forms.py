"""One look for every Django form: label, hint, mistake, field. Set as FORM_RENDERER in the settings."""

from functools import cached_property
from pathlib import Path
from typing import Any

import django.forms.renderers
from django import forms
from django.forms.boundfield import BoundField

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
OF_DJANGO = Path(django.forms.renderers.__file__).parent / "templates"
WITHOUT_CLASS = (forms.CheckboxInput, forms.RadioSelect, forms.CheckboxSelectMultiple, forms.HiddenInput)


class Field(BoundField):
    """A field on the page; text-like fields get the class `input`."""

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        """What Django adds (required, described by, invalid) and our class."""
        widget = widget or self.field.widget
        attrs = super().build_widget_attrs(attrs, widget)
        if not isinstance(widget, WITHOUT_CLASS) and not widget.is_hidden:
            attrs["class"] = f"input {widget.attrs.get('class', '')}".strip()
        return attrs


class Renderer(django.forms.renderers.DjangoTemplates):
    """Looks for form templates in ours first, then in Django's."""

    form_template_name = "parts/form.html"
    field_template_name = "parts/field.html"
    bound_field_class = Field

    @cached_property
    def engine(self) -> Any:
        """Our folder, Django's folder, then those of the apps."""
        wishes = {"APP_DIRS": True, "DIRS": [TEMPLATES, OF_DJANGO], "NAME": "kring-forms", "OPTIONS": {}}
        return self.backend(wishes)


class Pictured:
    """Choices with a pictogram or a line of explanation: `pictograms={value: name}`, `hints={value: text}`."""

    def __init__(
        self,
        attrs: dict[str, Any] | None = None,
        choices: Any = (),
        *,
        pictograms: dict[Any, str] | None = None,
        hints: dict[Any, Any] | None = None,
    ) -> None:
        if pictograms:
            attrs = {"class": "picture", **(attrs or {})}
        super().__init__(attrs, choices)  # type: ignore[call-arg]
        self.pictograms = pictograms or {}
        self.hints = hints or {}

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """As Django's, with picture and hint."""
        option = super().create_option(name, value, *args, **kwargs)  # type: ignore[misc]
        option["pictogram"] = self.pictograms.get(str(value), "")
        option["hint"] = self.hints.get(str(value), "")
        return option


class OneOf(Pictured, forms.RadioSelect):
    """One choice, as big tappable cards."""


class SomeOf(Pictured, forms.CheckboxSelectMultiple):
    """Several choices, as big tappable cards."""
