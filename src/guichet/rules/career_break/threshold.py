"""How many workers may be in time credit at once: one in twenty.

Source: CCT 103 (organisation rules); parameters ``career_break.threshold.*``. Workers of 55 and
older in a fifth are counted on neither side; thematic leaves never count. A sector's or a
company's agreement may set another percentage.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from guichet.kernel.period import Period, months_after
from guichet.rules.dated import whole

_ONE_DAY = timedelta(days=1)


def head_count_day(notified_on: date) -> date:
    """30 June of the year before the written notice; each contract counts one on that day."""
    return date(notified_on.year - 1, 6, 30)


def places(*, workers: int, older_in_fifth: int = 0, percent: int | None = None, on: date) -> int:
    """How many workers may be away at once, workers of 55 and older in a fifth aside.

    ``workers``: head count on ``head_count_day``; ``percent``: of the employer's own agreement;
    ``on``: the day of the notice. From 11 to 19 workers one person may always go.
    """
    share = whole("career_break.threshold.percent", on=on) if percent is None else percent
    found = max(0, workers - older_in_fifth) * share // 100
    if _one_may_always_go(workers, on):
        return max(1, found)
    return found


def free_places(*, places: int, taken: int) -> int:
    """How many places are left; ``taken``: without workers of 55 and older in a fifth."""
    return max(0, places - taken)


def first_free_start(
    *, requested: date, absences: Iterable[Period], places: int, on: date
) -> date | None:
    """The first day from ``requested`` on which a place is free; None when that is too late.

    ``absences``: the periods of time credit that count, ``on``: the day of the notice. The worker
    must be able to start within six months of the requested start, whatever the reason is.
    """
    running = tuple(absences)
    ends = {absence.last_day + _ONE_DAY for absence in running}
    latest = months_after(requested, months=whole("career_break.postpone.time_credit", on=on))
    candidates = sorted({requested} | {day for day in ends if requested < day <= latest})
    return next(
        (day for day in candidates if sum(each.contains(day) for each in running) < places), None
    )


def _one_may_always_go(workers: int, on: date) -> bool:
    first = whole("career_break.threshold.one_person_from", on=on)
    return first <= workers <= whole("career_break.threshold.one_person_to", on=on)
