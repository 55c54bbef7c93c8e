"""The period of the consultations that somebody wants to see."""

from datetime import date
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

_INPUTS: Final = ["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y"]


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        input_formats=_INPUTS,
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"class": "p-input-day"}),
        error_messages={"invalid": gettext_lazy("Write a day as 24/11/2026.")},
    )


class PeriodForm(forms.Form):
    """From a day to a day, both included; either may be left open."""

    first = _day(gettext_lazy("From"))
    last = _day(gettext_lazy("To"))

    def clean(self) -> dict[str, Any]:
        """The two days in order."""
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("first"), cleaned.get("last")
        if isinstance(first, date) and isinstance(last, date) and last < first:
            self.add_error("last", _("The last day is before the first one."))
        return cleaned
