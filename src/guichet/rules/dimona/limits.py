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
from guichet.rules.dimona.spells import Quarter, ends, start_moment


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
    late = False
    if (after.start_date, after.start_hour) < (before.start_date, before.start_hour):
        late = is_late_in(after, received_at=received_at)
    if after.end_date != before.end_date and before.end_date is not None:
        earlier = (
            before.end_date if after.end_date is None else min(before.end_date, after.end_date)
        )
        late = late or is_late_end(earlier, received_at=received_at)
    elif after.end_hour < before.end_hour and before.end_date is not None:
        late = late or brussels_day(received_at) > before.end_date
    elif after.end_hour > before.end_hour:
        end = ends(before)
        late = late or (end is not None and received_at > end.replace(tzinfo=BRUSSELS))
    return late


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
