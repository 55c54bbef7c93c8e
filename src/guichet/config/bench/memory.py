"""What the processes of a benchmark hold while it runs, sampled from the process that began it.

Memory that several share is counted once, each with its part of it (proportional set size).
"""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Final, Self

_EVERY_SECONDS: Final = 0.2
_PROC: Final = Path("/proc")


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
            own = database = 0
            for process in _descendants(_PROC / str(os.getpid())):
                # One that ends meanwhile holds nothing.
                with contextlib.suppress(OSError, ValueError):
                    is_database = (process / "comm").read_text().startswith("postgres")
                    if is_database:
                        database += _kilobytes(process)
                    else:
                        own += _kilobytes(process)
            self.own = max(self.own, own / 1024)
            self.database = max(self.database, database / 1024)


def processor_seconds(process: int) -> float:
    """What a process of this machine took of the processors so far; to a hundredth of a second."""
    fields = (_PROC / str(process) / "stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _descendants(process: Path) -> Iterator[Path]:
    for thread in process.glob("task/*/children"):
        with contextlib.suppress(OSError):
            for number in thread.read_text().split():
                yield _PROC / number
                yield from _descendants(_PROC / number)


def _kilobytes(process: Path) -> int:
    for line in (process / "smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1])
    return 0
