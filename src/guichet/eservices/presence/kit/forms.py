"""What people fill in to inform their staff."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from django import forms
from django.core.validators import EmailValidator, RegexValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from guichet.eservices.presence.forms import day_field
from guichet.eservices.presence.kit.content import Contact
from guichet.registers.works.queries import SiteRecord

HOWS: Final = (
    ("meeting", gettext_lazy("At a meeting on the site")),
    ("leaflet", gettext_lazy("With the leaflet, handed out")),
    ("poster", gettext_lazy("With the poster, put up on the site")),
    ("message", gettext_lazy("By a message (mail, text message, e-Box)")),
    ("contract", gettext_lazy("With the contract or the work rules")),
    ("other", pgettext_lazy("how the staff was told", "In another way")),
)
_EMAIL: Final = gettext_lazy("Write an e-mail address as name@example.be.")
_PHONE: Final = gettext_lazy("Write a telephone number with digits and blanks, as 02 123 45 67.")


class ContactForm(forms.Form):
    """Whom the staff asks: the leaflet says it."""

    who = forms.CharField(
        label=gettext_lazy("Whom to ask"),
        help_text=gettext_lazy("A name or a function, for example: the team leader."),
        max_length=100,
        error_messages={"required": gettext_lazy("Say whom the staff asks.")},
    )
    phone = forms.CharField(
        label=gettext_lazy("Telephone"),
        required=False,
        max_length=40,
        validators=[RegexValidator(r"^\+?[0-9 ./()-]{6,40}$", message=_PHONE)],
    )
    email = forms.CharField(
        label=gettext_lazy("E-mail address"),
        required=False,
        max_length=254,
        validators=[EmailValidator(message=_EMAIL)],
    )
    note = forms.CharField(
        label=gettext_lazy("When or where"),
        help_text=gettext_lazy("For example: from 6:00 to 14:00, at the reception."),
        required=False,
        max_length=200,
    )

    def clean(self) -> dict[str, Any]:
        """Somebody who can be reached."""
        cleaned = super().clean() or self.cleaned_data
        is_given = cleaned.get("phone") or cleaned.get("email")
        if not is_given and not self.errors.keys() & {"phone", "email"}:
            self.add_error("phone", _("Give a telephone number or an e-mail address."))
        return cleaned

    def contact(self) -> Contact:
        """What was filled in."""
        return Contact(**self.cleaned_data)


class ToldForm(forms.Form):
    """When the staff was told, by whom and how."""

    site = forms.ChoiceField(
        label=gettext_lazy("Where"),
        required=False,
        error_messages={"invalid_choice": gettext_lazy("Choose a site of the list.")},
    )
    told_on = day_field(
        gettext_lazy("The staff was told on"), gettext_lazy("Enter the day on which it was told.")
    )
    hows = forms.MultipleChoiceField(
        label=gettext_lazy("How"),
        choices=HOWS,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": gettext_lazy("Say how the staff was told."),
            "invalid_choice": gettext_lazy("Say how the staff was told."),
        },
    )
    who = forms.CharField(
        label=gettext_lazy("Told by"),
        max_length=100,
        error_messages={"required": gettext_lazy("Say who told the staff.")},
    )
    note = forms.CharField(label=gettext_lazy("Remark"), required=False, max_length=500)

    def __init__(
        self, data: Any = None, *, sites: Sequence[SiteRecord], today: date, initial: Any = None
    ) -> None:
        super().__init__(data, initial=initial)
        self._today = today
        choices = [(one.reference, f"{one.name}, {one.reference}") for one in sites]
        every = ("", _("Every site of the firm"))
        self.fields["site"].choices = [every, *choices]  # type: ignore[attr-defined]  # a choice field

    def clean_told_on(self) -> date:
        """Today or before."""
        told_on: date = self.cleaned_data["told_on"]
        if told_on > self._today:
            raise forms.ValidationError(_("This day lies ahead. Note it when the staff was told."))
        return told_on
