"""The days that count for a communication that is being typed: pure, all from the rules.

Each is a mark on a calendar and a row of its table: which days, and a word that pages translate.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Final

from guichet.kernel.period import Period
from guichet.rules.dated import UnknownParameter
from guichet.rules.temporary_unemployment import accident, first_day, strike
from guichet.rules.temporary_unemployment.check_announcement import (
    counted_before,
    credit_until,
    lateness_of,
    terms_of,
)
from guichet.rules.temporary_unemployment.check_first_day import is_unannounced
from guichet.rules.temporary_unemployment.communication import Communication, Known
from guichet.rules.temporary_unemployment.force_majeure import last_day_covered
from guichet.rules.temporary_unemployment.kinds import Kind
from guichet.rules.temporary_unemployment.limits import last_allowed_day, next_start, work_week
from guichet.rules.temporary_unemployment.notice import first_start, latest_notice
from guichet.rules.temporary_unemployment.reasons import FIRST_DAY_REASONS
from guichet.rules.temporary_unemployment.terms import Terms

ONE_DAY: Final = timedelta(days=1)
FAR: Final = timedelta(days=800)


@dataclass(frozen=True, slots=True)
class Mark:
    """``name``: what the days are; ``tone``: ``send``, ``late``, ``wage``, ``limit``, ``free`` or
    ``off``. ``is_passed``: the last day for something lies behind."""

    name: str
    tone: str
    first_day: date
    last_day: date
    is_passed: bool = False


def marks(said: Communication, known: Known) -> tuple[Mark, ...]:
    """Everything that can be said already; nothing where a day is missing or out of reach."""
    first, last = said.received_on - FAR, said.received_on + FAR
    named = (said.first_day, said.last_day, said.posted_on, said.accident_on, said.start)
    if any(day is not None and not first <= day <= last for day in named):
        return ()
    try:
        return tuple(_OF_KIND[said.kind](said, known))
    except UnknownParameter:
        return ()


def _one(name: str, tone: str, day: date, *, today: date | None = None) -> Mark:
    return Mark(name, tone, day, day, today is not None and day < today)


def _of(name: str, tone: str, days: Period) -> Mark:
    return Mark(name, tone, days.first_day, days.last_day)


def _expected(said: Communication, known: Known) -> Iterator[Mark]:
    rules, today = terms_of(said, known), said.received_on
    told = said.posted_on or today
    if said.first_day is None:
        start = first_start(told, terms_on=partial(_terms_on, said, known), calendar=known.calendar)
        yield _one("earliest_start", "free", start)
        return
    last = latest_notice(said.first_day, terms=rules, calendar=known.calendar)
    yield _one("notice_by", "send", last.day, today=told)
    late = lateness_of(said, known, rules, posted_on=told)
    if late is not None:
        yield _of("wage_due", "wage", late.wage)
        if late.allowances_from is not None:
            yield _one("allowances_from", "free", late.allowances_from)
        yield _one("start_instead", "free", late.start_instead)
    if said.period is not None:
        yield _of("suspension", "limit", said.period)
    yield from _end(said, known, rules)


def _terms_on(said: Communication, known: Known, day: date) -> Terms:
    return terms_of(said, known, on=day)


def _end(said: Communication, known: Known, rules: Terms) -> Iterator[Mark]:
    if said.first_day is None or said.regime is None:
        return
    if said.regime.is_of_white_collars:
        until = credit_until(said, known)
        if until is not None:
            yield _one("credit_until", "limit", until)
        return
    cut = said.suspension.cut_out if said.suspension else ()
    last = last_allowed_day(
        said.first_day, regime=said.regime, terms=rules, excluded=cut,
        before=counted_before(said, known, rules),
    )  # fmt: skip
    if last is not None and last >= said.first_day:
        yield _one("end_by", "limit", last)
    if said.regime.needs_work_week and said.last_day is not None and said.period is not None:
        week = work_week(said.last_day, terms=rules)
        yield _of("work_week", "off", week)
        yield _one("next_start", "free", next_start(said.last_day, terms=rules))


def _first_day(said: Communication, known: Known) -> Iterator[Mark]:
    days = sorted({one.first_day for one in said.lines if one.first_day is not None})
    day = days[0] if days else said.first_day
    if day is None or said.reason not in FIRST_DAY_REASONS:
        return
    unannounced = any(
        line.first_day == day and is_unannounced(said, known, line, day) for line in said.lines
    )
    sent = first_day.judged(
        reason=said.reason, day=day, sent_at=said.received_at, calendar=known.calendar
    )
    yield _one("first_day", "limit", day)
    yield _of("send_between", "send", sent.window)
    if sent.outcome is first_day.Outcome.LATE:
        if sent.accepted_from is not None:
            yield _one("accepted_from", "free", sent.accepted_from)
        cost = first_day.charge(
            reason=said.reason, day=day, accepted_from=sent.accepted_from,
            prior_missing=unannounced,
        )  # fmt: skip
        if cost is not None:
            yield _of("wage_due", "wage", cost.normal)
            if cost.capped is not None:
                yield _of("capped_wage", "wage", cost.capped)
    yield _one("valid_until", "off", first_day.month_end(day))


def _accident(said: Communication, known: Known) -> Iterator[Mark]:
    happened = said.accident_on or known.accident_on
    if happened is None:
        return
    days, today = accident.accident_days(happened, calendar=known.calendar), said.received_on
    yield _one("accident", "limit", happened)
    yield _one("nature_by", "send", days.nature_by, today=today)
    yield _one("council_by", "off", days.council_by, today=today)
    yield _one("list_by", "send", days.list_by, today=today)
    yield _of("wage_due", "wage", days.wage)
    yield _one("suspension_from", "free", days.suspension_from)
    yield _one("warned_after", "limit", days.warned_after)


def _force(said: Communication, known: Known) -> Iterator[Mark]:
    if said.first_day is None:
        return
    if said.period is not None:
        yield _of("force", "limit", said.period)
    last = last_day_covered(said.first_day)
    yield _one("covered_until", "limit", last)
    yield _one("next_part", "free", last + ONE_DAY)


def _strike(said: Communication, known: Known) -> Iterator[Mark]:
    days = sorted({one.first_day for one in said.lines if one.first_day is not None})
    day = days[0] if days else said.first_day
    if day is None:
        return
    yield _one("strike_day", "limit", day)
    late = strike.days_late(day, sent_at=said.received_at)
    yield Mark("strike_sent", "wage" if late else "send", said.received_on, said.received_on,
               bool(late))  # fmt: skip


def _none(said: Communication, known: Known) -> Iterator[Mark]:
    return iter(())


_OF_KIND: Final = {
    Kind.EXPECTED: _expected,
    Kind.FIRST_DAY: _first_day,
    Kind.ACCIDENT_NATURE: _accident,
    Kind.ACCIDENT_LIST: _accident,
    Kind.FORCE_MAJEURE: _force,
    Kind.STRIKE: _strike,
    Kind.DIFFICULTY: _none,
}
