"""Reasoned requests to keep the paper card in the transition, as the office noted them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from guichet.eservices.temporary_unemployment.cards.models import PaperRequest
from guichet.rules.temporary_unemployment.card_form import may_request


@dataclass(frozen=True, slots=True)
class Requested:
    """A request that holds for a month; ``is_own``: the worker made it, not his employer."""

    asked_on: date
    last_month: date
    is_own: bool


def of_worker(
    numbers: Collection[str], *, employers: Collection[str], months: Collection[date]
) -> dict[tuple[str, date], Requested]:
    """By employer and month, what holds for a worker; his own request before his employer's.

    Outside the transition nothing is asked of the database.
    """
    wanted = [month for month in months if may_request(month)]
    if not wanted:
        return {}
    rows = PaperRequest.objects.filter(
        Q(person__isnull=True) | Q(person__niss__in=numbers), employer__number__in=employers,
        first_month__lte=max(wanted), last_month__gte=min(wanted),
    ).select_related("employer")  # fmt: skip
    found: dict[tuple[str, date], Requested] = {}
    for row in rows.order_by("asked_on", "id"):
        one = Requested(row.asked_on, row.last_month, row.person_id is not None)
        for month in wanted:
            key = (row.employer.number, month)
            if row.first_month <= month <= row.last_month and not (key in found and not one.is_own):
                found[key] = one
    return found
