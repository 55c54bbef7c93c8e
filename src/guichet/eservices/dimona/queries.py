"""Reading Dimona: plain values out, for pages, machines and whoever follows a worker.

Periods come from the register of employments, with what Dimona knows beyond it; a period that was
loaded into the register without a declaration is shown like the others. Who may see what is the
caller's question.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final

import msgspec
from django.db import connection

from guichet.eservices.dimona.models import Declaration, Registration
from guichet.kernel.moments import BRUSSELS
from guichet.registers.persons import queries as persons
from guichet.rules.dimona.day_contracts import half_year, is_day_contract, successive


@dataclass(frozen=True, slots=True)
class PeriodRecord:
    """A period as the personnel file shows it; hours are ``HHMM`` or empty.

    ``details``: what else the IN said, with the names of the messages (cards, small statutes,
    workplace, usingEmployer). ``excess``: for people who are signed in only.
    """

    id: int
    niss: str = field(repr=False)
    employer: str
    joint_committee: str
    worker_type: str
    first_day: date
    last_day: date | None
    start_hour: str
    end_hour: str
    is_cancelled: bool
    user_enterprise: str | None = None
    user_name: str = ""
    user_committee: str = ""
    sub_entity: str = ""
    planned_hours: int | None = None
    is_late: bool = False
    is_locked: bool = False
    anomalies: tuple[str, ...] = ()
    excess: Sequence[dict[str, Any]] = ()
    details: dict[str, Any] = field(default_factory=dict)
    declaration: int | None = None
    declared_at: datetime | None = None
    changed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class DeclarationRecord:
    """One declaration: the message as sent, and its answer; ``result`` None while undecided."""

    id: int
    kind: str
    received_at: datetime
    processed_at: datetime | None
    channel: str
    sender: str
    employer: str
    niss: str = field(repr=False)
    body: dict[str, Any] = field(repr=False)
    result: str | None
    anomalies: tuple[str, ...]
    excess: Sequence[dict[str, Any]]
    period_id: int | None
    registration_id: int | None
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    dossier: str
    state: str = "done"
    warned: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class RegistrationRecord:
    """A daily registration."""

    id: int
    period_id: int
    first_day: date
    last_day: date | None
    start_hour: str
    end_hour: str
    is_cancelled: bool


@dataclass(frozen=True, slots=True)
class RelationRecord:
    """A relation of an employer: one worker under one set of features, and its periods."""

    niss: str = field(repr=False)
    joint_committee: str
    worker_type: str
    user_enterprise: str | None
    first_day: date
    last_day: date | None
    periods: Sequence[int]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which periods of an employer: a window of days, a worker, features, flags.

    ``first`` and ``last``: the period has a day in the window; absent, it is open on that side.
    ``name``: a part of the worker's name, as names are sorted.
    """

    employer: str
    first: date | None = None
    last: date | None = None
    niss: str | None = field(default=None, repr=False)
    worker_type: str | None = None
    joint_committee: str | None = None
    is_late: bool | None = None
    is_cancelled: bool | None = None
    name: str = field(default="", repr=False)


def period(number: int) -> PeriodRecord | None:
    """The period of this number, cancelled or not, or None."""
    found = _periods("period.dimona_id = %s", [number], "period.dimona_id", 1, 0)
    return found[0] if found else None


def day_contracts_in_a_row(record: PeriodRecord) -> int | None:
    """How many successive day contracts with one user a temp worker has, this one included.

    None for a period that is no day contract with a user known by number.
    """
    if record.user_enterprise is None or not _is_day_contract(record):
        return None
    first, _last = half_year(record.first_day)
    where = (
        "person.niss = ANY(%s) AND employer.number = %s AND firm.number = %s"
        " AND period.state = 'active' AND period.first_day BETWEEN %s AND %s"
        " AND period.last_day - period.first_day <= 1"
    )
    numbers = list(persons.numbers_of(niss=record.niss))
    user = record.user_enterprise
    parameters = [numbers, record.employer, user, first, record.first_day]
    found = _periods(where, parameters, "period.first_day", None, 0)
    days = (each.first_day for each in found if _is_day_contract(each))
    return successive(days, on=record.first_day)


def _is_day_contract(record: PeriodRecord) -> bool:
    hours = {"start_hour": record.start_hour, "end_hour": record.end_hour}
    return is_day_contract(record.first_day, record.last_day, **hours)


def periods_of_employer(
    *, wanted: Wanted, limit: int, offset: int = 0, after: tuple[date, int] | None = None
) -> list[PeriodRecord]:
    """The periods of an employer, the newest first.

    ``after``: first day and number of the last one that was read, for a list read in parts.
    """
    where, parameters = _where(wanted)
    if after is not None:
        where += " AND (period.first_day, period.dimona_id) < (%s, %s)"
        parameters += after
    order = "period.first_day DESC, period.dimona_id DESC"
    return _periods(where, parameters, order, limit, offset)


def count_of_employer(*, wanted: Wanted) -> int:
    """How many periods of an employer are wanted."""
    where, parameters = _where(wanted)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) {_FROM} WHERE {where}", parameters)
        [count] = cursor.fetchone() or (0,)
    return int(count)


def relations_of_employer(
    *, wanted: Wanted, limit: int, offset: int = 0
) -> tuple[list[RelationRecord], int]:
    """The relations behind the wanted periods, the newest first, and how many there are."""
    where, parameters = _where(wanted)
    grouped = f"{_RELATIONS} {_FROM} WHERE {where} {_GROUPED}"
    with connection.cursor() as cursor:
        cursor.execute(f"{grouped} LIMIT %s OFFSET %s", [*parameters, limit, offset])
        found = [RelationRecord(*row) for row in cursor.fetchall()]
        cursor.execute(
            f"SELECT count(DISTINCT relation.id) {_FROM} WHERE {where}",
            parameters,
        )
        [total] = cursor.fetchone() or (0,)
    return found, int(total)


def history(number: int) -> list[DeclarationRecord]:
    """The declarations about a period that were accepted, in their order."""
    rows = Declaration.objects.filter(period_id=number, result__in=["A", "W"]).order_by("id")
    return [record_of(row) for row in rows]


def declaration(number: int) -> DeclarationRecord | None:
    """A declaration, decided or not, or None."""
    row = Declaration.objects.filter(id=number).first()
    return None if row is None else record_of(row)


def decided(*, wanted: Wanted, limit: int, offset: int = 0) -> tuple[list[DeclarationRecord], int]:
    """The decided declarations for an employer, the newest first, and how many there are.

    The window is that of the days on which they came in; features and flags are not asked.
    """
    rows = Declaration.objects.filter(employer=wanted.employer, result__isnull=False)
    if wanted.niss is not None:
        rows = rows.filter(niss__in=persons.numbers_of(niss=wanted.niss))
    if wanted.first is not None:
        rows = rows.filter(received_at__gte=_midnight(wanted.first))
    if wanted.last is not None and wanted.last < date.max:
        rows = rows.filter(received_at__lt=_midnight(wanted.last + timedelta(days=1)))
    page = rows.order_by("-id")[offset : offset + limit]
    return [record_of(row) for row in page], rows.count()


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=BRUSSELS)


def registrations(number: int) -> list[RegistrationRecord]:
    """The daily registrations of a period, in the order of their days."""
    rows = Registration.objects.filter(period_id=number).order_by("first_day", "start_hour", "id")
    return [
        RegistrationRecord(
            row.id,
            row.period_id,
            row.first_day,
            row.last_day,
            row.start_hour,
            row.end_hour,
            row.is_cancelled,
        )
        for row in rows
    ]


def _where(wanted: Wanted) -> tuple[str, list[Any]]:
    parts: list[tuple[str, Any]] = [("employer.number = %s", wanted.employer)]
    if wanted.last is not None:
        parts.append(("period.first_day <= %s", wanted.last))
    if wanted.first is not None:
        parts.append(("(period.last_day IS NULL OR period.last_day >= %s)", wanted.first))
    if wanted.niss is not None:
        parts.append(("person.niss = ANY(%s)", list(persons.numbers_of(niss=wanted.niss))))
    if wanted.name:
        parts.append(("position(%s in person.sort_key) > 0", wanted.name))
    for column, value in (
        ("relation.worker_type", wanted.worker_type),
        ("relation.joint_committee", wanted.joint_committee),
        (_LATE, wanted.is_late),
        ("(period.state = 'cancelled')", wanted.is_cancelled),
    ):
        if value is not None:
            parts.append((f"{column} = %s", value))
    return " AND ".join(text for text, _ in parts), [value for _, value in parts]


def _periods(
    where: str, parameters: Sequence[Any], order: str, limit: int | None, offset: int
) -> list[PeriodRecord]:
    statement = f"{_COLUMNS} {_FROM} WHERE {where} ORDER BY {order} LIMIT %s OFFSET %s"
    with connection.cursor() as cursor:
        cursor.execute(statement, [*parameters, limit, offset])
        names = [column.name for column in cursor.description]
        return [_record(dict(zip(names, row, strict=True))) for row in cursor.fetchall()]


def _record(row: dict[str, Any]) -> PeriodRecord:
    for name in ("excess", "details"):
        if isinstance(row[name], str):
            row[name] = _json(row[name])
    row["anomalies"] = tuple(row["anomalies"] or ())
    return PeriodRecord(**row)


def _json(text: str) -> Any:
    return msgspec.json.decode(text)


def record_of(row: Declaration) -> DeclarationRecord:
    """The plain value of a row."""
    return DeclarationRecord(
        id=row.id,
        kind=row.kind,
        received_at=row.received_at,
        processed_at=row.processed_at,
        channel=row.channel,
        sender=row.sender,
        employer=row.employer,
        niss=row.niss,
        body=row.body,
        result=row.result,
        anomalies=tuple(row.anomalies),
        excess=row.excess,
        period_id=row.period_id,
        registration_id=row.registration_id,
        before=row.before,
        after=row.after,
        dossier=row.dossier,
        state=row.state,
        warned=row.warned,
    )


# What came from elsewhere is judged as an IN is (rules.dimona.limits.is_late_in).
_LATE: Final = """
coalesce(more.is_late, CASE WHEN period.start_time IS NULL
    THEN period.declared_at >= (period.first_day + 1)::timestamp AT TIME ZONE 'Europe/Brussels'
    ELSE period.declared_at > (period.first_day + period.start_time) AT TIME ZONE 'Europe/Brussels'
    END, false)
"""

_COLUMNS: Final = f"""
SELECT period.dimona_id AS id, person.niss, employer.number AS employer,
       relation.joint_committee, relation.worker_type, period.first_day, period.last_day,
       coalesce(to_char(period.start_time, 'HH24MI'), '') AS start_hour,
       coalesce(to_char(period.end_time, 'HH24MI'), '') AS end_hour,
       period.state = 'cancelled' AS is_cancelled, firm.number AS user_enterprise,
       coalesce(more.user_name, '') AS user_name,
       coalesce(more.user_committee, '') AS user_committee,
       coalesce(more.sub_entity, '') AS sub_entity, more.planned_hours,
       {_LATE} AS is_late, coalesce(more.is_locked, false) AS is_locked,
       more.anomalies, coalesce(more.excess, '[]') AS excess,
       coalesce(more.details, '{{}}') AS details, more.declaration_id AS declaration,
       coalesce(more.created_at, period.declared_at) AS declared_at, more.changed_at
"""

_RELATIONS: Final = """
SELECT person.niss, relation.joint_committee, relation.worker_type, firm.number,
       min(period.first_day),
       CASE WHEN bool_and(period.last_day IS NOT NULL) THEN max(period.last_day) END,
       array_agg(period.dimona_id ORDER BY period.first_day, period.dimona_id)
"""

_GROUPED: Final = """
 GROUP BY relation.id, person.niss, firm.number
 ORDER BY min(period.first_day) DESC, relation.id DESC
"""

_FROM: Final = """
  FROM employments_relation AS relation
  JOIN employments_period AS period ON period.relation_id = relation.id
  JOIN persons_person AS person ON person.id = relation.person_id
  JOIN enterprises_enterprise AS employer ON employer.id = relation.employer_id
  LEFT JOIN enterprises_enterprise AS firm ON firm.id = relation.user_enterprise_id
  LEFT JOIN dimona_period AS more ON more.id = period.dimona_id
"""
