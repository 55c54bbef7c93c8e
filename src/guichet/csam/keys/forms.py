"""What a person fills in about his keys, and at the second step of a sign-in."""

from collections.abc import Iterable
from typing import Any, Final

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guichet.csam.keys.queries import OwnAccount
from guichet.csam.keys.second_step import Offer
from guichet.csam.keys.words import KINDS

_LONGEST_NAME: Final = 60
# A browser's answer about a passkey has about a thousand signs.
_LONGEST_ANSWER: Final = 20_000
_PLAIN: Final = RegexValidator(
    r"^[^\x00-\x1f\x7f]*\Z", gettext_lazy("Write the name on one line, without special signs.")
)


class PasswordForm(forms.Form):
    """The first step."""

    user_name = forms.CharField(
        label=gettext_lazy("User name"),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "username", "spellcheck": "false"}),
        error_messages={"required": gettext_lazy("Enter your user name.")},
    )
    password = forms.CharField(
        label=gettext_lazy("Password"),
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": gettext_lazy("Enter your password.")},
    )


class CodeForm(forms.Form):
    """One code; blanks and hyphens in it do not matter."""

    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=40,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "inputmode": "numeric",
                "class": "govuk-input--width-10 k-code",
                "spellcheck": "false",
            }
        ),
        error_messages={"required": gettext_lazy("Enter the code.")},
    )


class ChoiceForm(forms.Form):
    """Which key to go on with."""

    key = forms.ChoiceField(
        label=gettext_lazy("How do you want to receive your code?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose a key."),
            "invalid_choice": gettext_lazy("Choose a key of the list."),
        },
    )

    def __init__(self, *args: Any, offers: Iterable[Offer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].choices = [  # type: ignore[attr-defined]
            (str(one.key_id), f"{KINDS[one.kind]} ({one.name})") for one in offers
        ]


class NameForm(forms.Form):
    """The name of a key, for its owner."""

    name = forms.CharField(
        label=gettext_lazy("Name of the key"),
        help_text=gettext_lazy("Only you see it. For instance: my telephone, the blue drawer."),
        max_length=_LONGEST_NAME,
        validators=[_PLAIN],
        error_messages={
            "required": gettext_lazy("Give the key a name."),
            "max_length": gettext_lazy("Use at most 60 signs for the name."),
        },
    )


class ActivateForm(NameForm):
    """A key behind one of the person's user names."""

    account = forms.ChoiceField(
        label=gettext_lazy("User name"),
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose a user name."),
            "invalid_choice": gettext_lazy("Choose a user name of the list."),
        },
    )
    field_order = ["account", "address", "name"]

    def __init__(self, *args: Any, accounts: Iterable[OwnAccount], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(one.account_id), one.user_name) for one in accounts]
        field = self.fields["account"]
        field.choices = choices  # type: ignore[attr-defined]
        if len(choices) == 1:  # nothing to choose
            field.widget = forms.HiddenInput()
            field.initial = choices[0][0]


class MailForm(ActivateForm):
    """An address at which codes arrive."""

    address = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        help_text=gettext_lazy("We send a code there now, to see that it is yours."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        error_messages={
            "required": gettext_lazy("Enter your e-mail address."),
            "invalid": gettext_lazy("Write an address such as name@example.be."),
        },
    )


class AnswerForm(forms.Form):
    """What the browser answered about a passkey; a script fills it in."""

    answer = forms.CharField(widget=forms.HiddenInput, max_length=_LONGEST_ANSWER)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        missing = _("Your device gave no answer. Try again.")
        self.fields["answer"].error_messages = {"required": missing, "max_length": missing}


class NewPasskeyForm(NameForm, AnswerForm):
    """A passkey that the browser made, and its name."""
