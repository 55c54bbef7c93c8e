"""Until when an act is in time, and how early it may come.

Days and hours are those of Belgium. Source: pages of the social-security office on Dimona, "when".
A working day is Monday to Friday without legal holidays (ours).
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from guichet.kernel.moments import BRUSSELS, brussels_day
from guichet.rules import dated
from guichet.rules.calendar import working_day_after
from guichet.rules.dimona.kinds import Group
from guichet.rules.dimona.message import Times
from guichet.rules.dimona.spells import Quarter, ends, length, start_moment

_DAY = timedelta(days=1)


def is_late_in(times: Times, *, received_at: datetime) -> bool:
    """An IN is due the moment the worker starts; without an hour, on the day he starts."""
    assert times.start_date is not None
    if times.start_hour:
        return received_at > start_moment(times)
    return brussels_day(received_at) > times.start_date


def earliest_in(group: Group, start: date) -> date | None:
    """The first day on which an IN of this group may be declared; None without such a bound."""
    if group in (Group.FLEXI_DAY, Group.FLEXI_PERIOD):
        days = dated.whole("dimona.flexi.days_before_quarter", on=start)
    elif group in (Group.ARTICLE_17, Group.BROADCASTER):
        days = dated.whole("dimona.article17.days_before_quarter", on=start)
    else:
        return None
    return Quarter.of(start).first_day - timedelta(days=days)


def is_late_end(end: date, *, received_at: datetime) -> bool:
    """An end is due on the first working day after it."""
    return brussels_day(received_at) > working_day_after(end)


def is_late_update(before: Times, after: Times, *, received_at: datetime) -> bool:
    """Whether a change of days or hours comes too late."""
    if _is_late_start(before, after, received_at=received_at):
        return True
    is_shift = _is_one_shift(before) and _is_one_shift(after)
    if is_shift or after.end_date == before.end_date:
        return _is_late_hour(before, after, received_at=received_at)
    if before.end_date is None:
        return False
    earlier = before.end_date if after.end_date is None else min(before.end_date, after.end_date)
    return is_late_end(earlier, received_at=received_at)


def _is_late_start(before: Times, after: Times, *, received_at: datetime) -> bool:
    """An earlier start is due before it; a later hour before the one that was declared.

    A later day is not only late when the work has begun: it is refused (`changing`).
    """
    old, new = start_moment(before), start_moment(after)
    if new < old:
        return is_late_in(after, received_at=received_at)
    is_later_hour = new > old and after.start_date == before.start_date
    return is_later_hour and is_late_in(before, received_at=received_at)


def _is_one_shift(times: Times) -> bool:
    """Work by the hour that lasts a day at most, over midnight or not."""
    lasts = length(times) if times.start_hour and times.end_hour else None
    return lasts is not None and lasts <= _DAY


def _is_late_hour(before: Times, after: Times, *, received_at: datetime) -> bool:
    """An earlier end is due on its calendar day; a later one before that time is worked."""
    old, new = ends(before), ends(after)
    if old is None or new is None or old == new:
        return False
    if new < old:
        return brussels_day(received_at) > old.date()
    return received_at > old.replace(tzinfo=BRUSSELS)


def may_change_student(start: date, *, received_at: datetime) -> bool:
    """Hours of a student may change until the end of the month after the quarter."""
    following = Quarter.of(start).later(1).first_day
    last = (following + timedelta(days=31)).replace(day=1)
    return brussels_day(received_at) < last


def may_cancel(times: Times, *, received_at: datetime) -> bool:
    """A cancellation is in time until the end of the first declared day."""
    assert times.start_date is not None
    return brussels_day(received_at) <= times.start_date


def may_change_registration(day: date, *, received_at: datetime) -> bool:
    """A daily registration may be mended for some days."""
    days = dated.whole("dimona.daily.days_to_change", on=day)
    return brussels_day(received_at) <= day + timedelta(days=days)
