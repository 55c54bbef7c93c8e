"""Removing what inspectors searched, once its term is over; the trail has a term of its own.

A search may name a person, so it is kept no longer than somebody may still ask after it. Who was
shown, when, to which institution and why stays in the trail: the person goes on reading it.
"""

from datetime import datetime, timedelta
from typing import Final

from django.db import connection

from guichet.audit import trail
from guichet.audit.actors import system
from guichet.backoffice.inspection import exports
from guichet.backoffice.inspection.log_queries import statement
from guichet.kernel.moments import brussels_day
from guichet.platform.db import set_local, transaction
from guichet.rules.dated import whole

_KEEPER: Final = system("inspection.forget_searches")
# What the triggers of the tables that nobody changes let through: the end of a term.
_PURGE_SETTING: Final = "guichet.purge"
_OLD: Final = statement("old_searches")


def forget_old(*, now: datetime) -> int:
    """Remove the searches past their term that no hold keeps, for good; how many."""
    exports.forget_old(now=now)
    days = whole("inspection.search.kept", on=brussels_day(now))
    before = now - timedelta(days=days)
    with transaction(actor=_KEEPER):
        former = set_local(using="default", settings={_PURGE_SETTING: "on"})
        with connection.cursor() as cursor:
            cursor.execute(_OLD, {"before": before})
            count: int = cursor.rowcount
        set_local(using="default", settings=former)
        if count:
            trail.record(
                action="inspection.search.forgotten",
                actor=_KEEPER,
                target=before.isoformat(),
                now=now,
                detail={"searches": count},
            )
    return count
