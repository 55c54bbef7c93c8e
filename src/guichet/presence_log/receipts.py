"""Receipt numbers: fifteen digits, the day of the act followed by a number from a block.

``yymmdd`` (Brussels) times 10^9 plus n, where n comes from the sequence presence_receipt in
blocks of a thousand. Numbers are known before the INSERT, so a batch of unknown fate is sent
again as it is and ON CONFLICT DO NOTHING keeps it single. The day tells which partition to read.
"""

from collections import deque
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Final, LiteralString

import psycopg

from guichet.kernel.moments import BRUSSELS

BLOCK: Final = 1000
_ROUND: Final = 1_000_000_000
_LATEST: Final = 991231
_TAKE: Final[LiteralString] = "SELECT nextval('presence_receipt') FROM generate_series(1, %s)"


class NotAReceipt(ValueError):
    """A number that this log cannot have given."""


class Exhausted(Exception):
    """No numbers left in hand: take further blocks first."""


def receipt_of(*, occurred_at: datetime, number: int) -> int:
    """The receipt of an act with ``number`` from a block (0 to 10^9 - 1)."""
    return receipt_of_day(day=occurred_at.astimezone(BRUSSELS), number=number)


def receipt_of_day(*, day: date, number: int) -> int:
    """The receipt of what belongs to a day in Brussels."""
    return ((day.year % 100 * 100 + day.month) * 100 + day.day) * _ROUND + number


def day_of(receipt: int) -> date:
    """The Brussels day of the act behind ``receipt``; raises NotAReceipt."""
    day = receipt // _ROUND
    if not 0 < day <= _LATEST:
        raise NotAReceipt("not a receipt of this log")
    try:
        return date(2000 + day // 10_000, day // 100 % 100, day % 100)
    except ValueError:
        raise NotAReceipt("not a receipt of this log") from None


def take_blocks(connection: psycopg.Connection[Any], *, count: int) -> list[int]:
    """The first numbers of ``count`` new blocks."""
    return [row[0] for row in connection.execute(_TAKE, [count])]


async def atake_blocks(connection: psycopg.AsyncConnection[Any], *, count: int) -> list[int]:
    """The same from an asynchronous connection."""
    cursor = await connection.execute(_TAKE, [count])
    return [row[0] for row in await cursor.fetchall()]


class Stock:
    """Numbers in hand; what is left when the process ends is a gap, and gaps mean nothing."""

    def __init__(self) -> None:
        self._ranges: deque[range] = deque()
        self.left = 0

    def add(self, blocks: Iterable[int]) -> None:
        """Put blocks (their first numbers) in stock."""
        for first in blocks:
            self._ranges.append(range(first, first + BLOCK))
            self.left += BLOCK

    def take(self, count: int) -> list[int]:
        """``count`` numbers; raises Exhausted, and takes none, when there are fewer."""
        if count > self.left:
            raise Exhausted
        self.left -= count
        taken: list[int] = []
        while count:
            numbers = self._ranges[0]
            taken += numbers[:count]
            if count < len(numbers):
                self._ranges[0] = numbers[count:]
            else:
                self._ranges.popleft()
            count -= min(count, len(numbers))
        return taken
