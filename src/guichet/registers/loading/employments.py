"""The register of employments as one flat form: a row is a Dimona period."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time
from typing import Final

from guichet.audit.actors import Actor
from guichet.registers.changing import Outcome
from guichet.registers.employments import operations
from guichet.registers.employments.models import Period
from guichet.registers.employments.queries import EmploymentRecord, record_of
from guichet.registers.loading.cells import Row
from guichet.registers.loading.form import Column, Form, Values


def _enter(row: Row, actor: Actor, now: datetime) -> Outcome:
    employment = EmploymentRecord(
        niss=row.needed("niss"),
        employer=row.needed("employer"),
        joint_committee=row.needed("joint_committee"),
        worker_type=row["worker_type"] or "OTH",
        first_day=row.day("first_day"),
        last_day=row.day_or_none("last_day"),
        user_enterprise=row.absent("user_enterprise"),
        dimona_id=row.whole("dimona_id") if row["dimona_id"] else None,
        state=row["state"] or "active",
        start_time=row.hour_or_none("start_time"),
        end_time=row.hour_or_none("end_time"),
        declared_at=row.moment_or_none("declared_at"),
    )
    return operations.bring_in(employment=employment, actor=actor, now=now)


def _rows() -> Iterator[Values]:
    rows = Period.objects.select_related(
        "relation__person", "relation__employer", "relation__user_enterprise"
    )
    for row in rows.order_by("dimona_id").iterator(2_000):
        employment = record_of(row)
        values = {column: getattr(employment, column) for column in FORM.names}
        for column in ("start_time", "end_time"):
            hour: time | None = values[column]
            values[column] = "" if hour is None else f"{hour:%H:%M}"
        moment = employment.declared_at
        values["declared_at"] = "" if moment is None else moment.isoformat()
        yield values


FORM: Final = Form(
    name="employments",
    columns=(
        Column("dimona_id", "number of the Dimona period; empty: one is made"),
        Column("niss", "the worker", is_required=True),
        Column("employer", "enterprise number of the employer", is_required=True),
        Column("user_enterprise", "for a temp worker: enterprise number of the user firm"),
        Column("joint_committee", "121, 322.01 or XXX", is_required=True),
        Column("worker_type", "OTH, STU, FLX, …; empty: OTH"),
        Column("first_day", "2026-03-02", is_required=True),
        Column("last_day", "last day, included; empty: without end"),
        Column("state", "active or cancelled; empty: active"),
        Column("start_time", "08:30, where the work is declared by the day; empty: a whole day"),
        Column("end_time", "17:00, the next morning when last_day is the next day"),
        Column("declared_at", "when it was declared, 2026-03-02T08:15+01:00; empty: not known"),
    ),
    enter=_enter,
    rows=_rows,
)
