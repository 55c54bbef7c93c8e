"""Reading the declarations of an employer: the list, the queue, what is still undecided."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet

from guichet.eservices.dimona.models import Declaration
from guichet.eservices.dimona.queries import (
    DeclarationRecord,
    Wanted,
    periods_of_employer,
    record_of,
)
from guichet.registers.persons import queries as persons

_TO_DO = ("pending", "waiting")
_MOST = 500
_ABOUT = ("dimonaOut", "dimonaUpdate", "dimonaCancel", "dailyRegistration")


def listed(
    *, employer: str, sender: str, result: str = "", limit: int, offset: int = 0
) -> list[DeclarationRecord]:
    """The declarations for an employer, the newest first, refused and undecided ones too.

    ``sender``: who acts for him in this session; ``result``: A, W, B, ``open`` for undecided ones,
    empty for all.
    """
    rows = _listed(employer, sender, result).order_by("-id")[offset : offset + limit]
    return [record_of(row) for row in rows]


def count(*, employer: str, sender: str, result: str = "") -> int:
    """How many there are."""
    return _listed(employer, sender, result).count()


def refused_since(*, employer: str, since: datetime) -> int:
    """How many declarations for an employer were refused since a moment."""
    rows = Declaration.objects.filter(employer=employer, result="B", received_at__gte=since)
    return rows.count()


def ahead_of(one: DeclarationRecord) -> int:
    """How many declarations came before an undecided one and are not decided either."""
    return Declaration.objects.filter(state="pending", id__lt=one.id).count()


def undecided(*, employer: str, niss: str = "", period: int | None = None) -> int:
    """Declarations of an employer about a worker or a period that are still undecided."""
    about, periods = Q(), [] if period is None else [period]
    if niss:
        about |= Q(niss__in=persons.numbers_of(niss=niss))
        wanted = Wanted(employer, niss=niss)
        periods += [each.id for each in periods_of_employer(wanted=wanted, limit=_MOST)]
    for act in _ABOUT if periods else ():
        about |= Q(**{f"body__{act}__periodId__in": periods})
    if not about:
        return 0
    rows = Declaration.objects.filter(state__in=_TO_DO, body__employer__enterpriseNumber=employer)
    return rows.filter(about).count()


def _listed(employer: str, sender: str, result: str) -> QuerySet[Declaration]:
    named = Q(employer="", body__employer__enterpriseNumber=employer)
    mine = Q(employer=employer) | (named & Q(sender__in={sender, employer}))
    rows = Declaration.objects.filter(mine)
    if result == "open":
        return rows.exclude(state="done")
    return rows.filter(result=result, state="done") if result else rows
