"""What ends by itself: requests whose time has passed, copies after the interview, old rows."""

from datetime import datetime

from guichet.csam.outside import itsme
from guichet.csam.outside.models import DocumentCopy, Request
from guichet.csam.outside.requests import ACTOR, end, note
from guichet.platform.db import transaction
from guichet.rules.belgianid import KEPT, NEEDS_COPY, OVER, Step

_AT_ONCE = 200


def forget_copies(*, now: datetime) -> int:
    """Remove the copies of documents that no interview waits for; how many."""
    with transaction():
        needed = [state.value for state in NEEDS_COPY]
        rows = DocumentCopy.objects.select_for_update(of=("self",)).select_related("request")
        gone = list(rows.exclude(request__state__in=needed).defer("data"))
        for copy in gone:
            note("copyRemoved", copy.request, actor=ACTOR, now=now)
        DocumentCopy.objects.filter(pk__in=[copy.pk for copy in gone]).delete()
    return len(gone)


def expire(*, now: datetime) -> int:
    """End the requests whose time has passed; how many."""
    over = [state.value for state in OVER]
    with transaction():
        rows = Request.objects.select_for_update(skip_locked=True).exclude(state__in=over)
        due = list(rows.filter(until__lte=now).order_by("until")[:_AT_ONCE])
        for row in due:
            end(row, Step.EXPIRE, actor=ACTOR, now=now)
    return len(due)


def forget(*, now: datetime) -> int:
    """Remove what is over since long; how many requests."""
    itsme.forget(now=now)
    count, _ = Request.objects.filter(ended_at__lt=now - KEPT).delete()
    return count
