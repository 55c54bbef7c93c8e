"""A connection to PostgreSQL that comes back: steps are run again until they are done or too late.

Every step that travels here may be run twice (a SELECT, or an INSERT of rows that carry their
receipts and skip what is there), so a lost connection of unknown fate is simply tried again.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final, TypeVar

import psycopg
from psycopg import errors
from psycopg.conninfo import make_conninfo

_log: Final = logging.getLogger(__name__)
_T = TypeVar("_T")
Connection = psycopg.AsyncConnection[tuple[Any, ...]]
Step = Callable[[Connection], Awaitable[_T]]

# A read-only server is a standby after a failover: the address soon leads to the new primary.
_PASSING: Final = (
    psycopg.OperationalError,
    psycopg.InterfaceError,
    errors.ReadOnlySqlTransaction,
)
_FIRST_PAUSE: Final = 0.05
_LONGEST_PAUSE: Final = 1.0
# A peer that fell silent is noticed within some ten seconds.
_WATCHFUL: Final[Mapping[str, int]] = {
    "connect_timeout": 5,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}


class Unavailable(Exception):
    """PostgreSQL was away for longer than the caller can wait."""


class Full(Exception):
    """As much waits as may wait: come back later."""


async def connected(dsn: str, *, name: str) -> Connection:
    """A connection in autocommit that notices a silent network; raises psycopg.Error."""
    address = make_conninfo(dsn, application_name=f"guichet {name}", **_WATCHFUL)
    return await psycopg.AsyncConnection.connect(address, autocommit=True)


class Lane:
    """One connection, used by one task at a time."""

    def __init__(self, *, dsn: str, name: str) -> None:
        self._dsn = dsn
        self._name = name
        self._connection: Connection | None = None

    async def run(self, step: Step[_T], *, until: float) -> _T:
        """What ``step`` gives, once it got through; ``until`` is a time of the event loop.

        Raises Unavailable when it is too late, and what the step raises for other reasons.
        """
        pause = _FIRST_PAUSE
        while True:
            try:
                async with asyncio.timeout_at(until):
                    if self._connection is None:
                        self._connection = await connected(self._dsn, name=self._name)
                    return await step(self._connection)
            except TimeoutError:
                await self.close()
                raise Unavailable from None
            except _PASSING as fault:
                # The text may quote a row; its class says enough.
                _log.warning("%s: %s; trying again", self._name, type(fault).__name__)
                await self.close()
                if asyncio.get_running_loop().time() + pause >= until:
                    raise Unavailable from None
                await asyncio.sleep(pause)
                pause = min(pause * 2, _LONGEST_PAUSE)

    async def close(self) -> None:
        """Drop the connection; the next step opens another."""
        connection, self._connection = self._connection, None
        if connection is not None:
            await connection.close()


class Pool:
    """A few lanes shared by calls of which each is a transaction of its own."""

    def __init__(
        self, *, dsn: str, name: str, lanes: int = 4, bound: int = 1_000, patience: float = 20.0
    ) -> None:
        """``bound``: calls that may be inside at once; ``patience``: seconds for each step."""
        self._lanes = [Lane(dsn=dsn, name=f"{name} {n}") for n in range(lanes)]
        self._free = list(self._lanes)
        self._turn = asyncio.Semaphore(lanes)
        self._bound = bound
        self._patience = patience
        self._inside = 0

    async def run(self, step: Step[_T]) -> _T:
        """What ``step`` gives, on a lane of its own; raises Full, Unavailable."""
        if self._inside >= self._bound:
            raise Full
        until = asyncio.get_running_loop().time() + self._patience
        self._inside += 1
        try:
            async with self._turn:
                lane = self._free.pop()
                try:
                    return await lane.run(step, until=until)
                finally:
                    self._free.append(lane)
        finally:
            self._inside -= 1

    async def close(self) -> None:
        """Close the connections."""
        for lane in self._lanes:
            await lane.close()
