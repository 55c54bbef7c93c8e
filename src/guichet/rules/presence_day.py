"""A person's days seen from the acts: stretches of presence, breaks, and what does not fit.

Nothing here is stored and nothing is refused; the view says what the acts amount to:

- An act that stands twice (same type, instant and site) counts once, whoever flagged it.
- IN opens a stretch, the next OUT at the same site closes it. A stretch belongs to the Belgian
  day of its IN, so that a shift over midnight stays whole; hours are real hours, also in the
  nights of March and October.
- A break is the gap between an OUT and the IN that follows it directly, at the same site, on
  the same Belgian day, of at most the limit (four hours).
- A second IN at the same site within that limit changes nothing (a double press); any other
  second IN leaves the first without OUT: its hours are unknown and not counted.
- An OUT elsewhere, a second OUT, or an OUT after more than a day closes nothing.
- Of an OUT and an IN at the same instant the OUT comes first: that is how one moves site.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from itertools import groupby
from typing import TypeVar

from guichet.kernel.moments import brussels_day, elapsed
from guichet.rules import dated


@dataclass(frozen=True, slots=True)
class DayAct:
    """An act of one person. ``type`` is ``in`` or ``out``; ``receipt`` tells acts apart."""

    type: str
    occurred_at: datetime
    site: str
    receipt: int


class Unfit(StrEnum):
    """What is wrong with a day."""

    SECOND_IN = "secondIn"
    SECOND_OUT = "secondOut"
    OUT_WITHOUT_IN = "outWithoutIn"
    OUT_ELSEWHERE = "outElsewhere"
    MISSING_OUT = "missingOut"


@dataclass(frozen=True, slots=True)
class Anomaly:
    """What does not fit, and the act that shows it."""

    kind: Unfit
    act: DayAct


@dataclass(frozen=True, slots=True)
class Stretch:
    """Presence at one site, from an IN to its OUT."""

    site: str
    started_at: datetime
    ended_at: datetime
    in_receipt: int
    out_receipt: int

    @property
    def duration(self) -> timedelta:
        """The real time between the two acts."""
        return elapsed(self.started_at, self.ended_at)


@dataclass(frozen=True, slots=True)
class Break:
    """The gap between two stretches at one site."""

    site: str
    started_at: datetime
    ended_at: datetime

    @property
    def duration(self) -> timedelta:
        """The real time of the gap."""
        return elapsed(self.started_at, self.ended_at)


@dataclass(frozen=True, slots=True)
class Day:
    """One Belgian day. ``open_since`` is the IN of a stretch that still runs."""

    day: date
    stretches: tuple[Stretch, ...] = ()
    breaks: tuple[Break, ...] = ()
    open_since: DayAct | None = None
    anomalies: tuple[Anomaly, ...] = ()

    @property
    def presence(self) -> timedelta:
        """The closed stretches together."""
        return sum((stretch.duration for stretch in self.stretches), timedelta())

    @property
    def rest(self) -> timedelta:
        """The breaks together."""
        return sum((gap.duration for gap in self.breaks), timedelta())


def day(acts: Iterable[DayAct], *, on: date, now: datetime) -> Day:
    """One day of one person; hand in the day after as well, for a shift over midnight."""
    return next((each for each in days(acts, now=now) if each.day == on), Day(on))


def days(acts: Iterable[DayAct], *, now: datetime) -> tuple[Day, ...]:
    """The days of one person that have something to show, oldest first.

    The acts may come in any order. ``now`` decides whether the last IN still runs.
    """
    reading = _Reading()
    for act in _in_order(acts):
        if act.type == "in":
            reading.enter(act)
        else:
            reading.leave(act)
    return reading.days(now)


def _in_order(acts: Iterable[DayAct]) -> list[DayAct]:
    def instant(act: DayAct) -> tuple[datetime, bool, str]:
        return act.occurred_at.astimezone(UTC), act.type == "in", act.site

    ordered = sorted(acts, key=lambda act: (*instant(act), act.receipt))
    return [next(same) for _, same in groupby(ordered, key=instant)]


_Span = TypeVar("_Span", Stretch, Break)


def _by_day(spans: Iterable[_Span]) -> dict[date, list[_Span]]:
    """Each under the Belgian day on which it starts."""
    found: dict[date, list[_Span]] = {}
    for span in spans:
        found.setdefault(brussels_day(span.started_at), []).append(span)
    return found


def _minutes(name: str, moment: datetime) -> timedelta:
    return _limit(name, brussels_day(moment))


# A page of a week asks for the same few days ten thousand times.
@lru_cache(maxsize=1024)
def _limit(name: str, on: date) -> timedelta:
    return timedelta(minutes=dated.whole(name, on=on))


@dataclass(slots=True)
class _Reading:
    """The acts read so far; every list in order of time."""

    stretches: list[Stretch] = field(default_factory=list)
    breaks: list[Break] = field(default_factory=list)
    anomalies: list[tuple[date, Anomaly]] = field(default_factory=list)
    running: DayAct | None = None
    closed: Stretch | None = None  # only while the OUT of it is the last act read
    last_type: str | None = None

    def enter(self, act: DayAct) -> None:
        running = self.running
        self.last_type = "in"
        if running is not None and self._is_double_press(running, act):
            self._note(Unfit.SECOND_IN, act, on=running)
            return
        if running is not None:
            self._note(Unfit.MISSING_OUT, running, on=running)
        elif self.closed is not None and self._is_break(self.closed, act):
            self.breaks.append(Break(act.site, self.closed.ended_at, act.occurred_at))
        self.running, self.closed = act, None

    def leave(self, act: DayAct) -> None:
        running, self.closed = self.running, None
        after_out, self.last_type = self.last_type == "out", "out"
        if running is None:
            self._note(Unfit.SECOND_OUT if after_out else Unfit.OUT_WITHOUT_IN, act, on=act)
        elif self._is_over(running, act.occurred_at):
            self._note(Unfit.MISSING_OUT, running, on=running)
            self._note(Unfit.OUT_WITHOUT_IN, act, on=act)
            self.running = None
        elif running.site != act.site:
            self._note(Unfit.OUT_ELSEWHERE, act, on=running)
        else:
            self.closed = Stretch(
                act.site, running.occurred_at, act.occurred_at, running.receipt, act.receipt
            )
            self.stretches.append(self.closed)
            self.running = None

    def days(self, now: datetime) -> tuple[Day, ...]:
        running = self.running
        if running is not None and self._is_over(running, now):
            self._note(Unfit.MISSING_OUT, running, on=running)
            running = None
        stretches, breaks = _by_day(self.stretches), _by_day(self.breaks)
        anomalies: dict[date, list[Anomaly]] = {}
        for on, anomaly in self.anomalies:
            anomalies.setdefault(on, []).append(anomaly)
        open_on = None if running is None else brussels_day(running.occurred_at)
        seen = {*stretches, *anomalies, *([] if open_on is None else [open_on])}
        return tuple(
            Day(
                day=on,
                stretches=tuple(stretches.get(on, ())),
                breaks=tuple(breaks.get(on, ())),
                open_since=running if on == open_on else None,
                anomalies=tuple(anomalies.get(on, ())),
            )
            for on in sorted(seen)
        )

    def _note(self, kind: Unfit, act: DayAct, *, on: DayAct) -> None:
        self.anomalies.append((brussels_day(on.occurred_at), Anomaly(kind, act)))

    @staticmethod
    def _is_double_press(running: DayAct, act: DayAct) -> bool:
        limit = _minutes("presence.break.max", running.occurred_at)
        return running.site == act.site and elapsed(running.occurred_at, act.occurred_at) <= limit

    @staticmethod
    def _is_break(closed: Stretch, act: DayAct) -> bool:
        gap = elapsed(closed.ended_at, act.occurred_at)
        return (
            closed.site == act.site
            and timedelta() < gap <= _minutes("presence.break.max", closed.ended_at)
            and brussels_day(closed.ended_at) == brussels_day(act.occurred_at)
        )

    @staticmethod
    def _is_over(running: DayAct, moment: datetime) -> bool:
        limit = _minutes("presence.stretch.open_max", running.occurred_at)
        return elapsed(running.occurred_at, moment) > limit
