"""Aware moments: how much time lies between two, and the Belgian day on which one falls.

Python subtracts wall clocks when two moments share a zone, which is wrong by an hour over the
nights in March and October; everything that measures time measures it here.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

BRUSSELS: Final = ZoneInfo("Europe/Brussels")


class NaiveMoment(ValueError):
    """A date-time without offset, which says nothing about when it was."""


def elapsed(since: datetime, until: datetime) -> timedelta:
    """The time that really passes between two aware moments; raises NaiveMoment.

    Never overflows, not even for the first day of year 1 at fourteen hours east.
    """
    zone = since.tzinfo
    if zone is UTC or zone is not until.tzinfo:
        try:
            return until - since
        except TypeError:
            raise NaiveMoment("a moment needs an offset") from None
    return (until - since) - (_offset(until) - _offset(since))


def brussels_day(moment: datetime) -> date:
    """The calendar day in Belgium at an aware moment; raises NaiveMoment."""
    if moment.tzinfo is UTC:
        return _day_of_utc(moment)
    _offset(moment)
    return moment.astimezone(BRUSSELS).date()


@lru_cache(maxsize=1_024)
def _day_of_utc(moment: datetime) -> date:
    """The forms of a file came at one moment, which is asked for many times."""
    return moment.astimezone(BRUSSELS).date()


def _offset(moment: datetime) -> timedelta:
    offset = moment.utcoffset()
    if offset is None:
        raise NaiveMoment("a moment needs an offset")
    return offset
