"""Writing the outbox of register changes, in the transaction of the change itself."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from guichet.platform.models import Change, ChangeKind


@dataclass(frozen=True, slots=True)
class Touched:
    """What one change touches; at least one of the three keys, days both included.

    An absent ``first_day`` or ``last_day`` means that the period is open on that side.
    """

    kind: ChangeKind
    niss: str | None = None
    enterprise_number: str | None = None
    works_reference: str | None = None
    first_day: date | None = None
    last_day: date | None = None


def record_change(
    *,
    kind: ChangeKind,
    now: datetime,
    niss: str | None = None,
    enterprise_number: str | None = None,
    works_reference: str | None = None,
    first_day: date | None = None,
    last_day: date | None = None,
) -> None:
    """Note one change of a register for those who must look at their answers again."""
    touched = Touched(kind, niss, enterprise_number, works_reference, first_day, last_day)
    record_changes([touched], now=now)


def record_changes(changes: Iterable[Touched], *, now: datetime) -> None:
    """The same for many, in one statement."""
    Change.objects.bulk_create(
        Change(
            kind=each.kind.value,
            niss=each.niss,
            enterprise_number=each.enterprise_number,
            works_reference=each.works_reference,
            first_day=each.first_day,
            last_day=each.last_day,
            at=now,
        )
        for each in changes
    )
