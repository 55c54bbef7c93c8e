"""Storing acts: the one door to presence_act, whoever registers."""

from collections.abc import Sequence
from typing import Any, Final

import msgspec
import psycopg

from guichet.presence_log.acts import NewAct
from guichet.presence_log.receipts import BLOCK, Stock, receipt_of, take_blocks
from guichet.presence_log.statements import INSERT

_ENCODER: Final = msgspec.json.Encoder()


def number(*, acts: Sequence[NewAct], stock: Stock) -> None:
    """Give each act its receipt; raises Exhausted, and numbers none, when stock is short."""
    for act, n in zip(acts, stock.take(len(acts)), strict=True):
        act.receipt = receipt_of(occurred_at=act.occurred_at, number=n)


def number_from(*, connection: psycopg.Connection[Any], acts: Sequence[NewAct]) -> None:
    """Give each act its receipt from blocks taken now: for callers who keep no stock.

    Whole blocks are taken, so a caller of many small calls should keep a Stock.
    """
    stock = Stock()
    stock.add(take_blocks(connection, count=-(-len(acts) // BLOCK)))
    number(acts=acts, stock=stock)


def as_parameter(acts: Sequence[NewAct]) -> str:
    """The rows as the JSON text that the INSERT takes."""
    return _ENCODER.encode(acts).decode()


def record(*, connection: psycopg.Connection[Any], acts: Sequence[NewAct]) -> None:
    """Store numbered acts in one statement; those that are there already stay as they are.

    Commits nothing: the caller's transaction, or autocommit, does. Raises psycopg.Error.
    """
    connection.execute(INSERT, [as_parameter(acts)])


async def arecord(*, connection: psycopg.AsyncConnection[Any], acts: Sequence[NewAct]) -> None:
    """The same on an asynchronous connection, prepared."""
    await connection.execute(INSERT, [as_parameter(acts)], prepare=True)
