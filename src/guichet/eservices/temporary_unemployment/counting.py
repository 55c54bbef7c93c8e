"""Days of economic unemployment of an employer's workers in four quarters, against their limit."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from guichet.eservices.temporary_unemployment import earlier, queries
from guichet.eservices.temporary_unemployment.content import Name
from guichet.eservices.temporary_unemployment.knowing import by_worker, calendars_of
from guichet.eservices.temporary_unemployment.models import GONE, Line
from guichet.rules.temporary_unemployment import accountability
from guichet.rules.temporary_unemployment.kinds import Kind, Reason


@dataclass(frozen=True, slots=True, repr=False)
class Counted:
    """``days``: at most, as far as communicated; ``most``: from so many a contribution is due."""

    niss: str
    name: Name
    days: int
    most: int

    @property
    def percent(self) -> int:
        """For a bar."""
        return min(100, round(100 * self.days / self.most))

    @property
    def is_reached(self) -> bool:
        """Whether a contribution is due for the next days."""
        return self.days >= self.most


def economic_days(
    *, employer: str, today: date, workers: Collection[str] | None = None
) -> list[Counted]:
    """Of every worker with a first day before today, or of some of them; the most days first."""
    latest = _latest(employer, today, workers)
    numbers, since = [employer], accountability.counted_since(today)
    told = earlier.first_days(numbers, latest, (today, today), today, economic_since=since)
    announced = earlier.announced(numbers, latest, since, today).get(employer, ())
    mine, calendar_of = by_worker(announced, latest), calendars_of(employer)
    found = [
        Counted(
            niss=line.niss,
            name=Name(line.family_name, line.given_name),
            days=accountability.days_before(
                today, first_days=told.get((employer, line.niss), ()), announced=mine[line.niss],
                calendar_of=calendar_of,
            ),
            most=accountability.limit(committee=line.communication.committee, on=today),
        )
        for line in queries.named(latest.values())
    ]  # fmt: skip
    return sorted(
        (one for one in found if one.days),
        key=lambda one: (-one.days, one.name.family, one.name.given, one.niss),
    )


def _latest(employer: str, today: date, workers: Collection[str] | None) -> dict[str, Line]:
    """The last line of each worker of whom a first day of the four quarters stands."""
    rows = Line.objects.filter(
        communication__employer__number=employer,
        communication__kind=Kind.FIRST_DAY.value,
        communication__reason=Reason.ECONOMIC.value,
        first_day__gte=accountability.counted_since(today),
        first_day__lt=today,
    ).exclude(Q(communication__state__in=GONE))
    if workers is not None:
        rows = rows.filter(niss__in=list(workers))
    return {row.niss: row for row in rows.select_related("communication").order_by("id")}
