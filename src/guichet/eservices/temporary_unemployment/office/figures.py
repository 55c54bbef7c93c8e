"""The statistics of the office: counts without anybody in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from guichet.platform import clock
from guichet.platform.db import many_rows

BY: Final = ("office", "reason", "kind", "channel", "result", "code")
_COLUMNS: Final = {
    "office": "c.office", "reason": "c.reason", "kind": "c.kind", "channel": "c.channel",
    "result": "d.result", "code": "coalesce(nullif(d.codes[1], ''), 'none')",
}  # fmt: skip
_DECIDED: Final = """
SELECT {column} AS key, count(*), coalesce(sum(c.workers), 0),
       percentile_cont(0.5) WITHIN GROUP (
           ORDER BY extract(epoch FROM d.decided_at - c.received_at) / 86400)
FROM temporary_unemployment_decision d
JOIN temporary_unemployment_communication c ON c.id = d.communication_id
WHERE d.decided_at >= %(since)s AND d.decided_at < %(until)s
  AND c.state NOT IN ('modified', 'cancelled')
GROUP BY 1
"""
_RECEIVED: Final = """
SELECT {column} AS key, count(*) FROM temporary_unemployment_communication c
WHERE c.received_at >= %(since)s AND c.received_at < %(until)s
GROUP BY 1
"""
_OPEN: Final = """
SELECT {column} AS key, count(*) FROM temporary_unemployment_communication c
WHERE c.state IN ('received', 'under_review')
GROUP BY 1
"""


@dataclass(frozen=True, slots=True)
class Row:
    """``received`` and ``decided`` in the period, ``workers`` in what was decided, ``backlog``
    now; ``median_days`` from receipt to decision; ``share``: of the longest bar, in per cent."""

    key: str
    received: int
    decided: int
    workers: int
    backlog: int
    median_days: int | None
    share: int


def table(*, by: str, since: date, until: date) -> list[Row]:
    """One row for each office, reason, kind, channel, result or code, the largest first.

    What waits or was only received has neither result nor code yet; a decision that the employer
    forestalled on its day is none.
    """
    column = _COLUMNS[by]
    days = {"since": _begin(since), "until": _begin(until + timedelta(days=1))}
    decided = {
        key: (count, workers, median)
        for key, count, workers, median in many_rows(_DECIDED.format(column=column), days)
    }
    of_decisions = by in ("result", "code")
    came = {} if of_decisions else dict(many_rows(_RECEIVED.format(column=column), days))
    waits = {} if of_decisions else dict(many_rows(_OPEN.format(column=column), {}))
    most = max((count for count, _workers, _median in decided.values()), default=0)
    rows = []
    for key in {*decided, *came, *waits}:
        count, workers, median = decided.get(key, (0, 0, None))
        rows.append(
            Row(
                key, came.get(key, 0), count, workers, waits.get(key, 0),
                None if median is None else round(median),
                round(100 * count / most) if most else 0,
            )
        )  # fmt: skip
    return sorted(rows, key=lambda one: (-one.decided, -one.received, one.key))


def _begin(day: date) -> datetime:
    return datetime.combine(day, time.min, clock.BRUSSELS)
