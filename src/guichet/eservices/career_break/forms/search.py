"""The search of the overview: characteristics of the interruption, and the worker."""

from datetime import date
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guichet.eservices.career_break import queries, words
from guichet.eservices.career_break.forms.parts import put, said
from guichet.eservices.career_break.search import Wanted
from guichet.kernel.niss import InvalidNiss, Niss
from guichet.rules.career_break.entry import filter_fault, ticket_fault
from guichet.rules.career_break.entry_dates import ImpossibleDate, read_date
from guichet.rules.career_break.faults import blocking

YEARS_BACK: Final = 2
# What ONEM asks the worker is between them: for the employer the file is being handled.
STATES: Final = {key: text for key, text in words.STATES.items() if key != "draft"}


class Day(forms.Field):
    """A day in one box, as people write it."""

    def __init__(self, **given: Any) -> None:
        attrs = {"autocomplete": "off", "inputmode": "numeric"}
        super().__init__(required=False, widget=forms.TextInput(attrs=attrs), **given)

    def to_python(self, value: Any) -> date | None:
        """The day, or None for an empty box."""
        text = str(value or "").strip()
        if not text:
            return None
        try:
            return read_date(text[:40])
        except ImpossibleDate:
            raise said(blocking("V-DT-01", "")) from None


def ticks(label: Any, choices: Any) -> forms.MultipleChoiceField:
    """Several of a list; the rules say when none is ticked."""
    return forms.MultipleChoiceField(
        label=label, choices=[*choices.items()], required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip


class SearchForm(forms.Form):
    """Both sections of the manual; they narrow together."""

    leave = ticks(_("Type of interruption *"), words.LEAVES)
    regime = ticks(_("Régime *"), words.REGIMES)
    state = ticks(_("State of the request *"), STATES)
    ticket = forms.CharField(
        label=_("Ticket number"), help_text=_("Hyphens are optional"), max_length=40, required=False
    )
    since = Day(label=_("Period from"), help_text=_("dd/mm/yyyy"))
    until = Day(label=pgettext_lazy("after a period from", "to"), help_text=_("dd/mm/yyyy"))
    niss = forms.CharField(
        label=_("National register number (NISS)"), help_text="999999/999-99", max_length=30,
        required=False,
    )  # fmt: skip

    def __init__(self, *args: Any, employer: str = "", **given: Any) -> None:
        super().__init__(*args, **given)
        self.employer = employer

    def clean_ticket(self) -> str:
        """A number that is mistyped is told apart from one that nobody has.

        One that stands on a request of the employer is found, whatever its check sign says.
        """
        text = str(self.cleaned_data["ticket"]).strip()
        fault = ticket_fault(text) if text else None
        if fault is not None and queries.request(ticket=text, employer=self.employer) is None:
            raise said(fault)
        return text

    def clean_niss(self) -> str:
        """Eleven digits; whose they are is not told."""
        text = str(self.cleaned_data["niss"]).strip()
        if not text:
            return ""
        try:
            return Niss.parse(text).digits
        except InvalidNiss:
            raise said(blocking("V-NI-02", "niss")) from None

    def clean(self) -> dict[str, Any]:
        """Nothing ticked, or days the wrong way round."""
        given = self.cleaned_data
        for name in ("leave", "regime", "state"):
            if name in given:
                put(self, [filter_fault(given[name], field=name)], {})
        since, until = given.get("since"), given.get("until")
        if since and until and until < since:
            put(self, [blocking("V-DT-02", "until")], {})
        return given

    def wanted(self, *, employer: str, earliest: date, today: date) -> Wanted:
        """The search behind a valid form; ``earliest``: before it nothing is shown."""
        given = self.cleaned_data
        return Wanted(
            today=today,
            employer=employer,
            leaves=tuple(given["leave"]),
            regimes=tuple(given["regime"]),
            states=tuple(given["state"]),
            ticket=given["ticket"],
            niss=given["niss"],
            since=max(given["since"] or earliest, earliest),
            until=given["until"],
        )


def defaults(earliest: date) -> dict[str, Any]:
    """Everything ticked, from two years ago on."""
    return {
        "leave": [*words.LEAVES],
        "regime": [*words.REGIMES],
        "state": [*STATES],
        "since": f"{earliest:%d/%m/%Y}",
    }
