"""The e-Box of each employer is told once for each day on which identities changed."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime
from typing import Final

from guichet.audit import trail
from guichet.audit.actors import system
from guichet.eservices.dimona import notices
from guichet.eservices.dimona.models import IdentityChange
from guichet.kernel.moments import BRUSSELS
from guichet.platform import clock
from guichet.platform.db import transaction

ACTOR: Final = system("dimona.identities")
_FROM_HOUR: Final = 6


def tell(*, now: datetime) -> int:
    """Tell what changed before today and was not told yet, from six in the morning on. [OUR CHOICE]

    How many messages. Without an organisation that sends any, nobody is told later either: the
    page says it all the same.
    """
    here = now.astimezone(BRUSSELS)
    if here.hour < _FROM_HOUR:
        return 0
    midnight = here.replace(hour=0, minute=0, second=0, microsecond=0)
    with transaction():
        rows = IdentityChange.objects.select_for_update(skip_locked=True).filter(
            told_at__isnull=True, created_at__lt=midnight
        )
        workers: dict[tuple[str, date], set[str]] = defaultdict(set)
        every = list(rows.order_by("id"))
        for row in every:
            workers[row.employer, clock.today(row.created_at)].add(row.valid)
        IdentityChange.objects.filter(id__in=[row.id for row in every]).update(told_at=now)
        for (employer, day), who in workers.items():
            notices.identities(employer=employer, day=day, count=len(who))
        if workers:
            trail.record(
                action="dimona.identities.told",
                actor=ACTOR,
                target="dimona",
                now=now,
                detail={"messages": len(workers)},
            )
    return len(workers)
