"""Forms of access codes. What is typed as a user name or a password is taken as it is."""

from datetime import datetime
from typing import Any, Final

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guichet.csam.codes import hashing, operations, registration
from guichet.csam.codes.sentences import sentences
from guichet.platform import clock
from guichet.rules import access_codes

LANGUAGES: Final = (
    ("nl", "Nederlands"),
    ("fr", "Français"),
    ("de", "Deutsch"),
    ("en", "English"),
)
_PLAIN: Final = {"autocapitalize": "none", "spellcheck": "false"}


def _user_name(label: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        strip=False,
        error_messages={"required": gettext_lazy("Enter your user name.")},
        widget=forms.TextInput({"autocomplete": "username", **_PLAIN}),
    )


def _password(label: Any, *, required: Any, autocomplete: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        strip=False,
        error_messages={"required": required},
        widget=forms.PasswordInput({"autocomplete": autocomplete, **_PLAIN}),
    )


class SignInForm(forms.Form):
    """User name and password."""

    user_name = _user_name(gettext_lazy("User name"))
    password = _password(
        gettext_lazy("Password"),
        required=gettext_lazy("Enter your password."),
        autocomplete="current-password",
    )


class NewPassword(forms.Form):
    """A new password, typed twice; every broken rule is told beside it."""

    password = _password(
        gettext_lazy("New password"),
        required=gettext_lazy("Choose a password."),
        autocomplete="new-password",
    )
    password_again = _password(
        gettext_lazy("New password, once more"),
        required=gettext_lazy("Type the new password once more."),
        autocomplete="new-password",
    )

    def clean_password_again(self) -> str:
        """The same sign by sign."""
        again: str = self.cleaned_data["password_again"]
        first = self.cleaned_data.get("password", again)
        if again != first:
            raise forms.ValidationError(_("The two passwords are not the same."))
        return again


class ChangeForm(NewPassword):
    """Another password, by somebody who knows the current one."""

    field_order = ("current", "password", "password_again")
    current = _password(
        gettext_lazy("Current password"),
        required=gettext_lazy("Enter your current password."),
        autocomplete="current-password",
    )


class OwnCodes(NewPassword):
    """A user name and a password of one's own.

    ``posted_hash``: the digest of a posted password that the new one may not repeat, if any.
    """

    user_name = _user_name(gettext_lazy("New user name"))

    def __init__(self, *args: Any, posted_hash: str | None, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._posted_hash = posted_hash
        self._now = now
        # Empty, they break rules like any other text, and are told so.
        self.fields["user_name"].required = self.fields["password"].required = False

    def clean_user_name(self) -> str:
        """As it will be kept; all broken rules at once."""
        today = clock.today(self._now)
        text: str = self.cleaned_data["user_name"]
        findings = access_codes.user_name_findings(text, on=today)
        name = access_codes.user_name(text, on=today)
        if not findings and registration.is_taken(name):
            findings = (access_codes.taken(),)
        if findings:
            raise forms.ValidationError(sentences(findings))
        return name

    def clean_password(self) -> str:
        """All broken rules at once."""
        text: str = self.cleaned_data["password"]
        findings = operations.password_findings(
            text, user_name=self.cleaned_data.get("user_name", ""), now=self._now
        )
        if self._posted_hash and hashing.is_right(kept=self._posted_hash, password=text):
            findings += (access_codes.same_as_before(),)
        if findings:
            raise forms.ValidationError(sentences(findings))
        return text

    def clean(self) -> dict[str, Any]:
        """A password is never sent back: whatever else is wrong, it is typed again."""
        cleaned = super().clean() or self.cleaned_data
        if self.errors and "password" not in self.errors:
            self.add_error("password", _("Type your password again: it is never shown."))
        return cleaned


class DetailsForm(OwnCodes):
    """Contact data, and codes of one's own."""

    field_order = ("email", "phone", "language", "user_name", "password", "password_again")
    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        max_length=254,
        error_messages={
            "required": gettext_lazy("Enter your e-mail address."),
            "invalid": gettext_lazy("Enter an e-mail address such as name@example.org."),
        },
        widget=forms.EmailInput({"autocomplete": "email"}),
    )
    phone = forms.CharField(
        label=gettext_lazy("Telephone number"),
        max_length=30,
        error_messages={"required": gettext_lazy("Enter your telephone number.")},
        validators=[
            RegexValidator(
                r"\A\+?[0-9][0-9 ./()-]{6,28}\Z",
                gettext_lazy("Enter a telephone number such as +32 470 12 34 56."),
            )
        ],
        widget=forms.TextInput({"autocomplete": "tel", "type": "tel"}),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language"),
        choices=LANGUAGES,
        error_messages={
            "required": gettext_lazy("Choose your language."),
            "invalid_choice": gettext_lazy("Choose your language."),
        },
    )
