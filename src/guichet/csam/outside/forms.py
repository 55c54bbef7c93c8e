"""What is filled in at the simulated providers outside, and for BelgianID."""

from datetime import date
from typing import Any, Final

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import RegexValidator
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from guichet.csam.codes.forms import LANGUAGES, OwnCodes
from guichet.csam.outside import copies, countries, identities
from guichet.csam.outside.copies import Copy, CopyRefused
from guichet.rules.belgianid import LARGEST_COPY
from guichet.rules.foreign_access import EIDAS_COUNTRIES, EIDAS_LEVELS

_OLDEST: Final = date(1900, 1, 1)
_LINE: Final = RegexValidator(r"\A[^\x00-\x1f\x7f]+\Z", gettext_lazy("Write it on one line."))
SEXES: Final = (
    ("female", gettext_lazy("Female")),
    ("male", gettext_lazy("Male")),
    ("", gettext_lazy("Not known")),
)
_COPY_REFUSALS: Final[dict[str, Promise]] = {
    "empty": gettext_lazy("The file is empty. Choose another one."),
    "too_large": gettext_lazy("The file is larger than 5 MB. Choose a smaller one."),
    "type": gettext_lazy("The file is no PNG, JPEG or PDF, whatever its name says."),
    "damaged": gettext_lazy("The file is damaged. Make the copy again."),
    "active": gettext_lazy("The PDF holds a program or another file. Make a plain copy."),
    "encrypted": gettext_lazy("The PDF is locked. Save it without a password."),
    "bomb": gettext_lazy("The file grows beyond measure when it is opened. Make the copy again."),
}


def text(label: Any, missing: Any, longest: int = 100, **further: Any) -> forms.CharField:
    """One line of text with a sentence of its own when it is missing."""
    errors = {"required": missing}
    return forms.CharField(
        label=label, max_length=longest, error_messages=errors, validators=[_LINE], **further
    )


def birth_date() -> forms.DateField:
    """A day of birth."""
    wrong = gettext_lazy("Enter the date of birth as 31/12/1990.")
    return forms.DateField(
        label=gettext_lazy("Date of birth"),
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        error_messages={
            "required": gettext_lazy("Enter the date of birth."),
            "invalid": wrong,
        },
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"autocomplete": "bday"}),
    )


def check_birth_date(value: date, *, today: date) -> date:
    """A day on which somebody who is alive can be born; raises ValidationError."""
    if not _OLDEST <= value <= today:
        raise forms.ValidationError(_("Nobody who signs in was born on this day."))
    return value


def email() -> forms.EmailField:
    """An address."""
    return forms.EmailField(
        label=gettext_lazy("E-mail address"),
        max_length=254,
        error_messages={
            "required": gettext_lazy("Enter your e-mail address."),
            "invalid": gettext_lazy("Enter an e-mail address such as name@example.org."),
        },
        widget=forms.EmailInput({"autocomplete": "email"}),
    )


def phone(*, required: bool = True) -> forms.CharField:
    """A telephone number of any country."""
    return forms.CharField(
        label=gettext_lazy("Telephone number"),
        max_length=30,
        required=required,
        error_messages={"required": gettext_lazy("Enter your telephone number.")},
        validators=[
            RegexValidator(
                r"\A\+?[0-9][0-9 ./()-]{6,28}\Z",
                gettext_lazy("Enter a telephone number such as +32 470 12 34 56."),
            )
        ],
        widget=forms.TextInput({"autocomplete": "tel", "type": "tel"}),
    )


def country(label: Any, codes: Any) -> forms.ChoiceField:
    """One country of a list; `fill_countries` names them in the language of the page."""
    missing = gettext_lazy("Choose a country.")
    return forms.ChoiceField(
        label=label,
        choices=[(code, code) for code in codes],
        error_messages={"required": missing, "invalid_choice": missing},
    )


def fill_countries(field: Any, codes: Any) -> None:
    """The names of the countries in the language of the page, an empty line first."""
    named = countries.choices(codes, get_language() or "en")
    field.choices = [("", _("Choose a country")), *named]


class ItsmeForm(forms.Form):
    """Whose app shall be asked."""

    phone = phone(required=False)
    identity = forms.ChoiceField(
        label=gettext_lazy("Or somebody of the demonstration"),
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": gettext_lazy("Choose somebody of the list.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "en"
        offered = [
            (
                one.key,
                f"{one.name}, {one.phone} ({countries.country_name(one.card_country, language)})",
            )
            for one in identities.every()
        ]
        self.fields["identity"].choices = offered  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """One of the two."""
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not cleaned.get("phone") and not cleaned.get("identity"):
            self.add_error("phone", _("Enter a telephone number, or choose somebody below."))
        return cleaned


class PinForm(forms.Form):
    """The PIN of the app."""

    pin = forms.CharField(
        label=gettext_lazy("PIN code of the app"),
        max_length=12,
        error_messages={"required": gettext_lazy("Enter the PIN code.")},
        widget=forms.PasswordInput({"autocomplete": "off", "inputmode": "numeric"}),
    )


class CountryForm(forms.Form):
    """Which country gave the means."""

    country = country(gettext_lazy("Which country issued your means?"), EIDAS_COUNTRIES)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fill_countries(self.fields["country"], EIDAS_COUNTRIES)


class AbroadForm(forms.Form):
    """What the simulated provider of another country shall say."""

    identifier = text(
        gettext_lazy("Identifier in that country"), gettext_lazy("Enter an identifier."), 60,
        help_text=gettext_lazy("Any text. The same one is the same person the next time."),
    )  # fmt: skip
    given_name = text(gettext_lazy("Given name"), gettext_lazy("Enter the given name."))
    family_name = text(gettext_lazy("Family name"), gettext_lazy("Enter the family name."))
    born_on = birth_date()
    sex = forms.ChoiceField(
        label=gettext_lazy("Sex, if the country says it"),
        choices=SEXES,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": gettext_lazy("Choose one of the three.")},
    )
    level = forms.TypedChoiceField(
        label=gettext_lazy("Level that the country says"),
        coerce=int,
        choices=list(
            zip(
                EIDAS_LEVELS,
                (gettext_lazy("Substantial (400)"), gettext_lazy("High (500)")),
                strict=True,
            )
        ),
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), gettext_lazy("Choose a level.")
        ),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._today = today

    def clean_born_on(self) -> date:
        """A possible day."""
        return check_birth_date(self.cleaned_data["born_on"], today=self._today)

    def callback(self) -> dict[str, str]:
        """In the words in which the browser would come back."""
        return {name: str(value) for name, value in self.cleaned_data.items()}


class FirstForm(forms.Form):
    """The first time with a European means: how to reach the person, and his number if any."""

    email = email()
    phone = phone()
    number = forms.CharField(
        label=gettext_lazy("Belgian number, if you have one"),
        help_text=gettext_lazy(
            "National number or BIS number, eleven digits. Leave it empty if you have none: a "
            "BIS number is then created for you."
        ),
        required=False,
        max_length=20,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )


class RequestForm(forms.Form):
    """A request for a video interview."""

    given_name = text(gettext_lazy("Given name"), gettext_lazy("Enter your given name."))
    family_name = text(gettext_lazy("Family name"), gettext_lazy("Enter your family name."))
    birth_date = birth_date()
    nationality = country(gettext_lazy("Country of your identity document"), countries.COUNTRIES)
    email = email()
    phone = phone()
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the interview"),
        choices=LANGUAGES,
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), gettext_lazy("Choose a language.")
        ),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._today = today
        fill_countries(self.fields["nationality"], countries.COUNTRIES)

    def clean_birth_date(self) -> date:
        """A possible day."""
        return check_birth_date(self.cleaned_data["birth_date"], today=self._today)


class CodeForm(forms.Form):
    """A code that was shown or read aloud once."""

    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=40,
        error_messages={"required": gettext_lazy("Enter the code.")},
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )


class ConfirmForm(CodeForm):
    """The security code, and a copy of the identity document."""

    code = forms.CharField(
        label=gettext_lazy("Security code"),
        max_length=40,
        error_messages={"required": gettext_lazy("Enter the security code.")},
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )
    document = forms.FileField(
        label=gettext_lazy("Colour copy of your identity document"),
        help_text=gettext_lazy("PNG, JPEG or PDF, at most 5 MB."),
        allow_empty_file=True,
        error_messages={
            "required": gettext_lazy("Choose a copy of your identity document."),
            "invalid": gettext_lazy("Choose a copy of your identity document."),
        },
        widget=forms.FileInput({"accept": "image/png,image/jpeg,application/pdf"}),
    )

    def clean_document(self) -> Copy:
        """The copy in the file; what the file says of itself is not believed."""
        file: UploadedFile[Any] = self.cleaned_data["document"]
        try:
            return copies.read(file.read(LARGEST_COPY + 1))
        except CopyRefused as refusal:
            raise forms.ValidationError(str(_COPY_REFUSALS[refusal.code])) from None


class OwnCodesForm(OwnCodes):
    """User name and password of one's own, and the key behind them."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Which key do you want?"),
        choices=(
            ("mail", gettext_lazy("Codes by e-mail, to the address of your request")),
            ("app", gettext_lazy("Codes by a mobile app (TOTP)")),
        ),
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), gettext_lazy("Choose one of the two keys.")
        ),
    )
    field_order = ("user_name", "password", "password_again", "kind")
