"""Reading the register of employments: plain values out."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime, time

from django.db.models import Q, QuerySet

from guichet.registers.employments.models import Period


@dataclass(frozen=True, slots=True)
class EmploymentRecord:
    """One Dimona period and the relation it belongs to; both days included.

    ``user_enterprise``: for a temp worker, the firm that uses him. ``start_time`` and ``end_time``:
    of the first and the last day, where the kind of work has hours. ``declared_at``: when it was
    declared, for a period from elsewhere.
    """

    niss: str = field(repr=False)
    employer: str
    joint_committee: str
    worker_type: str
    first_day: date
    last_day: date | None = None
    user_enterprise: str | None = None
    dimona_id: int | None = None
    state: str = "active"
    start_time: time | None = None
    end_time: time | None = None
    declared_at: datetime | None = None


def period(*, dimona_id: int) -> EmploymentRecord | None:
    """The period of this number, cancelled or not, or None."""
    row = _periods().filter(dimona_id=dimona_id).first()
    return None if row is None else record_of(row)


def periods_of(
    *, niss: str, employer: str | None = None, on: date | None = None
) -> tuple[EmploymentRecord, ...]:
    """The periods of a person that stand, oldest first; with one employer, on one day."""
    rows = _periods().filter(relation__person__niss=niss, state="active")
    if employer is not None:
        rows = rows.filter(relation__employer__number=employer)
    return _records(rows, on)


def staff(*, employer: str, on: date) -> tuple[EmploymentRecord, ...]:
    """Whom an employer employs on a day, temp workers of others not counted."""
    rows = _periods().filter(relation__employer__number=employer, state="active")
    return _records(rows, on)


def is_employed(*, niss: str, employer: str, on: date) -> bool:
    """Whether a period covers the day at this employer, or at an agency for this user firm."""
    firm = Q(relation__employer__number=employer) | Q(relation__user_enterprise__number=employer)
    rows = Period.objects.filter(firm, _covers(on), relation__person__niss=niss, state="active")
    return rows.exists()


def of_committee(
    *, numbers: Collection[str], joint_committee: str, first: date, last: date
) -> tuple[EmploymentRecord, ...]:
    """The periods of a person, under any of his numbers, that touch these days, cancelled ones
    too; oldest first."""
    rows = _periods().filter(
        Q(last_day__isnull=True) | Q(last_day__gte=first),
        relation__person__niss__in=numbers,
        relation__joint_committee=joint_committee,
        first_day__lte=last,
    )
    return _records(rows, None)


def record_of(row: Period) -> EmploymentRecord:
    """The plain value of a row whose relation was read with it."""
    relation = row.relation
    user = relation.user_enterprise
    return EmploymentRecord(
        niss=relation.person.niss,
        employer=relation.employer.number,
        joint_committee=relation.joint_committee,
        worker_type=relation.worker_type,
        first_day=row.first_day,
        last_day=row.last_day,
        user_enterprise=None if user is None else user.number,
        dimona_id=row.dimona_id,
        state=row.state,
        start_time=row.start_time,
        end_time=row.end_time,
        declared_at=row.declared_at,
    )


def _periods() -> QuerySet[Period]:
    return Period.objects.select_related(
        "relation__person", "relation__employer", "relation__user_enterprise"
    )


def _records(rows: QuerySet[Period], on: date | None) -> tuple[EmploymentRecord, ...]:
    if on is not None:
        rows = rows.filter(_covers(on))
    return tuple(record_of(row) for row in rows.order_by("first_day", "dimona_id"))


def _covers(day: date) -> Q:
    return Q(first_day__lte=day) & (Q(last_day__isnull=True) | Q(last_day__gte=day))
