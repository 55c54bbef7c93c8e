"""Storing acts from Django: numbers kept in stock by the process, the log's own statement."""

from collections.abc import Sequence
from threading import Lock
from typing import Final

from django.db import connection, transaction

from guichet.presence_log.acts import NewAct
from guichet.presence_log.receipts import BLOCK, Stock, take_blocks
from guichet.presence_log.record import number, record

_STOCK: Final = Stock()
_LOCK: Final = Lock()


def stored(acts: Sequence[NewAct]) -> None:
    """Number and store acts in the caller's transaction.

    Numbers are never given back: an act that is rolled back leaves a gap, and gaps mean nothing.
    Raises RuntimeError outside a transaction.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("acts are stored inside the transaction of an operation")
    with _LOCK:
        if _STOCK.left < len(acts):
            missing = len(acts) - _STOCK.left
            _STOCK.add(take_blocks(connection.connection, count=-(-missing // BLOCK)))
        number(acts=acts, stock=_STOCK)
    with transaction.atomic():
        record(connection=connection.connection, acts=acts)
