"""What an agent of the video interviews fills in."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from guichet.kernel.niss import InvalidNiss, Niss, Sex
from guichet.platform.clock import BRUSSELS

SEXES = (("female", _("Female")), ("male", _("Male")), ("", _("Not known")))


class SlotForm(forms.Form):
    """Day and hour of an interview, on the clock of Brussels."""

    day = forms.DateField(
        label=_("Day of the interview"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"class": "govuk-input--width-10"}),
        error_messages={
            "required": _("Enter the day of the interview."),
            "invalid": _("Enter the day of the interview as a date."),
        },
    )
    hour = forms.TimeField(
        label=_("Hour, such as 14:30"),
        widget=forms.TimeInput(format="%H:%M", attrs={"class": "govuk-input--width-5"}),
        error_messages={
            "required": _("Enter the hour of the interview."),
            "invalid": _("Enter the hour of the interview, such as 14:30."),
        },
    )

    def slot_at(self) -> datetime:
        """The moment."""
        data = self.cleaned_data
        return datetime.combine(data["day"], data["hour"], BRUSSELS)


class PassForm(forms.Form):
    """Whom the agent recognised: somebody of the register, or somebody new."""

    given_name = forms.CharField(
        label=_("Given name as on the document"),
        max_length=100,
        error_messages={"required": _("Enter the given name as on the document.")},
    )
    family_name = forms.CharField(
        label=_("Family name as on the document"),
        max_length=100,
        error_messages={"required": _("Enter the family name as on the document.")},
    )
    birth_date = forms.DateField(
        label=_("Date of birth as on the document"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"class": "govuk-input--width-10"}),
        error_messages={
            "required": _("Enter the date of birth as on the document."),
            "invalid": _("Enter the date of birth as a date."),
        },
    )
    sex = forms.ChoiceField(
        label=_("Sex, if the document says it"),
        choices=SEXES,
        required=False,
        widget=forms.RadioSelect,
    )
    niss = forms.CharField(
        label=_("Number that the person has already (may stay empty)"),
        help_text=_("Empty: a new BIS number is created."),
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def clean_niss(self) -> str:
        """Eleven digits, or nothing."""
        text = str(self.cleaned_data["niss"]).strip()
        if not text:
            return ""
        try:
            return Niss.parse(text).digits
        except InvalidNiss:
            raise forms.ValidationError(_("This is not a number of a person.")) from None

    def seen(self) -> dict[str, Any]:
        """The cleaned data as the operation takes it."""
        data = self.cleaned_data
        return {**data, "sex": Sex(data["sex"]) if data["sex"] else None}


class RefuseForm(forms.Form):
    """Why the agent is not sure; the desk reads it, the person does not."""

    reason = forms.CharField(
        label=_("Reason, for the desk only"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": "3"}),
        error_messages={"required": _("Say why you are not sure.")},
    )
