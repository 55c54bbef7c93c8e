"""What the processes of a benchmark hold while it runs, sampled from the process that began it.

Memory that several share is counted once, each with its part of it (proportional set size).
"""

from __future__ import annotations

import os
import threading
from types import TracebackType
from typing import Final, Self

from guichet.config.bench import processes

_EVERY_SECONDS: Final = 0.2


class Watch:
    """The most that the processes begun here held at once, in megabytes, while this is entered.

    ``own``: of the program; ``database``: of PostgreSQL with its shared memory. The process that
    watches is counted in neither.
    """

    def __init__(self) -> None:
        self.own = 0.0
        self.database = 0.0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._ended.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._ended.wait(_EVERY_SECONDS):
            own = database = 0.0
            for number in processes.family(os.getpid())[1:]:
                if processes.name(number).startswith("postgres"):
                    database += processes.proportional(number)
                else:
                    own += processes.proportional(number)
            self.own = max(self.own, own)
            self.database = max(self.database, database)
