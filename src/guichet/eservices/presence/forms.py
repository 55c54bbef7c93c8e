"""What a reader may ask of the lists: periods, sites, workers, states."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, Final

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from guichet.eservices.presence.day_queries import ANY_REMARK, Site
from guichet.eservices.presence.words import CHANNELS, CODE_FAULTS, VALIDITIES
from guichet.kernel.limosa import (
    LONGEST_CODE,
    LimosaNumber,
    UnreadableLimosaCode,
    limosa_number_in,
)
from guichet.rules.remarks import REMARKS

LONGEST_PERIOD: Final = timedelta(days=31)
_INPUTS: Final = ["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%y", "%d.%m.%y"]


def day_field(label: Any, missing: Any) -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"class": "p-input-day"})
    errors = {"required": missing, "invalid": gettext_lazy("Write a day as 24/11/2026.")}
    return forms.DateField(label=label, input_formats=_INPUTS, widget=widget, error_messages=errors)


class PeriodForm(forms.Form):
    """A period of at most 31 days, both included."""

    first = day_field(gettext_lazy("From"), gettext_lazy("Enter the first day."))
    last = day_field(gettext_lazy("To"), gettext_lazy("Enter the last day."))

    def clean(self) -> dict[str, Any]:
        """The two days in order, and not too far apart."""
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("first"), cleaned.get("last")
        if isinstance(first, date) and isinstance(last, date):
            if last < first:
                self.add_error("last", _("The last day is before the first one."))
            elif last - first >= LONGEST_PERIOD:
                self.add_error("last", _("A period has at most 31 days. Choose a shorter one."))
        return cleaned


class LimosaForm(forms.Form):
    """The number on an L1, or what its QR code holds, and the day of the work."""

    code = forms.CharField(
        label=gettext_lazy("Number of the L1, or the content of its QR code"),
        help_text=gettext_lazy("Seventeen digits, for example 26010100000000169."),
        max_length=LONGEST_CODE,
        error_messages={
            "required": gettext_lazy("Enter the number of the L1."),
            "max_length": gettext_lazy("This is too long for the QR code of an L1."),
        },
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    day = day_field(gettext_lazy("Day of the work"), gettext_lazy("Enter the day of the work."))

    def clean_code(self) -> LimosaNumber:
        """The number, read out of whatever was given."""
        try:
            return limosa_number_in(self.cleaned_data["code"])
        except UnreadableLimosaCode as fault:
            raise forms.ValidationError(CODE_FAULTS[fault.fault]) from None


class SitePeriodForm(PeriodForm):
    """A period and one of the sites that occur in it."""

    site = forms.ChoiceField(label=gettext_lazy("Site"), required=False)

    def __init__(self, *args: Any, sites: Iterable[Site] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("All sites"))]
        choices += [(site.reference, site.name or site.reference) for site in sites]
        asked = str(self.data.get("site", ""))
        if asked.isalnum() and len(asked) == 13 and asked not in {code for code, _text in choices}:
            choices.append((asked, asked))  # nobody was there in this period: an empty list
        self.fields["site"].choices = choices  # type: ignore[attr-defined]


class ListForm(SitePeriodForm):
    """Every filter of the list of registrations.

    ``worker`` is a name or a number of a person: it travels by POST and never in an address.
    """

    worker = forms.CharField(
        label=gettext_lazy("Worker (name or number)"),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    validity = forms.ChoiceField(label=gettext_lazy("State"), required=False)
    remark = forms.ChoiceField(label=gettext_lazy("Remark"), required=False)
    type = forms.ChoiceField(
        label=gettext_lazy("IN or OUT"),
        required=False,
        choices=[("", gettext_lazy("Both")), ("in", "IN"), ("out", "OUT")],
    )
    channel = forms.ChoiceField(label=gettext_lazy("Registered by"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        every = [("", _("All"))]
        language = get_language() or "en"
        remarks = [(ANY_REMARK, _("Any remark"))]
        remarks += [(code, remark.label.in_language(language)) for code, remark in REMARKS.items()]
        self.fields["validity"].choices = every + list(VALIDITIES.items())  # type: ignore[attr-defined]
        self.fields["remark"].choices = every + remarks  # type: ignore[attr-defined]
        self.fields["channel"].choices = every + list(CHANNELS.items())  # type: ignore[attr-defined]

    def clean_worker(self) -> str:
        """Without a NUL, which no text in the database has."""
        return str(self.cleaned_data["worker"]).replace("\x00", "").strip()
