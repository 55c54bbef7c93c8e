"""The suspension of white collars: the credit of weeks, and the enterprise in difficulty before it.

Each announcement uses up whole calendar weeks, Monday to Sunday. A week that lies in two years
counts in that of its Monday (ours). A week announced twice counts once, as a full one if either
was full. There is no week of work in between.

Source: Act of 3 July 1978, art. 77/1 to 77/7; ONEM leaflets E54 and E55.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from guichet.kernel.period import Period
from guichet.rules.temporary_unemployment.figures import figure
from guichet.rules.temporary_unemployment.kinds import Regime
from guichet.rules.temporary_unemployment.notice import earliest_start
from guichet.rules.temporary_unemployment.terms import terms

_WEEK: Final = timedelta(days=7)


class Difficulty(StrEnum):
    """On which ground an enterprise is one in difficulty."""

    LOSS = "loss"
    UNEMPLOYMENT = "unemployment"
    MINISTER = "minister"


@dataclass(frozen=True, slots=True)
class Weeks:
    """Calendar weeks of a year that are used up, by régime."""

    full: int = 0
    reduced: int = 0


@dataclass(frozen=True, slots=True)
class Announced:
    """A period of white collars that was announced, full or reduced."""

    period: Period
    regime: Regime


@dataclass(frozen=True, slots=True)
class DifficultyDays:
    """What a form C106A of a day allows: the first communication, and the first suspension."""

    communication_from: date
    suspension_from: date


def mondays(period: Period) -> tuple[date, ...]:
    """The Mondays of the calendar weeks that a period touches."""
    first = period.first_day - timedelta(days=period.first_day.weekday())
    return tuple(first + n * _WEEK for n in range((period.last_day - first).days // 7 + 1))


def weeks_used(period: Period) -> int:
    """How many calendar weeks an announcement of this period uses up."""
    return len(mondays(period))


def weeks_of_year(year: int, *, announced: Iterable[Announced]) -> Weeks:
    """The weeks of a year that announcements used up together."""
    full: set[date] = set()
    reduced: set[date] = set()
    for each in announced:
        weeks = {day for day in mondays(each.period) if day.year == year}
        (full if each.regime is Regime.WHITE_FULL else reduced).update(weeks)
    return Weeks(len(full), len(reduced - full))


def fits(weeks: Weeks, *, year: int) -> bool:
    """Whether so many weeks lie within the credit of a year.

    Sixteen full weeks, or twenty-six reduced ones; mixed, two reduced weeks count as a full one.
    """
    on = date(year, 12, 31)
    rate = figure("white_collar.reduced_for_full", on=on)
    most_full = figure("white_collar.full_weeks", on=on)
    most_reduced = figure("white_collar.reduced_weeks", on=on)
    return weeks.reduced <= most_reduced and (
        weeks.full == 0 or rate * weeks.full + weeks.reduced <= rate * most_full
    )


def exhausted_in(
    asked: Announced, *, announced: Iterable[Announced]
) -> tuple[tuple[int, Weeks], ...]:
    """The years whose credit an announcement exceeds, with the weeks used; none when it fits."""
    known = (*announced, asked)
    years = sorted({day.year for day in mondays(asked.period)})
    counted = ((year, weeks_of_year(year, announced=known)) for year in years)
    return tuple((year, weeks) for year, weeks in counted if not fits(weeks, year=year))


def lasts_until(start: date, *, regime: Regime, announced: Iterable[Announced] = ()) -> date | None:
    """The Sunday until which the credit of the year of ``start`` lasts; None when nothing is left.

    Within the year of the Monday of its week: the next one has a credit of its own.
    """
    known = tuple(announced)
    monday = start - timedelta(days=start.weekday())
    year, last = monday.year, None
    while monday.year == year:
        sunday = monday + timedelta(days=6)
        if exhausted_in(Announced(Period(start, sunday), regime), announced=known):
            break
        last, monday = sunday, monday + _WEEK
    return last


def difficulty_days(sent_on: date) -> DifficultyDays:
    """What a form C106A sent on a day allows: two weeks later a communication, then its notice."""
    first = sent_on + timedelta(days=figure("white_collar.difficulty_days", on=sent_on))
    return DifficultyDays(first, earliest_start(first, terms=terms(on=first)))


def is_in_difficulty(*, lost_percent: int | None, unemployed_percent: int | None,
                     recognised: bool, on: date) -> Difficulty | None:  # fmt: skip
    """On which ground an enterprise is in difficulty; None when on none.

    ``lost_percent``: fall of turnover, production or orders in one of the four last quarters
    against the same quarter of one of the two years before. ``unemployed_percent``: economic
    unemployment of blue collars in the last quarter. Whole percents, rounded down.
    """
    least = figure("white_collar.loss_percent", on=on)
    if lost_percent is not None and lost_percent >= least:
        return Difficulty.LOSS
    if unemployed_percent is not None and unemployed_percent >= least:
        return Difficulty.UNEMPLOYMENT
    return Difficulty.MINISTER if recognised else None
