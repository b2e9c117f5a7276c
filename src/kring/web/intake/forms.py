"""What people fill in at the contact point."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.functional import Promise as Words
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from kring.intake import rules
from kring.intake.models import Concern
from kring.intake.usecases.handing_in import Told
from kring.web.design.forms import OneOf

Knows = Concern.FamilyKnows
LONGEST_KEY = 64


class Asked(forms.CharField):
    """What somebody types: any alphabet; signs that are no letters are left out, never refused."""

    def __init__(self, *, longest: int, lines: int = 1, hints: bool | None = None, **kwargs: Any) -> None:
        self.longest, self.lines = longest, lines
        self.hints = lines > 1 if hints is None else hints
        widget = forms.Textarea(attrs={"rows": lines}) if lines > 1 else forms.TextInput()
        widget.attrs["dir"] = "auto"
        super().__init__(widget=widget, strip=False, **kwargs)

    def to_python(self, value: Any) -> str:
        """The cleaned text."""
        text = super().to_python(value)[: 4 * self.longest]
        return rules.clean(text) if self.lines > 1 else rules.one_line(text)

    def validate(self, value: Any) -> None:
        """Not empty where it must not be; not longer than we can keep."""
        super().validate(value)
        if len(value) > self.longest:
            raise forms.ValidationError(
                ngettext_lazy(
                    "This is longer than we can keep: %(count)s letter at most. Tell the most important part.",
                    "This is longer than we can keep: %(count)s letters at most. Tell the most important part.",
                    self.longest,
                )
                % {"count": self.longest},
                code="too_long",
            )

    def run_validators(self, value: Any) -> None:
        """Django's own would refuse null bytes; they are left out already."""


class TellForm(forms.Form):
    """Three questions, and whether the family knows."""

    form_key = forms.CharField(widget=forms.HiddenInput, required=False)
    who_about = Asked(
        label=_("Who is it about?"), help_text=_("A first name and a class are enough."), longest=rules.LONGEST_WHO,
        error_messages={"required": _("Who is it about? A first name is enough.")},
    )  # fmt: skip
    seen = Asked(
        label=_("What do you see?"), help_text=_("What you saw or heard. You need not be sure."),
        longest=rules.LONGEST_SEEN, lines=5, error_messages={"required": _("Tell us what you see. A few words are enough.")},
    )  # fmt: skip
    reach = Asked(
        label=_("How do we reach you?"), help_text=_("A telephone number or an e-mail address."),
        longest=rules.LONGEST_REACH, required=False,
    )  # fmt: skip
    asker_name = Asked(label=_("Your name"), longest=rules.LONGEST_NAME, required=False)
    family_knows = forms.ChoiceField(
        label=_("Does the family know that you tell us?"), choices=Knows.choices, required=False,
        widget=OneOf(attrs={"class": "side"}), error_messages={"invalid_choice": _("Please choose one of the answers.")},
    )  # fmt: skip

    kind = Concern.Kind.TEACHER

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["form_key"].initial = uuid4().hex
        self.speak()

    def speak(self) -> None:
        """Word the questions for whoever asks."""

    def say(self, name: str, label: Words, hint: Words | None = None) -> None:
        """Word one question."""
        self.fields[name].label = label
        if hint is not None:
            self.fields[name].help_text = hint

    def own_words(self) -> None:
        """Whoever speaks of their own life finds no other word for it."""
        for field in self.fields.values():
            field.hints = False  # type: ignore[attr-defined]

    @property
    def key(self) -> str:
        """The form's own key: a second click is the same form."""
        return str(self.data.get("form_key") or "")[:LONGEST_KEY] or uuid4().hex

    def told(self, *, language: str, channel: str, wants_help_now: bool = False) -> Told:
        """What was told, also when the form is not whole: help is never refused."""
        words = {
            name: self.cleaned_data.get(name) or "" for name in ("who_about", "reach", "asker_name", "seen")
        }
        if wants_help_now:
            words = {name: str(self.data.get(name) or "") for name in words}
        return Told(
            **words,
            asker_kind=str(self.cleaned_data.get("asker_kind") or self.kind),
            family_knows=self.cleaned_data.get("family_knows") or "",
            language=language,
            channel=channel,
            wants_help_now=wants_help_now,
        )


class TeacherForm(TellForm):
    """For a teacher, or anybody who works with children."""


class ParentForm(TellForm):
    """For a parent or another caregiver."""

    kind = Concern.Kind.PARENT

    def speak(self) -> None:
        """About one's own child, mostly."""
        self.own_words()
        self.say("who_about", _("Which child is it about?"), _("A first name is enough."))
        self.say("seen", _("What is hard now?"), _("In your own words, in your own language."))
        self.fields["family_knows"].initial = Knows.MYSELF


class YoungForm(TellForm):
    """For a child or a young person: short words, nothing that must be filled in but a few words."""

    kind = Concern.Kind.YOUNG

    def speak(self) -> None:
        """About oneself, or a friend."""
        self.own_words()
        self.say("who_about", _("Who is it about?"), _("You, or a friend. A first name is enough."))
        self.fields["who_about"].required = False
        self.say(
            "seen", _("What do you want to tell?"), _("A few words are enough. You can tell more later.")
        )
        self.say(
            "reach", _("How do we find you?"), _("A number, or a place and an hour. Is it safe to call you?")
        )
        self.say("family_knows", _("Do your parents know?"))
        self.fields["family_knows"].choices = [
            (Knows.YES, _("Yes")), (Knows.NO, _("No")), (Knows.NOT_YET, _("Not yet. Help me tell them.")),
        ]  # fmt: skip


class WriteDownForm(TellForm):
    """Written down after a call or a talk at the gate."""

    field_order = ("form_key", "channel", "asker_kind")
    channel = forms.ChoiceField(
        label=_("How did you hear it?"),
        choices=[(c, c.label) for c in (Concern.Channel.TALK, Concern.Channel.PHONE, Concern.Channel.PAPER)],
        initial=Concern.Channel.TALK, widget=OneOf(attrs={"class": "side"}),
    )  # fmt: skip
    asker_kind = forms.ChoiceField(label=_("Who told you?"), choices=Concern.Kind.choices)

    def speak(self) -> None:
        """About what somebody else said."""
        self.say("seen", _("What did they say?"), _("In their words, as far as you can."))
        self.say("reach", _("How do we reach them?"))
        self.say("asker_name", _("Their name"))
        self.say("family_knows", _("Does the family know that you write this down?"))


FORMS: dict[str, type[TellForm]] = {"teacher": TeacherForm, "parent": ParentForm, "young": YoungForm}


class ReachForm(forms.Form):
    """A child who asked for help says where to find them."""

    reach = Asked(
        label=_("How do we find you?"), help_text=_("A number, or a place and an hour."), longest=rules.LONGEST_REACH,
        error_messages={"required": _("Write a number, or where you are and when.")},
    )  # fmt: skip
    asker_name = Asked(label=_("Your first name"), longest=rules.LONGEST_NAME, required=False)


class NoteForm(forms.Form):
    """What was said, or that nobody answered."""

    reached = forms.ChoiceField(
        label=_("Did you reach each other?"), choices=[("yes", _("Yes, we talked")), ("no", _("Not yet, I try again"))],
        initial="yes", widget=OneOf(attrs={"class": "side"}),
    )  # fmt: skip
    text = Asked(
        label=_("What was said?"),
        longest=rules.LONGEST_SEEN,
        lines=4,
        required=False,
    )


class CloseForm(forms.Form):
    """How it ended, and the reason that is told."""

    outcome = forms.ChoiceField(
        label=_("How did it end?"), choices=[(o, o.label) for o in Concern.Outcome if o != Concern.Outcome.NOBODY],
        error_messages={"required": _("Choose how it ended.")},
    )  # fmt: skip
    reason = Asked(
        label=_("What do you tell the one who asked?"), longest=rules.LONGEST_REASON, lines=3,
        help_text=_("They read this on their page. Nothing about the family."),
        error_messages={"required": _("Write one sentence. Whoever asked hears how it went.")},
    )  # fmt: skip


class StandInForm(forms.Form):
    """Who stands in for the one who takes it up."""

    stand_in = forms.ChoiceField(label=_("Who stands in for you?"), required=False)

    def __init__(self, *args: Any, colleagues: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stand_in"].choices = [("", _("nobody for now")), *colleagues]

    def clean(self) -> dict[str, Any]:
        """Nobody stands in for themselves."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("stand_in") and cleaned.get("stand_in") == cleaned.get("person"):
            self.add_error("stand_in", _("Choose somebody else to stand in."))
        return cleaned


class DutyForm(forms.Form):
    """Whose turn it is from now on."""

    person = forms.ChoiceField(label=_("Who is on duty from now on?"))
    stand_in = forms.ChoiceField(label=_("Who stands in?"), required=False)

    def __init__(self, *args: Any, colleagues: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = colleagues
        self.fields["stand_in"].choices = [("", _("nobody for now")), *colleagues]
