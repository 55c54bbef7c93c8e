"""A page of the economic unemployment of a large firm's workers in the four latest quarters.

Part of `guichet bench temporary-unemployment`: one announcement of a year, and the first day
of each month told of every worker.
"""

import time
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from statistics import median
from typing import Any, Final

from guichet.platform import clock

_PAGES: Final = 7
_SIZE: Final = 25


def figures(*, people: Sequence[str], firm: str, now: datetime) -> dict[str, float]:
    """How long the first page and the last one take; the firm has communicated something."""
    from django.db import connection  # noqa: PLC0415  # after django.setup()

    from guichet.eservices.temporary_unemployment import counting  # noqa: PLC0415  # after django.setup()

    today = clock.today(now)
    _fill(people, firm, today, now)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as the database does by itself soon after so many rows

    def taken(offset: int) -> float:
        began = time.perf_counter()
        counting.page_of_economic_days(employer=firm, today=today, offset=offset, size=_SIZE)
        return (time.perf_counter() - began) * 1000

    return {
        "workersCounted": len(people),
        "limitsFirstPageMs": median(taken(0) for _ in range(_PAGES)),
        "limitsLastPageMs": median(taken(len(people)) for _ in range(_PAGES)),
    }


def _fill(people: Sequence[str], firm: str, today: date, now: datetime) -> None:
    from guichet.audit.actors import system  # noqa: PLC0415  # after django.setup()
    from guichet.eservices.temporary_unemployment.models import Communication  # noqa: PLC0415  # after django.setup()
    from guichet.platform.db import transaction  # noqa: PLC0415  # after django.setup()
    from guichet.rules.temporary_unemployment.accountability import counted_since  # noqa: PLC0415  # after django.setup()

    since = counted_since(today)
    months = {(since + timedelta(days=at)).replace(day=1) for at in range((today - since).days)}
    row = Communication.objects.filter(employer__number=firm).latest("id")
    with transaction(actor=system("bench")):
        year = {"first_day": since, "last_day": today + timedelta(days=30), "regime": "full"}
        _told(row, people, None, now, kind="expected", **year)
        for first in sorted(months):
            _told(row, people, first, now, kind="first_day")


def _told(row: Any, people: Sequence[str], day: date | None, now: datetime, **other: Any) -> None:
    """One more communication, like ``row``, for all of these people."""
    from guichet.eservices.temporary_unemployment import tickets  # noqa: PLC0415  # after django.setup()
    from guichet.eservices.temporary_unemployment.models import Line  # noqa: PLC0415  # after django.setup()

    row.pk, row._state.adding = None, True
    [row.ticket] = tickets.take(tickets.WEB)
    row.reason, row.committee, row.received_at = "E", "111", now
    for name, value in other.items():
        setattr(row, name, value)
    row.save()
    Line.objects.bulk_create(
        [
            Line(
                communication=row, number=at, niss=niss, family_name=f"Family {at}",
                given_name="Given", category="blue", is_agency=False, section="",
                first_day=day, outcome="" if day is None else "on_time", workplace="",
                circumstances="",
            )
            for at, niss in enumerate(people, start=1)
        ],
        batch_size=1_000,
    )  # fmt: skip
