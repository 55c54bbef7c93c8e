"""The form of a decision, filled in beforehand with what the rules propose.

Its amounts are rows of the table for the paid days. When the days change, the rows are made anew:
a decision is never taken on amounts of other days.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guichet.backoffice.career_breaks.entrance import language
from guichet.backoffice.career_breaks.forms import Day, reason
from guichet.eservices.career_break.office import words
from guichet.eservices.career_break.office.contents import Decided
from guichet.eservices.career_break.office.judging import Case
from guichet.kernel.money import InvalidAmount, Money
from guichet.platform import wording
from guichet.rules.career_break.decisions import Paid, Result, Row
from guichet.rules.career_break.entry_dates import ImpossibleDate, read_date

_BLANKS: Final = str.maketrans("", "", " .\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}")
_WHOLE: Final = 10_000


class Number(forms.Field):
    """A number with at most two decimals, in hundredths: cents, or hundredths of a per cent."""

    def __init__(self, *, most: int, wrong: Any, **given: Any) -> None:
        attrs = {"inputmode": "decimal", "autocomplete": "off", "class": "govuk-input--width-10"}
        errors = {"required": wrong}
        super().__init__(
            widget=forms.TextInput(attrs=attrs), error_messages=errors, required=False, **given
        )
        self._most, self._wrong = most, wrong

    def to_python(self, value: Any) -> int | None:
        """Hundredths, or None for an empty box."""
        text = str(value or "").strip()
        if not text:
            return None
        if "," in text:  # points are then groups
            text = text.translate(_BLANKS)
        try:
            found = Money.parse("".join(text.split())).cents
        except InvalidAmount:
            raise forms.ValidationError(self._wrong) from None
        if not 0 <= found <= self._most:
            raise forms.ValidationError(self._wrong)
        return found


class DecideForm(forms.Form):
    """Result, days of the break, paid days with their amounts, reasons."""

    result = forms.ChoiceField(
        label=gettext_lazy("Result"),
        choices=[*words.RESULTS.items()],
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose a result."),
            "invalid_choice": gettext_lazy("Choose a result."),
        },
    )
    first_day = Day(label=gettext_lazy("Break granted from"))
    last_day = Day(label=gettext_lazy("Break granted to"), required=False)
    paid_from = Day(label=gettext_lazy("Allowance paid from"), required=False)
    paid_until = Day(label=gettext_lazy("Allowance paid to"), required=False)
    rows_for = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)
    motivation = reason(
        gettext_lazy("Reasons, as the letter gives them"),
        gettext_lazy("In the language of the file. At most 2000 signs."),
        required=False,
    )
    why = reason(
        gettext_lazy("Why you decide otherwise than the rules propose"),
        gettext_lazy(
            "Needed when result, days or amount differ, also from the last decision. The second "
            "officer reads it; the letter does not say it."
        ),
        required=False,
    )

    def __init__(
        self, data: Mapping[str, Any] | None, *, case: Case, text: str, anew: bool = False
    ) -> None:
        """``text``: the reasons of the rules; ``anew``: the rows are made for the days of
        ``data``, and nothing is judged."""
        given = dict(data.items()) if data is not None else {}
        initial = _proposed(case, text) | (given if anew else {})
        super().__init__(None if anew else data, initial=initial)
        self.case = case
        source = given if data is not None else initial
        first, last = _read(source.get("paid_from")), _read(source.get("paid_until"))
        self.table = _table(case, first, last)
        self.key = f"{first or ''}/{last or ''}"
        if anew or data is None:
            self.initial["rows_for"] = self.key
        for at, row in enumerate(self.table):
            self._add(at, row)

    def _add(self, at: int, row: Row) -> None:
        gross = row.amount.gross.cents if row.amount else None
        rate = row.amount.tax_rate if row.amount else row.rate
        days = words.period(wording.day(row.first_day), _shown(row.last_day))
        self.fields[f"gross_{at}"] = Number(
            label=_("Gross amount a month, %(days)s") % {"days": days},
            help_text=_amount_hint(row),
            most=10_000_00,
            wrong=gettext_lazy("Enter an amount in euro, for example 1038,12."),
        )
        self.fields[f"rate_{at}"] = Number(
            label=_("Tax in per cent, %(days)s") % {"days": days},
            most=_WHOLE,
            wrong=gettext_lazy("Enter a per cent, for example 17,15."),
        )
        self.initial[f"gross_{at}"] = _typed(gross)
        self.initial[f"rate_{at}"] = _typed(rate)

    @property
    def rows(self) -> list[tuple[Row, Any, Any]]:
        """Each row of the table with its two fields."""
        return [(row, self[f"gross_{at}"], self[f"rate_{at}"]) for at, row in enumerate(self.table)]

    def clean(self) -> dict[str, Any]:
        """What is paid has days and amounts, and the amounts are of these days."""
        given = super().clean() or self.cleaned_data
        result = given.get("result")
        if not result or not Result(result).is_paid:
            return given
        if not given.get("paid_from") and "paid_from" not in self.errors:
            self.add_error("paid_from", _("Say from when the allowance is paid."))
        elif not self.table or given.get("rows_for") != self.key:
            self.add_error("paid_from", _("The paid days changed: compute the amounts again."))
        for at in range(len(self.table)):
            for name in (f"gross_{at}", f"rate_{at}"):
                if given.get(name) is None and name not in self.errors:
                    self.add_error(name, self.fields[name].error_messages["required"])
        return given

    def decided(self) -> Decided:
        """The decision of a valid form."""
        given, result = self.cleaned_data, Result(self.cleaned_data["result"])
        paid = tuple(
            Paid(row.first_day, row.last_day, Money(given[f"gross_{at}"]), given[f"rate_{at}"])
            for at, row in enumerate(self.table)
        )
        return Decided(
            result=result,
            first_day=given["first_day"],
            last_day=given["last_day"],
            paid=paid if result.is_paid else (),
            motivation=given["motivation"],
            why=given["why"],
        )


def _proposed(case: Case, text: str) -> dict[str, Any]:
    proposal, row = case.proposal, case.row
    return {
        "result": proposal.result.value if proposal else "",
        "first_day": wording.day(row.first_day),
        "last_day": _shown(row.last_day),
        "paid_from": _shown(proposal.paid_from if proposal else None),
        "paid_until": _shown(proposal.paid_until if proposal else None),
        "motivation": text,
    }


def _table(case: Case, first: date | None, last: date | None) -> tuple[Row, ...]:
    """The rows of the paid days; one without an amount where the table says nothing."""
    if first is None or first < case.row.first_day:
        return ()
    end = last or case.row.last_day
    if case.row.last_day is not None and (end is None or end > case.row.last_day):
        return ()
    if end is not None and end < first:
        return ()
    return case.rows(first, end) or (Row(first, end, None, None, False),)


def _read(value: Any) -> date | None:
    try:
        return read_date(str(value)[:40]) if value else None
    except ImpossibleDate:
        return None


def _shown(day: date | None) -> str:
    return wording.day(day) if day else ""


def _typed(hundredths: int | None) -> str:
    if hundredths is None:
        return ""
    sign = "." if language() == "en" else ","
    return f"{hundredths // 100}{sign}{hundredths % 100:02d}"


def _amount_hint(row: Row) -> str:
    if row.amount is None:
        return _("The table knows no amount: enter it. A second officer signs.")
    said = _("Table: %(amount)s, in force since %(day)s.") % {
        "amount": words.money(row.amount.gross),
        "day": wording.day(row.amount.since),
    }
    if not row.amount.is_verified:
        said += " " + _("Computed, not read where it is published.")
    if row.has_supplement:
        said += " " + _("With the supplement of a single parent.")
    return said
