"""One LISTEN connection for what the ingest keeps in memory about the rest of Guichet.

Whenever the connection is new, everything is read again: what was announced while nobody
listened is not lost. A silent second is answered by a question, so that a dead network shows.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Final

import psycopg
from psycopg import sql

from guichet.ingest.lanes import Connection, connected
from guichet.ingest.lifeline import end_process, vital

_log: Final = logging.getLogger(__name__)
_SILENCE: Final = 1.0

Refresh = Callable[[Connection, frozenset[str] | None], Awaitable[None]]
"""Reads again: what these payloads name, or everything for None."""


class Watch:
    """Keeps the listeners fresh: ``channels`` maps the name of a NOTIFY to its refresh."""

    def __init__(
        self,
        *,
        dsn: str,
        channels: Mapping[str, Refresh],
        on_death: Callable[[], None] = end_process,
    ) -> None:
        self._dsn = dsn
        self._channels = channels
        self._on_death = on_death
        self._connection: Connection | None = None
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Read everything once, then keep listening. Raises psycopg.Error."""
        await self._connect()
        self._task = vital(self._listen(), name="watch", on_death=self._on_death)

    async def close(self) -> None:
        """Stop listening."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        await self._disconnect()

    async def _listen(self) -> None:
        while True:
            try:
                if self._connection is None:
                    await self._connect()
                await self._hear()
            except (psycopg.OperationalError, psycopg.InterfaceError, TimeoutError) as fault:
                _log.warning("watch: %s; connecting again", type(fault).__name__)
                was_connected = self._connection is not None
                await self._disconnect()
                # The first attempt follows at once: a revocation must arrive within a second.
                await asyncio.sleep(0.05 if was_connected else 0.5)

    async def _connect(self) -> None:
        connection = await connected(self._dsn, name="watch")
        try:
            for channel, refresh in self._channels.items():
                await connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(channel)))
                await refresh(connection, None)
        except BaseException:
            await connection.close()
            raise
        self._connection = connection

    async def _hear(self) -> None:
        connection = self._connection
        if connection is None:
            return
        heard: dict[str, set[str]] = {}
        async for notice in connection.notifies(timeout=_SILENCE, stop_after=1):
            heard.setdefault(notice.channel, set()).add(notice.payload)
        async with asyncio.timeout(5 * _SILENCE):
            for channel, payloads in heard.items():
                await self._channels[channel](connection, frozenset(payloads))
            if not heard:
                await connection.execute("SELECT 1")

    async def _disconnect(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            await connection.close()
