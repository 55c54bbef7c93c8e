"""Presences of a day: the one door to presence_day, whoever announces them."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final

import msgspec
import psycopg

from guichet.presence_log.receipts import BLOCK, Stock, receipt_of_day, take_blocks
from guichet.presence_log.statements import INSERT_DAYS

_ENCODER: Final = msgspec.json.Encoder()


class NewDay(msgspec.Struct, omit_defaults=True, gc=False):
    """A row of presence_day; ``receipt`` 0 means not numbered yet.

    Exactly one of ``ssin`` and ``limosa_number``; with a number of a person exactly one employer.
    ``sender``: the technical channel; ``registered_by``: the person (row) on a page;
    ``sender_enterprise``: for which enterprise it was sent.
    """

    created_at: datetime
    day: date
    works_reference: str
    activity: str
    channel: str
    receipt: int = 0
    registered_by: int | None = None
    sender: int | None = None
    ssin: str | None = None
    limosa_number: str | None = None
    enterprise_number: str | None = None
    foreign_vat_number: str | None = None
    sender_enterprise: str | None = None
    capacity: str | None = None
    custom_reference: str | None = None


def number(*, days: Sequence[NewDay], connection: psycopg.Connection[Any]) -> None:
    """Give each presence its receipt, which carries the day of the presence."""
    if not days:
        return
    stock = Stock()
    stock.add(take_blocks(connection, count=-(-len(days) // BLOCK)))
    for one, n in zip(days, stock.take(len(days)), strict=True):
        one.receipt = receipt_of_day(day=one.day, number=n)


def record(*, connection: psycopg.Connection[Any], days: Sequence[NewDay]) -> None:
    """Store numbered presences in one statement; commits nothing. Raises psycopg.Error."""
    if days:
        connection.execute(INSERT_DAYS, [_ENCODER.encode(days).decode()])
