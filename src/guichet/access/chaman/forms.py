"""What a manager of channels fills in: contact, channel, certificate, permissions, users."""

from collections.abc import Callable
from typing import Any, Final

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy

from guichet.access.certificates import Certificate, CertificateRefused
from guichet.access.chaman import words
from guichet.access.chaman.senders import Reachable
from guichet.access.channels import ChannelRefused, NoCertificate

_LARGEST_UPLOAD: Final = 65_536
_LANGUAGES: Final = [
    ("nl", gettext_lazy("Dutch")),
    ("fr", gettext_lazy("French")),
    ("de", gettext_lazy("German")),
    ("en", gettext_lazy("English")),
]

Reader = Callable[[bytes], Certificate]


class _NeverEchoed(forms.Textarea):
    """What was pasted by mistake must not come back in a page."""

    def format_value(self, value: Any) -> str | None:
        return ""


def _text(label: Any, missing: Any, longest: int = 80, **further: Any) -> forms.CharField:
    errors = {"required": missing}
    return forms.CharField(label=label, max_length=longest, error_messages=errors, **further)


class ContactForm(forms.Form):
    """The technical contact of a sender."""

    given_name = _text(gettext_lazy("Given name"), gettext_lazy("Enter the given name."))
    family_name = _text(gettext_lazy("Family name"), gettext_lazy("Enter the family name."))
    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        help_text=gettext_lazy("Warnings about certificates that end go there."),
        max_length=254,
        error_messages={
            "required": gettext_lazy("Enter the e-mail address."),
            "invalid": gettext_lazy("Write the e-mail address as name@example.be."),
        },
    )
    phone = _text(
        gettext_lazy("Phone"),
        gettext_lazy("Enter the phone number."),
        longest=30,
        validators=[
            RegexValidator(
                r"^\+?[0-9][0-9 ./()-]{5,28}$",
                gettext_lazy("Write the phone number as +32 2 123 45 67."),
            )
        ],
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of our messages"),
        choices=_LANGUAGES,
        error_messages={"required": gettext_lazy("Choose a language.")},
    )

    def reachable(self) -> Reachable:
        """The contact as the operations take it."""
        return Reachable(**self.cleaned_data)


class CertificateForm(forms.Form):
    """A certificate as a file or as text; ``certificate_read`` is what stood in it."""

    certificate = forms.FileField(
        label=gettext_lazy("Certificate, as a file"),
        help_text=gettext_lazy("X.509 in PEM or DER form. Never your private key."),
        required=False,
        allow_empty_file=True,
    )
    pasted = forms.CharField(
        label=gettext_lazy("Or its text, pasted here"),
        help_text=gettext_lazy("It begins with -----BEGIN CERTIFICATE-----"),
        required=False,
        max_length=_LARGEST_UPLOAD,
        widget=_NeverEchoed,
    )

    def __init__(self, *args: Any, reader: Reader, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._reader = reader
        self.certificate_read: Certificate | None = None

    def clean(self) -> dict[str, Any]:
        """Read the certificate once everything else is there."""
        cleaned = super().clean() or self.cleaned_data
        if self.wants_certificate(cleaned) and not self.errors.keys() & {"certificate", "pasted"}:
            self._read(cleaned)
        return cleaned

    def wants_certificate(self, cleaned: dict[str, Any]) -> bool:
        """Whether a certificate is asked for by what was filled in."""
        return True

    def _read(self, cleaned: dict[str, Any]) -> None:
        data = _data(cleaned.get("certificate"), cleaned.get("pasted", ""))
        try:
            if not data:
                raise NoCertificate
            self.certificate_read = self._reader(data)
        except (CertificateRefused, ChannelRefused) as refusal:
            self.add_error("certificate", words.refusal(refusal))


def _data(file: "UploadedFile[Any] | None", pasted: str) -> bytes:
    """The bytes to read: one more than allowed is enough to be refused as too long."""
    if file is not None:
        return bytes(file.read(_LARGEST_UPLOAD + 1))
    return pasted.strip().encode()


class PermissionsForm(forms.Form):
    """What a channel may call; nothing ticked: it obtains no token."""

    permissions = forms.MultipleChoiceField(
        label=gettext_lazy("What may the channel call?"),
        choices=list(words.PERMISSIONS.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": gettext_lazy("This permission does not exist.")},
    )


class ChannelForm(PermissionsForm, CertificateForm):
    """A new channel."""

    name = _text(
        gettext_lazy("Name of the channel"),
        gettext_lazy("Give the channel a name."),
        help_text=gettext_lazy("For yourself: your software, its place or its supplier."),
    )
    environment = forms.ChoiceField(
        label=gettext_lazy("Where will it be used?"),
        choices=list(words.ENVIRONMENTS.items()),
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose simulation or production."),
            "invalid_choice": gettext_lazy("Choose simulation or production."),
        },
    )
    field_order = ["name", "environment", "permissions", "certificate", "pasted"]


class ReasonForm(forms.Form):
    """Why a channel is suspended; nobody has to say."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("It stands in the history of the channel. You may leave it empty."),
        required=False,
        max_length=250,
    )


class UserForm(CertificateForm):
    """A new technical user."""

    user_name = forms.CharField(
        label=gettext_lazy("User name"),
        help_text=gettext_lazy("8 to 30 signs: digits and letters a to z. It cannot be changed."),
        error_messages={"required": gettext_lazy("Enter a user name.")},
        validators=[
            RegexValidator(
                r"^[a-z0-9]{8,30}\Z",
                gettext_lazy("A user name has 8 to 30 signs, only digits and letters a to z."),
            )
        ],
    )
    means = forms.ChoiceField(
        label=gettext_lazy("How does it show who it is?"),
        choices=[
            ("password", gettext_lazy("With a password that we make and show once")),
            ("certificate", gettext_lazy("With a certificate")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose a password or a certificate.")},
    )
    field_order = ["user_name", "means", "certificate", "pasted"]

    def wants_certificate(self, cleaned: dict[str, Any]) -> bool:
        """A password needs none."""
        return cleaned.get("means") == "certificate"
