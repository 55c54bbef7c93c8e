"""Calls with an Idempotency-Key: each in a transaction of its own, outside the gatherer."""

import asyncio
from collections.abc import Callable, Sequence

import psycopg

from guichet.ingest.gather import Full
from guichet.ingest.lanes import Connection, Lane
from guichet.presence_log import keyed
from guichet.presence_log.acts import NewAct
from guichet.presence_log.record import arecord

AnswerWithout = Callable[[frozenset[int]], bytes]
"""The body of the answer when some receipts were refused by PostgreSQL."""


class KeyedCalls:
    """A few connections shared by the calls that carry a key."""

    def __init__(
        self, *, dsn: str, lanes: int = 4, bound: int = 1_000, patience: float = 20.0
    ) -> None:
        self._lanes = [Lane(dsn=dsn, name=f"keyed {n}") for n in range(lanes)]
        self._free = list(self._lanes)
        self._turn = asyncio.Semaphore(lanes)
        self._bound = bound
        self._patience = patience
        self._inside = 0

    async def store(self, *, call: keyed.KeyedCall, answer_without: AnswerWithout) -> keyed.Kept:
        """Store the call or find what its key stands for.

        Raises Full, Unavailable, keyed.KeyReused.
        """
        if self._inside >= self._bound:
            raise Full
        until = asyncio.get_running_loop().time() + self._patience
        self._inside += 1
        try:
            async with self._turn:
                lane = self._free.pop()
                try:
                    return await self._stored(lane, call, answer_without, until)
                finally:
                    self._free.append(lane)
        finally:
            self._inside -= 1

    async def close(self) -> None:
        """Close the connections."""
        for lane in self._lanes:
            await lane.close()

    async def _stored(
        self, lane: Lane, call: keyed.KeyedCall, answer_without: AnswerWithout, until: float
    ) -> keyed.Kept:
        sent = 0

        async def step(connection: Connection) -> keyed.Kept:
            nonlocal sent
            sent += 1
            return await keyed.arecord_keyed(connection=connection, call=call, is_resent=sent > 1)

        async def find(connection: Connection) -> frozenset[int]:
            return frozenset(await _refused(connection, call.acts))

        try:
            return await lane.run(step, until=until)
        except (psycopg.DataError, psycopg.IntegrityError):
            refused = await lane.run(find, until=until)
        call = keyed.KeyedCall(
            client_id=call.client_id,
            key=call.key,
            body=call.body,
            answer=answer_without(refused),
            acts=[act for act in call.acts if act.receipt not in refused],
            now=call.now,
        )
        return await lane.run(step, until=until)


async def _refused(connection: Connection, acts: Sequence[NewAct]) -> list[int]:
    """Which acts PostgreSQL would refuse: tried one by one, and undone."""
    refused = []
    for act in acts:
        try:
            async with connection.transaction(force_rollback=True):
                await arecord(connection=connection, acts=[act])
        except (psycopg.DataError, psycopg.IntegrityError):
            refused.append(act.receipt)
    return refused
