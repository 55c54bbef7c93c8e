"""Strike and lock-out: there is no last day, only how late; and which answers are asked.

The moment of sending decides from when an allowance can be granted. The management committee of the
office decides whether a worker outside the striking unit may have one.

Source: Royal Decree of 25 November 1991, art. 73 and 137 § 6, in force on 1 January 2018.
"""

from __future__ import annotations

from datetime import date, datetime

from guichet.kernel.moments import brussels_day


def days_late(first_day: date, *, sent_at: datetime) -> int:
    """How many days after the first day without wage it was told; 0 on that day or before."""
    return max(0, (brussels_day(sent_at) - first_day).days)


def may_be_authorised(*, in_striking_unit: bool, has_interest: bool) -> bool:
    """Whether an allowance can be authorised at all for the days of a strike."""
    return not (in_striking_unit or has_interest)
