"""Reading recoveries: a worker his own, the office those of its files."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from guichet.eservices.career_break.models import Request
from guichet.eservices.career_break.recovery.models import Recovery

_MOST = 100


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


def of_worker(*, niss: str) -> list[Recovery]:
    """What was opened against a worker, the last one first."""
    rows = Recovery.objects.filter(request__person__niss=niss).select_related("request")
    return list(rows.order_by("-pk")[:_MOST])


def to_answer(*, niss: str, today: date) -> list[Recovery]:
    """Of which a worker may still be heard, the first term on top."""
    rows = Recovery.objects.filter(
        request__person__niss=niss, state="invited", defended_at=None, answer_by__gte=today
    )
    return list(rows.select_related("request").order_by("answer_by", "pk")[:_MOST])


def open_in(offices: Collection[str]) -> list[Recovery]:
    """What is open in some offices, the first term on top."""
    rows = Recovery.objects.filter(state="invited", request__office__in=offices)
    rows = rows.select_related("request__person", "opened_by")
    return list(rows.order_by("answer_by", "pk")[:_MOST])
