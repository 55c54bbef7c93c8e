"""Reading recoveries and runs of payments: a worker his own, the office those of its files."""

from collections.abc import Collection
from datetime import date
from itertools import takewhile
from uuid import UUID

from django.db.models import QuerySet

from guichet.eservices.career_break.models import Request
from guichet.eservices.career_break.recovery import ledger, preparing
from guichet.eservices.career_break.recovery.models import (
    Letter,
    Preparation,
    Prepared,
    Recovery,
    Run,
    Sent,
)
from guichet.kernel.period import months_after

_MOST = 100
# More years than runs are kept.
_KEPT_YEARS = 20


def of_file(row: Request) -> list[Recovery]:
    """The recoveries of a file, the last one first."""
    rows = Recovery.objects.filter(request=row).select_related("opened_by", "decided_by")
    return list(rows.order_by("-pk"))


def one_of_file(row: Request, *, key: UUID) -> Recovery | None:
    """One of them."""
    rows = Recovery.objects.filter(request=row, key=key)
    return rows.select_related("request__person", "request__employer").first()


def one_of_worker(*, niss: str, key: UUID) -> Recovery | None:
    """One of a worker's own; somebody else's and none are the same None."""
    rows = Recovery.objects.filter(request__person__niss=niss, key=key)
    return rows.select_related("request__person", "request__employer").first()


def letter(row: Request, *, document: str) -> Letter | None:
    """One letter of the recoveries of a file by the reference of its document."""
    return Letter.objects.filter(recovery__request=row, document=document).first()


def letters(row: Recovery) -> list[Letter]:
    """The letters of a recovery, the last one first."""
    return list(Letter.objects.filter(recovery=row).order_by("-pk"))


def of_worker(*, niss: str) -> list[Recovery]:
    """What was opened against a worker, the last one first."""
    rows = Recovery.objects.filter(request__person__niss=niss).select_related("request")
    return list(rows.order_by("-pk")[:_MOST])


def paid_to(*, niss: str) -> list[Request]:
    """The requests of a worker that were decided, the last one first."""
    rows = Request.objects.filter(person__niss=niss, decisions__isnull=False).distinct()
    return list(
        rows.prefetch_related("decisions__letters", "payments__run").order_by("-pk")[:_MOST]
    )


def open_in(offices: Collection[str]) -> list[Recovery]:
    """What is open in some offices, the first term on top."""
    rows = Recovery.objects.filter(state="invited", request__office__in=offices)
    rows = rows.select_related("request__person", "opened_by")
    return list(rows.order_by("answer_by", "pk")[:_MOST])


def runs_of(offices: Collection[str], *, month: date | None = None) -> QuerySet[Run]:
    """What some offices handed on for payment, the last first; ``month``: for one month only."""
    rows = Run.objects.filter(office__in=offices).select_related("sent_by", "prepared_by")
    rows = rows if month is None else rows.filter(month=month)
    return rows.order_by("-month", "office", "-number")


def run(offices: Collection[str], *, key: UUID) -> Run | None:
    """One of them; another office's and none are the same None."""
    return runs_of(offices).filter(key=key).first()


def payments_of(row: Run) -> QuerySet[Sent]:
    """Its payments, by the name of the worker."""
    rows = Sent.objects.filter(run=row).select_related("request__person", "request__employer")
    return rows.order_by("request__search_key", "request_id")


def payments_of_file(row: Request) -> list[Sent]:
    """What went for a file, in which run, the first on top."""
    rows = Sent.objects.filter(request=row).select_related("run")
    return list(rows.order_by("run__month", "run__number", "pk"))


def preparations_of(
    offices: Collection[str], *, month: date | None = None
) -> QuerySet[Preparation]:
    """The runs that were prepared for some offices, the last one first."""
    rows = Preparation.objects.filter(office__in=offices)
    rows = rows.select_related("prepared_by", "ended_by", "run")
    rows = rows if month is None else rows.filter(month=month)
    return rows.order_by("-pk")


def preparation(offices: Collection[str], *, key: UUID) -> Preparation | None:
    """One of them; another office's and none are the same None."""
    return preparations_of(offices).filter(key=key).first()


def prepared(row: Preparation) -> QuerySet[Prepared]:
    """What a run would hold, by the name of the worker."""
    rows = Prepared.objects.filter(preparing.payments(row)).select_related("request__person")
    return rows.order_by("request__search_key", "request_id")


def left_of(row: Preparation) -> QuerySet[Prepared]:
    """What is left of months beside it, month by month, by the name of the worker."""
    rows = Prepared.objects.filter(preparation=row).exclude(preparing.payments(row))
    rows = rows.select_related("request__person")
    return rows.order_by("month", "request__search_key", "request_id")


def skipped(office: str, *, month: date) -> list[date]:
    """The months before one that an office never handed on, after the first that it did."""
    ran = [date(*one, 1) for one in sorted(ledger.months_run(office))]
    if not ran:
        return []
    days = (months_after(ran[0], months=at) for at in range(1, 12 * _KEPT_YEARS))
    before = takewhile(lambda one: one < month, days)
    return [one for one in before if one not in ran]
