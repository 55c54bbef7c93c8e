"""What a page of a day shows: one row for each worker, from his acts and the rule of the day.

Pure: acts and ``now`` in, plain values out. Words are the templates' affair.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import TypeVar

from guichet.eservices.presence.day_queries import ActRow, BareAct
from guichet.platform.clock import brussels
from guichet.rules import presence_day
from guichet.rules.presence_day import Anomaly, Break, Day, DayAct, Stretch, Unfit
from guichet.rules.presence_next import LONGEST_SHIFT

_FIRST_HOUR, _LAST_HOUR = 5, 20
_Act = TypeVar("_Act", ActRow, BareAct)


@dataclass(frozen=True, slots=True)
class Bar:
    """A piece of the timeline, in minutes since the first hour; ``is_open`` has no OUT yet."""

    start: float
    width: float
    is_open: bool


@dataclass(frozen=True, slots=True)
class CountedDay:
    """What the acts of one worker on one day amount to; ``sort_key``: of his name."""

    day: date
    ssin: str
    sort_key: str
    reading: Day
    now: datetime

    @property
    def open_act(self) -> DayAct | None:
        """The IN that waits for its OUT, missing or not."""
        return self.reading.open_since

    @property
    def misses_out(self) -> bool:
        """An IN of this day was never followed by its OUT."""
        return self.is_forgotten or any(
            anomaly.kind is Unfit.MISSING_OUT for anomaly in self.reading.anomalies
        )

    @property
    def is_forgotten(self) -> bool:
        """The last IN has been open for longer than any shift lasts."""
        running = self.open_act
        return running is not None and self.now - running.occurred_at > LONGEST_SHIFT

    @property
    def minutes(self) -> int:
        """Minutes of closed presence, whole."""
        return _minutes(self.reading.presence)


@dataclass(frozen=True, slots=True)
class WorkerDay(CountedDay):
    """The same with its acts: what the checks found, where and when."""

    acts: tuple[ActRow, ...]

    @property
    def counted(self) -> tuple[ActRow, ...]:
        """Its acts without those that were cancelled."""
        return tuple(act for act in self.acts if act.counts)

    @property
    def worker(self) -> ActRow:
        """Any of his acts, for the name."""
        return self.acts[0]

    @property
    def stretches(self) -> Sequence[Stretch]:
        """Closed stretches of presence."""
        return self.reading.stretches

    @property
    def breaks(self) -> Sequence[Break]:
        """Gaps that count as breaks."""
        return self.reading.breaks

    @property
    def unclosed(self) -> int | None:
        """The receipt of the IN whose OUT is missing; None when none is."""
        if self.is_forgotten and self.open_act is not None:
            return self.open_act.receipt
        missing = (a for a in self.reading.anomalies if a.kind is Unfit.MISSING_OUT)
        return next((one.act.receipt for one in missing), None)

    @property
    def is_present(self) -> bool:
        """He is there now, as far as the acts tell."""
        return self.open_act is not None and not self.is_forgotten

    @property
    def minutes_so_far(self) -> int:
        """The same with the stretch that still runs."""
        running = self.open_act
        if running is None or self.is_forgotten:
            return self.minutes
        return _minutes(self.reading.presence + (self.now - running.occurred_at))

    @property
    def break_minutes(self) -> int:
        """Minutes of break, whole."""
        return _minutes(self.reading.rest)

    @property
    def remarks(self) -> tuple[str, ...]:
        """Every remark of the day once, in the order of the acts."""
        return tuple(dict.fromkeys(code for act in self.counted for code in act.remarks))

    @property
    def anomalies(self) -> tuple[Anomaly, ...]:
        """What does not fit in the sequence of the day, besides the missing OUT."""
        return tuple(a for a in self.reading.anomalies if a.kind is not Unfit.MISSING_OUT)

    @property
    def validity(self) -> str:
        """The worst of the day: failed, then pending, then validated."""
        found = {act.validity for act in self.counted or self.acts}
        return next(word for word in ("failed", "pending", "validated") if word in found)

    @property
    def asks_attention(self) -> bool:
        """Something stands here that somebody should look at."""
        return bool(self.remarks or self.misses_out or self.anomalies)

    @property
    def sites(self) -> tuple[str, ...]:
        """The names of the sites of the day, or their numbers where nobody knows them."""
        return tuple(dict.fromkeys(act.site_name or act.works_reference for act in self.acts))


@dataclass(frozen=True, slots=True)
class Scale:
    """The hours of the timeline: whole, wide enough for every row."""

    first_hour: int
    last_hour: int

    @property
    def width(self) -> int:
        """Minutes from end to end."""
        return (self.last_hour - self.first_hour) * 60

    @property
    def ticks(self) -> list[tuple[int, int]]:
        """Each third hour with its place in minutes."""
        hours = range(self.first_hour + 1, self.last_hour)
        return [(h % 24, (h - self.first_hour) * 60) for h in hours if h % 3 == 0]

    def place(self, moment: datetime, day: date) -> float:
        """Minutes from the first hour, by the clock on the wall, within the scale."""
        wall = brussels(moment).replace(tzinfo=None)
        start = datetime(day.year, day.month, day.day) + timedelta(hours=self.first_hour)  # noqa: DTZ001  # on the wall
        minutes = (wall - start).total_seconds() / 60
        return round(min(max(minutes, 0.0), float(self.width)), 1)

    def bars(self, row: WorkerDay) -> list[Bar]:
        """The stretches of a row, and the open one up to now."""
        found = [self._bar(s.started_at, s.ended_at, row.day, is_open=False) for s in row.stretches]
        if row.open_act is not None and not row.is_forgotten:
            found.append(self._bar(row.open_act.occurred_at, row.now, row.day, is_open=True))
        return found

    def _bar(self, start: datetime, end: datetime, day: date, *, is_open: bool) -> Bar:
        left, right = self.place(start, day), self.place(end, day)
        return Bar(left, round(max(right - left, 1.5), 1), is_open)


def worker_days(acts: Iterable[ActRow], *, now: datetime) -> list[WorkerDay]:
    """The days of every worker among ``acts``, by worker and then by day.

    A shift over midnight stays on the day of its IN, with the acts that belong to it.
    """
    return [
        WorkerDay(day, group[0].ssin, group[0].sort_key, reading, now, group)
        for day, group, reading in _days(acts, now)
    ]


def counted_days(acts: Iterable[BareAct], *, now: datetime) -> list[CountedDay]:
    """The same days without what one shows of them, for sums over thousands of acts."""
    return [
        CountedDay(day, group[0].ssin, group[0].sort_key, reading, now)
        for day, group, reading in _days(acts, now)
    ]


def scale(rows: Iterable[WorkerDay]) -> Scale:
    """From five to eight in the evening, wider where somebody was there outside these hours."""
    first, last = _FIRST_HOUR, _LAST_HOUR
    for row in rows:
        for act in row.acts:
            wall = brussels(act.occurred_at)
            hour = wall.hour + 24 * (wall.date() - row.day).days
            first, last = min(first, max(hour, 0)), max(last, min(hour + 1, 48))
    return Scale(first, last)


def _days(acts: Iterable[_Act], now: datetime) -> Iterator[tuple[date, tuple[_Act, ...], Day]]:
    ordered = sorted(acts, key=lambda act: (act.ssin, act.occurred_at, act.receipt))
    for _, group in groupby(ordered, key=lambda act: act.ssin):
        yield from _days_of_one(tuple(group), now)


def _days_of_one(
    acts: tuple[_Act, ...], now: datetime
) -> Iterator[tuple[date, tuple[_Act, ...], Day]]:
    plain = (DayAct(a.type, a.occurred_at, a.works_reference, a.receipt) for a in acts if a.counts)
    readings = {reading.day: reading for reading in presence_day.days(plain, now=now)}
    belongs: dict[date, list[_Act]] = {}
    for act in acts:
        belongs.setdefault(_day_of(act, readings), []).append(act)
    for day, group in sorted(belongs.items()):
        yield day, tuple(group), readings.get(day, Day(day))


def _day_of(act: ActRow | BareAct, readings: dict[date, Day]) -> date:
    """The day of the stretch that the act closes, else the Belgian day of the act."""
    own = brussels(act.occurred_at).date()
    before = readings.get(own - timedelta(days=1))
    stretches = before.stretches if before is not None else ()
    if any(stretch.out_receipt == act.receipt for stretch in stretches):
        return own - timedelta(days=1)
    return own


def _minutes(span: timedelta) -> int:
    return int(span.total_seconds()) // 60
