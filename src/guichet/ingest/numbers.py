"""Receipt numbers in hand, refilled before they run out."""

import asyncio
from collections.abc import Sequence
from typing import Final

from guichet.ingest.lanes import Connection, Lane
from guichet.presence_log.acts import NewAct
from guichet.presence_log.receipts import Exhausted, Stock, atake_blocks
from guichet.presence_log.record import number

_BLOCKS: Final = 10
_LOW: Final = 5_000


class Numbers:
    """One stock for the process; its numbers are lost at the end, which leaves gaps only."""

    def __init__(self, *, lane: Lane, patience: float) -> None:
        self._lane = lane
        self._patience = patience
        self._stock = Stock()
        self._refill: asyncio.Task[None] | None = None

    async def give(self, acts: Sequence[NewAct]) -> None:
        """Number the acts; waits only when the stock is empty. Raises Unavailable."""
        while True:
            try:
                number(acts=acts, stock=self._stock)
            except Exhausted:
                await asyncio.shield(self._refilling())
            else:
                if self._stock.left < _LOW:
                    self._refilling()
                return

    async def close(self) -> None:
        """Wait for a refill under way."""
        if self._refill is not None:
            await asyncio.gather(self._refill, return_exceptions=True)

    def _refilling(self) -> asyncio.Task[None]:
        if self._refill is None or self._refill.done():
            self._refill = asyncio.create_task(self._fill())
            # Somebody who waits sees the failure; with nobody waiting the next one tries again.
            self._refill.add_done_callback(lambda task: task.cancelled() or task.exception())
        return self._refill

    async def _fill(self) -> None:
        async def step(connection: Connection) -> list[int]:
            return await atake_blocks(connection, count=_BLOCKS)

        until = asyncio.get_running_loop().time() + self._patience
        self._stock.add(await self._lane.run(step, until=until))
