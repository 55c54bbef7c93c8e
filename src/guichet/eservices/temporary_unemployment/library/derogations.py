"""The table of what joint committees have of their own: every row of the file, with its time.

What holds is decided by ``rules.temporary_unemployment.terms``; here the same file is shown, with
the rows that are over, announced or not verified, so that everybody can check them.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from guichet.eservices.temporary_unemployment.library.tables import duration
from guichet.registers.enterprises import labels
from guichet.rules.dated import DatedValue, Parameter, parameters
from guichet.rules.temporary_unemployment.spans import Span, Unit

_PREFIX: Final = "temporary_unemployment.committee."
_SPAN: Final = re.compile(r"([0-9]+) (day|week|month)s?")
_WHAT: Final = {
    "full": _("full suspension: %(how)s at most"),
    "full in difficulty": _("full suspension of a recognised enterprise in difficulty: %(how)s"),
    "large": _("large suspension: %(how)s at most"),
    "reduced": _("reduced scheme: %(how)s at most"),
    "between": _("work before the next one: %(how)s"),
    "days": _("at most %(how)s days of work a week in a reduced scheme"),
    "notice": _("notice: %(how)s before"),
}
_WHOLE: Final = {
    "notice: wednesday": _("notice: at the latest on the Wednesday of the week before"),
    "notice: last working day": _(
        "notice: at the latest at the start of the last working day before"
    ),
    "start: first working day": _("starts on the first working day of its week"),
    "own decree": _(
        "has a royal decree of its own whose content is not in this table: ask the "
        "unemployment office"
    ),
}
# Committees of the table for which the register has no label.
_NAMES: Final[dict[str, Any]] = {"113.01": _("Sanitary ware, La Louvière")}
SOURCES: Final[dict[str, Any]] = {
    "measures of the crisis of 2020; measures for energy-intensive enterprises of 2022 (press)": _(
        "measures of the crisis of 2020; measures for energy-intensive enterprises of 2022 (press)"
    ),
    "Royal Decree of 2005 (numac 2005201533)": _("Royal Decree of 2005 (numac 2005201533)"),
    "Royal Decree of 2003 (numac 2003202145)": _("Royal Decree of 2003 (numac 2003202145)"),
    "Royal Decree of 18 January 2024": _("Royal Decree of 18 January 2024"),
    "Royal Decrees of 29 January 2022 and 17 February 2023": _(
        "Royal Decrees of 29 January 2022 and 17 February 2023"
    ),
    "Royal Decree of 18 April 2022": _("Royal Decree of 18 April 2022"),
    "ONEM leaflet E21": _("ONEM leaflet E21"),
    "Royal Decree for joint committee 126, 2020 and 2021": _(
        "Royal Decree for joint committee 126, 2020 and 2021"
    ),
    "Royal Decree of 2003 for joint committee 127": _(
        "Royal Decree of 2003 for joint committee 127"
    ),
    "Royal Decree of 2015 for joint committee 136": _(
        "Royal Decree of 2015 for joint committee 136"
    ),
    "Royal Decree of 1994 (numac 1994012045)": _("Royal Decree of 1994 (numac 1994012045)"),
    "Royal Decree for joint committee 324, 2020 and 2021": _(
        "Royal Decree for joint committee 324, 2020 and 2021"
    ),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One derogation in one time; ``code`` is empty for every committee; ``state``: a word."""

    code: str
    name: str
    says: tuple[str, ...]
    first_day: date
    last_day: date | None
    state: str
    is_verified: bool
    source: str


def rows(*, today: date) -> tuple[Row, ...]:
    """Every derogation that was, is or is announced: those in force first, then by committee."""
    found = [
        row
        for name, parameter in sorted(parameters().items())
        if name.startswith(_PREFIX)
        for row in _rows(name.removeprefix(_PREFIX), parameter, today)
    ]
    order = ("now", "draft", "later", "over")
    return tuple(sorted(found, key=lambda row: (order.index(row.state), row.code)))


def _rows(code: str, parameter: Parameter, today: date) -> list[Row]:
    every = parameter.rows
    ends = [following.first_day - timedelta(days=1) for following in every[1:]]
    return [
        Row(
            code="" if code == "all" else code,
            name=_name(code),
            says=tuple(_sentence(text) for text in row.value),
            first_day=row.first_day,
            last_day=last_day,
            state=_state(row, last_day, today),
            is_verified=row.is_verified,
            source=str(SOURCES.get(parameter.source, parameter.source)),
        )
        for row, last_day in zip(every, (*ends, None), strict=True)
        if isinstance(row.value, tuple)
    ]


def _name(code: str) -> str:
    if code == "all":
        return gettext("every joint committee")
    if code in _NAMES:
        return str(_NAMES[code])
    return labels.joint_committee(code, language=get_language() or "en")


def _state(row: DatedValue, last_day: date | None, today: date) -> str:
    if row.is_draft:
        return "draft"
    if last_day is not None and last_day < today:
        return "over"
    return "now" if row.first_day <= today else "later"


def _sentence(text: str) -> str:
    if text in _WHOLE:
        return str(_WHOLE[text])
    what, _colon, how = text.partition(": ")
    span = _SPAN.fullmatch(how)
    if span is None:
        return str(_WHAT[what]) % {"how": how}
    number = int(span[1])
    shown = _days(number) if span[2] == "day" else duration(Span(number, Unit(span[2])))
    return str(_WHAT[what]) % {"how": shown}


def _days(number: int) -> str:
    return gettext("%(number)d calendar days") % {"number": number}
