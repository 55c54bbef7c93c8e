"""Days of economic unemployment of an employer's workers in four quarters, against their limit.

The law tells of each announcement which days of a month it leaves without work
(`accountability.days_of_month`). The database joins them to the workers, counts, sorts and cuts to
a page: only those who are shown are read, by one statement for few workers as for many.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.resources import files
from typing import Any, Final

from django.db import connection

from guichet.eservices.temporary_unemployment import earlier
from guichet.eservices.temporary_unemployment.content import Name
from guichet.eservices.temporary_unemployment.knowing import calendars_of
from guichet.eservices.temporary_unemployment.models import GONE
from guichet.kernel.period import months_after
from guichet.rules.temporary_unemployment import accountability
from guichet.rules.temporary_unemployment.communication import Announced, section_key
from guichet.rules.temporary_unemployment.first_day import Outcome
from guichet.rules.temporary_unemployment.kinds import Kind, Reason
from guichet.rules.temporary_unemployment.states import State

_COUNTED: Final = files(__package__).joinpath("counting.sql").read_text("utf-8")
_MONTHS: Final = 12


@dataclass(frozen=True, slots=True, repr=False)
class Counted:
    """``days``: at most, as far as communicated; ``most``: from so many a contribution is due."""

    niss: str
    name: Name
    days: int
    most: int

    @property
    def percent(self) -> int:
        """For a bar."""
        return min(100, round(100 * self.days / self.most))

    @property
    def is_reached(self) -> bool:
        """Whether a contribution is due for the next days."""
        return self.days >= self.most


def economic_days(
    *, employer: str, today: date, workers: Collection[str] | None = None
) -> list[Counted]:
    """Of every worker with a first day before today, or of some of them; the most days first."""
    return page_of_economic_days(employer=employer, today=today, workers=workers)[0]


def page_of_economic_days(
    *,
    employer: str,
    today: date,
    workers: Collection[str] | None = None,
    offset: int = 0,
    size: int | None = None,
) -> tuple[list[Counted], int]:
    """Some of them, and how many there are; behind the end are those of the last page."""
    since = accountability.counted_since(today)
    announced = earlier.economic(employer, since=since, until=today)
    if not announced:
        return [], 0
    given: dict[str, Any] = {
        **_masks(announced, employer, since, today),
        **_sections(announced, employer, since, today),
        "employer": employer, "since": since, "today": today, "offset": offset, "size": size,
        "workers": None if workers is None else list(workers), "gone": list(GONE),
        "kind": Kind.FIRST_DAY.value, "reason": Reason.ECONOMIC.value,
        "too_early": Outcome.TOO_EARLY.value, "refused": State.REFUSED.value,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_COUNTED, given)
        rows = cursor.fetchall()
    found = [
        Counted(niss, Name(family, first), days, accountability.limit(committee=code, on=today))
        for niss, family, first, days, code, _total in rows
    ]
    return found, rows[0][5] if rows else 0


def _masks(
    announced: dict[int, Announced], employer: str, since: date, today: date
) -> dict[str, list[Any]]:
    """The days without work of each announcement, a month an integer."""
    calendar_of = calendars_of(employer)
    rows = [
        (key, month, mask)
        for key, one in announced.items()
        for month in _months(since, today)
        if (mask := _mask(accountability.days_of_month(one, month, calendar_of), today))
    ]
    keys, months, days = zip(*rows, strict=True) if rows else ((), (), ())
    return {"keys": list(keys), "months": list(months), "days": list(days)}


def _mask(days: tuple[date, ...], today: date) -> int:
    return sum(1 << (day.day - 1) for day in days if day < today)


def _months(since: date, today: date) -> Iterator[date]:
    """The first days of the months from ``since`` to yesterday."""
    yesterday = today - timedelta(days=1)
    for number in range(_MONTHS):
        month = months_after(since, months=number)
        if month <= yesterday:
            yield month


def _sections(
    announced: dict[int, Announced], employer: str, since: date, today: date
) -> dict[str, list[Any]]:
    """Which sections of workers an announcement of a section is about; a worker may tell none."""
    of_section = {key: one for key, one in announced.items() if one.section}
    told = earlier.sections_told(employer, since=since, until=today) if of_section else ()
    rows = [
        (key, section)
        for key, one in of_section.items()
        for section in told
        if section_key(section) in ("", section_key(one.section))
    ]
    return {"section_keys": [row[0] for row in rows], "sections": [row[1] for row in rows]}
