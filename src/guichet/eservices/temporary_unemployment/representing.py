"""Works council and union delegation: what an employer tells of them, and what is due to them.

They get no letter from here; only the employer is reminded. Nothing of it stops a communication.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import Q, QuerySet

from guichet.audit import trail
from guichet.eservices.temporary_unemployment import queries
from guichet.eservices.temporary_unemployment.models import (
    GONE,
    Communication,
    Difficulty,
    Representation,
)
from guichet.eservices.temporary_unemployment.operations import Sender
from guichet.platform import clock
from guichet.platform.db import transaction
from guichet.registers.enterprises.models import Enterprise
from guichet.rules.temporary_unemployment.informing import (
    Bodies,
    Information,
    copy_of_form,
    information,
    is_due,
)
from guichet.rules.temporary_unemployment.kinds import Kind, Reason

# The longest that something may be due after the office was told.
_BACK: Final = timedelta(days=7)
_MOST: Final = 20


@dataclass(frozen=True, slots=True)
class Due:
    """What is to be told; ``ticket``: of the communication, empty for a form C106A."""

    information: Information
    ticket: str = ""


def tell(
    *, has_works_council: bool, has_union_delegation: bool, sender: Sender, now: datetime
) -> None:
    """Keep which bodies the employer has; the same again changes nothing."""
    told = {"has_works_council": has_works_council, "has_union_delegation": has_union_delegation}
    with transaction(actor=sender.actor):
        # Two who tell it at once wait for each other here.
        firm = Enterprise.objects.select_for_update(no_key=True).get(number=sender.employer)
        row = Representation.objects.filter(employer=firm).first() or Representation(employer=firm)
        if row.pk and all(getattr(row, name) == value for name, value in told.items()):
            return
        row.has_works_council, row.has_union_delegation = has_works_council, has_union_delegation
        row.changed_at, row.changed_by = now, sender.enterprise
        row.save()
        trail.record(
            action="temporaryUnemployment.representation.changed", actor=sender.actor,
            target=sender.employer, now=now, detail=told,
        )  # fmt: skip


def of_employer(employer: str) -> Representation | None:
    """What an employer told, None while nothing."""
    return Representation.objects.filter(employer__number=employer).first()


def bodies(employer: str) -> Bodies | None:
    """The same as a plain value."""
    return _plain(of_employer(employer))


def of_communication(row: Communication) -> Due | None:
    """What a communication that stands makes due, whatever the day."""
    if row.state in GONE:
        return None
    one = _information(row, bodies(row.employer.number))
    return None if one is None else Due(one, row.ticket)


def due(*, employer: str, today: date) -> tuple[Due, ...]:
    """What is still to be told today, the most pressing first."""
    told = bodies(employer)
    if told is not None and not (told.has_works_council or told.has_union_delegation):
        return ()
    rows = _recent(today).filter(employer__number=employer)
    rows = rows.select_related("employer", "nature", "changes")
    forms = _forms(today).filter(employer__number=employer)
    found = [*_of_rows(rows[:_MOST], told, today), *_of_forms(forms[:_MOST], told, today)]
    return tuple(sorted(found, key=lambda one: (one.information.by, one.ticket)))


def concerned(today: date) -> list[tuple[str, str]]:
    """Number and language of the employers of whom something of these days may be due."""
    names = ("employer__number", "employer__language")
    found = {*_recent(today).values_list(*names), *_forms(today).values_list(*names)}
    return sorted(found)


def _recent(today: date) -> QuerySet[Communication]:
    economic = Q(kind=Kind.EXPECTED.value, reason=Reason.ECONOMIC.value)
    rows = Communication.objects.filter(economic | Q(kind=Kind.ACCIDENT_NATURE.value))
    return rows.filter(told_on__gte=today - _BACK).exclude(state__in=GONE).order_by("-id")


def _forms(today: date) -> QuerySet[Difficulty]:
    return Difficulty.objects.filter(sent_on__gte=today - _BACK, refused=False).order_by("-id")


def _of_rows(rows: Iterable[Communication], told: Bodies | None, today: date) -> Iterator[Due]:
    for row in rows:
        one = _information(row, told)
        if one is not None and is_due(one, told_on=row.told_on, today=today):
            yield Due(one, row.ticket)


def _of_forms(forms: Iterable[Difficulty], told: Bodies | None, today: date) -> Iterator[Due]:
    for form in forms:
        one = copy_of_form(form.sent_on, bodies=told)
        if one is not None and is_due(one, told_on=clock.today(form.recorded_at), today=today):
            yield Due(one)


def _information(row: Communication, told: Bodies | None) -> Information | None:
    return information(queries.told_of(row, ()).said, bodies=told)


def _plain(row: Representation | None) -> Bodies | None:
    if row is None:
        return None
    return Bodies(
        has_works_council=row.has_works_council, has_union_delegation=row.has_union_delegation
    )
