"""When a worker is reminded of a part that he did not complete, and when the request expires.

Source: ours; parameters ``career_break.completing.*``.
"""

from __future__ import annotations

from datetime import date, timedelta

from guichet.kernel.period import months_after
from guichet.rules.career_break.figures import figure, names


def reminder_due(*, filed_on: date, on: date) -> int | None:
    """The last reminder that is due on a day, as days after the request was filed; else None.

    A reminder that nobody sent in time is not made up for once the next one is due.
    """
    every = sorted(int(each) for each in names("completing.reminders", on=filed_on))
    due = [days for days in every if filed_on + timedelta(days=days) <= on]
    return due[-1] if due else None


def expires_on(*, first_day: date, last_day: date | None) -> date:
    """The day on which a request that was never completed expires.

    An end of career until the pension has no last day: its first day counts.
    """
    end = last_day or first_day
    return months_after(end, months=figure("completing.expires_after", on=first_day))
