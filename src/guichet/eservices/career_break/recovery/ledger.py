"""What is paid for a break, month by month, by the decision that was known on each pay day.

Nothing is transferred here: it is what the decisions say is paid, and when.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from guichet.eservices.career_break import granted
from guichet.eservices.career_break.models import Decision, Request
from guichet.kernel.money import Money
from guichet.kernel.period import Period
from guichet.platform import clock
from guichet.rules.career_break.amounts import Line
from guichet.rules.career_break.recovering import Compared, Sum, compared, pay_day, without
from guichet.rules.career_break.states import State

PAID, COMING, HELD = "paid", "coming", "held"
_HELD_BACK: Final = "withdrawn"


@dataclass(frozen=True, slots=True)
class Month:
    """The days of a month, what they give, when it is paid; ``state``: paid, coming, or held while
    the office looks at the file again."""

    line: Line
    on: date
    state: str


@dataclass(frozen=True, slots=True)
class Known:
    """A decision with the day from which it was known."""

    decision: Decision
    since: date


def decisions(row: Request) -> list[Known]:
    """The decisions of a file that were not held back, the oldest first, with their days."""
    found = sorted(row.decisions.all(), key=lambda one: one.number)
    return [
        Known(one, _since(one))
        for one in found
        if not any(letter.way == _HELD_BACK for letter in one.letters.all())
    ]


def known_on(row: Request, day: date) -> list[Known]:
    """Those of them that the worker may know on a day."""
    return [one for one in decisions(row) if one.since <= day]


def months(row: Request, *, today: date, known: Sequence[Known] | None = None) -> list[Month]:
    """Every month of the last decision that is paid, and the paid ones of earlier decisions."""
    known = decisions(row) if known is None else known
    paid = {month_of(one.period): Month(one, pay_day(one.period), PAID) for one in _paid(
        row, known, today)}  # fmt: skip
    is_held = row.state != State.CLOSED
    for one in _lines(row, known[-1].decision) if known else ():
        if pay_day(one.period) > today:
            state = HELD if is_held else COMING
            paid[month_of(one.period)] = Month(one, pay_day(one.period), state)
    return [paid[key] for key in sorted(paid)]


def overpaid(
    row: Request, *, first_day: date, last_day: date | None, today: date
) -> tuple[Compared, ...]:
    """Each paid month from a day on beside what is due for it.

    Due is what the last decision gives, less the days from ``first_day`` to ``last_day``; without
    an end, none of the days after ``first_day`` is due. What a later decision lowered counts too.
    """
    known = decisions(row)
    if not known:
        return ()
    paid = [_sum(one) for one in _paid(row, known, today) if one.period.last_day >= first_day]
    last = known[-1].decision
    whole = _stretch(_lines(row, last))
    stays = () if whole is None else without(whole, first_day=first_day, last_day=last_day)
    due = [_sum(line) for part in stays for line in granted.lines_of(last, row=row, days=part)]
    return compared(paid, _joined(due))


def lowered(row: Request, *, today: date) -> tuple[Compared, ...]:
    """Each paid month beside what the last decision gives for it."""
    known = decisions(row)
    if not known:
        return ()
    due = [_sum(one) for one in _lines(row, known[-1].decision)]
    return compared([_sum(one) for one in _paid(row, known, today)], due)


def _paid(row: Request, known: Sequence[Known], today: date) -> list[Line]:
    """Each month as the decision gave it that was known on its pay day."""
    found: dict[tuple[int, int], Line] = {}
    for at, one in enumerate(known):
        until = known[at + 1].since if at + 1 < len(known) else None
        for line in _lines(row, one.decision):
            on = pay_day(line.period)
            # What was due before the decision is paid with it.
            when = max(on, one.since)
            if when <= today and (until is None or when < until):
                found.setdefault(month_of(line.period), line)
    return [found[key] for key in sorted(found)]


def _lines(row: Request, decision: Decision) -> tuple[Line, ...]:
    return granted.lines_of(decision, row=row)


def _stretch(lines: Sequence[Line]) -> Period | None:
    if not lines:
        return None
    return Period(lines[0].period.first_day, lines[-1].period.last_day)


def _sum(line: Line) -> Sum:
    return Sum(line.period, line.net or Money(0))


def _joined(parts: Sequence[Sum]) -> list[Sum]:
    """One sum a month, where days before and after a stretch lie in the same month."""
    found: dict[tuple[int, int], Sum] = {}
    for one in parts:
        key = month_of(one.period)
        former = found.get(key)
        cents = one.net.cents + (former.net.cents if former else 0)
        found[key] = Sum(former.period if former else one.period, Money(cents))
    return list(found.values())


def month_of(period: Period) -> tuple[int, int]:
    """Year and month of the days of a month."""
    return period.first_day.year, period.first_day.month


def _since(decision: Decision) -> date:
    days = [one.due_on for one in decision.letters.all()]
    return min(days) if days else clock.today(decision.at)
