"""A communication as it was typed or sent, and what the registers and the dossier know beside it.

Plain values: texts as they came, days as days. Lines are numbered from 1 in faults.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from types import MappingProxyType

from guichet.kernel.moments import brussels_day
from guichet.kernel.period import Period
from guichet.rules.temporary_unemployment.kinds import (
    Category,
    Channel,
    Kind,
    NoticeKind,
    Reason,
    Regime,
)
from guichet.rules.temporary_unemployment.limits import Suspension
from guichet.rules.temporary_unemployment.regimes import Cycle
from guichet.rules.temporary_unemployment.states import State
from guichet.rules.temporary_unemployment.workdays import OnemCalendar


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One worker. ``usual_days``: the weekdays of the own schedule, None when not told.

    ``workplace``: where the worker would have worked, empty for that of the communication.
    ``in_striking_unit`` and ``circumstances``: only for a strike.
    """

    niss: str
    category: Category = Category.BLUE
    first_day: date | None = None
    section: str = ""
    usual_days: frozenset[int] | None = None
    is_agency: bool = False
    workplace: str = ""
    in_striking_unit: bool | None = None
    circumstances: str = ""


@dataclass(frozen=True, kw_only=True)
class Communication:
    """``received_at``: an aware moment, whose day in Brussels is that of the communication.

    ``level``: blue or white, asked for in mixed committees. ``first_day`` and ``last_day``: of the
    announced period, for a technical accident the start of the suspension. ``cycle``: the days of
    work that are left. ``nature_ticket``: of the accident that a list belongs to. ``changes``: the
    ticket that it takes the place of.
    """

    kind: Kind
    reason: Reason
    received_at: datetime
    channel: Channel = Channel.WEB
    enterprise: str = ""
    establishment: str = ""
    postcode: str = ""
    committee: str = ""
    level: Category | None = None
    posted_on: date | None = None
    notice_kind: NoticeKind | None = None
    first_day: date | None = None
    last_day: date | None = None
    regime: Regime | None = None
    cycle: Cycle | None = None
    excluded: tuple[Period, ...] = ()
    causes: str = ""
    no_subcontracting: bool | None = None
    workplace: str = ""
    nature_of_work: str = ""
    weather: str = ""
    why_impossible: str = ""
    accident_on: date | None = None
    nature_ticket: str = ""
    lines: tuple[Line, ...] = ()
    section: str = ""
    remarks: str = ""
    changes: str = ""

    @cached_property
    def received_on(self) -> date:
        """The day of the communication; raises NaiveMoment."""
        return brussels_day(self.received_at)

    @property
    def period(self) -> Period | None:
        """The announced period; None when a day misses or the end lies before the start."""
        if self.first_day is None or self.last_day is None or self.last_day < self.first_day:
            return None
        return Period(self.first_day, self.last_day)

    @property
    def suspension(self) -> Suspension | None:
        """The announced suspension; None when it is not told whole."""
        if self.period is None or self.regime is None:
            return None
        return Suspension(self.period, self.regime, self.excluded)

    @cached_property
    def told_start(self) -> date | None:
        """The first of all days that are told; None while none is."""
        days = (self.first_day, self.accident_on, *(line.first_day for line in self.lines))
        return min((day for day in days if day is not None), default=None)

    @cached_property
    def start(self) -> date:
        """The day at which the law is looked up: the first of all that are told, else receipt."""
        return self.told_start or self.received_on


@dataclass(frozen=True, slots=True, kw_only=True)
class Announced:
    """An announcement of this employer that was received, and is not replaced.

    ``received``: when, and its number among those of that moment; None for one of this batch.
    ``cycle``: the days of work that are left, None when not told.
    """

    ticket: str
    reason: Reason
    suspension: Suspension
    workers: frozenset[str] = frozenset()
    section: str = ""
    is_cancelled: bool = False
    received: tuple[datetime, int] | None = None
    cycle: Cycle | None = None
    establishment: str = ""

    def names(self, niss: str | None, *, section: str) -> bool:
        """Whether it is about a worker (eleven digits) of a section.

        Without the section of the worker, any announced section may be the right one.
        """
        if niss in self.workers:
            return True
        return bool(self.section) and section_key(section) in ("", section_key(self.section))


@dataclass(frozen=True, slots=True)
class FirstDay:
    """A first day that was communicated and counts; ``niss``: eleven digits.

    ``ticket``: of the communication that told it, empty when not known; ``received``: as above;
    ``section``: of the worker, empty when not told.
    """

    niss: str
    day: date
    reason: Reason
    ticket: str = ""
    received: tuple[datetime, int] | None = None
    section: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known beside a communication; the defaults speak for the employer.

    ``opened_on`` and ``closed_after``: the first and the last day of the establishment.
    ``not_in_service``: numbers of lines without a running relation. ``difficulty_sent_on``: day of
    the form C106A. ``recognised``: as enterprise in difficulty. ``accident_on`` and
    ``accident_suspended_from``: of the accident that ``nature_ticket`` tells of. ``economic_days``:
    by number of line, as `accountability` counts them. ``without_scheme``: numbers of lines of
    agency workers whose user announced nothing. ``changed``: the state of what is changed, None
    when there is no such communication of this employer. ``waits_confirmation``: the same content
    came by the same channel in the last day, and nobody confirmed. ``waived``: an agent decided
    that nothing need be communicated.
    """

    may_act: bool = True
    has_establishment: bool = True
    opened_on: date | None = None
    closed_after: date | None = None
    calendar: OnemCalendar = field(default_factory=OnemCalendar)
    not_in_service: frozenset[int] = frozenset()
    announced: tuple[Announced, ...] = ()
    first_days: tuple[FirstDay, ...] = ()
    difficulty_sent_on: date | None = None
    recognised: Period | None = None
    nature_tickets: frozenset[str] = frozenset()
    accident_on: date | None = None
    accident_suspended_from: date | None = None
    economic_days: Mapping[int, int] = field(default_factory=dict)
    without_scheme: frozenset[int] = frozenset()
    changed: State | None = None
    waits_confirmation: bool = False
    waived: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "economic_days", MappingProxyType(dict(self.economic_days)))

    @property
    def standing(self) -> tuple[Announced, ...]:
        """The announcements that are not cancelled."""
        return tuple(each for each in self.announced if not each.is_cancelled)


def section_key(name: str) -> str:
    """By what two names of a section are compared: blanks and case do not matter."""
    return " ".join(name.casefold().split())
