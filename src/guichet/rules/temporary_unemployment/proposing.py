"""What the rules would decide of a communication: from when, until when, for whom, and why in days.

A proposal, never a decision: what a rule cannot see (causes, weather, whether a week was worked) is
left to an officer, and so is every warning that has no consequence here. It is computed from the
faults that were found and the days that were told; nothing here reads a clock or a row.

Source: Act of 3 July 1978, art. 49 to 51 and 77/1 to 77/7; Royal Decrees of 20 September 2012 and
3 February 2014; leaflets E22, E55 and E57 of ONEM. Which fault gives which code is ours.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final

from guichet.kernel.period import Period
from guichet.kernel.verdict import Severity
from guichet.rules.temporary_unemployment import white_collars
from guichet.rules.temporary_unemployment.communication import Communication, Line
from guichet.rules.temporary_unemployment.decisions import Code, Consequence, Dated, Result
from guichet.rules.temporary_unemployment.faults import Fault
from guichet.rules.temporary_unemployment.first_day import (
    Outcome,
    charge,
    judged,
    month_end,
)
from guichet.rules.temporary_unemployment.kinds import Kind
from guichet.rules.temporary_unemployment.reasons import FIRST_DAY_REASONS
from guichet.rules.temporary_unemployment.workdays import OnemCalendar

_ONE_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Day:
    """One step of the reasoning, printed as ``name: day``."""

    name: Dated
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What is decided of one worker (``line`` from 1) where it is not what is decided of all."""

    line: int
    result: Result
    code: Code | None = None
    accepted_from: date | None = None
    accepted_until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """``codes``: the first weighs most. ``to_check``: what an officer has to look at himself.

    ``shares``: of the workers for whom it is otherwise than for all. ``days``: the computation.
    """

    result: Result
    codes: tuple[Code, ...] = ()
    accepted_from: date | None = None
    accepted_until: date | None = None
    shares: tuple[Share, ...] = ()
    days: tuple[Day, ...] = ()
    to_check: tuple[Fault, ...] = ()
    needs_officer: bool = False

    @property
    def is_certain(self) -> bool:
        """Whether nothing is left for an officer to look at."""
        return not self.to_check and not self.needs_officer


@dataclass(frozen=True, slots=True)
class _Limit:
    """What one fault does to the whole: a later first day, an earlier last one, or nothing left."""

    code: Code
    opens: date | None = None
    closes: date | None = None
    refuses: bool = False
    days: tuple[Day, ...] = ()
    is_certain: bool = True

    @property
    def limits(self) -> bool:
        """Whether it takes anything away."""
        return self.refuses or self.opens is not None or self.closes is not None


def proposal(
    said: Communication,
    *,
    faults: Iterable[Fault],
    calendar: OnemCalendar | None = None,
    credit_until: date | None = None,
) -> Proposal:
    """What follows from the faults of a communication.

    ``credit_until``: the last day that the credit of white collars covers, when it is exhausted.
    """
    found = [one for one in faults if one.severity is Severity.WARN]
    if said.kind is Kind.FIRST_DAY and said.reason in FIRST_DAY_REASONS:
        given = _of_first_days(said, found, calendar or OnemCalendar())
    elif said.kind is Kind.STRIKE:
        given = _of_strike(said)
    else:
        given = _of_period(said, found, credit_until)
    # A contribution (CTW-027) is no matter of this office.
    weighed = {*_LIMITS, "CTW-027", "CTW-042", "CTW-040", "CTW-041", "CTW-043"}
    if said.kind is Kind.FIRST_DAY:
        weighed -= {"CTW-052"}
    open_faults = tuple(one for one in found if one.code not in weighed)
    return replace(given, to_check=(*given.to_check, *open_faults))


def consequences(
    said: Communication, decided: Proposal
) -> tuple[tuple[Consequence, Mapping[str, date]], ...]:
    """Which days the employer pays, as sentences with their days."""
    if decided.result is Result.REFUSED:
        return ((Consequence.WAGE_ALL, {}),)
    if decided.result is Result.ACCEPTED:
        return ((Consequence.ALL_ACCEPTED, {}),)
    told: list[tuple[Consequence, Mapping[str, date]]] = []
    first, last = whole(said)
    begins, ends = decided.accepted_from, decided.accepted_until
    if begins is not None and first is not None and begins > first:
        told += _before(said, first, begins)
    if ends is not None and last is not None and ends < last:
        told.append((Consequence.WAGE_AFTER, {"last": ends}))
    if decided.shares:
        told.append((Consequence.WAGE_WORKERS, {}))
    return tuple(told) or ((Consequence.WAGE_WORKERS, {}),)


def whole(said: Communication) -> tuple[date | None, date | None]:
    """The days that a communication asks for; those of a first day end with its month."""
    days = [line.first_day for line in said.lines if line.first_day is not None]
    if said.kind is Kind.FIRST_DAY and days:
        return min(days), month_end(max(days))
    if said.kind is Kind.STRIKE and days:
        return min(days), None
    return said.first_day, said.last_day


def _before(
    said: Communication, first: date, begins: date
) -> list[tuple[Consequence, Mapping[str, date]]]:
    before = Period(first, begins - _ONE_DAY)
    if said.kind is not Kind.FIRST_DAY or said.reason not in FIRST_DAY_REASONS:
        return [(Consequence.WAGE_BEFORE, _span(before))]
    cost = charge(reason=said.reason, day=first, accepted_from=begins)
    if cost is None:
        return []
    told = [(Consequence.WAGE_BEFORE, _span(cost.normal))]
    return told if cost.capped is None else [*told, (Consequence.WAGE_CAPPED, _span(cost.capped))]


def _span(period: Period) -> Mapping[str, date]:
    return {"first": period.first_day, "last": period.last_day}


def _of_period(said: Communication, faults: list[Fault], credit_until: date | None) -> Proposal:
    limits = [_LIMITS[one.code](said, one) for one in faults if one.code in _LIMITS]
    limits = [_with_credit(one, credit_until) for one in limits]
    first, last = said.first_day, said.last_day
    opens = max((one.opens for one in limits if one.opens), default=first)
    closes = min((one.closes for one in limits if one.closes), default=last)
    opens = max((day for day in (opens, first) if day), default=None)
    closes = min((day for day in (closes, last) if day), default=None)
    nothing = opens is not None and closes is not None and closes < opens
    days = tuple(dict.fromkeys(day for one in limits for day in one.days))
    codes = tuple(dict.fromkeys(one.code for one in limits if one.limits))
    unsure = tuple(
        fault for fault in faults
        if fault.code in _LIMITS and not _LIMITS[fault.code](said, fault).is_certain
    )  # fmt: skip
    if nothing or any(one.refuses for one in limits):
        return Proposal(result=Result.REFUSED, codes=codes, days=days, to_check=unsure)
    result = Result.PARTLY if (opens, closes) != (first, last) else Result.ACCEPTED
    if result is Result.PARTLY:
        days = (*days, *_accepted(opens, first, Dated.ACCEPTED_FROM),
                *_accepted(closes, last, Dated.ACCEPTED_UNTIL))  # fmt: skip
    return Proposal(
        result=result, codes=codes if result is Result.PARTLY else (), accepted_from=opens,
        accepted_until=closes, days=days, to_check=unsure,
        needs_officer=said.kind is Kind.FORCE_MAJEURE,
    )  # fmt: skip


def _accepted(day: date | None, asked: date | None, name: Dated) -> tuple[Day, ...]:
    return () if day is None or day == asked else (Day(name, day),)


def _with_credit(limit: _Limit, until: date | None) -> _Limit:
    if limit.code is not Code.CREDIT_EXHAUSTED:
        return limit
    if until is None:
        return replace(limit, refuses=True)
    return replace(limit, closes=until, days=(*limit.days, Day(Dated.CREDIT_UNTIL, until)))


def _of_first_days(said: Communication, faults: list[Fault], calendar: OnemCalendar) -> Proposal:
    unannounced = {_line_of(one.field) for one in faults if one.code == "CTW-043"}
    each = [
        _share(said, number, line, calendar, is_announced=number not in unannounced)
        for number, line in enumerate(said.lines, start=1)
    ]
    days = tuple(dict.fromkeys(day for _share_of, told in each for day in told))
    return _together(said, [share for share, _told in each], days)


def _share(
    said: Communication, number: int, line: Line, calendar: OnemCalendar, *, is_announced: bool
) -> tuple[Share, tuple[Day, ...]]:
    day = line.first_day
    if day is None:
        return Share(line=number, result=Result.REFUSED, code=Code.NOT_IDENTIFIED), ()
    sent = judged(reason=said.reason, day=day, sent_at=said.received_at, calendar=calendar)
    told = (
        Day(Dated.FIRST_DAY, day), Day(Dated.WINDOW_OPENS, sent.window.first_day),
        Day(Dated.WINDOW_CLOSES, sent.window.last_day), Day(Dated.RECEIVED, said.received_on),
    )  # fmt: skip
    until = month_end(day)
    if not is_announced:
        refused = Share(line=number, result=Result.REFUSED, code=Code.PRIOR_MISSING)
        return refused, (Day(Dated.FIRST_DAY, day), Day(Dated.RECEIVED, said.received_on))
    if sent.outcome is Outcome.ON_TIME:
        return Share(line=number, result=Result.ACCEPTED, accepted_from=day,
                     accepted_until=until), ()  # fmt: skip
    if sent.outcome is Outcome.TOO_EARLY:
        return Share(line=number, result=Result.REFUSED, code=Code.FIRST_DAY_EARLY), told
    if sent.accepted_from is None:
        return Share(line=number, result=Result.REFUSED, code=Code.FIRST_DAY_LATE), told
    late = Share(
        line=number, result=Result.PARTLY, code=Code.FIRST_DAY_LATE,
        accepted_from=sent.accepted_from, accepted_until=until,
    )  # fmt: skip
    return late, (*told, Day(Dated.ACCEPTED_FROM, sent.accepted_from))


def _of_strike(said: Communication) -> Proposal:
    """Outside the striking unit the management committee decides: an officer has to know."""
    shares = [
        Share(line=number, result=Result.REFUSED, code=Code.IN_STRIKING_UNIT)
        if line.in_striking_unit
        else Share(line=number, result=Result.ACCEPTED, accepted_from=line.first_day)
        for number, line in enumerate(said.lines, start=1)
    ]
    return replace(_together(said, shares, ()), needs_officer=True)


def _together(said: Communication, shares: list[Share], days: tuple[Day, ...]) -> Proposal:
    """One result for all workers; those who differ from the most frequent share stand apart."""
    codes = tuple(dict.fromkeys(one.code for one in shares if one.code is not None))
    taken = [one for one in shares if one.result is not Result.REFUSED]
    if not taken:
        return Proposal(result=Result.REFUSED, codes=codes, days=days, needs_officer=not shares)
    first = min((one.accepted_from for one in taken if one.accepted_from), default=None)
    last = max((one.accepted_until for one in taken if one.accepted_until), default=None)
    whole_share = {one.result for one in shares} == {Result.ACCEPTED}
    result = Result.ACCEPTED if whole_share else Result.PARTLY
    plain = all(one.result is Result.PARTLY and one.accepted_from == first for one in shares)
    apart = () if whole_share or plain else tuple(shares)
    return Proposal(
        result=result, codes=codes, accepted_from=first, accepted_until=last, shares=apart,
        days=days,
    )  # fmt: skip


def _line_of(field: str) -> int:
    _lines, _, rest = field.partition(".")
    number = rest.partition(".")[0]
    return int(number) if number.isdigit() else 0


def _day(fault: Fault, name: str) -> date | None:
    value = fault.inputs.get(name)
    return value if isinstance(value, date) else None


def _told(*pairs: tuple[Dated, date | None]) -> tuple[Day, ...]:
    return tuple(Day(name, day) for name, day in pairs if day is not None)


def _late_notice(said: Communication, fault: Fault) -> _Limit:
    until = _day(fault, "wage_until")
    days = _told(
        (Dated.START, said.first_day), (Dated.LATEST_NOTICE, _day(fault, "last")),
        (Dated.NOTICE_GIVEN, said.posted_on), (Dated.RECEIVED, said.received_on),
        (Dated.WAGE_FROM, _day(fault, "wage_from")), (Dated.WAGE_UNTIL, until),
    )  # fmt: skip
    opens = None if until is None else until + _ONE_DAY
    # Told in time to the workers and late to the office: whether wage is due is weighed by hand.
    return _Limit(Code.PRIOR_LATE, opens=opens, days=days, is_certain=fault.code == "CTW-014")


def _gap(said: Communication, fault: Fault) -> _Limit:
    if fault.variant == "late":
        return _late_notice(said, fault)
    return _Limit(Code.PRIOR_LATE, is_certain=False)


def _too_long(said: Communication, fault: Fault) -> _Limit:
    last = _day(fault, "last")
    days = _told((Dated.START, said.first_day), (Dated.END, said.last_day),
                 (Dated.LAST_ALLOWED, last))  # fmt: skip
    # A small suspension has no legal maximum, only one of the office.
    sure = fault.code in ("CTW-020", "CTW-021") or (fault.code == "CTW-025" and last is not None)
    return _Limit(Code.TOO_LONG, closes=last, days=days, is_certain=sure)


def _no_week(said: Communication, fault: Fault) -> _Limit:
    start = fault.repair.day if fault.repair else None
    days = _told((Dated.START, said.first_day), (Dated.WEEK_FROM, _day(fault, "week_from")),
                 (Dated.WEEK_UNTIL, _day(fault, "week_until")))  # fmt: skip
    return _Limit(Code.NO_WORK_WEEK, opens=start, days=days, is_certain=False)


def _no_credit(said: Communication, fault: Fault) -> _Limit:
    return _Limit(Code.CREDIT_EXHAUSTED, days=_told((Dated.START, said.first_day),
                                                    (Dated.END, said.last_day)))  # fmt: skip


def _not_recognised(said: Communication, fault: Fault) -> _Limit:
    days = _told((Dated.START, said.first_day), (Dated.RECEIVED, said.received_on))
    return _Limit(Code.NOT_IN_DIFFICULTY, refuses=True, days=days)


def _before_recognition(said: Communication, fault: Fault) -> _Limit:
    sent = _day(fault, "sent")
    opens = white_collars.difficulty_days(sent).suspension_from if sent else None
    days = _told((Dated.DIFFICULTY_SENT, sent), (Dated.RECEIVED, said.received_on))
    return _Limit(Code.NOT_IN_DIFFICULTY, opens=opens, days=days, is_certain=False)


def _paid_days(said: Communication, fault: Fault) -> _Limit:
    until = _day(fault, "wage_until")
    days = _told((Dated.ACCIDENT, said.accident_on), (Dated.START, said.first_day),
                 (Dated.WAGE_UNTIL, until))  # fmt: skip
    return _Limit(Code.OTHER, opens=until + _ONE_DAY if until else None, days=days)


_LIMITS: Final[Mapping[str, Callable[[Communication, Fault], _Limit]]] = MappingProxyType(
    {
        "CTW-014": _late_notice,
        "CTW-015": _gap,
        "CTW-020": _too_long,
        "CTW-021": _too_long,
        "CTW-022": _too_long,
        "CTW-023": _no_week,
        "CTW-025": _too_long,
        "CTW-026": _no_credit,
        "CTW-033": _not_recognised,
        "CTW-035": _before_recognition,
        "CTW-052": _paid_days,
    }
)

RESTS_ON: Final[Mapping[Code, frozenset[str]]] = MappingProxyType(
    {
        Code.PRIOR_MISSING: frozenset({"CTW-043"}),
        Code.PRIOR_LATE: frozenset({"CTW-014", "CTW-015"}),
        Code.FIRST_DAY_LATE: frozenset({"CTW-042"}),
        Code.FIRST_DAY_EARLY: frozenset({"CTW-040", "CTW-041"}),
        Code.TOO_LONG: frozenset({"CTW-020", "CTW-021", "CTW-022", "CTW-025"}),
        Code.NO_WORK_WEEK: frozenset({"CTW-023"}),
        Code.NOT_IN_DIFFICULTY: frozenset({"CTW-033", "CTW-035"}),
        Code.CREDIT_EXHAUSTED: frozenset({"CTW-026"}),
        Code.NOT_IDENTIFIED: frozenset({"CTW-004"}),
        Code.DUPLICATE: frozenset({"CTW-024"}),
        Code.OTHER: frozenset({"CTW-052"}),
    }
)
"""The faults whose sentences a reason is explained with."""
