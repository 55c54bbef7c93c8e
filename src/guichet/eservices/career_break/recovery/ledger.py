"""What is paid for a break, month by month: as it was handed on, else by the decision that was
known on each pay day.

Nothing is transferred here: it is what the decisions say is paid, and when. From the first month
that an office hands on, what it handed on is what was paid, and nothing else: a month that it
passed over is still to be paid.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from guichet.eservices.career_break import granted
from guichet.eservices.career_break.models import Decision, Request
from guichet.eservices.career_break.recovery.models import Run, Sent
from guichet.kernel.money import Money
from guichet.kernel.period import Period, months_after
from guichet.platform import clock
from guichet.rules.career_break.amounts import Line
from guichet.rules.career_break.recovering import Compared, Sum, compared, pay_day, without
from guichet.rules.career_break.states import State

MonthKey = tuple[int, int]
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


def months(
    row: Request, *, today: date, known: Sequence[Known] | None = None,
    ran: Collection[MonthKey] | None = None,
) -> list[Month]:  # fmt: skip
    """Every month of the last decision that is paid, and the paid ones of earlier decisions.

    ``ran``: the months that the office of the file handed on, where they are known already.
    """
    known = decisions(row) if known is None else known
    ran = months_run(row.office) if ran is None else ran
    found = {month_of(one.period): Month(one, pay_day(one.period), PAID) for one in _by_pay_day(
        row, known, today, ran)} | _handed_on(row)  # fmt: skip
    is_held = row.state != State.CLOSED
    for one in _lines(row, known[-1].decision, today) if known else ():
        key, on = month_of(one.period), pay_day(one.period)
        if key not in found and (on > today or _is_by_runs(key, ran)):
            found[key] = Month(one, on, HELD if is_held else COMING)
    return [found[key] for key in sorted(found)]


def due(row: Request, known: Sequence[Known], *, month: Period) -> Line | None:
    """What the last of some decisions gives for a month; None for nothing."""
    lines = granted.lines_of(known[-1].decision, row=row, days=month) if known else ()
    return lines[0] if lines else None


def months_run(office: str) -> frozenset[MonthKey]:
    """The months that an office handed on."""
    rows = Run.objects.filter(office=office).values_list("month", flat=True).distinct()
    return frozenset((one.year, one.month) for one in rows)


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
    whole = _stretch(_lines(row, last, today))
    stays = () if whole is None else without(whole, first_day=first_day, last_day=last_day)
    due = [_sum(line) for part in stays for line in granted.lines_of(last, row=row, days=part)]
    return _less_settled(compared(paid, _joined(due)), row)


def lowered(row: Request, *, today: date) -> tuple[Compared, ...]:
    """Each paid month beside what the last decision gives for it."""
    known = decisions(row)
    if not known:
        return ()
    due = [_sum(one) for one in _lines(row, known[-1].decision, today)]
    return _less_settled(compared([_sum(one) for one in _paid(row, known, today)], due), row)


def settled(row: Request, *, states: Collection[str] = ("decided",)) -> dict[MonthKey, int]:
    """What was too much of each month, in cents, in the recoveries that were decided."""
    found: dict[MonthKey, int] = {}
    for one in row.recoveries.all():
        for first_day, _last_day, paid, due_then in one.months if one.state in states else ():
            first = date.fromisoformat(first_day)
            key = (first.year, first.month)
            found[key] = found.get(key, 0) + paid - due_then
    return found


def _less_settled(months: Sequence[Compared], row: Request) -> tuple[Compared, ...]:
    """What was asked back once is asked back no more: it counts as not paid."""
    once = settled(row)
    return tuple(
        replace(one, paid=Money(max(0, one.paid.cents - once.get(month_of(one.period), 0))))
        for one in months
    )


def _paid(row: Request, known: Sequence[Known], today: date) -> list[Line]:
    """Each month as it was handed on, else as it was due on its pay day."""
    found = {month_of(one.period): one for one in _by_pay_day(
        row, known, today, months_run(row.office))}  # fmt: skip
    found |= {key: one.line for key, one in _handed_on(row).items()}
    return [found[key] for key in sorted(found)]


def _by_pay_day(
    row: Request, known: Sequence[Known], today: date, ran: Collection[MonthKey]
) -> list[Line]:
    """Each month before the runs of its office as the decision gave it that was known on its pay
    day."""
    found: dict[MonthKey, Line] = {}
    for at, one in enumerate(known):
        until = known[at + 1].since if at + 1 < len(known) else None
        for line in _lines(row, one.decision, today):
            on = pay_day(line.period)
            # What was due before the decision is paid with it.
            when = max(on, one.since)
            if when <= today and (until is None or when < until):
                found.setdefault(month_of(line.period), line)
    return [found[key] for key in sorted(found) if not _is_by_runs(key, ran)]


def _is_by_runs(key: MonthKey, ran: Collection[MonthKey]) -> bool:
    """Whether a month is paid only when it is handed on: since the first that its office did."""
    return bool(ran) and key >= min(ran)


def _handed_on(row: Request) -> dict[MonthKey, Month]:
    """Each month that was handed on, with what went for it in every run together."""
    found: dict[MonthKey, Month] = {}
    for one in sorted(_sent(row), key=lambda sent: sent.pk):
        days = Period(one.first_day, one.last_day)
        former = found.get(month_of(days))
        gross, net = one.gross, one.net
        if former is not None and former.line.gross is not None and former.line.net is not None:
            gross, net = gross + former.line.gross.cents, net + former.line.net.cents
        line = Line(days, 0, None, Money(gross), Money(net))
        found[month_of(days)] = Month(line, clock.today(one.run.sent_at), PAID)
    return found


def _sent(row: Request) -> Iterable[Sent]:
    if "payments" in getattr(row, "_prefetched_objects_cache", ()):
        return list(row.payments.all())
    return list(Sent.objects.filter(request=row).select_related("run"))


def _lines(row: Request, decision: Decision, today: date) -> tuple[Line, ...]:
    """Every month of a decision; of one until the pension, those up to the next month."""
    soon = months_after(today.replace(day=1), months=2) - timedelta(days=1)
    last = row.last_day or max(soon, row.first_day)
    return granted.lines_of(decision, row=row, days=Period(row.first_day, last))


def _stretch(lines: Sequence[Line]) -> Period | None:
    if not lines:
        return None
    return Period(lines[0].period.first_day, lines[-1].period.last_day)


def _sum(line: Line) -> Sum:
    return Sum(line.period, line.net or Money(0))


def _joined(parts: Sequence[Sum]) -> list[Sum]:
    """One sum a month, where days before and after a stretch lie in the same month."""
    found: dict[MonthKey, Sum] = {}
    for one in parts:
        key = month_of(one.period)
        former = found.get(key)
        cents = one.net.cents + (former.net.cents if former else 0)
        found[key] = Sum(former.period if former else one.period, Money(cents))
    return list(found.values())


def month_of(period: Period) -> MonthKey:
    """Year and month of the days of a month."""
    return period.first_day.year, period.first_day.month


def _since(decision: Decision) -> date:
    days = [one.due_on for one in decision.letters.all()]
    return min(days) if days else clock.today(decision.at)
