"""What an employer follows: first days that are due, months of workers, what is used of a limit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from guichet.eservices.temporary_unemployment import earlier, queries
from guichet.eservices.temporary_unemployment.content import Name, cycle_of, periods_of
from guichet.eservices.temporary_unemployment.models import GONE, Communication, Line
from guichet.kernel.period import Period
from guichet.rules.temporary_unemployment import duties as rules
from guichet.rules.temporary_unemployment import white_collars
from guichet.rules.temporary_unemployment.duties import Duty, Scheme, Standing
from guichet.rules.temporary_unemployment.first_day import Outcome, month_end
from guichet.rules.temporary_unemployment.kinds import Kind, Reason, Regime
from guichet.rules.temporary_unemployment.limits import (
    Suspension,
    last_allowed_day,
    without_work_between,
)
from guichet.rules.temporary_unemployment.spans import counted_days
from guichet.rules.temporary_unemployment.terms import terms
from guichet.rules.temporary_unemployment.workdays import OnemCalendar


@dataclass(frozen=True, slots=True)
class FirstDay:
    """A first day that was communicated, and how it lies to its window."""

    ticket: str
    day: date
    reason: str
    outcome: str
    accepted_from: date | None


@dataclass(frozen=True, slots=True, repr=False)
class WorkerMonth:
    """A month of one worker: what is announced, what was communicated, what is due.

    ``announced``: the days without work, those of work and of closures left out.
    """

    niss: str
    name: Name
    schemes: tuple[Communication, ...] = ()
    first_days: tuple[FirstDay, ...] = ()
    duty: Duty | None = None
    announced: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True)
class Used:
    """How much of a limit a running scheme uses; days are calendar days.

    ``most`` None: no limit. ``until``: the last day in order. ``weeks``: of white collars, the most
    that one of the workers used of the year's credit.
    """

    row: Communication
    used: int
    most: int | None
    until: date | None
    weeks: white_collars.Weeks | None = None

    @property
    def percent(self) -> int:
        """For a bar."""
        return 0 if not self.most else min(100, round(100 * self.used / self.most))


@dataclass(slots=True)
class _Of:
    schemes: list[Communication] = field(default_factory=list)
    days: list[FirstDay] = field(default_factory=list)
    duty: Duty | None = None
    announced: frozenset[date] = frozenset()
    name: Name = field(default_factory=Name)


def running(
    *, employer: str, first_day: date, last_day: date, today: date
) -> QuerySet[Communication]:
    """The announcements that stand and touch these days, the oldest first."""
    rows = Communication.objects.filter(
        employer__number=employer, kind=Kind.EXPECTED.value,
        first_day__lte=last_day, last_day__gte=first_day,
    )  # fmt: skip
    rows = rows.exclude(Q(state__in=GONE) | earlier.seen_as_refused(today))
    return rows.order_by("first_day", "id")


def due(*, employer: str, today: date) -> tuple[Duty, ...]:
    """What may or must be told now, of this month and of the next, and what was missed of both.

    A first day of the next month may be told from the end of this one.
    """
    following = month_end(today) + timedelta(days=1)
    before = today.replace(day=1) - timedelta(days=1)
    found = [
        duty
        for month in (before, today, following)
        for duty in duties(employer=employer, month=month, today=today)
        if duty.standing not in (Standing.AHEAD, Standing.TOLD)
    ]
    order = {Standing.LAST_DAY: 0, Standing.OPEN: 1, Standing.MISSED: 2}
    recent = before.replace(day=1)
    return tuple(
        sorted(
            (one for one in found if one.day >= recent),
            key=lambda one: (order[one.standing], one.days.last_day),
        )
    )


def duties(*, employer: str, month: date, today: date) -> tuple[Duty, ...]:
    """Every first day that the announcements of a month make due, told ones too."""
    first, last = month.replace(day=1), month_end(month)
    rows = list(running(employer=employer, first_day=first, last_day=last, today=today))
    if not rows:
        return ()
    told = [
        (line.niss, line.first_day, Reason(line.communication.reason))
        for line in _first_days(employer, first, last)
        if line.first_day is not None and line.outcome != Outcome.TOO_EARLY
    ]
    workers = _workers(rows)
    found: list[Duty] = []
    for place in sorted({row.establishment for row in rows}):
        schemes = [_scheme(row, workers) for row in rows if row.establishment == place]
        found += rules.duties(
            [one for one in schemes if one is not None],
            month=month, told=told, calendar=calendar(employer, place), today=today,
        )  # fmt: skip
    return tuple(found)


def months_of_workers(*, employer: str, month: date, today: date) -> list[WorkerMonth]:
    """The month of every worker who is named in something, by name."""
    first, last = month.replace(day=1), month_end(month)
    of: dict[str, _Of] = defaultdict(_Of)
    rows = {
        row.pk: row
        for row in running(employer=employer, first_day=first, last_day=last, today=today)
    }
    places = {
        place: calendar(employer, place) for place in {r.establishment for r in rows.values()}
    }
    announced = {
        key: _days_without_work(row, Period(first, last), places[row.establishment])
        for key, row in rows.items()
    }
    for line in queries.named(Line.objects.filter(communication__in=list(rows))):
        of[line.niss].schemes.append(rows[line.communication_id])
        of[line.niss].announced |= announced[line.communication_id]
        of[line.niss].name = Name(line.family_name, line.given_name)
    for line in queries.named(_first_days(employer, first, last)):
        if line.first_day is not None:
            row = line.communication
            of[line.niss].days.append(
                FirstDay(row.ticket, line.first_day, row.reason, line.outcome, line.accepted_from)
            )
            of[line.niss].name = Name(line.family_name, line.given_name)
    for duty in duties(employer=employer, month=month, today=today):
        if duty.niss:
            of[duty.niss].duty = duty
    months = [
        WorkerMonth(niss, one.name, tuple(one.schemes), tuple(one.days), one.duty, one.announced)
        for niss, one in of.items()
    ]
    return sorted(months, key=lambda one: (one.name.family, one.name.given, one.niss))


def used(*, employer: str, today: date) -> list[Used]:
    """What the announcements that run or come use of their limits."""
    horizon = today + timedelta(days=400)
    rows = list(running(employer=employer, first_day=today, last_day=horizon, today=today))
    if not rows:
        return []
    earliest = min(row.first_day for row in rows if row.first_day)
    back = list(running(employer=employer, first_day=earliest - timedelta(days=400),
                        last_day=horizon, today=today))  # fmt: skip
    workers = _workers(back)
    return [_used(row, back, workers, today) for row in rows]


def calendar(employer: str, establishment: str) -> OnemCalendar:
    """The working days of an establishment."""
    here = [
        one
        for one in earlier.closed_days([employer]).get(employer, ())
        if one.establishment in ("", establishment)
    ]
    return OnemCalendar(
        frozenset(one.day for one in here if one.kind == "replacement"),
        frozenset(one.day for one in here if one.kind == "bridge"),
    )


def _used(
    row: Communication, back: Sequence[Communication], workers: dict[int, set[str]], today: date
) -> Used:
    own = _suspension(row)
    if own is None:
        return Used(row, 0, None, None)
    same = [one for one in back if one.pk != row.pk and _shares(row, one, workers)]
    if row.reason == Reason.WHITE_COLLAR:
        return Used(row, 0, None, None, _weeks(row, [*same, row], workers, today))
    rule = terms(on=own.period.first_day, committee=row.committee)
    before = [
        each for one in same if one.reason == row.reason and (each := _suspension(one)) is not None
    ]
    chain = without_work_between(own, before=before, terms=rule)
    span = rule.limit(own.regime)
    until = last_allowed_day(
        own.period.first_day, regime=own.regime, terms=rule, excluded=own.excluded, before=chain
    )
    passed = 0
    if own.period.first_day <= today:
        so_far = Period(own.period.first_day, min(today, own.period.last_day))
        passed = counted_days(so_far, excluded=own.excluded)
    return Used(
        row,
        passed + sum(each.days for each in chain),
        None if span is None else span.days_from((chain[-1] if chain else own).period.first_day),
        until,
    )


def _weeks(
    row: Communication,
    rows: Iterable[Communication],
    workers: dict[int, set[str]],
    today: date,
) -> white_collars.Weeks:
    worst = white_collars.Weeks()
    for niss in workers.get(row.pk, ()):
        announced = [
            white_collars.Announced(Period(one.first_day, one.last_day), Regime(one.regime))
            for one in rows
            if one.reason == Reason.WHITE_COLLAR
            and niss in workers.get(one.pk, ())
            and one.first_day
            and one.last_day
        ]
        weeks = white_collars.weeks_of_year(today.year, announced=announced)
        worst = max(worst, weeks, key=lambda one: (one.full, one.reduced))
    return worst


def _shares(row: Communication, other: Communication, workers: dict[int, set[str]]) -> bool:
    if row.section and row.section.casefold() == other.section.casefold():
        return True
    return bool(workers.get(row.pk, set()) & workers.get(other.pk, set()))


def _suspension(row: Communication) -> Suspension | None:
    if row.first_day is None or row.last_day is None or not row.regime:
        return None
    period = Period(row.first_day, row.last_day)
    return Suspension(period, Regime(row.regime), periods_of(row.excluded))


def _scheme(row: Communication, workers: dict[int, set[str]]) -> Scheme | None:
    suspension = _suspension(row)
    if suspension is None:
        return None
    return Scheme(
        ticket=row.ticket, reason=Reason(row.reason), suspension=suspension,
        cycle=cycle_of(row.cycle), workers=frozenset(workers.get(row.pk, ())), section=row.section,
    )  # fmt: skip


def _days_without_work(row: Communication, month: Period, days: OnemCalendar) -> frozenset[date]:
    """The days of a month that an announcement leaves without work."""
    scheme = _scheme(row, {})
    if scheme is None:
        return frozenset()
    every = (month.first_day + timedelta(days=at) for at in range(month.days))
    return frozenset(day for day in every if rules.is_without_work(scheme, day, calendar=days))


def _workers(rows: Iterable[Communication]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    lines = Line.objects.filter(communication__in=[row.pk for row in rows])
    for key, niss in lines.values_list("communication_id", "niss"):
        found[key].add(niss)
    return found


def _first_days(employer: str, first: date, last: date) -> QuerySet[Line]:
    rows = Line.objects.filter(
        communication__employer__number=employer, communication__kind=Kind.FIRST_DAY.value,
        first_day__range=(first, last),
    )  # fmt: skip
    rows = rows.exclude(communication__state__in=GONE).select_related("communication")
    return rows.order_by("first_day", "id")
