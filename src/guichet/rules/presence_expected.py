"""Who is expected on a site today, and since when somebody is late: a help, never a registration.

Expected is whoever the employer planned for that day of the week, and whoever usually comes: he
began there on enough of the same weekdays of the past weeks, or on the last working day before.
On a day that is no working day only the same weekdays tell: a Friday says nothing of a Saturday.
Source: ours [DES]; the law knows no plan, and a plan never stands for a registration (domain
study on presence, N1).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from statistics import median_low
from typing import Final

from guichet.rules import dated
from guichet.rules.calendar import is_working_day

_WEEK: Final = timedelta(days=7)
_DAY: Final = timedelta(days=1)
_FURTHEST: Final = 10  # no run of days without work is longer


class Standing(StrEnum):
    """Where somebody is who is expected; ``registered``: for this day, ahead, without an IN."""

    PRESENT = "present"
    REGISTERED = "registered"
    LEFT = "left"
    LATE = "late"
    DUE = "due"


class Why(StrEnum):
    """Why somebody is expected."""

    PLANNED = "planned"
    WEEKDAY = "weekday"
    LAST_DAY = "lastDay"


@dataclass(frozen=True, slots=True)
class Begin:
    """Somebody (any key) first registered IN on a day at an hour of the wall."""

    who: str
    day: date
    at: time


@dataclass(frozen=True, slots=True)
class Expected:
    """When he usually begins, and why he is expected."""

    at: time
    why: Why


def days_asked(on: date) -> tuple[date, ...]:
    """The days before ``on`` that tell who is usual: the same weekdays, and the last working day.

    The same weekdays come first, the newest first; a day stands once.
    """
    weeks = dated.whole("presence.expected.weeks", on=on)
    same = [on - _WEEK * at for at in range(1, weeks + 1)]
    last = last_working_day(on)
    return (*same, last) if last is not None and last not in same else tuple(same)


def last_working_day(on: date) -> date | None:
    """The working day before a working day; None for any other day."""
    if not is_working_day(on):
        return None
    before = (on - _DAY * at for at in range(1, _FURTHEST + 1))
    return next(day for day in before if is_working_day(day))


def usual(begins: Iterable[Begin], *, on: date) -> dict[str, Expected]:
    """Who usually comes on ``on``, and when; begins of other days than `days_asked` are ignored.

    The hour is the middle one of those that tell, the earlier of two.
    """
    least = dated.whole("presence.expected.least", on=on)
    last, days = last_working_day(on), set(days_asked(on))
    hours: dict[str, dict[date, time]] = {}
    for one in begins:
        if one.day in days:
            seen = hours.setdefault(one.who, {})
            seen[one.day] = min(one.at, seen.get(one.day, one.at))
    found = {}
    for who, seen in hours.items():
        same = [at for day, at in seen.items() if day.weekday() == on.weekday()]
        if len(same) >= least:
            found[who] = Expected(median_low(same), Why.WEEKDAY)
        elif last in seen:
            found[who] = Expected(seen[last], Why.LAST_DAY)
    return found


def expected(
    begins: Iterable[Begin], *, planned: Mapping[str, time], on: date
) -> dict[str, Expected]:
    """Who is expected; what the employer planned goes before what is usual."""
    plan = {who: Expected(at, Why.PLANNED) for who, at in planned.items()}
    return usual(begins, on=on) | plan


def standing(
    *, at: time, now: datetime, is_present: bool, has_been: bool, is_announced: bool = False
) -> tuple[Standing, timedelta]:
    """Where somebody is who was to begin at ``at`` today; how long he is late, else zero.

    ``now``: on the clock of the wall (aware, in Brussels); ``is_announced``: a presence of this
    day stands registered, which is all that the law asks where days are registered.
    """
    if is_present:
        return Standing.PRESENT, timedelta()
    if has_been:
        return Standing.LEFT, timedelta()
    if is_announced:
        return Standing.REGISTERED, timedelta()
    due = datetime.combine(now.date(), at, now.tzinfo)
    grace = timedelta(minutes=dated.whole("presence.expected.grace", on=now.date()))
    if now - due > grace:
        return Standing.LATE, now - due
    return Standing.DUE, timedelta()
