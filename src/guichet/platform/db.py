"""Transactions, by two words: one opens a transaction, the other takes part in one.

An operation of an e-service opens ``transaction()``; an operation of a register takes part by
``savepoint()``. Neither leaves it open whether a change stands alone or not.
"""

import select
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Final

from django.db import connections
from django.db import transaction as django_transaction
from psycopg import sql
from psycopg.types.datetime import TimestamptzLoader

ACTOR_SETTING: Final = "guichet.actor"
NOW_SETTING: Final = "guichet.now"


class NoTransaction(RuntimeError):
    """A register was about to be changed outside any transaction."""


@contextmanager
def transaction(*, using: str = "default", actor: object | None = None) -> Iterator[None]:
    """Open the one transaction of an operation; raises RuntimeError inside another one.

    ``actor``: who acts, for the history of the registers; its text is what history keeps
    (see ``guichet.audit.actors.Actor``).
    """
    with django_transaction.atomic(using=using, durable=True):
        if actor is not None:
            set_local(using=using, settings={ACTOR_SETTING: str(actor)})
        yield


@contextmanager
def savepoint(*, using: str = "default") -> Iterator[None]:
    """Take part in the caller's transaction; what is inside succeeds or fails as a whole.

    Raises NoTransaction when the caller has not opened one.
    """
    if not connections[using].in_atomic_block:
        raise NoTransaction("registers change inside a transaction that the caller opens")
    with django_transaction.atomic(using=using):
        yield


def many_rows(statement: str, values: Mapping[str, Any]) -> Sequence[Any]:
    """The rows of a statement that gives thousands of them; moments are in UTC.

    Django reads each moment in Python, to give it a zone that one may choose: five microseconds
    apiece, which is half the time of a page of ten thousand acts. Here the driver reads them.
    """
    with connections["default"].cursor() as cursor:
        cursor.cursor.adapters.register_loader("timestamptz", TimestamptzLoader)
        cursor.execute(statement, values)
        rows: Sequence[Any] = cursor.fetchall()
        return rows


@contextmanager
def under_way(*, using: str = "default") -> Iterator[Callable[[str, Sequence[Any]], None]]:
    """Send statements, and compute while the database carries them out.

    They are done at the end of the block, where a fault of one is raised. What is asked of the
    database inside waits for them. Raises NoTransaction.
    """
    wrapper = connections[using]
    if not wrapper.in_atomic_block or wrapper.connection is None:
        raise NoTransaction("statements are under way inside a transaction that the caller opens")
    driver = wrapper.connection

    def send(statement: str, values: Sequence[Any]) -> None:
        cursor.execute(statement, values)
        # Everything must be out before the caller goes on, or the database waits for the rest.
        while driver.pgconn.flush():
            select.select([], [driver.pgconn.socket], [])

    with wrapper.wrap_database_errors, driver.pipeline(), wrapper.cursor() as cursor:
        yield send


def set_local(*, using: str, settings: Mapping[str, str]) -> dict[str, str]:
    """Give PostgreSQL settings a value until the transaction ends; their former values."""
    wanted = [
        part
        for name, value in settings.items()
        for part in (
            sql.SQL("coalesce(current_setting({}, true), '')").format(sql.Literal(name)),
            sql.SQL("set_config({}, {}, true)").format(sql.Literal(name), sql.Literal(value)),
        )
    ]
    with connections[using].cursor() as cursor:
        cursor.execute(sql.SQL("SELECT ") + sql.SQL(", ").join(wanted))
        values = cursor.fetchone() or ()
    return dict(zip(settings, map(str, values[::2]), strict=True))
