"""Removing reports past their term, with what was said in them and their files."""

from datetime import datetime, time
from typing import Final

from django.db.models import QuerySet

from guichet.audit import trail
from guichet.audit.actors import system
from guichet.audit.holds import held
from guichet.documents.attachments import operations as attachments
from guichet.eservices.interim.allowances import REPORT
from guichet.eservices.interim.models import Report
from guichet.kernel.moments import BRUSSELS, brussels_day
from guichet.platform.db import transaction
from guichet.rules.relation_reports import kept_from

_PIECE: Final = 500
_KEEPER: Final = system("interim.forget")


def forget_old(*, now: datetime) -> int:
    """Remove reports in which nothing was said within their term, answered or not; how many.

    A hold on the worker or on the agency keeps them. Piece by piece, each with one line in the
    trail that says how much went, never whose.
    """
    before = kept_from(today=brussels_day(now))
    total = 0
    while True:
        with transaction(actor=_KEEPER):
            rows = _old(datetime.combine(before, time(), BRUSSELS))
            numbers = dict(rows.values_list("pk", "number")[:_PIECE])
            if not numbers:
                return total
            files = attachments.forget_applied(
                service=REPORT.service, applied_to=[*numbers.values()]
            )
            Report.objects.filter(pk__in=numbers).delete()
            trail.record(
                action="interim.report.forgotten",
                actor=_KEEPER,
                target=before.isoformat(),
                now=now,
                detail={"reports": len(numbers), "files": files},
            )
        total += len(numbers)


def _old(before: datetime) -> "QuerySet[Report]":
    kept = held()
    return (
        Report.objects.select_for_update(of=("self",))
        .filter(changed_at__lt=before)
        .exclude(person__niss__in=kept.persons)
        .exclude(agency__in=kept.enterprises)
        .order_by("pk")
    )
