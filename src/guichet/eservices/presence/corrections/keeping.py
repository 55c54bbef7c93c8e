"""Removing requests for corrections past their term, with their documents and reports.

The corrected acts stay as they are, with every version that a decision made: the log has a term
of its own, and a version keeps the number of the request that is gone.
"""

from dataclasses import dataclass
from datetime import datetime, time
from typing import Final

from django.db.models import QuerySet

from guichet.audit import trail
from guichet.audit.actors import system
from guichet.audit.holds import held
from guichet.documents.attachments import operations as attachments
from guichet.eservices.presence.allowances import CORRECTION
from guichet.eservices.presence.models import Case, Correction
from guichet.kernel.moments import BRUSSELS, brussels_day
from guichet.platform.db import transaction
from guichet.rules import presence_corrections as rules
from guichet.rules.presence_corrections import State

_PIECE: Final = 500
_KEEPER: Final = system("presence.forget_cases")
# A report in any other state waits for somebody, or for the request made of it.
_ENDED: Final = tuple(
    str(one) for one in (State.WITHDRAWN, State.EXPIRED, State.REFUSED, *rules.DECIDED)
)


@dataclass(frozen=True, slots=True)
class Removed:
    """How many requests, documents and reports of workers went."""

    cases: int = 0
    files: int = 0
    reports: int = 0

    def __add__(self, other: "Removed") -> "Removed":
        return Removed(
            self.cases + other.cases, self.files + other.files, self.reports + other.reports
        )


def forget_old(*, now: datetime) -> Removed:
    """Remove what ended before its term, for good; a hold on somebody in it keeps it.

    Piece by piece, each with one line in the trail that says how much went, never whose.
    """
    before = rules.kept_from(today=brussels_day(now))
    total = Removed()
    while True:
        with transaction(actor=_KEEPER):
            gone = _piece(datetime.combine(before, time(), BRUSSELS))
            if gone == Removed():
                return total
            trail.record(
                action="presence.case.forgotten",
                actor=_KEEPER,
                target=before.isoformat(),
                now=now,
                detail={"cases": gone.cases, "files": gone.files, "reports": gone.reports},
            )
        total += gone


def _piece(before: datetime) -> Removed:
    cases = list(_old_cases(before).select_for_update(of=("self",))[:_PIECE])
    numbers = [row.number for row in cases]
    files = attachments.forget_applied(service=CORRECTION.service, applied_to=numbers)
    reports = [row.report_id for row in cases if row.report_id is not None]
    Case.objects.filter(pk__in=[row.pk for row in cases]).delete()
    if not cases:
        reports = list(_old_reports(before).values_list("pk", flat=True)[:_PIECE])
    # A report of which a second request was made stays until that one goes.
    lone = Correction.objects.filter(pk__in=reports).exclude(
        pk__in=Case.objects.filter(report__in=reports).values("report")
    )
    return Removed(len(cases), files, lone.delete()[0])


def _old_cases(before: datetime) -> "QuerySet[Case]":
    kept = held()
    return (
        Case.objects.filter(ended_at__lt=before)
        .exclude(person__niss__in=kept.persons)
        .exclude(filed_by__niss__in=kept.persons)
        .exclude(enterprise_number__in=kept.enterprises)
        .exclude(employer_number__in=kept.enterprises)
        .order_by("pk")
    )


def _old_reports(before: datetime) -> "QuerySet[Correction]":
    kept = held()
    return (
        Correction.objects.filter(last_day__lt=brussels_day(before), state__in=_ENDED)
        .exclude(pk__in=Case.objects.filter(report__isnull=False).values("report"))
        .exclude(person__niss__in=kept.persons)
        .exclude(enterprise_number__in=kept.enterprises)
        .order_by("pk")
    )
