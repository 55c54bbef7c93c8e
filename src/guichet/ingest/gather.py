"""Natural group commit: what arrives while an INSERT is in flight goes into the next one.

No timer: an idle service stores an act at once, a busy one stores a hundred by one commit. Acts
carry their receipts before they come here, so a batch of unknown fate is sent again as it is. A
row that PostgreSQL refuses is found by halving and fails alone.

One INSERT in flight is best for single acts: a second one would halve the batches and double the
commits. Lots are another matter: while one of a thousand rows is in flight the next can already
be parsed, so further lanes help out once much waits.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Sequence
from typing import Final

import psycopg

from guichet.ingest.lanes import Connection, Full, Lane, Unavailable
from guichet.ingest.lifeline import end_process, vital
from guichet.kernel.moments import BRUSSELS
from guichet.presence_log import partitions
from guichet.presence_log.acts import NewAct
from guichet.presence_log.record import arecord

_log: Final = logging.getLogger(__name__)
MAX_ROWS: Final = 1000
MUCH: Final = 200
_REFUSED_ROW: Final = (psycopg.DataError, psycopg.IntegrityError)
_NOBODY: Final[frozenset[int]] = frozenset()


class _Waiting:
    """The acts of one call, and who waits for them."""

    __slots__ = ("acts", "done", "until")

    def __init__(
        self, acts: Sequence[NewAct], done: asyncio.Future[frozenset[int]], until: float
    ) -> None:
        self.acts = acts
        self.done = done
        self.until = until


class Gatherer:
    """One for each process. ``lanes``: INSERTs in flight at most; the first always, others help."""

    def __init__(
        self,
        *,
        dsn: str,
        lanes: int = 2,
        bound: int = 20_000,
        patience: float = 20.0,
        on_death: Callable[[], None] = end_process,
    ) -> None:
        """``bound``: acts that may wait; ``patience``: seconds that a call may wait."""
        self._lanes = [Lane(dsn=dsn, name=f"gatherer {n}") for n in range(lanes)]
        self._bound = bound
        self._patience = patience
        self._on_death = on_death
        self._waiting: deque[_Waiting] = deque()
        self._held: set[_Waiting] = set()
        self._arrived = [asyncio.Event() for _ in self._lanes]
        self._queued = 0
        self._tasks: list[asyncio.Task[None]] = []
        self._closing = False
        self.rows_waiting = 0
        self.flushes = 0

    def start(self) -> None:
        """Begin to store."""
        self._tasks = [
            vital(self._work(at), name=f"gatherer {at}", on_death=self._died)
            for at in range(len(self._lanes))
        ]

    async def close(self) -> None:
        """Take nothing new, store what waits, close the connections."""
        self._closing = True
        for arrived in self._arrived:
            arrived.set()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._fail_all()
        for lane in self._lanes:
            await lane.close()

    def put(self, acts: Sequence[NewAct]) -> asyncio.Future[frozenset[int]]:
        """Queue numbered acts, all or none; resolves after their commit.

        The result: receipts that PostgreSQL refused, usually none. Raises Full; the future
        raises Unavailable when it is not known to be stored.
        """
        if self._closing or self.rows_waiting + len(acts) > self._bound:
            raise Full
        loop = asyncio.get_running_loop()
        done: asyncio.Future[frozenset[int]] = loop.create_future()
        self._waiting.append(_Waiting(acts, done, loop.time() + self._patience))
        self.rows_waiting += len(acts)
        self._queued += len(acts)
        self._arrived[0].set()
        if self._queued >= MUCH:
            for helper in self._arrived[1:]:
                helper.set()
        return done

    async def _work(self, at: int) -> None:
        lane, arrived, enough = self._lanes[at], self._arrived[at], MUCH if at else 1
        while True:
            if self._queued >= enough:
                await self._flush(lane, self._taken())
            elif self._closing:
                return
            else:
                arrived.clear()
                await arrived.wait()

    def _taken(self) -> list[_Waiting]:
        """The oldest calls, as many as go into one INSERT, and one at least."""
        taken: list[_Waiting] = []
        rows = 0
        while self._waiting and (not taken or rows + len(self._waiting[0].acts) <= MAX_ROWS):
            entry = self._waiting.popleft()
            taken.append(entry)
            rows += len(entry.acts)
        self._queued -= rows
        self._held.update(taken)
        return taken

    async def _flush(self, lane: Lane, taken: list[_Waiting]) -> None:
        acts = [act for entry in taken for act in entry.acts]
        fault: Exception | None = None
        refused = _NOBODY
        try:
            refused = await self._stored(lane, acts, taken[0].until)
        except Unavailable:
            fault = Unavailable()
        except psycopg.Error as error:
            # No table, no leave: nothing that another batch would do better.
            _log.error("storing failed: %s", type(error).__name__)
            fault = Unavailable()
        self.flushes += 1
        self.rows_waiting -= len(acts)
        self._held.difference_update(taken)
        for entry in taken:
            if entry.done.done():  # the caller has gone
                continue
            if fault is None:
                entry.done.set_result(refused)
            else:
                entry.done.set_exception(fault)

    async def _stored(self, lane: Lane, acts: list[NewAct], until: float) -> frozenset[int]:
        """Store acts; the receipts of those that PostgreSQL refuses."""
        try:
            await self._insert(lane, acts, until)
        except _REFUSED_ROW as first:
            _log.warning("a batch of %d was refused: %s", len(acts), type(first).__name__)
            await self._ensure_partitions(lane, acts, until)
            return frozenset(await self._halved(lane, acts, until))
        return _NOBODY

    async def _halved(self, lane: Lane, acts: list[NewAct], until: float) -> list[int]:
        try:
            await self._insert(lane, acts, until)
        except _REFUSED_ROW as refusal:
            if len(acts) == 1:
                _log.error("act %d was refused: %s", acts[0].receipt, type(refusal).__name__)
                return [acts[0].receipt]
            half = len(acts) // 2
            refused = await self._halved(lane, acts[:half], until)
            return refused + await self._halved(lane, acts[half:], until)
        return []

    async def _insert(self, lane: Lane, acts: list[NewAct], until: float) -> None:
        async def step(connection: Connection) -> None:
            await arecord(connection=connection, acts=acts)

        await lane.run(step, until=until)

    async def _ensure_partitions(self, lane: Lane, acts: list[NewAct], until: float) -> None:
        """Accepted acts are minutes old, so at most two months can be missing."""
        days = [act.occurred_at.astimezone(BRUSSELS).date() for act in acts]

        async def step(connection: Connection) -> None:
            await partitions.aensure_months(
                connection=connection, first_day=min(days), last_day=max(days)
            )

        await lane.run(step, until=until)

    def _died(self) -> None:
        self._closing = True
        self._fail_all()
        self._on_death()

    def _fail_all(self) -> None:
        for entry in (*self._waiting, *self._held):
            if not entry.done.done():
                entry.done.set_exception(Unavailable())
        self._waiting.clear()
        self._held.clear()
        self.rows_waiting = self._queued = 0
