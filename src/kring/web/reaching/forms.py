"""What people fill in about being reached."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kring.messaging.attempts import Trial
from kring.messaging.models import Call
from kring.network.rules import fold
from kring.network.words import language_name
from kring.trust.models import ContactCard
from kring.trust.usecases.reaching import Wish, says_who_is_first
from kring.web.circle.faces import Face
from kring.web.circle.forms import PHONE, WhoseWord, Words
from kring.web.design.forms import OneOf
from kring.web.people.forms import LANGUAGES

Channel = ContactCard.Channel
WAYS = [
    (Channel.CALL, _("Call me")),
    (Channel.VISIT, _("Drop in")),
    (Channel.WHATSAPP, _("WhatsApp")),
    (Channel.SMS, _("Text message")),
    (Channel.LETTER, _("A letter on paper")),
    (Channel.EMAIL, _("E-mail")),
]
TRIED = [
    (Channel.VISIT, _("Rang at the door")),
    (Channel.CALL, _("Called")),
    (Channel.WHATSAPP, _("WhatsApp")),
    (Channel.SMS, _("Text message")),
    (Channel.LETTER, _("A letter on paper")),
    (Channel.EMAIL, _("E-mail")),
]


def _hour(label: Any, hint: Any = "") -> forms.TimeField:
    return forms.TimeField(
        label=label, help_text=hint, required=False, widget=forms.TimeInput(attrs={"type": "time", "class": "short"}, format="%H:%M"),
        error_messages={"invalid": _("Write the hour like 20:00.")},
    )  # fmt: skip


class WishForm(WhoseWord):
    """How one person wishes to be reached."""

    channel = forms.ChoiceField(label=_("What is the best way?"), choices=WAYS, widget=OneOf())
    words = Words(
        label=_("In your own words"), required=False, max_length=200, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("For example: drop in at the shop in the afternoon, with Hala."),
    )  # fmt: skip
    language = forms.ChoiceField(label=_("In which language?"), required=False)
    interpreter = Words(
        label=_("Who interprets?"), required=False, max_length=80,
        help_text=_("A name, or a service. Never a child."),
    )  # fmt: skip
    listens = forms.BooleanField(
        label=_("Read it to me"), required=False, help_text=_("Tell me, or read it aloud. I do not want letters to read.")
    )  # fmt: skip
    quiet_from = _hour(_("Please not from"))
    quiet_until = _hour(_("Please not until"))
    phone = forms.CharField(
        label=_("Telephone"), required=False, max_length=40, validators=[PHONE],
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
    )  # fmt: skip
    email = forms.EmailField(label=_("E-mail address"), required=False)
    name_is_safe = forms.BooleanField(
        label=_("A message may name the worker"), required=False,
        help_text=_("Leave it empty if somebody else may read your messages."),
    )  # fmt: skip
    first = forms.BooleanField(label=_("For the family, reach this person first"), required=False)

    def __init__(self, *args: Any, family: Collection[Face] = (), about: Face, **kwargs: Any) -> None:
        self.about = about
        super().__init__(*args, family=family, asks=not about.me, **kwargs)
        if "word_of" in self.fields:
            choices = dict(self.fields["word_of"].choices)  # type: ignore[attr-defined]
            self.fields["word_of"].choices = list(({str(about.id): about.name} | choices).items())  # type: ignore[attr-defined]
            self.order_fields(["channel"])
        named = sorted(((code, language_name(code)) for code in LANGUAGES), key=lambda one: fold(one[1]))
        self.says_first = {
            str(face.id)
            for face in family
            if says_who_is_first({one.seat_role for one in family}, face.seat_role)
        }
        if about.me and str(about.id) not in self.says_first:
            del self.fields["first"]
        now = self.initial.get("language", "")
        more = [(now, language_name(now))] if now and now not in LANGUAGES else []
        self.fields["language"].choices = [("", _("all the same to me")), *more, *named]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Quiet hours begin and end; an e-mail needs an address."""
        told: dict[str, Any] = super().clean() or {}
        begin, end = told.get("quiet_from"), told.get("quiet_until")
        if bool(begin) != bool(end) and not {"quiet_from", "quiet_until"} & set(self.errors):
            self.add_error("quiet_until" if begin else "quiet_from", _("From which hour until which hour?"))
        if told.get("channel") == Channel.EMAIL and not told.get("email") and "email" not in self.errors:
            self.add_error("email", _("To which address may an e-mail go?"))
        if told.get("first") and told.get("word_of", str(self.about.id)) not in self.says_first | {""}:
            self.add_error("first", _("A guardian says who is reached first."))
        return told

    def wish(self) -> Wish:
        """What was said."""
        told = dict(self.cleaned_data)
        told.pop("word_of", None)
        told.setdefault("first", self.initial.get("first", False))
        return Wish(**told)


class AttemptForm(forms.Form):
    """What somebody did to reach the family, and what comes next."""

    way = forms.ChoiceField(label=_("What did you do?"), choices=TRIED, widget=OneOf())
    on = forms.DateField(
        label=_("On which day?"),
        widget=forms.DateInput(attrs={"type": "date", "class": "short"}, format="%Y-%m-%d"),
    )
    reached = forms.TypedChoiceField(
        label=_("Did you speak to each other?"), widget=OneOf(), coerce=lambda value: value == "yes",
        choices=[("no", _("Not this time")), ("yes", _("Yes, we spoke"))], initial="no",
    )  # fmt: skip
    words = Words(
        label=_("What happened?"), required=False, max_length=300,
        help_text=_("Only what you saw and did. The family reads along."),
    )  # fmt: skip
    next_words = Words(
        label=_("And next time?"), required=False, max_length=200,
        help_text=_("For example: again in the evening, together with the aunt."),
    )  # fmt: skip
    next_on = forms.DateField(
        label=_("On which day next?"), required=False,
        widget=forms.DateInput(attrs={"type": "date", "class": "short"}, format="%Y-%m-%d"),
    )  # fmt: skip

    def trial(self) -> Trial:
        """What was written."""
        return Trial(**self.cleaned_data)


class ToldForm(forms.Form):
    """One line about how it went."""

    words = Words(
        label=_("How did it go?"), required=False, max_length=Call._meta.get_field("words").max_length
    )
