"""Quotas and conditions: students, occasional work in horeca, flexi-jobs, article 17, the young.

Plain figures in, plain figures out. The figures of the law are dated parameters (``dimona.*``).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Final

from guichet.rules import dated
from guichet.rules.dimona import kinds
from guichet.rules.dimona.kinds import WorkerType
from guichet.rules.dimona.known import FeatureKey, PeriodKnown
from guichet.rules.dimona.message import Times
from guichet.rules.dimona.spells import Quarter, days_in

_DAY: Final = timedelta(days=1)
_ARTICLE_17: Final = {
    WorkerType.ARTICLE_17_OTHER.value: "general",
    WorkerType.ARTICLE_17_SPORT.value: "sport",
}


def excess(*, quota: int, used: int, wanted: int) -> int:
    """How much of what is wanted lies beyond the quota; never more than what is wanted."""
    return max(0, min(wanted, used + wanted - quota))


def student_quota(year: int) -> int:
    """Hours of a year at the reduced contribution.

    Source: Royal Decree of 28 November 1969, art. 17bis; the figure is ``dimona.student.hours``.
    """
    return dated.whole("dimona.student.hours", on=date(year, 12, 31))


def student_hours(periods: Iterable[PeriodKnown], *, year: int) -> int:
    """Hours reserved in a year, over all employers; what was declared late reserves none."""
    return sum(
        period.planned_hours or 0
        for period in periods
        if period.features.worker_type == WorkerType.STUDENT
        and not period.is_late_in
        and _year(period) == year
    )


def occasional_days(times: Times) -> int:
    """Days of occasional work; a night that runs into the next day is one."""
    if times.end_date is None or times.end_date == times.start_date:
        return 1
    is_night = bool(times.start_hour and times.end_hour and times.end_hour <= times.start_hour)
    assert times.start_date is not None
    return max(1, (times.end_date - times.start_date).days + (0 if is_night else 1))


def is_horeca_day(period: PeriodKnown) -> bool:
    """Whether a period is occasional work in hotels and catering."""
    features = period.features
    return features.worker_type == WorkerType.OCCASIONAL and features.works_in == kinds.HORECA


def is_flat_by_day(features: FeatureKey, *, end_hour: str) -> bool:
    """Occasional work in hotels and catering at the flat rate by the day: it has no end hour."""
    is_occasional = features.worker_type == WorkerType.OCCASIONAL
    return is_occasional and features.works_in == kinds.HORECA and not end_hour


def horeca_worker_days(periods: Iterable[PeriodKnown], *, year: int) -> int:
    """Days of occasional work that a worker has used in a year."""
    return sum(
        occasional_days(period.times)
        for period in periods
        if is_horeca_day(period) and _year(period) == year
    )


def runs_too_long(times: Times, periods: Iterable[PeriodKnown], *, employer: str) -> bool:
    """More than two days in a row of occasional work in horeca at one employer."""
    days = set(_days(times))
    for period in periods:
        if is_horeca_day(period) and period.employer == employer:
            days.update(_days(period.times))
    return any({day, day + _DAY, day + 2 * _DAY} <= days for day in days)


def flexi_faults(
    *, employer: str, start: date, periods: Sequence[PeriodKnown], birth_date: date | None
) -> list[str]:
    """Whether a flexi-job is open to a worker: 4/5 elsewhere in quarter T-3, no other contract.

    Source: Act of 16 November 2015 on various provisions, art. 4 and 6; how much of the quarter
    the periods of work cover stands for the fraction of employment (ours), and the legal age for
    being a pensioner (ours: the register of pensions is not simulated).
    """
    quarter = Quarter.of(start)
    others = [each for each in periods if each.features.worker_type != WorkerType.FLEXI]
    if any(
        each.employer == employer and days_in(each.times, quarter.first_day, quarter.last_day)
        for each in others
    ):
        return ["90017-510"]
    if is_pensioner(birth_date, on=start):
        return []
    earlier = quarter.later(-3)
    worked = {
        day
        for each in others
        if each.employer != employer and each.features.worker_type != WorkerType.STUDENT
        for day in _days_within(each.times, earlier)
    }
    length = (earlier.last_day - earlier.first_day).days + 1
    percent = dated.whole("dimona.flexi.percent_in_t3", on=start)
    return [] if len(worked) * 100 >= percent * length else ["90017-510", "90017-058"]


def is_pensioner(birth_date: date | None, *, on: date) -> bool:
    """Whether somebody has reached the legal age of retirement."""
    if birth_date is None:
        return False
    return _age(birth_date, on) >= dated.whole("dimona.pension.age", on=on)


def article_17_excess(
    *, kind: WorkerType, start: date, hours: int, periods: Sequence[PeriodKnown]
) -> int:
    """Hours (days for a broadcaster) beyond what article 17 leaves, by year or by quarter."""
    same = [each for each in periods if each.features.worker_type == kind]
    if kind is WorkerType.ARTICLE_17_BROADCASTER:
        used = sum(_year(each) == start.year for each in same)
        quota = dated.whole("dimona.article17.broadcaster.days", on=start)
        return excess(quota=quota, used=used, wanted=1)
    sector = _ARTICLE_17[kind.value]
    quarter = Quarter.of(start)
    word = "third_quarter" if quarter.number == 3 else "quarter"
    in_year = sum(each.planned_hours or 0 for each in same if _year(each) == start.year)
    in_quarter = sum(
        each.planned_hours or 0
        for each in same
        if each.times.start_date and Quarter.of(each.times.start_date) == quarter
    )
    return max(
        excess(
            quota=dated.whole(f"dimona.article17.{sector}.year", on=start),
            used=in_year,
            wanted=hours,
        ),
        excess(
            quota=dated.whole(f"dimona.article17.{sector}.{word}", on=start),
            used=in_quarter,
            wanted=hours,
        ),
        _article_17_of_student(start=start, hours=hours, periods=periods),
    )


def _article_17_of_student(*, start: date, hours: int, periods: Sequence[PeriodKnown]) -> int:
    """Hours beyond what a student has in a quarter, in both sectors together.

    Who works as a student in the same year is one here (ours). Source: from memory, like its
    figure ``dimona.article17.student.quarter``.
    """
    if not any(
        each.features.worker_type == WorkerType.STUDENT and _year(each) == start.year
        for each in periods
    ):
        return 0
    used = sum(
        each.planned_hours or 0
        for each in periods
        if each.features.worker_type in _ARTICLE_17
        and each.times.start_date
        and Quarter.of(each.times.start_date) == Quarter.of(start)
    )
    quota = dated.whole("dimona.article17.student.quarter", on=start)
    return excess(quota=quota, used=used, wanted=hours)


def young_faults(
    *, start: date, birth_date: date | None, periods: Sequence[PeriodKnown]
) -> list[str]:
    """Whether this is somebody young without experience (``dimona.young.age``), or not known."""
    if birth_date is None:
        return ["90017-515"]
    has_worked = any(
        each.features.worker_type != WorkerType.STUDENT
        and each.times.start_date is not None
        and each.times.start_date < start
        for each in periods
    )
    is_young = _age(birth_date, start) < dated.whole("dimona.young.age", on=start)
    return ["90017-514"] if is_young and not has_worked else []


def _age(birth_date: date, on: date) -> int:
    return on.year - birth_date.year - ((on.month, on.day) < (birth_date.month, birth_date.day))


def _year(period: PeriodKnown) -> int:
    assert period.times.start_date is not None
    return period.times.start_date.year


def _days(times: Times) -> list[date]:
    assert times.start_date is not None
    return [times.start_date + n * _DAY for n in range(occasional_days(times))]


def _days_within(times: Times, quarter: Quarter) -> list[date]:
    assert times.start_date is not None
    first = max(times.start_date, quarter.first_day)
    return [first + n * _DAY for n in range(days_in(times, quarter.first_day, quarter.last_day))]
