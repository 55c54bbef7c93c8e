"""The statistics of the office: counts without anybody in them, small ones left out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from guichet.platform import clock
from guichet.platform.db import many_rows
from guichet.rules.career_break.figures import figure

BY: Final = ("office", "leave", "regime", "result")
_COLUMNS: Final = {
    "office": "r.office", "leave": "r.leave", "regime": "r.regime", "result": "d.result",
}  # fmt: skip
_DECIDED: Final = """
SELECT {column} AS key, count(*),
       percentile_cont(0.5) WITHIN GROUP (
           ORDER BY extract(epoch FROM d.at - r.completed_at) / 86400)
FROM career_break_decision d JOIN career_break_request r ON r.id = d.request_id
WHERE d.at >= %(since)s AND d.at < %(until)s
GROUP BY 1
"""
_OPEN: Final = """
SELECT {column} AS key, count(*) FROM career_break_request r
WHERE r.state IN ('wait_onem', 'in_progress', 'wait_documents')
GROUP BY 1
"""


@dataclass(frozen=True, slots=True)
class Row:
    """``decided`` in the period and ``backlog`` now, None where they are too small to be shown;
    ``median_days`` from complete file to decision; ``share``: of the longest bar, in per cent."""

    key: str
    decided: int | None
    backlog: int | None
    median_days: int | None
    share: int


def table(*, by: str, since: date, until: date) -> list[Row]:
    """One row for each office, leave, régime or result, the largest first.

    A backlog has no result yet: by result it is left out.
    """
    column = _COLUMNS[by]
    days = {"since": _begin(since), "until": _begin(until + timedelta(days=1))}
    decided = {key: (count, median) for key, count, median in many_rows(
        _DECIDED.format(column=column), days)}  # fmt: skip
    waiting = {} if by == "result" else dict(many_rows(_OPEN.format(column=column), {}))
    least = figure("office.least_count", on=until)
    rows = [
        _row(key, *decided.get(key, (0, None)), waiting.get(key, 0), least)
        for key in {*decided, *waiting}
    ]
    most = max((one.decided or 0 for one in rows), default=0)
    shown = [
        Row(one.key, one.decided, one.backlog, one.median_days,
            round(100 * (one.decided or 0) / most) if most else 0)
        for one in rows
    ]  # fmt: skip
    return sorted(shown, key=lambda one: (-(one.decided or 0), -(one.backlog or 0), one.key))


def _row(key: str, count: int, median: float | None, waiting: int, least: int) -> Row:
    is_shown = count == 0 or count >= least
    days = None if median is None or count < least else round(median)
    return Row(
        key, count if is_shown else None,
        waiting if waiting == 0 or waiting >= least else None, days, 0,
    )  # fmt: skip


def _begin(day: date) -> datetime:
    return datetime.combine(day, time.min, clock.BRUSSELS)
