"""The corrections of one person, with the names that a page shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet

from guichet.eservices.presence.models import Act, Correction
from guichet.registers.enterprises import queries as enterprises
from guichet.registers.persons.models import Person
from guichet.registers.works import queries as works
from guichet.rules.presence_corrections import NEXT, WITH_PEOPLE, State, Step

# So long after its last day a correction still stands in the list of the employer.
_SHOWN: Final = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Told:
    """What a worker told his employer: the correction, who he is, and where it was."""

    row: Correction
    person: Person
    site_name: str

    @property
    def is_waiting(self) -> bool:
        """It is the employer's turn."""
        return self.row.state == State.REPORTED


@dataclass(frozen=True, slots=True)
class Shown:
    """A correction and what surrounds it; ``may``: the steps that are open to the worker today."""

    row: Correction
    site_name: str
    employer_name: str
    may: frozenset[Step]


def mine(*, ssin: str, language: str, today: date, number: int | None = None) -> list[Shown]:
    """All corrections of a person, or the one of this number; the latest first."""
    rows = Correction.objects.filter(person__niss=ssin).order_by("-occurred_at", "-pk")
    if number is not None:
        rows = rows.filter(pk=number)
    found = list(rows)
    sites = works.sites(references={row.works_reference for row in found})
    numbers = {row.enterprise_number for row in found if row.enterprise_number}
    names = enterprises.names(numbers=numbers, language=language)
    return [
        Shown(
            row,
            sites[row.works_reference].name if row.works_reference in sites else "",
            names.get(row.enterprise_number or "", ""),
            _open(row, today),
        )
        for row in found
    ]


def of_staff(*, enterprise: str, today: date, most: int) -> list[Told]:
    """What workers told this employer, what waits first, then the latest first."""
    rows = told_to(enterprise, today).select_related("person")
    found = sorted(
        rows.order_by("-reported_at", "-pk")[:most], key=lambda row: row.state != State.REPORTED
    )
    sites = works.sites(references={row.works_reference for row in found})
    return [
        Told(
            row,
            row.person,
            sites[row.works_reference].name if row.works_reference in sites else "",
        )
        for row in found
    ]


def waiting(*, enterprise: str, today: date) -> tuple[int, date | None]:
    """How many wait for this employer, and the last day of the first of them."""
    rows = told_to(enterprise, today).filter(state=State.REPORTED, last_day__gte=today)
    days = list(rows.order_by("last_day").values_list("last_day", flat=True)[:100])
    return len(days), days[0] if days else None


def told_to(enterprise: str, today: date) -> QuerySet[Correction]:
    """What an employer was told: of an act of his, of a missing one that should name him."""
    own = Act.objects.filter(receipt=OuterRef("receipt"), enterprise_number=enterprise)
    return Correction.objects.filter(
        Q(receipt=None, enterprise_number=enterprise) | Q(receipt__isnull=False) & Exists(own),
        reported_at__isnull=False,
        last_day__gte=today - _SHOWN,
    )


def _open(row: Correction, today: date) -> frozenset[Step]:
    state = State(row.state)
    if state not in WITH_PEOPLE:
        return frozenset()
    steps = {step for step in (Step.REPORT, Step.WITHDRAW) if (state, step) in NEXT}
    if today > row.last_day:
        steps.discard(Step.REPORT)
    return frozenset(steps)
