"""Replacement and bridge days of an employer: a whole year at once, one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from guichet.audit import trail
from guichet.eservices.temporary_unemployment.models import ClosedDay
from guichet.eservices.temporary_unemployment.operations import Sender
from guichet.platform.db import transaction
from guichet.registers.enterprises.models import Enterprise


def keep(
    *, year: int, establishment: str, days: Mapping[date, str], sender: Sender, now: datetime
) -> None:
    """Keep the days off of a year, of one establishment or of all (empty); others of it go.

    ``days``: ``replacement`` or ``bridge`` for each day.
    """
    with transaction(actor=sender.actor):
        firm = Enterprise.objects.get(number=sender.employer)
        rows = ClosedDay.objects.select_for_update().filter(
            employer=firm, establishment=establishment, day__year=year
        )
        known = {row.day: row for row in rows}
        for day, row in known.items():
            if day not in days:
                row.delete()
        for day, kind in days.items():
            row = known.get(day) or ClosedDay(employer=firm, establishment=establishment, day=day)
            if row.kind != kind:
                row.kind = kind
                row.save()
        trail.record(
            action="temporaryUnemployment.calendar.changed", actor=sender.actor,
            target=sender.employer, now=now,
            detail={"year": year, "establishment": establishment, "days": len(days)},
        )  # fmt: skip


def of_year(*, employer: str, year: int) -> list[ClosedDay]:
    """The days off of a year, in order."""
    rows = ClosedDay.objects.filter(employer__number=employer, day__year=year)
    return list(rows.order_by("day", "establishment"))
