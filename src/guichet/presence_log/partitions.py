"""The monthly partitions of the log: made ahead, dropped when nothing in them may be kept."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any, Final, LiteralString

import psycopg
from psycopg import sql

_ENSURE: Final[LiteralString] = "SELECT presence_ensure_months(%s, %s)"
_LIST: Final[LiteralString] = """
SELECT child.relname FROM pg_inherits
JOIN pg_class AS child ON child.oid = inhrelid
WHERE inhparent = to_regclass(%s)
ORDER BY child.relname
"""
_ENSURE_DAYS: Final[LiteralString] = "SELECT presence_ensure_day_months(%s, %s)"
_PARENTS: Final = (
    "presence_act", "presence_verdict", "presence_day", "presence_day_cancellation",
    "presence_day_verdict",
)  # fmt: skip
_FORGET_VERSIONS: Final[LiteralString] = """
DELETE FROM presence_version
WHERE logged_at < date_trunc('month', %s::timestamp) AT TIME ZONE 'Europe/Brussels'
"""
# Those of which the rows are counted when they go.
_REGISTRATIONS: Final = ("presence_act", "presence_day")
_SUFFIX: Final = re.compile(r"_([0-9]{4})_([0-9]{2})\Z")


def ensure_months(*, connection: psycopg.Connection[Any], first_day: date, last_day: date) -> int:
    """Make what is missing from the month of first_day to that of last_day; how many."""
    row = connection.execute(_ENSURE, [first_day, last_day]).fetchone()
    return int(row[0]) if row else 0


def ensure_day_months(
    *, connection: psycopg.Connection[Any], first_day: date, last_day: date
) -> int:
    """The same for the presences of days."""
    row = connection.execute(_ENSURE_DAYS, [first_day, last_day]).fetchone()
    return int(row[0]) if row else 0


async def aensure_months(
    *, connection: psycopg.AsyncConnection[Any], first_day: date, last_day: date
) -> int:
    """The same on an asynchronous connection."""
    row = await (await connection.execute(_ENSURE, [first_day, last_day])).fetchone()
    return int(row[0]) if row else 0


def drop_before(*, connection: psycopg.Connection[Any], month: date) -> int:
    """Drop every partition of the months before ``month``; how many acts went.

    Needs a transaction of its own: dropping waits for readers, at most five seconds, and raises
    psycopg.errors.LockNotAvailable after that.
    """
    gone = 0
    connection.execute("SET LOCAL lock_timeout = '5s'")
    for parent in _PARENTS:
        for name in _older(connection, parent, month):
            table = sql.Identifier(name)
            if parent in _REGISTRATIONS:
                counted = connection.execute(
                    sql.SQL("SELECT count(*) FROM {}").format(table)
                ).fetchone()
                gone += int(counted[0]) if counted else 0
            connection.execute(
                sql.SQL("ALTER TABLE {} DETACH PARTITION {}").format(sql.Identifier(parent), table)
            )
            connection.execute(sql.SQL("DROP TABLE {}").format(table))
    connection.execute(_FORGET_VERSIONS, [month])
    return gone


def _older(connection: psycopg.Connection[Any], parent: str, month: date) -> Iterator[str]:
    for (name,) in connection.execute(_LIST, [parent]).fetchall():
        found = _SUFFIX.search(name)
        if found and (int(found[1]), int(found[2])) < (month.year, month.month):
            yield name
