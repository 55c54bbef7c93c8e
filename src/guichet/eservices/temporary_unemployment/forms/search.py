"""The search of the overview, and the days off of a year."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from guichet.eservices.temporary_unemployment import tickets, words
from guichet.eservices.temporary_unemployment.queries import Criteria
from guichet.kernel.niss import InvalidNiss, Niss
from guichet.kernel.ticket import InvalidNumber, MistypedNumber, TicketNumber
from guichet.rules import calendar
from guichet.rules.temporary_unemployment.identifiers import day as read_day
from guichet.rules.temporary_unemployment.kinds import Channel, Kind, Reason
from guichet.rules.temporary_unemployment.reasons import is_communicated

KINDS: Final = tuple(one for one in Kind if one is not Kind.DIFFICULTY)
REASONS: Final = tuple(one for one in Reason if is_communicated(one))
STATES: Final = (
    "received", "under_review", "accepted", "partially_accepted", "refused", "revised",
    "modified", "cancelled",
)  # fmt: skip


class Day(forms.Field):
    """A day in one box, as people write it."""

    def __init__(self, **given: Any) -> None:
        attrs = {
            "autocomplete": "off", "inputmode": "numeric", "class": "govuk-input--width-10",
        }  # fmt: skip
        super().__init__(widget=forms.TextInput(attrs=attrs), **given)

    def clean(self, value: Any) -> date | None:
        """The day, or None for an empty box that may be empty."""
        text = str(value or "").strip().replace(".", "/").replace("-", "/")
        if not text and not self.required:
            return None
        found = read_day(text[:40], channel=Channel.WEB)
        if found is None:
            raise forms.ValidationError(
                gettext("Write a day that exists as day, month and year: 17/03/2025.")
            )
        return found


class SearchForm(forms.Form):
    """What a list of communications is narrowed to; nothing chosen is everything."""

    ticket = forms.CharField(label=_("Ticket number"), max_length=40, required=False)
    kind = forms.ChoiceField(
        label=pgettext_lazy("temporary unemployment", "Communication"), required=False
    )
    reason = forms.ChoiceField(
        label=pgettext_lazy("temporary unemployment", "Reason"), required=False
    )
    state = forms.ChoiceField(label=pgettext_lazy("of a communication", "State"), required=False)
    since = Day(label=_("Received from"), required=False)
    until = Day(label=_("until"), required=False)
    niss = forms.CharField(
        label=_("National register number (NISS)"), max_length=30, required=False
    )

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        every = [("", words.said_first(gettext("all")))]
        for name, values, word in (
            ("kind", KINDS, words.kind), ("reason", REASONS, words.reason),
            ("state", STATES, words.state),
        ):  # fmt: skip
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [*every, *((str(one), word(str(one))) for one in values)]

    def clean_ticket(self) -> str:
        """A number that is mistyped is told apart from one that nobody has."""
        text = str(self.cleaned_data["ticket"]).strip()
        if not text:
            return ""
        try:
            return TicketNumber.parse(text).signs
        except MistypedNumber:
            raise forms.ValidationError(
                gettext("A sign of this ticket number is mistyped: compare it with the receipt.")
            ) from None
        except InvalidNumber:
            raise forms.ValidationError(
                gettext("A ticket number has thirteen signs, for example 05W-0000001-7B-Z.")
            ) from None

    def clean_niss(self) -> str:
        """Eleven digits; whose they are is not told."""
        text = str(self.cleaned_data["niss"]).strip()
        if not text:
            return ""
        try:
            return Niss.parse(text).digits
        except InvalidNiss:
            raise forms.ValidationError(
                gettext("This is not a valid number: it has eleven digits, the last two check it.")
            ) from None

    def clean(self) -> dict[str, Any]:
        """Days the wrong way round."""
        given = self.cleaned_data
        since, until = given.get("since"), given.get("until")
        if since and until and until < since:
            self.add_error("until", gettext("The end lies before the start."))
        return given

    def criteria(self, *, employer: str, today: date) -> Criteria:
        """The search behind a valid form."""
        given = self.cleaned_data
        return Criteria(
            employer=employer,
            ticket=tickets.signs_of(given["ticket"]),
            kinds=(given["kind"],) if given["kind"] else (),
            reasons=(given["reason"],) if given["reason"] else (),
            states=(given["state"],) if given["state"] else (),
            niss=given["niss"],
            since=given["since"],
            until=given["until"],
            today=today,
        )


class ClosedDaysForm(forms.Form):
    """The days off of a year, one a line, as they stand in the work rules."""

    replacement = forms.CharField(
        label=_("Replacement days of public holidays"),
        help_text=_("One day a line, for example 02/11/2026."),
        widget=forms.Textarea(attrs={"rows": 5}), required=False, max_length=4000,
    )  # fmt: skip
    bridge = forms.CharField(
        label=_("Bridge days"),
        help_text=_("Days on which the enterprise is closed between two days off, one a line."),
        widget=forms.Textarea(attrs={"rows": 5}), required=False, max_length=4000,
    )  # fmt: skip

    def __init__(self, *given: Any, year: int, **named: Any) -> None:
        super().__init__(*given, **named)
        self.year = year

    def clean_replacement(self) -> tuple[date, ...]:
        """The days, in order."""
        return self._days("replacement")

    def clean_bridge(self) -> tuple[date, ...]:
        """The days, in order."""
        return self._days("bridge")

    def clean(self) -> dict[str, Any]:
        """A day is one or the other."""
        given = self.cleaned_data
        both = set(given.get("replacement", ())) & set(given.get("bridge", ()))
        if both:
            self.add_error(
                "bridge",
                gettext("%(day)s stands in both lists.") % {"day": f"{min(both):%d/%m/%Y}"},
            )
        return given

    @property
    def days(self) -> Mapping[date, str]:
        """Of a valid form."""
        given = self.cleaned_data
        return {day: name for name in ("replacement", "bridge") for day in given[name]}

    def _days(self, name: str) -> tuple[date, ...]:
        found: dict[date, None] = {}
        faults = []
        for number, line in enumerate(self.cleaned_data[name].splitlines(), start=1):
            text = line.strip().replace(".", "/").replace("-", "/")
            if not text:
                continue
            day = read_day(text[:40], channel=Channel.WEB)
            fault = self._fault(day)
            if day is None or fault:
                faults.append(gettext("Line %(number)s: %(fault)s")
                              % {"number": number, "fault": fault})  # fmt: skip
            else:
                found[day] = None
        if faults:
            raise forms.ValidationError(faults)
        return tuple(sorted(found))

    def _fault(self, day: date | None) -> str:
        if day is None:
            return gettext("no day that exists; write it as 02/11/2026.")
        if day.year != self.year:
            return gettext("this day is not in %(year)s.") % {"year": self.year}
        if not calendar.is_working_day(day):
            return gettext("this day is a Saturday, a Sunday or a public holiday already.")
        return ""
