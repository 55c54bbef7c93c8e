"""Rows of the registers and of earlier communications, for many employers and workers at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db import connection
from django.db.models import Q
from django.db.models.expressions import RawSQL

from guichet.eservices.temporary_unemployment import queries
from guichet.eservices.temporary_unemployment.content import cycle_of, periods_of
from guichet.eservices.temporary_unemployment.models import (
    GONE,
    ClosedDay,
    Communication,
    Difficulty,
    Line,
)
from guichet.kernel.period import Period
from guichet.registers.employments.models import Period as DimonaPeriod
from guichet.registers.enterprises.models import Enterprise, Establishment
from guichet.rules.temporary_unemployment.communication import Announced, FirstDay
from guichet.rules.temporary_unemployment.first_day import Outcome
from guichet.rules.temporary_unemployment.kinds import Kind, Reason, Regime
from guichet.rules.temporary_unemployment.limits import Suspension
from guichet.rules.temporary_unemployment.states import State

# The longest that an earlier suspension can weigh: a calendar year of weeks, and its season.
_BACK: Final = timedelta(days=450)


@dataclass(frozen=True, slots=True)
class Service:
    """A Dimona period: its days, and the firm that uses a temp worker."""

    first_day: date
    last_day: date | None
    user: str

    def covers(self, day: date) -> bool:
        """Whether somebody was in service on a day."""
        return self.first_day <= day and (self.last_day is None or day <= self.last_day)


@dataclass(frozen=True, slots=True)
class Place:
    """The days of an establishment unit, each None when the register knows none."""

    first_day: date | None = None
    last_day: date | None = None


@dataclass(frozen=True, slots=True)
class Closed:
    """A day off of an establishment, or of all (empty)."""

    establishment: str
    day: date
    kind: str


@dataclass(frozen=True, slots=True)
class Form:
    """A form C106A and what came of it."""

    sent_on: date
    recognised: Period | None
    refused: bool


@dataclass(frozen=True, slots=True)
class Nature:
    """An accident that was told of; ``key`` 0: in this batch."""

    key: int
    accident_on: date | None
    suspended_from: date | None


@dataclass(frozen=True, slots=True)
class Changed:
    """A communication that a change or a cancellation points to."""

    key: int
    employer: str
    kind: Kind
    state: State
    received_at: datetime
    told_on: date
    first_day: date | None
    last_day: date | None
    section: str
    regime: str
    workers: frozenset[str]


def seen_as_refused(today: date) -> Q:
    """A refusal that its employer may know of: decided before today."""
    return Q(state=State.REFUSED.value) & (Q(decided_on=None) | Q(decided_on__lt=today))


def _of_lines(today: date) -> Q:
    return Q(communication__state=State.REFUSED.value) & (
        Q(communication__decided_on=None) | Q(communication__decided_on__lt=today)
    )


def _all_of(texts: Collection[str]) -> RawSQL:
    """Many texts as one parameter: a thousand of their own cost a millisecond a statement."""
    return RawSQL("SELECT unnest(%s::text[])", (list(texts),))


def employers(numbers: Collection[str]) -> dict[str, int]:
    """The rows of these enterprises in the register."""
    return dict(Enterprise.objects.filter(number__in=numbers).values_list("number", "id"))


def establishments(numbers: Collection[str]) -> dict[tuple[str, str], Place]:
    """Their establishment units, by employer and number."""
    rows = Establishment.objects.filter(enterprise__number__in=numbers)
    return {
        (employer, number): Place(first, last)
        for employer, number, first, last in rows.values_list(
            "enterprise__number", "number", "first_day", "last_day"
        )
    }


def closed_days(numbers: Collection[str]) -> dict[str, list[Closed]]:
    """Replacement and bridge days that they entered."""
    found: dict[str, list[Closed]] = defaultdict(list)
    rows = ClosedDay.objects.filter(employer__number__in=numbers)
    for employer, unit, day, kind in rows.values_list(
        "employer__number", "establishment", "day", "kind"
    ):
        found[employer].append(Closed(unit, day, kind))
    return found


def services(
    numbers: Collection[str], workers: Collection[str]
) -> dict[tuple[str, str], list[Service]]:
    """The standing Dimona periods of workers, also as temp workers at these firms."""
    found: dict[tuple[str, str], list[Service]] = defaultdict(list)
    rows = DimonaPeriod.objects.filter(
        Q(relation__employer__number__in=numbers)
        | Q(relation__user_enterprise__number__in=numbers),
        relation__person__niss__in=_all_of(workers),
        state="active",
    )
    for niss, employer, user, first, last in rows.values_list(
        "relation__person__niss", "relation__employer__number",
        "relation__user_enterprise__number", "first_day", "last_day",
    ):  # fmt: skip
        one = Service(first, last, user or "")
        found[employer, niss].append(one)
        if user:
            found[user, niss].append(one)
    return found


def announced(
    numbers: Collection[str], workers: Collection[str], first_day: date, today: date
) -> dict[str, list[Announced]]:
    """The standing announcements of a section, or of one of these workers."""
    mine = Line.objects.filter(niss__in=_all_of(workers), communication__kind=Kind.EXPECTED.value)
    mine = mine.filter(communication__employer__number__in=numbers)
    of: dict[int, set[str]] = defaultdict(set)
    for key, niss in mine.values_list("communication_id", "niss"):
        of[key].add(niss)
    rows = Communication.objects.filter(
        Q(id__in=list(of)) | ~Q(section=""),
        employer__number__in=numbers,
        kind=Kind.EXPECTED.value,
        last_day__gte=first_day - _BACK,
    ).exclude(Q(state__in=GONE) | seen_as_refused(today))
    found: dict[str, list[Announced]] = defaultdict(list)
    for row in rows.select_related("employer").order_by("id"):
        one = _announced(row, of.get(row.pk, ()))
        if one is not None:
            found[row.employer.number].append(one)
    return found


def economic(employer: str, *, since: date, until: date) -> dict[int, Announced]:
    """The announcements for economic causes that stand and touch some days, without their workers.

    By row; ``until`` is today too.
    """
    rows = Communication.objects.filter(
        employer__number=employer, kind=Kind.EXPECTED.value, reason=Reason.ECONOMIC.value,
        first_day__lte=until, last_day__gte=since,
    )  # fmt: skip
    rows = rows.exclude(Q(state__in=GONE) | seen_as_refused(until))
    read = ((row.pk, _announced(row, ())) for row in rows.order_by("id"))
    return {key: one for key, one in read if one is not None}


def sections_told(employer: str, *, since: date, until: date) -> tuple[str, ...]:
    """The sections that stand beside first days, as they were written; none is empty."""
    rows = Line.objects.filter(
        communication__employer__number=employer, communication__kind=Kind.FIRST_DAY.value,
        first_day__gte=since, first_day__lt=until,
    )  # fmt: skip
    return tuple(rows.values_list("section", flat=True).distinct())


def _announced(row: Communication, workers: Iterable[str]) -> Announced | None:
    """An announcement as the rules know it; None when it is not told whole."""
    if row.first_day is None or row.last_day is None or not row.regime:
        return None
    period = Period(row.first_day, row.last_day)
    return Announced(
        ticket=row.ticket,
        reason=Reason(row.reason),
        suspension=Suspension(period, Regime(row.regime), periods_of(row.excluded)),
        workers=frozenset(workers),
        section=row.section,
        received=(row.received_at, row.pk),
        cycle=cycle_of(row.cycle),
        establishment=row.establishment,
    )


def first_days(
    numbers: Collection[str],
    workers: Collection[str],
    span: tuple[date, date],
    today: date,
    *,
    economic_since: date | None = None,
) -> dict[tuple[str, str], list[FirstDay]]:
    """First days of the months of a span that count: too early is as if never told.

    ``economic_since``: from then on those for economic causes too, None for none but the span's.
    """
    first, last = span
    found: dict[tuple[str, str], list[FirstDay]] = defaultdict(list)
    until = (last.replace(day=1) + timedelta(days=31)).replace(day=1)
    wanted = Q(first_day__gte=first.replace(day=1))
    if economic_since is not None:
        economic = Q(communication__reason=Reason.ECONOMIC.value)
        wanted |= economic & Q(first_day__gte=economic_since)
    rows = Line.objects.filter(
        wanted,
        niss__in=_all_of(workers),
        first_day__lt=until,
        communication__kind=Kind.FIRST_DAY.value,
        communication__employer__number__in=numbers,
    ).exclude(Q(communication__state__in=GONE) | _of_lines(today))
    rows = rows.exclude(outcome=Outcome.TOO_EARLY.value)
    for employer, niss, day, reason, ticket, at, key, section in rows.values_list(
        "communication__employer__number", "niss", "first_day", "communication__reason",
        "communication__ticket", "communication__received_at", "communication_id", "section",
    ):  # fmt: skip
        if day is not None:
            one = FirstDay(niss, day, Reason(reason), ticket, (at, key), section)
            found[employer, niss].append(one)
    return found


def difficulties(numbers: Collection[str]) -> dict[str, list[Form]]:
    """Their forms C106A, the oldest first."""
    found: dict[str, list[Form]] = defaultdict(list)
    rows = Difficulty.objects.filter(employer__number__in=numbers).select_related("employer")
    for row in rows.order_by("sent_on"):
        period = None
        if row.first_day is not None:
            period = Period(row.first_day, row.last_day or date.max)
        found[row.employer.number].append(Form(row.sent_on, period, row.refused))
    return found


def natures(numbers: Collection[str]) -> dict[str, dict[str, Nature]]:
    """The accidents that they told of, by ticket."""
    found: dict[str, dict[str, Nature]] = defaultdict(dict)
    rows = Communication.objects.filter(
        employer__number__in=numbers, kind=Kind.ACCIDENT_NATURE.value
    ).exclude(state__in=GONE)
    for employer, key, ticket, accident_on, first in rows.values_list(
        "employer__number", "id", "ticket", "accident_on", "first_day"
    ):
        found[employer][ticket] = Nature(key, accident_on, first)
    return found


_SAME: Final = """
    SELECT enterprise.number, same.channel, same.digest, same.ticket
    FROM unnest(%s::text[], %s::text[]) AS wanted(number, digest)
    JOIN enterprises_enterprise AS enterprise ON enterprise.number = wanted.number
    JOIN temporary_unemployment_communication AS same
        ON same.employer_id = enterprise.id AND same.digest = wanted.digest
    WHERE same.received_at > %s AND same.state <> ALL(%s)
"""


def digests(
    wanted: Collection[tuple[str, str]], *, since: datetime
) -> dict[tuple[str, str, str], set[str]]:
    """What came since a moment and still stands: tickets by employer, channel and digest.

    ``wanted``: employer and digest; only these are read, however many came.
    """
    numbers, contents = [one[0] for one in wanted], [one[1] for one in wanted]
    found: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    with connection.cursor() as cursor:
        cursor.execute(_SAME, [numbers, contents, since, list(GONE)])
        for employer, channel, digest, ticket in cursor.fetchall():
            found[employer, channel, digest].add(ticket)
    return found


def changed(signs: Iterable[str], *, today: date) -> dict[str, Changed]:
    """Communications by their tickets, in the state that the employer sees today."""
    wanted = list(signs)
    if not wanted:
        return {}
    rows = list(Communication.objects.filter(ticket__in=wanted).select_related("employer"))
    of: dict[int, set[str]] = defaultdict(set)
    lines = Line.objects.filter(communication__in=rows)
    for key, niss in lines.values_list("communication_id", "niss"):
        of[key].add(niss)
    return {
        row.ticket: Changed(
            key=row.pk, employer=row.employer.number, kind=Kind(row.kind),
            state=queries.shown_state(row, today=today), received_at=row.received_at,
            told_on=row.told_on, first_day=row.first_day, last_day=row.last_day,
            section=row.section, regime=row.regime, workers=frozenset(of[row.pk]),
        )
        for row in rows
    }  # fmt: skip


def schemes(
    users: Collection[str], *, span: tuple[date, date], today: date
) -> dict[str, list[Period]]:
    """The periods of economic unemployment that these firms announced and that touch a span."""
    rows = Communication.objects.filter(
        employer__number__in=users, kind=Kind.EXPECTED.value, reason=Reason.ECONOMIC.value,
        first_day__lte=span[1], last_day__gte=span[0],
    )  # fmt: skip
    rows = rows.exclude(Q(state__in=GONE) | seen_as_refused(today))
    found: dict[str, list[Period]] = defaultdict(list)
    for user, first, last in rows.values_list("employer__number", "first_day", "last_day"):
        if first is not None and last is not None:
            found[user].append(Period(first, last))
    return found
