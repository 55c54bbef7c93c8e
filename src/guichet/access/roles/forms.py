"""What managers and representatives fill in."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from guichet.access.acting import QUALITY_NAMES
from guichet.access.roles import words
from guichet.access.roles.changing import Contact, Wanted
from guichet.access.roles.offered import permissions
from guichet.kernel.niss import InvalidNiss, Niss

LANGUAGES = (("nl", "Nederlands"), ("fr", "Français"), ("de", "Deutsch"), ("en", "English"))


class NissField(forms.CharField):
    """A number of a person in any of its written forms; its value is eleven digits."""

    def clean(self, value: Any) -> str:
        """Eleven digits with a right check."""
        text = super().clean(value)
        try:
            return Niss.parse(str(text)).digits
        except InvalidNiss:
            raise forms.ValidationError(
                _("Enter the number of the person: eleven digits, as on the identity card.")
            ) from None


def _niss() -> NissField:
    required = _("Enter the number of the person.")
    return NissField(
        label=_("Number of the person (NISS or BIS)"),
        help_text=_("Eleven digits, for example 85.07.30-033.28."),
        error_messages={"required": required},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )


class ContactForm(forms.Form):
    """How the person is reached."""

    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("The person gets a mail without personal data."),
        error_messages={
            "required": _("Enter an e-mail address."),
            "invalid": _("Enter an e-mail address like name@example.org."),
        },
    )
    phone = forms.CharField(
        label=_("Telephone number (may stay empty)"), required=False, max_length=40
    )
    language = forms.ChoiceField(
        label=_("Language of the person"),
        choices=LANGUAGES,
        error_messages={"required": _("Choose a language.")},
    )
    posts_codes = forms.BooleanField(
        label=_("Send access codes by post: the person has no means to sign in yet"),
        required=False,
    )

    def contact(self) -> Contact:
        """The cleaned data as the operations take it."""
        data = self.cleaned_data
        return Contact(data["email"], data["phone"], data["language"])


class NameMainForm(ContactForm):
    """The representative names the main access manager."""

    niss = _niss()
    field_order = ("niss", "email", "phone", "language", "posts_codes")


class InviteForm(ContactForm):
    """A manager invites a user."""

    niss = _niss()
    field_order = ("niss", "email", "phone", "language", "posts_codes")


class GrantForm(forms.Form):
    """Which services, from when until when."""

    services = forms.MultipleChoiceField(
        label=_("Services"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one service.")},
    )
    first_day = forms.DateField(
        label=_("From"),
        widget=forms.DateInput(format="%Y-%m-%d"),
        error_messages={
            "required": _("Enter the first day."),
            "invalid": _("Enter the first day as a date."),
        },
    )
    last_day = forms.DateField(
        label=_("Until (may stay empty: no end)"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d"),
        error_messages={"invalid": _("Enter the last day as a date.")},
    )

    def __init__(self, *args: Any, quality: str, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.quality, self.today = quality, today
        self.fields["services"].choices = [  # type: ignore[attr-defined]  # a choice field
            (str(one), words.service_name(one)) for one in permissions(quality)
        ]

    def clean(self) -> dict[str, Any]:
        """The days are in order, and not over."""
        data = super().clean() or {}
        first, last = data.get("first_day"), data.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("The last day is before the first one."))
        elif last and last < self.today:
            self.add_error("last_day", _("The last day is over already."))
        return data

    def wanted(self) -> Wanted:
        """The cleaned data as the operations take it."""
        data = self.cleaned_data
        services = tuple(data["services"])
        return Wanted(self.quality, services, data["first_day"], data["last_day"])


class AppointForm(forms.Form):
    """Which kind of manager, of which quality or services."""

    kind = forms.ChoiceField(
        label=_("Appointment"),
        choices=(("co", words.KINDS["co"]), ("domain", words.KINDS["domain"])),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the appointment.")},
    )
    quality = forms.ChoiceField(
        label=_("Quality"), error_messages={"required": _("Choose the quality.")}
    )
    services = forms.MultipleChoiceField(
        label=_("Services (for a domain)"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, qualities: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        every = dict.fromkeys(one for quality in qualities for one in permissions(quality))
        self.fields["quality"].choices = [(q, QUALITY_NAMES[q]) for q in qualities]  # type: ignore[attr-defined]
        self.fields["services"].choices = [(str(s), words.service_name(s)) for s in every]  # type: ignore[attr-defined]
