"""What a family fills in about its circle."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from kring.trust.models import Organisation
from kring.trust.usecases import circles
from kring.web.circle.faces import RINGS, Face
from kring.web.design.forms import OneOf, SomeOf
from kring.wraparound.models import OwnPage

PHONE = RegexValidator(
    r"^[\s+()./-]*(\d[\s+()./-]*){3,17}$",
    _("A telephone number has at least three digits, and no letters. Please look at it once more."),
)
#: Marks that turn the direction of letters, with which a name could look like another one.
TURNING = dict.fromkeys(map(ord, "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\ufeff"))


def tidy(text: str) -> str:
    """Words as they look, on one line."""
    return " ".join(str(text).translate(TURNING).split())


def posted(request: HttpRequest) -> Any:
    """What was sent, be it empty; nothing when the form is only looked at."""
    return request.POST if request.method == "POST" else None


class Words(forms.CharField):
    """One line of plain words."""

    def clean(self, value: Any) -> str:
        """Tidied first, so that what is kept is what was seen."""
        return str(super().clean(tidy(value or "")))


def _rings() -> Any:
    return forms.TypedChoiceField(
        label=_("How near is this person?"),
        choices=list(RINGS.items()),
        coerce=int,
        initial=2,
        widget=OneOf(
            hints={
                "1": _("lives with you, or as near as that"),
                "2": _("helps often"),
                "3": _("helps now and then"),
            }
        ),
    )


class WhoseWord(forms.Form):
    """A coordinator writes down who of the family said so."""

    word_of = forms.ChoiceField(label=_("Who of the family said so?"), widget=OneOf())

    def __init__(self, *args: Any, family: Iterable[Face] = (), asks: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if asks:
            said = [(str(face.id), face.name) for face in family if face.seat_role in ("child", "guardian")]
            self.fields["word_of"].choices = said  # type: ignore[attr-defined]
        else:
            del self.fields["word_of"]


class AskIn(WhoseWord):
    """Somebody of one's own: an aunt, a neighbour, a friend."""

    given_name = Words(label=_("First name"), max_length=circles.LONGEST_NAME)
    relation = Words(
        label=_("Who is this?"),
        max_length=circles.LONGEST_RELATION,
        help_text=_("For example: aunt, neighbour, friend."),
    )
    phone = forms.CharField(
        label=_("Telephone"), max_length=circles.LONGEST_PHONE, required=False, validators=[PHONE],
        help_text=_("The circle sees it once this person has said yes."),
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
    )  # fmt: skip
    ring = _rings()
    history = forms.TypedChoiceField(
        label=_("What may this person see?"),
        choices=[("yes", _("All of it, also from before")), ("no", _("Only what is written from now on"))],
        coerce=lambda value: value == "yes",
        initial="yes",
        widget=OneOf(),
    )


class AskProfessional(WhoseWord):
    """Somebody of the village, through their work."""

    relation = Words(
        label=_("Who is this for you?"), max_length=circles.LONGEST_RELATION, required=False,
        help_text=_("For example: teacher, coach, doctor."),
    )  # fmt: skip
    ring = _rings()
    history = forms.TypedChoiceField(
        label=_("What may this person see?"),
        choices=[("yes", _("All of it, also from before")), ("no", _("Only what is written from now on"))],
        coerce=lambda value: value == "yes",
        initial="no",
        widget=OneOf(),
    )


class Choose(WhoseWord):
    """Somebody is asked to be the coordinator."""

    overlap = forms.TypedChoiceField(
        label=_("And the coordinator you have now?"),
        choices=[("no", _("Stops at once")), ("yes", _("Helps for two more weeks, to hand over"))],
        coerce=lambda value: value == "yes",
        initial="yes",
        widget=OneOf(),
    )

    def __init__(self, *args: Any, has_one: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_one:
            del self.fields["overlap"]


class MoveFace(forms.Form):
    """Nearer or farther, and who it is in plain words."""

    relation = Words(label=_("Who is this?"), max_length=circles.LONGEST_RELATION, required=False)
    ring = _rings()


class HomeForm(forms.Form):
    """What is known of one household."""

    name = Words(
        label=_("What do you call this home?"), max_length=80, help_text=_("For example: with mama.")
    )
    address = forms.CharField(
        label=_("Address"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    phone = forms.CharField(
        label=_("Telephone"), max_length=40, required=False, validators=[PHONE],
        widget=forms.TextInput(attrs={"type": "tel"}),
    )  # fmt: skip
    note = forms.CharField(
        label=_("Good to know"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("For example: who picks up from school on which day."),
    )  # fmt: skip


class NewHome(HomeForm):
    """A home, and who of the circle may know it."""

    people = forms.MultipleChoiceField(
        label=_("Who may know this home?"), required=False, widget=SomeOf(),
        help_text=_("You, and nobody else unless you choose them. You can change it later."),
    )  # fmt: skip

    def __init__(self, *args: Any, faces: Iterable[Face] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].choices = [  # type: ignore[attr-defined]
            (str(face.id), f"{face.name} ({face.role})")
            for face in faces
            if face.seat is not None and not face.me
        ]


class LeaveOut(forms.Form):
    """Who knows nothing about this child from now on."""

    SECTORS = Organisation.Sector

    whom = forms.ChoiceField(
        label=_("Who?"),
        widget=OneOf(),
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose somebody.")),
    )

    def __init__(self, *args: Any, choices: Iterable[tuple[Any, Any]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["whom"].choices = list(choices)  # type: ignore[attr-defined]


class SayOfMyself(forms.Form):
    """One line of the own page."""

    kind = forms.ChoiceField(choices=OwnPage.Kind.choices, widget=forms.HiddenInput)
    words = Words(
        label=_("In my own words"), max_length=500,
        error_messages={"max_length": _("This is a little long. Say it in two lines."),
                        "required": _("Please write a few words here.")},
    )  # fmt: skip
