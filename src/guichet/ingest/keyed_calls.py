"""Calls with an Idempotency-Key: each in a transaction of its own, outside the gatherer."""

from collections.abc import Callable, Sequence

import psycopg

from guichet.ingest.lanes import Connection, Pool
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
        self._pool = Pool(dsn=dsn, name="keyed", lanes=lanes, bound=bound, patience=patience)

    async def store(self, *, call: keyed.KeyedCall, answer_without: AnswerWithout) -> keyed.Kept:
        """Store the call or find what its key stands for.

        Raises Full, Unavailable, keyed.KeyReused.
        """
        sent = 0

        async def step(connection: Connection) -> keyed.Kept:
            nonlocal sent
            sent += 1
            return await keyed.arecord_keyed(connection=connection, call=call, is_resent=sent > 1)

        async def find(connection: Connection) -> frozenset[int]:
            return frozenset(await _refused(connection, call.acts))

        try:
            return await self._pool.run(step)
        except (psycopg.DataError, psycopg.IntegrityError):
            refused = await self._pool.run(find)
        call = keyed.KeyedCall(
            client_id=call.client_id,
            key=call.key,
            body=call.body,
            answer=answer_without(refused),
            acts=[act for act in call.acts if act.receipt not in refused],
            now=call.now,
        )
        return await self._pool.run(step)

    async def close(self) -> None:
        """Close the connections."""
        await self._pool.close()


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
