"""Upkeep of the log: partitions ahead, months past their term, idempotency keys of yesterday."""

import logging
from datetime import date, datetime
from typing import Any, Final, cast

import psycopg
from django.db import connection

from guichet.platform.db import transaction
from guichet.presence_log import keyed, partitions
from guichet.rules.presence_activities import activity_rules

_log: Final = logging.getLogger(__name__)
MONTHS_AROUND: Final = 3
_KEPT: Final = ("construction", "meat", "cleaning")


def make_partitions(*, today: date) -> int:
    """Make what is missing from three months back to three months ahead; how many."""
    with transaction():
        first, last = _first_of_month(today, -MONTHS_AROUND), _first_of_month(today, MONTHS_AROUND)
        log = _psycopg()
        acts = partitions.ensure_months(connection=log, first_day=first, last_day=last)
        days = partitions.ensure_day_months(connection=log, first_day=first, last_day=last)
        return acts + days


def drop_before(*, month: date) -> int:
    """Drop what is older than the month of ``month``, for good; how many acts went.

    The years to keep are those of the activity kept longest; the caller asks the rules.
    """
    with transaction():
        gone = partitions.drop_before(connection=_psycopg(), month=month)
    _log.info("%d acts before %s were dropped", gone, month.strftime("%Y-%m"))
    return gone


def drop_expired(*, today: date) -> int:
    """Drop the months past the retention of every activity; how many acts went.

    A month holds acts of all activities, so the one that is kept longest decides.
    """
    years = max(activity_rules(activity, on=today).retention_years for activity in _KEPT)
    return drop_before(month=_first_of_month(today, -12 * years))


def forget_old_keys(*, now: datetime) -> int:
    """Delete the idempotency keys of more than 24 hours ago; how many."""
    with transaction():
        return keyed.forget_old_keys(connection=_psycopg(), now=now)


def _first_of_month(day: date, months: int) -> date:
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(years, month + 1, 1)


def _psycopg() -> psycopg.Connection[Any]:
    connection.ensure_connection()
    return cast("psycopg.Connection[Any]", connection.connection)
