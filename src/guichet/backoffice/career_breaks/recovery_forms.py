"""What an officer fills in to ask an allowance back: why, of which days; and what is decided."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guichet.backoffice.career_breaks.forms import Day
from guichet.backoffice.career_breaks.forms import reason as text_of
from guichet.eservices.career_break.recovery import words
from guichet.eservices.career_break.recovery.operations import Opening, Outcome
from guichet.kernel.money import Money
from guichet.kernel.period import Period
from guichet.rules.career_break import recovering

_MONTHS: Final = gettext_lazy("Enter a whole number of months.")


class OpeningForm(forms.Form):
    """Why money is asked back, and the days of which nothing was due."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Why it is asked back"),
        choices=[*words.REASONS.items()],
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose a reason."),
            "invalid_choice": gettext_lazy("Choose a reason."),
        },
    )
    first_day = Day(
        label=gettext_lazy("Nothing was due from"),
        help_text=gettext_lazy("Leave it empty to compare with what the last decision gives."),
        required=False,
    )
    last_day = Day(label=gettext_lazy("until (empty: until the end)"), required=False)
    grounds = text_of(
        gettext_lazy("Your words to the worker"),
        gettext_lazy("In his language: what you found, and where. At most 2000 signs."),
    )

    def clean(self) -> dict[str, Any]:
        """Days in their order."""
        given = self.cleaned_data
        first, last = given.get("first_day"), given.get("last_day")
        if last and not first and "first_day" not in self.errors:
            self.add_error("first_day", _("Say from when."))
        elif first and last and last < first:
            self.add_error("last_day", _("The end lies before the start."))
        return given

    def opening(self) -> Opening:
        """The opening of a valid form."""
        return Opening(**{name: self.cleaned_data[name] for name in (
            "reason", "grounds", "first_day", "last_day")})  # fmt: skip


class OutcomeForm(forms.Form):
    """Whether money is asked back, how much and in how many parts."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("What is decided"),
        choices=[
            ("back", gettext_lazy("It is asked back")),
            ("drop", gettext_lazy("Nothing is asked back")),
        ],
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose what is decided."),
            "invalid_choice": gettext_lazy("Choose what is decided."),
        },
    )
    amount = forms.CharField(
        label=gettext_lazy("Amount"),
        help_text=gettext_lazy("In euros, no more than was paid too much."),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "govuk-input--width-10"}),
    )
    count = forms.IntegerField(
        label=gettext_lazy("In how many monthly parts"),
        required=False,
        min_value=1,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-4"}),
        error_messages={"invalid": _MONTHS, "min_value": _MONTHS},
    )
    motivation = text_of(
        gettext_lazy("Why"),
        gettext_lazy("In the language of the worker; it answers what he said. At most 2000 signs."),
    )

    def __init__(self, *args: Any, most: int, today: date, **given: Any) -> None:
        super().__init__(*args, **given)
        self._most, self._parts = most, recovering.most_instalments(on=today)

    def clean_amount(self) -> int | None:
        """Cents, no more than what was paid too much."""
        text = self.cleaned_data["amount"].replace(" ", "").replace("\N{NO-BREAK SPACE}", "")
        if self.data.get("outcome") != "back":
            return None
        try:
            cents = Money.parse(text.replace(",", ".")).cents
        except ValueError:
            raise forms.ValidationError(_("Enter an amount, for example 123,45.")) from None
        if not 0 < cents <= self._most:
            raise forms.ValidationError(_("No more than was paid too much can be asked back."))
        return cents

    def clean_count(self) -> int:
        """No more parts than there may be; one, when nothing is said."""
        count: int = self.cleaned_data["count"] or 1
        if count > self._parts:
            text = _("It can be spread over %(most)s months at most.")
            raise forms.ValidationError(text, params={"most": self._parts})
        return count

    def decided(self) -> Outcome:
        """The outcome of a valid form."""
        given = self.cleaned_data
        return Outcome(cents=given["amount"], count=given["count"], motivation=given["motivation"])


class MonthForm(forms.Form):
    """Which month of payments is shown."""

    month = forms.RegexField(
        r"^(20[0-9]{2})-(0[1-9]|1[0-2])$",
        label=gettext_lazy("Month"),
        help_text=gettext_lazy("Year and month, for example 2025-04."),
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10", "autocomplete": "off"}),
        error_messages={
            "required": gettext_lazy("Enter a month, for example 2025-04."),
            "invalid": gettext_lazy("Enter a month, for example 2025-04."),
        },
    )


def month_in(text: str) -> Period:
    """The days of a month that the form took for one."""
    first = date.fromisoformat(f"{text}-01")
    return Period(first, first.replace(day=monthrange(first.year, first.month)[1]))
