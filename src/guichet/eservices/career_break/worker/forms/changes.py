"""What a worker reports once his part is sent: one form for each kind of change."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from guichet.eservices.career_break.forms.parts import ChoiceField, ShortText, put
from guichet.eservices.career_break.models import Request
from guichet.eservices.career_break.worker import words
from guichet.eservices.career_break.worker.forms.fields import YesNoField, line, past_day
from guichet.rules.career_break.entry import account_fault, text_fault


class ObjectionForm(forms.Form):
    """What is wrong in the employer's part."""

    text = ShortText(
        label=_("What is wrong? *"), rows=4, help_text=_("Your employer reads what you write.")
    )

    def __init__(self, *args: Any, today: date, **given: Any) -> None:
        super().__init__(*args, **given)
        self.today = today

    def clean(self) -> dict[str, Any]:
        """Some words, and not too many."""
        text = self.cleaned_data.get("text", "").strip()
        if not text:
            self.add_error("text", _("Write what is wrong."))
        put(self, [text_fault(text, field="text", on=self.today)], {})
        return self.cleaned_data


class WithdrawForm(forms.Form):
    """The box without which nothing is withdrawn."""

    sure = forms.BooleanField(
        label=_("I do not want this break any more. *"),
        error_messages={"required": _("Tick the box if you want to withdraw.")},
    )


class ChangeForm(forms.Form):
    """A change and the day from which it holds."""

    from_day = past_day(_("From which day on? *"), required=True)

    def __init__(self, *args: Any, row: Request, today: date, **given: Any) -> None:
        super().__init__(*args, **given)
        self.row, self.today = row, today
        self.order_fields([name for name in self.fields if name != "from_day"])

    def content(self) -> dict[str, Any]:
        """The fields as plain JSON, without the day."""
        return {
            name: value.isoformat() if isinstance(value, date) else value
            for name, value in self.cleaned_data.items()
            if name != "from_day" and value not in (None, "")
        }


class AddressForm(ChangeForm):
    """Another address; abroad the office changes too."""

    street = line(_("Street and number *"), autocomplete="street-address")
    postcode = line(
        _("Postcode *"), most=12, css="govuk-input--width-5", autocomplete="postal-code"
    )
    municipality = line(_("Municipality *"), autocomplete="address-level2")
    country = line(
        _("Country, in two letters *"), most=2, css="govuk-input--width-2", autocomplete="country",
        help_text=_("BE for Belgium"),
    )  # fmt: skip

    def clean_country(self) -> str:
        """Two letters."""
        text = str(self.cleaned_data["country"]).upper()
        if not (len(text) == 2 and text.isascii() and text.isalpha()):
            raise forms.ValidationError(_("Enter two letters, such as BE."))
        return text


class HouseholdForm(ChangeForm):
    """Other people in the household."""

    household = ChoiceField(
        label=_("With whom do you live? *"), choices=[*words.HOUSEHOLDS.items()]
    )
    comment = ShortText(label=_("What changed?"))


class ActivityForm(ChangeForm):
    """An activity that begins or ends."""

    activity = ChoiceField(
        label=_("Do you have another paid activity? *"), choices=[*words.ACTIVITIES.items()]
    )
    comment = ShortText(label=_("What changed?"))


class PensionForm(ChangeForm):
    """A pension that begins or ends."""

    pension = ChoiceField(label=_("Do you receive a pension? *"), choices=[*words.PENSIONS.items()])


class EarlyEndForm(ChangeForm):
    """Back to work before the last day; the employer agrees to it."""

    has_agreement = YesNoField(label=_("Does your employer agree? *"))

    def clean(self) -> dict[str, Any]:
        """The day lies inside the break."""
        day = self.cleaned_data.get("from_day")
        if day is not None and not self._is_inside(day):
            self.add_error("from_day", _("Enter a day of the break after its first day."))
        return self.cleaned_data

    def _is_inside(self, day: date) -> bool:
        last = self.row.last_day
        return self.row.first_day < day and (last is None or day <= last)


class AccountForm(ChangeForm):
    """Another account."""

    iban = line(
        _("Account number (IBAN) *"), most=50, css="govuk-input--width-20", required=False,
        help_text=_("For example BE68 5390 0754 7034."),
    )  # fmt: skip
    holder = line(_("Name of the holder or holders of the account *"), autocomplete="name")

    def clean(self) -> dict[str, Any]:
        """By the rules."""
        text = self.cleaned_data.get("iban", "")
        put(self, [account_fault(text, field="iban", on=self.today)], {})
        return self.cleaned_data


FORMS: Final[Mapping[str, type[ChangeForm]]] = {
    "address": AddressForm,
    "household": HouseholdForm,
    "activity": ActivityForm,
    "pension": PensionForm,
    "early_end": EarlyEndForm,
    "account": AccountForm,
}
