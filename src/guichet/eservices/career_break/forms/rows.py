"""Tables of rows in a step: other employers, and separate weeks. A button adds or removes a row.

The rows stand among the boxes of the step as ``others-0-name``, ``others-1-name`` …; so what was
typed is kept whatever button is pressed, with and without a program in the browser.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from guichet.eservices.career_break.content import OtherEmployer
from guichet.eservices.career_break.forms.parts import DayField, HoursField, put
from guichet.kernel.enterprise import EnterpriseNumber, InvalidEnterpriseNumber
from guichet.rules.career_break.entry_dates import MOST_BLOCKS
from guichet.rules.career_break.faults import blocking
from guichet.rules.career_break.several import MOST, Elsewhere, elsewhere_faults

OTHERS, WEEKS = "others", "weeks"
_ROW: Final = re.compile(r"\A(others|weeks)-([0-9]{1,2})-(.{1,40})\Z", re.DOTALL)
_ACT: Final = re.compile(r"\A(add|remove)-(others|weeks)(?:-([0-9]{1,2}))?\Z")
_MOST: Final[Mapping[str, int]] = {OTHERS: MOST, WEEKS: MOST_BLOCKS - 1}
_NAMES: Final = {"contract": "contract_minutes", "full_time": "full_time_minutes"}
# An empty row is told from no row by one box of it.
_FIRST: Final[Mapping[str, str]] = {OTHERS: "number", WEEKS: "first_day_0"}


class OtherForm(forms.Form):
    """Another employer: who, the hours there, and whether work is reduced there too."""

    number = forms.CharField(
        label=_("Enterprise number"),
        max_length=40,
        required=False,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "class": "govuk-input--width-10", "inputmode": "numeric"}
        ),
    )
    name = forms.CharField(
        label=_("or name"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    contract_minutes = HoursField(label=_("Contract hours there *"))
    full_time_minutes = HoursField(label=_("Full-time hours there *"))
    reduces = forms.BooleanField(label=_("Work is reduced there too"), required=False)

    def __init__(self, *args: Any, own: str, **given: Any) -> None:
        super().__init__(*args, **given)
        self.own = own

    def clean(self) -> dict[str, Any]:
        """By the rules; hours that cannot be read have been told already."""
        given = self.cleaned_data
        job = Elsewhere(
            number=given.get("number", ""), name=given.get("name", ""),
            contract=given.get("contract_minutes", 1),
            full_time=given.get("full_time_minutes", 99 * 60),
        )  # fmt: skip
        put(self, elsewhere_faults(job, own=self.own), _NAMES)
        return given

    def employer(self) -> OtherEmployer:
        """The employer of a sound row."""
        given = self.cleaned_data
        return OtherEmployer(
            digits(given["number"]), given["name"], given["contract_minutes"],
            given["full_time_minutes"], given["reduces"],
        )  # fmt: skip


class WeeksForm(forms.Form):
    """One more block of weeks."""

    first_day = DayField(label=_("From *"))
    last_day = DayField(label=_("To, included *"))

    def clean(self) -> dict[str, Any]:
        """A block does not end before it begins."""
        given = self.cleaned_data
        first, last = given.get("first_day"), given.get("last_day")
        if first and last and last < first:
            put(self, [blocking("V-DT-02", "last_day")], {})
        return given

    def block(self) -> tuple[date, date]:
        """The days of a sound row."""
        return self.cleaned_data["first_day"], self.cleaned_data["last_day"]


def rows_of(typed: Mapping[str, Any], kind: str) -> list[dict[str, str]]:
    """What stands in the rows of a table, in their order."""
    found: dict[int, dict[str, str]] = {}
    for name, value in typed.items():
        match = _ROW.match(name)
        if match and match[1] == kind:
            found.setdefault(int(match[2]), {})[match[3]] = str(value)
    return [found[at] for at in sorted(found)][: _MOST[kind]]


def is_blank(row: Mapping[str, str]) -> bool:
    """Whether nothing was typed in a row; a tick alone is nothing."""
    return not any(value.strip() for name, value in row.items() if name != "reduces")


def acted(typed: Mapping[str, str], do: str) -> dict[str, str] | None:
    """What is typed after a button of a table; None where the button is none of a table."""
    act = _ACT.match(do)
    if act is None:
        return None
    kind, rows = act[2], rows_of(typed, act[2])
    if act[1] == "add":
        # The box of several employers and its table say the same.
        told = {"has_other_employers": "on"} if kind == OTHERS else {}
        return _with({**typed, **told}, kind, [*rows, {_FIRST[kind]: ""}][: _MOST[kind]])
    at = int(act[3] or _MOST[kind])
    return _with(typed, kind, [row for place, row in enumerate(rows) if place != at])


def is_full(kind: str, count: int) -> bool:
    """Whether a table has as many rows as it can have."""
    return count >= _MOST[kind]


def digits(number: str) -> str:
    """Ten digits, or nothing."""
    try:
        return EnterpriseNumber.parse(number).digits
    except InvalidEnterpriseNumber:
        return ""


def _with(typed: Mapping[str, str], kind: str, rows: list[dict[str, str]]) -> dict[str, str]:
    rest = {
        name: value
        for name, value in typed.items()
        if not (match := _ROW.match(name)) or match[1] != kind
    }
    return rest | {
        f"{kind}-{at}-{name}": value for at, row in enumerate(rows) for name, value in row.items()
    }
