"""What people fill in to come in."""

from typing import Any

from allauth.account import forms as account_forms
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.contrib.auth import password_validation
from django.utils.translation import gettext_lazy as _

from kring.network.rules import one_line
from kring.trust import viewer as viewers
from kring.trust.models import Account, Job, Organisation
from kring.trust.usecases import links
from kring.web import door_log
from kring.web.circle.forms import PHONE

CODE = {
    "inputmode": "numeric",
    "autocomplete": "one-time-code",
    "class": "code",
    "dir": "ltr",
    "maxlength": "20",
}


class LinkCode(forms.Form):
    """The code that belongs to a link."""

    code = forms.CharField(
        label=_("Your code"),
        help_text=_("Six digits. You got them by telephone, on paper or face to face."),
        max_length=20,
        widget=forms.TextInput(attrs=CODE),
        error_messages={"required": _("Please type the six digits of your code.")},
    )

    def clean_code(self) -> str:
        """Six digits, however they were typed."""
        code = links.written_code(self.cleaned_data["code"])
        if len(code) != 6:
            raise forms.ValidationError(_("A code has six digits. Please look once more."))
        return code


class SignIn(account_forms.LoginForm):
    """E-mail address and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("E-mail address")
        self.fields["password"].label = _("Password")
        self.fields["password"].help_text = ""
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class AskForReset(account_forms.ResetPasswordForm):
    """The address to which a new way in is sent."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("E-mail address")
        self.fields["email"].widget.attrs.pop("placeholder", None)


def _plain(form: forms.Form, label: Any, hint: Any) -> None:
    form.fields["code"].label, form.fields["code"].help_text = label, hint
    form.fields["code"].widget = forms.TextInput(attrs={**CODE, "inputmode": "text"})


class _SaidAtTheDoor:
    """A code that was wrong is said in the log of the doors."""

    def clean_code(self) -> str:
        """The code, when it is right."""
        try:
            code: str = super().clean_code()  # type: ignore[misc]
        except forms.ValidationError:
            door_log.stayed_out("mfa")
            raise
        return code


class SecondCode(_SaidAtTheDoor, AuthenticateForm):
    """The code of the app, or a spare code, which is used up by it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self, _("Code from your app"), _("Or one of your spare codes."))

    def clean_code(self) -> str:
        """A code of whoever showed their password."""
        with viewers.coming_in(self.user.person_id):
            return super().clean_code()


class SecondCodeAgain(_SaidAtTheDoor, ReauthenticateForm):
    """The same, asked again before something important."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self, _("Code from your app"), _("Or one of your spare codes."))


class FirstCode(ActivateTOTPForm):
    """The first code an app shows."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self, _("Code from your app"), _("The six digits the app shows now."))


class AddPasskey(AddWebAuthnForm):
    """A passkey: the device asks for face, finger or PIN, so it is two factors at once."""

    passwordless = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name of this device")
        self.fields["name"].max_length = 60

    def clean(self) -> dict[str, Any]:
        """Only a passkey that knows its owner."""
        self.cleaned_data["passwordless"] = True
        told: dict[str, Any] = super().clean()
        return told


class NewPassword(forms.Form):
    """A password of one's own, for who was invited."""

    password = forms.CharField(
        label=_("Your new password"),
        help_text=_("At least 12 signs. Three or four words are easy to remember."),
        max_length=256,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, account: Account, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.account = account

    def clean_password(self) -> str:
        """Long enough, and not one that everybody uses."""
        password: str = self.cleaned_data["password"]
        password_validation.validate_password(password, self.account)
        return password


class OneLine(forms.CharField):
    """One line of plain words, kept as it was seen: no marks that turn the direction of letters."""

    def to_python(self, value: Any) -> str:
        """Tidied before it is judged; a line that is too long stays too long."""
        said = str(value or "")
        return super().to_python(one_line(said, (self.max_length or 200) + 1))


class Invitation(forms.Form):
    """Who is invited to work in the village."""

    given_name = OneLine(label=_("First name"), max_length=80)
    surname = OneLine(label=_("Surname"), max_length=120, required=False)
    email = forms.EmailField(label=_("E-mail address"))
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("Organisation"), empty_label=_("Choose")
    )
    role = forms.ChoiceField(label=_("Role"), choices=Job.Role.choices)
    title = OneLine(label=_("What they do, in plain words"), max_length=120, required=False)
    phone = OneLine(label=_("Direct line"), max_length=40, required=False, validators=[PHONE])
    bound = forms.BooleanField(label=_("Bound by professional secrecy"), required=False)

    def __init__(self, village_id: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = Organisation.objects.filter(village_id=village_id).order_by("name", "id")
        self.fields["organisation"].queryset = choices
