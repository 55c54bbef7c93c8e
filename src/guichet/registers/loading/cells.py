"""One cell of a flat form: text to value, value to text.

A spreadsheet takes a cell that begins with ``=``, ``+``, ``-`` or ``@`` for a formula. Such a
text leaves with an apostrophe before it and loses it again when it comes back.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_YES = {"1", "true", "yes"}
_NO = {"0", "false", "no"}


class CellRefused(Exception):
    """A cell does not hold what its column asks; ``column`` says which."""

    def __init__(self, *, column: str, sentence: str | Promise) -> None:
        super().__init__(column)
        self.column = column
        self.sentence = sentence


class Row(Mapping[str, str]):
    """The cells of one row by column; a column that the file leaves out is empty."""

    def __init__(self, cells: Mapping[str, str]) -> None:
        self._cells = {name: text.strip() for name, text in cells.items()}
        for name, text in self._cells.items():
            if any(unicodedata.category(sign) == "Cc" and sign != "\n" for sign in text):
                raise CellRefused(column=name, sentence=_("This cell holds a control character."))

    def __getitem__(self, column: str) -> str:
        return self._cells.get(column, "")

    def __iter__(self) -> Any:
        return iter(self._cells)

    def __len__(self) -> int:
        return len(self._cells)

    def needed(self, column: str) -> str:
        """The text of a cell that may not be empty."""
        if not self[column]:
            raise CellRefused(column=column, sentence=_("This cell may not be empty."))
        return self[column]

    def absent(self, column: str) -> str | None:
        """The text, or None for an empty cell."""
        return self[column] or None

    def day(self, column: str) -> date:
        """A calendar day, ``2026-03-02``."""
        try:
            return date.fromisoformat(self.needed(column))
        except ValueError:
            raise CellRefused(
                column=column, sentence=_("A date is written as 2026-03-02.")
            ) from None

    def day_or_none(self, column: str) -> date | None:
        """The same, or None for an empty cell."""
        return self.day(column) if self[column] else None

    def hour_or_none(self, column: str) -> time | None:
        """A time of a day, ``08:30``, or None for an empty cell."""
        if not self[column]:
            return None
        try:
            return datetime.strptime(self[column], "%H:%M").time()  # noqa: DTZ007  # no day in it
        except ValueError:
            raise CellRefused(
                column=column, sentence=_("A time of the day is written as 08:30.")
            ) from None

    def moment_or_none(self, column: str) -> datetime | None:
        """A moment with its offset, ``2026-03-02T08:15+01:00``, or None for an empty cell."""
        if not self[column]:
            return None
        moment = None
        with suppress(ValueError):
            moment = datetime.fromisoformat(self[column])
        if moment is None or moment.tzinfo is None:
            sentence = _("A moment is written with its offset, as 2026-03-02T08:15+01:00.")
            raise CellRefused(column=column, sentence=sentence)
        return moment

    def whole(self, column: str) -> int:
        """A whole number."""
        text = self.needed(column)
        if not (text.isascii() and text.removeprefix("-").isdigit() and len(text) <= 18):
            raise CellRefused(column=column, sentence=_("This cell needs a whole number."))
        return int(text)

    def whole_or(self, column: str, absent: int) -> int:
        """The same, or ``absent`` for an empty cell."""
        return self.whole(column) if self[column] else absent

    def degrees_or_none(self, column: str) -> float | None:
        """A number of degrees with a decimal point, or None for an empty cell."""
        if not self[column]:
            return None
        try:
            degrees = Decimal(self[column])
        except InvalidOperation:
            degrees = Decimal("NaN")
        if not degrees.is_finite():
            raise CellRefused(column=column, sentence=_("This cell needs degrees, as 4.8674."))
        return float(degrees)

    def flag(self, column: str) -> bool:
        """``1``, ``true``, ``yes`` or ``0``, ``false``, ``no``."""
        text = self.needed(column).lower()
        if text not in _YES | _NO:
            raise CellRefused(column=column, sentence=_("This cell needs 1 or 0."))
        return text in _YES


def written(value: object) -> str:
    """The text of a value, safe to open in a spreadsheet."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, int | float):
        return repr(value)
    return guarded(value.isoformat() if isinstance(value, date) else str(value))


def guarded(text: str) -> str:
    """With an apostrophe before what a spreadsheet would take for a formula."""
    return f"'{text}" if text.lstrip("'").startswith(_STARTS_FORMULA) else text


def unguarded(text: str) -> str:
    """Without the apostrophe that ``guarded`` put there."""
    is_guarded = text.startswith("'") and text.lstrip("'").startswith(_STARTS_FORMULA)
    return text[1:] if is_guarded else text
