"""An announced suspension: notice, length and what lies before it (CTW-014 to 026, 031 to 035).

Deadlines and lengths are warned about, as the office does; only what would make the communication
meaningless blocks.

Source: Act of 3 July 1978, art. 51 and 77/1 to 77/7.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from guichet.kernel.period import Period
from guichet.rules.temporary_unemployment import identifiers, white_collars
from guichet.rules.temporary_unemployment.communication import (
    Announced,
    Communication,
    Known,
    section_key,
)
from guichet.rules.temporary_unemployment.duties import leaves_without_work
from guichet.rules.temporary_unemployment.faults import Fault, Repair, Way
from guichet.rules.temporary_unemployment.findings import Count, found
from guichet.rules.temporary_unemployment.kinds import Reason, Regime
from guichet.rules.temporary_unemployment.limits import (
    Suspension,
    excess,
    next_allowed_start,
    without_work_between,
    work_week,
)
from guichet.rules.temporary_unemployment.notice import (
    Lateness,
    communication_gap,
    lateness,
    latest_notice,
)
from guichet.rules.temporary_unemployment.regimes import has_too_few_days, regime_of
from guichet.rules.temporary_unemployment.terms import Terms, terms

_TOO_LONG: Final = {
    Regime.FULL: "CTW-020",
    Regime.ONE_DAY_PER_FORTNIGHT: "CTW-020",
    Regime.LARGE: "CTW-021",
    Regime.SMALL: "CTW-022",
}
_ONE_DAY: Final = timedelta(days=1)


def announcement_faults(said: Communication, known: Known) -> Iterator[Fault]:
    """Everything about an announced suspension for economic causes or of white collars."""
    rules = terms_of(said, known)
    if said.no_subcontracting is not True:
        yield found("CTW-017", "no_subcontracting")
    if rules.own_decree:
        yield found("CTW-019", "committee", committee=rules.committee)
    yield from _notice(said, known, rules)
    yield from _regime(said, rules)
    yield from _start(said, known, rules)
    if said.suspension is not None:
        yield from _length(said.suspension, rules)
        yield from _before(said, known, said.suspension, rules)
    if said.reason is Reason.WHITE_COLLAR:
        yield from _white_collars(said, known)


def concerns(said: Communication, earlier: Announced) -> bool:
    """Whether an earlier announcement is about the same section or one of the same workers."""
    section = section_key(said.section)
    if section and section == section_key(earlier.section):
        return True
    return bool(_workers(said) & earlier.workers)


def counted_before(said: Communication, known: Known, rules: Terms) -> tuple[Suspension, ...]:
    """The earlier suspensions of the same people that count together with this one."""
    if said.suspension is None:
        return ()
    before = [
        each.suspension
        for each in known.standing
        if each.reason is said.reason and each.ticket != said.changes and concerns(said, each)
    ]
    return without_work_between(said.suspension, before=before, terms=rules)


def lateness_of(
    said: Communication, known: Known, rules: Terms, *, posted_on: date
) -> Lateness | None:
    """What a notice of a day costs; None for one in time, or while no start is told."""
    if said.first_day is None:
        return None
    return lateness(
        posted_on=posted_on,
        start=said.first_day,
        last_day=said.period.last_day if said.period else None,
        first_effective=_first_effective(said, known),
        terms=rules,
        calendar=known.calendar,
        terms_on=lambda day: terms_of(said, known, on=day),
    )


def _first_effective(said: Communication, known: Known) -> date | None:
    """The first working day that the announced days of work leave without work.

    None where no days of work are told, or none is left: then it is the start.
    """
    suspension, cycle = said.suspension, said.cycle
    if suspension is None or cycle is None or not any(cycle):
        return None
    period = suspension.period
    days = (period.first_day + timedelta(days=n) for n in range(period.days))
    return next(
        (
            day
            for day in days
            if known.calendar.is_working(day) and leaves_without_work(suspension, cycle, day)
        ),
        None,
    )


def credit_until(said: Communication, known: Known) -> date | None:
    """Until when the credit of white collars lasts: of the worker who used most of it.

    None when somebody has nothing left, or no start or régime is told.
    """
    if said.reason is not Reason.WHITE_COLLAR or said.first_day is None or said.regime is None:
        return None
    found = [
        white_collars.lasts_until(
            said.first_day, regime=said.regime, announced=_used_by(worker, said, known)
        )
        for worker in _workers(said) or {""}
    ]
    lasting = [day for day in found if day is not None]
    return min(lasting) if len(lasting) == len(found) else None


def terms_of(said: Communication, known: Known, *, on: date | None = None) -> Terms:
    """The terms of this suspension; ``on``: if it started on that day instead."""
    start = on or said.start
    if said.reason is not Reason.ECONOMIC:
        return terms(on=start)
    recognised = known.recognised is not None and known.recognised.contains(start)
    return terms(
        on=start, committee=identifiers.committee(said.committee), in_difficulty=recognised
    )


def _notice(said: Communication, known: Known, rules: Terms) -> Iterator[Fault]:
    if said.posted_on is None:
        yield found("CTW-016", "posted_on", "missing")
        return
    if said.posted_on > said.received_on:
        yield found("CTW-016", "posted_on", day=said.posted_on)
        return
    if said.first_day is None:
        return
    late = lateness_of(said, known, rules, posted_on=said.posted_on)
    if late is not None:
        yield found(
            "CTW-014",
            "posted_on",
            repair=_later_start(said, late.start_instead),
            days=Count(late.days, "day"),
            last=late.last_notice,
            wage_from=late.wage.first_day,
            wage_until=late.wage.last_day,
        )
    yield from _gap(said, known, rules, late)


def _gap(said: Communication, known: Known, rules: Terms, late: Lateness | None) -> Iterator[Fault]:
    """CTW-015; when only the communication came after the last day, what that costs."""
    if said.posted_on is None or said.first_day is None:
        return
    gap = communication_gap(posted_on=said.posted_on, received_on=said.received_on)
    if not gap:
        return
    told = lateness_of(said, known, rules, posted_on=said.received_on)
    if late is not None or told is None:
        yield found("CTW-015", "posted_on", gap=Count(gap, "day"))
        return
    last = latest_notice(said.first_day, terms=rules, calendar=known.calendar).day
    yield found(
        "CTW-015",
        "posted_on",
        "late",
        repair=_later_start(said, told.start_instead),
        gap=Count(gap, "day"),
        last=last,
        wage_from=told.wage.first_day,
        wage_until=told.wage.last_day,
    )


def _later_start(said: Communication, day: date) -> Repair:
    """The end stays where it was; when the start would pass it, another period is announced."""
    passed = said.last_day is not None and day > said.last_day
    return Repair(Way.ANNOUNCE_FROM if passed else Way.START_ON, day)


def _regime(said: Communication, rules: Terms) -> Iterator[Fault]:
    white = said.reason is Reason.WHITE_COLLAR
    if said.regime is None:
        yield found("CTW-012", "regime", "regime")
    elif said.regime.is_of_white_collars is not white:
        yield found("CTW-031", "regime", "other")
    if said.cycle is None:
        return
    real = regime_of(said.cycle, on=said.start, white_collar=white)
    if said.regime is not None and said.regime is not real:
        yield found("CTW-031", "regime", regime=real, repair=Repair(Way.CHOOSE_REGIME, regime=real))
    if white and has_too_few_days(said.cycle, on=said.start):
        yield found("CTW-034", "cycle")
    most = rules.most_days
    if most is not None and any(len(week) > most for week in said.cycle):
        yield found("CTW-031", "cycle", "most_days", most=most, committee=rules.committee)


def _start(said: Communication, known: Known, rules: Terms) -> Iterator[Fault]:
    if said.first_day is None or not rules.starts_first_working_day:
        return
    if said.regime not in (Regime.FULL, Regime.ONE_DAY_PER_FORTNIGHT):
        return
    first = known.calendar.first_of_week(said.first_day)
    if first != said.first_day:
        following = first if first > said.first_day else known.calendar.first_of_week(
            said.first_day + timedelta(days=7)
        )  # fmt: skip
        yield found(
            "CTW-031",
            "first_day",
            "start",
            repair=_later_start(said, following),
            committee=rules.committee,
        )


def _length(suspension: Suspension, rules: Terms) -> Iterator[Fault]:
    period = suspension.period
    outside = [cut for cut in suspension.excluded if period.overlap(cut) != cut]
    if outside:
        yield found("CTW-025", "excluded", "outside", first=outside[0].first_day)
    over = excess(suspension, terms=rules)
    span = rules.limit(suspension.regime)
    if over is None or span is None:
        return
    repair = Repair(Way.END_ON, over.last_allowed)
    code = "CTW-025" if suspension.excluded else _TOO_LONG[suspension.regime]
    yield found(code, "last_day", limit=Count.of_span(span), last=over.last_allowed, repair=repair)


def _before(
    said: Communication, known: Known, suspension: Suspension, rules: Terms
) -> Iterator[Fault]:
    same = [each for each in known.standing if concerns(said, each) and each.ticket != said.changes]
    for each in same:
        if _overlap(suspension, each.suspension):
            yield found("CTW-024", "first_day", ticket=each.ticket)
    if said.reason is not Reason.ECONOMIC:
        return
    before = [each.suspension for each in same if each.reason is Reason.ECONOMIC]
    start = _start_with_week(said, known, suspension, before)
    if start is None:
        return
    week = work_week(start - timedelta(days=7 * rules.between) - _ONE_DAY, terms=rules)
    yield found(
        "CTW-023",
        "first_day",
        repair=_later_start(said, start),
        week_from=week.first_day,
        week_until=week.last_day,
    )


def _start_with_week(
    said: Communication, known: Known, suspension: Suspension, before: Sequence[Suspension]
) -> date | None:
    """The first start after a week of work, None when none misses.

    A later start can come after a suspension that the asked one overlaps: it is looked at again.
    """
    found, length = None, suspension.period.last_day - suspension.period.first_day
    while True:
        day = found or suspension.period.first_day
        last = suspension.period.last_day
        moved = replace(suspension, period=Period(day, last if day <= last else day + length))
        rules = terms_of(said, known, on=day)
        following = next_allowed_start(moved, before=before, terms=rules)
        if following is None:
            return found
        found = following


def _overlap(one: Suspension, other: Suspension) -> bool:
    both = one.period.overlap(other.period)
    if both is None:
        return False
    # A closure that one of them cut out is the place of something else.
    return not any(cut.overlap(both) == both for cut in (*one.excluded, *other.excluded))


def _white_collars(said: Communication, known: Known) -> Iterator[Fault]:
    if said.period is None:
        return
    if said.period.first_day.weekday() != 0 or said.period.last_day.weekday() != 6:
        yield found("CTW-018", "first_day")
    if known.recognised is None or not known.recognised.contains(said.period.first_day):
        yield found("CTW-033", "reason")
    if known.difficulty_sent_on is not None:
        days = white_collars.difficulty_days(known.difficulty_sent_on)
        if said.received_on < days.communication_from:
            repair = Repair(Way.SEND_ANEW_FROM, days.communication_from)
            yield found("CTW-035", "received_at", repair=repair, sent=known.difficulty_sent_on)
    if said.regime is not None and said.regime.is_of_white_collars:
        yield from _credit(said, known, white_collars.Announced(said.period, said.regime))


def _credit(said: Communication, known: Known, asked: white_collars.Announced) -> Iterator[Fault]:
    """CTW-026 once, for the worker whose credit is the most used up."""
    worst: dict[int, white_collars.Weeks] = {}
    for worker in _workers(said):
        used = _used_by(worker, said, known)
        for year, weeks in white_collars.exhausted_in(asked, announced=used):
            worst[year] = max(worst.get(year, weeks), weeks, key=lambda w: (w.full, w.reduced))
    for year, weeks in sorted(worst.items()):
        yield found(
            "CTW-026",
            "last_day",
            year=year,
            full=Count(weeks.full, "week"),
            reduced=Count(weeks.reduced, "week"),
        )


def _used_by(worker: str, said: Communication, known: Known) -> list[white_collars.Announced]:
    """What was announced of a worker as white collar before, without what is changed."""
    return [
        white_collars.Announced(each.suspension.period, each.suspension.regime)
        for each in known.standing
        if each.reason is Reason.WHITE_COLLAR
        and worker in each.workers
        and each.ticket != said.changes
    ]


def _workers(said: Communication) -> frozenset[str]:
    read = (identifiers.niss(line.niss, channel=said.channel) for line in said.lines)
    return frozenset(digits for digits in read if digits is not None)
