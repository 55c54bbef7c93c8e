"""The corrections of one person, with the names that a page shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from guichet.eservices.presence.models import Correction
from guichet.registers.enterprises import queries as enterprises
from guichet.registers.works import queries as works
from guichet.rules.presence_corrections import NEXT, State, Step


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


def _open(row: Correction, today: date) -> frozenset[Step]:
    state = State(row.state)
    steps = {step for step in (Step.REPORT, Step.WITHDRAW) if (state, step) in NEXT}
    if today > row.last_day:
        steps.discard(Step.REPORT)
    return frozenset(steps)
