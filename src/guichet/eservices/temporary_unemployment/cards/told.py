"""What the employers communicated about a worker, as his cards and pages need it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from guichet.eservices.temporary_unemployment import queries
from guichet.eservices.temporary_unemployment.models import GONE, Line
from guichet.registers.persons import queries as persons
from guichet.registers.persons.models import Person
from guichet.rules.temporary_unemployment.kinds import Kind, Reason, Regime
from guichet.rules.temporary_unemployment.states import State


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One communication as far as it is about one worker.

    ``state``: what everybody but the office sees today; a decision is seen from the day after.
    ``day``: his first effective day; ``first_day`` and ``last_day``: what was announced.
    ``accepted_from``: from when the office accepts a first day that came late.
    """

    ticket: str
    employer: str
    kind: Kind
    reason: Reason
    regime: Regime | None
    state: State
    day: date | None
    first_day: date | None
    last_day: date | None
    accepted_from: date | None
    section: str
    workplace: str
    office: str
    received_at: datetime
    decided_on: date | None = None

    @property
    def begins_on(self) -> date | None:
        """The first day that it is about, of an accident the first day of the suspension."""
        return self.day or self.first_day


def about(*, niss: str, first: date, last: date, today: date) -> list[Told]:
    """What stands about a person and touches these days, the newest first."""
    return of_numbers(persons.numbers_of(niss=niss), first=first, last=last, today=today)


def of_numbers(numbers: Collection[str], *, first: date, last: date, today: date) -> list[Told]:
    """The same under each of his numbers."""
    rows = queries.about_worker(numbers=numbers, first_day=first, last_day=last)
    return [_told(row, today) for row in rows]


def one(*, niss: str, ticket: str, today: date) -> Told | None:
    """One communication that names a person; one that does not, and none, are the same None."""
    rows = Line.objects.filter(
        communication__ticket=ticket, niss__in=persons.numbers_of(niss=niss)
    ).select_related("communication__employer")
    row = rows.order_by("number").first()
    return None if row is None else _told(row, today)


def first_days(found: Iterable[Told], *, employer: str, month: date) -> frozenset[date]:
    """The first effective days that an employer communicated for a month."""
    return frozenset(
        one.day for one in found
        if one.employer == employer and one.kind is Kind.FIRST_DAY and one.day is not None
        and one.day.replace(day=1) == month
    )  # fmt: skip


def touches(one: Told, month: date) -> bool:
    """Whether a communication is about a day of a month."""
    begins = one.begins_on
    following = (month + timedelta(days=31)).replace(day=1)
    if begins is None:
        return False
    ends = one.day or one.last_day
    return begins < following and (ends is None or ends >= month)


def workers(*, month: date) -> frozenset[tuple[int, str]]:
    """Of whom an employer communicated a first effective day in a month: person, employer."""
    following = (month + timedelta(days=31)).replace(day=1)
    lines = Line.objects.filter(
        first_day__gte=month, first_day__lt=following, communication__kind=Kind.FIRST_DAY.value
    ).exclude(communication__state__in=GONE)
    pairs = set(lines.values_list("niss", "communication__employer__number"))
    current = persons.current_numbers(numbers={niss for niss, _employer in pairs})
    keys = dict(Person.objects.filter(niss__in=set(current.values())).values_list("niss", "pk"))
    found = ((keys.get(current.get(niss, niss)), employer) for niss, employer in pairs)
    return frozenset((key, employer) for key, employer in found if key is not None)


def _told(row: Line, today: date) -> Told:
    its = row.communication
    state = queries.shown_state(its, today=today)
    is_seen = its.decided_on is not None and its.decided_on < today
    return Told(
        ticket=its.ticket,
        employer=its.employer.number,
        kind=Kind(its.kind),
        reason=Reason(its.reason),
        regime=Regime(its.regime) if its.regime else None,
        state=state,
        day=row.first_day,
        first_day=its.first_day,
        last_day=its.last_day,
        accepted_from=row.accepted_from,
        section=row.section or its.section,
        workplace=row.workplace or its.workplace,
        office=its.office,
        received_at=its.received_at,
        decided_on=its.decided_on if is_seen else None,
    )
