"""The small world of the scenarios on the morning they name, and what the validation says in it."""

import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from django.db import connection

from guichet.demo.fixtures import Fixtures, load_fixtures
from guichet.eservices.presence import validation
from guichet.eservices.presence.models import Act, Verdict
from guichet.platform import clock

NOW: Final = datetime(2026, 3, 2, 5, tzinfo=UTC)
"""Monday 2 March 2026, 06:00 in Brussels."""
_PATIENCE_SECONDS: Final = 30


def at(hours: float, seconds: float = 0) -> datetime:
    """So many hours and seconds after six o'clock that morning."""
    return NOW + timedelta(hours=hours, seconds=seconds)


def loaded() -> Fixtures:
    """The fixtures of that day, in the registers of the test's database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT presence_ensure_months('2025-12-01', '2026-05-01')")
    return load_fixtures(today=clock.today(NOW), now=NOW)


def decide(now: datetime = NOW) -> validation.Outcome:
    """Validate what has no verdict, also what the test's own transaction has not committed."""
    return validation.validate_unvalidated(now=now, since=NOW - timedelta(days=60))


def caught_up(now: datetime = NOW) -> None:
    """Run the validation until every committed act and change has been read.

    A transaction of another test may hold the mark back for a moment: the numbers of transactions
    are the server's, not the database's.
    """
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < deadline:
        outcomes = [validation.validate_pending(now=now), validation.revalidate_changed(now=now)]
        if not any(each.more or each.busy for each in outcomes) and _all_is_read():
            return
        time.sleep(0.01)
    raise AssertionError("the validation did not catch up")


def _all_is_read() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT NOT EXISTS (SELECT FROM presence_act a WHERE NOT EXISTS ("
            "  SELECT FROM presence_verdict v WHERE v.receipt = a.receipt))"
            " AND coalesce((SELECT max(recorded_in) FROM platform_change), 0)"
            "  <= coalesce((SELECT position FROM presence_watermark WHERE name = 'changes'), 0)"
        )
        [is_read] = cursor.fetchone() or (False,)
    return bool(is_read)


def remarks(receipt: int) -> tuple[str, ...] | None:
    """The remarks of an act as they stand; None while it is pending."""
    verdict = Verdict.objects.filter(receipt=receipt, is_current=True).first()
    return None if verdict is None else tuple(verdict.remarks)


def rounds(receipt: int) -> list[tuple[int, bool, str, Sequence[str]]]:
    """Every round of an act: number, whether it is the current one, validity, remarks."""
    return list(
        Verdict.objects.filter(receipt=receipt)
        .order_by("round")
        .values_list("round", "is_current", "validity", "remarks")
    )


def is_stored(receipt: int) -> bool:
    """Whether the log holds the act, whatever was said of it."""
    return Act.objects.filter(receipt=receipt).exists()
