"""The forms of the measures: a waiver, a queue, reading only."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from guichet.eservices.temporary_unemployment import words
from guichet.eservices.temporary_unemployment.forms.search import Day
from guichet.kernel.period import Period
from guichet.platform import clock
from guichet.rules.career_break.committees import Committee, UnknownCommittee
from guichet.rules.dated import UnknownParameter
from guichet.rules.temporary_unemployment.kinds import Kind, Reason
from guichet.rules.temporary_unemployment.reasons import is_communicated

_LONGEST: Final = 366


class WaiverForm(forms.Form):
    """For whom and how long nothing needs to be communicated."""

    reason = forms.ChoiceField(label=pgettext_lazy("temporary unemployment", "Reason"))
    kind = forms.ChoiceField(
        label=pgettext_lazy("temporary unemployment", "Communication"), required=False
    )
    first = Day(label=_("First day of the waiver"))
    last = Day(label=_("Last day of the waiver"))
    committees = forms.CharField(
        label=_("Joint committees"), required=False, max_length=1000,
        help_text=_("Codes with blanks between them, for example 124 302. Empty: all of them."),
    )  # fmt: skip
    postcodes = forms.CharField(
        label=_("Postcodes of the establishments"), required=False, max_length=4000,
        help_text=_("Four digits each, with blanks between them. Empty: everywhere."),
    )  # fmt: skip
    law = forms.CharField(
        label=_("Text that allows it"), max_length=500,
        help_text=_("Law, royal decree or decision, with its date."),
    )  # fmt: skip

    def __init__(self, *given: Any, today: date, **named: Any) -> None:
        super().__init__(*given, **named)
        self.today = today
        reasons = [(one.value, words.reason(one)) for one in Reason if is_communicated(one)]
        kinds = [("", gettext("all"))] + [
            (one.value, words.kind(one)) for one in Kind if one is not Kind.DIFFICULTY
        ]
        for name, choices in (("reason", reasons), ("kind", kinds)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices

    def clean_committees(self) -> list[str]:
        """Codes that exist."""
        codes = str(self.cleaned_data["committees"]).replace(",", " ").split()
        for code in codes:
            try:
                Committee.parse(code, on=self.today)
            except UnknownCommittee:
                raise forms.ValidationError(
                    gettext("No joint committee has the code %(code)s.") % {"code": code[:20]}
                ) from None
            except UnknownParameter:
                continue
        return codes

    def clean_postcodes(self) -> list[str]:
        """Four digits each."""
        codes = str(self.cleaned_data["postcodes"]).replace(",", " ").split()
        for code in codes:
            if len(code) != 4 or not (code.isascii() and code.isdigit()):
                raise forms.ValidationError(
                    gettext("%(code)s is no postcode of four digits.") % {"code": code[:20]}
                )
        return codes

    def clean(self) -> dict[str, Any]:
        """In order, and for a time."""
        first, last = self.cleaned_data.get("first"), self.cleaned_data.get("last")
        if first and last and last < first:
            self.add_error("last", gettext("The end lies before the start."))
        elif first and last and (last - first).days >= _LONGEST:
            self.add_error("last", gettext("A waiver lasts a year at most."))
        return self.cleaned_data

    @property
    def period(self) -> Period:
        """Of a valid form."""
        return Period(self.cleaned_data["first"], self.cleaned_data["last"])


class UntilForm(forms.Form):
    """Until when a mode holds: a day and an hour of Brussels."""

    until = Day(label=_("Until the day"))
    hour = forms.TimeField(label=_("Hour"), initial=time(23, 0), input_formats=["%H:%M", "%H.%M"])

    def __init__(self, *given: Any, now: datetime, **named: Any) -> None:
        super().__init__(*given, **named)
        self.now = now

    def clean(self) -> dict[str, Any]:
        """Ahead, and within a month."""
        given = self.cleaned_data
        if given.get("until") and given.get("hour"):
            moment = datetime.combine(given["until"], given["hour"], clock.BRUSSELS)
            if not self.now < moment <= self.now + timedelta(days=30):
                self.add_error("until", gettext("Choose a moment within the next thirty days."))
            given["moment"] = moment
        return given


class QueueForm(UntilForm):
    """How many come in a minute."""

    rate = forms.IntegerField(
        label=_("People who come in each minute"), min_value=1, max_value=10_000, initial=120
    )
    field_order = ("rate", "until", "hour")
