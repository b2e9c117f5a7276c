"""What is filled in when something is told in confidence. Nothing of it is kept by the browser."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from kring.confidences import files
from kring.confidences.models import OnTheMenu
from kring.confidences.usecases.tellings import LONGEST
from kring.confidences.usecases.wording import LONGEST as LONGEST_WORDS
from kring.confidences.usecases.wording import LONGEST_WHOM
from kring.web.design.forms import OneOf
from kring.web.wraparound.fields import CHOOSE, Words

SAFETY = _("It is about safety, health or where somebody is")


class SomeFiles(forms.ClearableFileInput):
    """Several files at once, without a word about what was there before."""

    allow_multiple_selected = True


class Files(forms.FileField):
    """Pictures, sounds and PDFs, each looked into; what cannot be taken is said in words."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", SomeFiles(attrs={"accept": "image/*,audio/*,application/pdf"}))
        super().__init__(
            label=_("A picture, a sound or a PDF"), required=False, allow_empty_file=True,
            help_text=_("At most 3, of 8 MB each. Where and when a picture was taken is left out."), **kwargs,
        )  # fmt: skip

    def clean(self, data: Any, initial: Any = None) -> list[files.Sent]:
        """The files as they will be kept."""
        sent = [one for one in (data if isinstance(data, list | tuple) else [data]) if one]
        if len(sent) > files.MOST_FILES:
            raise forms.ValidationError(_("These are more than 3. Send the others afterwards."), "many")
        return [self._examined(super(Files, self).clean(one, initial)) for one in sent]

    def _examined(self, one: Any) -> files.Sent:
        try:
            return files.examined(one.name, one.read())
        except files.FileTooLarge as problem:
            raise forms.ValidationError(_("One file is too large. At most 8 MB."), "large") from problem
        except files.FileNotKnown as problem:
            raise forms.ValidationError(
                _("We cannot read one file. Pictures, sounds and PDFs work."), "unknown"
            ) from problem


class Once(forms.Form):
    """A form with a key of its own: sent twice, it is the same."""

    form_key = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["form_key"].initial = str(uuid4())

    @property
    def key(self) -> UUID:
        """The key that was sent; a key nobody can read is a new one."""
        try:
            return UUID(str(self.data.get(self.add_prefix("form_key"), "")))
        except ValueError:
            return uuid4()


class WithFiles(Once):
    """Words, files, or both."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # no "if you like" beside the words: without them there is a file
        self.fields["words"].or_else = "files"  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Something is told."""
        told = super().clean() or {}
        if not self.errors and not told.get("words") and not told.get("files"):
            self.add_error("words", _("Please write a few words here, or add a picture."))
        return told


class MoreForm(WithFiles):
    """More is told, or answered."""

    words = Words(LONGEST, lines=4, hints=False, required=False, label=_("What do you want to say?"))
    files = Files()


class TellForm(WithFiles):
    """A young person tells something."""

    words = Words(LONGEST, lines=7, hints=False, required=False, label=_("What do you want to tell?"),
                  help_text=_("A few words are enough. You do not have to tell everything."))  # fmt: skip
    files = Files()
    safety = forms.BooleanField(label=_("It is about my safety, my health or where I am"), required=False)

    def __init__(self, *args: Any, hearer: str, asks: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if asks:
            self.fields["words"].label = _("What do you want to ask?")
            self.fields["words"].help_text = _("For example: can we talk some day, and where?")
        self.fields["safety"].help_text = _(
            "Are you in danger, and can nobody reach %(name)s? Then one other person may read this for four hours. "
            "You are told about it."
        ) % {"name": hearer}


class TogetherForm(Once):
    """A worker writes it down with the young person at the table."""

    secrecy = forms.ChoiceField(
        label=_("What did you say about professional secrecy?"), widget=OneOf, error_messages=CHOOSE,
        choices=[("no", _("I am not bound by professional secrecy, and I said so"))],
    )  # fmt: skip
    words = Words(LONGEST, lines=7, hints=False, label=_("What did you hear?"),
                  help_text=_("In their own words. They read along."))  # fmt: skip
    safety = forms.BooleanField(label=SAFETY, required=False)
    read_back = forms.BooleanField(error_messages={"required": _("Read it back first, and ask for a yes.")})

    def __init__(self, *args: Any, young: str, bound: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["read_back"].label = _("I read it back, and %(name)s agrees") % {"name": young}
        if bound:
            choices = [("yes", _("I am bound by professional secrecy, and I said what that means"))]
            self.fields["secrecy"].choices = choices + self.fields["secrecy"].choices  # type: ignore[attr-defined]


class HearForm(forms.Form):
    """Who hears it too, and from when on."""

    who = forms.ChoiceField(label=_("Who may hear it too?"), widget=OneOf, error_messages=CHOOSE)
    reads = forms.ChoiceField(
        label=_("What may they read?"), widget=OneOf, error_messages=CHOOSE,
        choices=[("all", _("everything, from the beginning")), ("new", _("only what I tell from now on"))],
    )  # fmt: skip

    def __init__(self, *args: Any, able: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["who"].choices = [(str(one.id), one.name) for one in able]  # type: ignore[attr-defined]
        hints = {str(one.id): " · ".join(filter(None, (one.role, one.organisation))) for one in able}
        self.fields["who"].widget.hints = hints  # type: ignore[attr-defined]


class ProposeForm(Once):
    """What may be told to somebody else, in one sentence."""

    whom = Words(LONGEST_WHOM, hints=False, label=_("To whom?"))
    words = Words(LONGEST_WORDS, lines=2, hints=False, label=_("In which words?"))


class OwnWordsForm(forms.Form):
    """What a worker proposed to tell, in the young person's own words."""

    words = Words(LONGEST_WORDS, lines=2, hints=False, label=_("In my own words"))

    def __init__(self, *args: Any, row: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id=f"own-{row.pk}-%s", **kwargs)
        self.row_id = row.pk


class GoalForm(Once):
    """What a young person wants to reach for themselves."""

    words = Words(LONGEST_WORDS, hints=False, label=_("What do I want to reach?"))


class MenuForm(forms.Form):
    """Who can be asked, and for what."""

    kind = forms.ChoiceField(
        label=_("For what?"), choices=OnTheMenu.Kind.choices, widget=OneOf, error_messages=CHOOSE
    )
    job = forms.ChoiceField(label=_("Who?"), error_messages=CHOOSE)

    def __init__(self, *args: Any, jobs: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["job"].choices = [  # type: ignore[attr-defined]
            (str(job.pk), f"{job.person.full_name} · {job.organisation.name}") for job in jobs
        ]
