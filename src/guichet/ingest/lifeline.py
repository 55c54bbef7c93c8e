"""Background tasks without which the process is of no use."""

import asyncio
import logging
import os
import signal
from collections.abc import Callable, Coroutine
from typing import Any, Final

_log: Final = logging.getLogger(__name__)


def end_process() -> None:
    """Ask our own process to stop, so that whoever watches it starts another."""
    os.kill(os.getpid(), signal.SIGTERM)


def vital(
    work: Coroutine[Any, Any, None], *, name: str, on_death: Callable[[], None] = end_process
) -> asyncio.Task[None]:
    """Run ``work`` in the background; if it ends by an exception, ``on_death`` is called.

    A dead task that nobody notices would leave every caller waiting for ever.
    """
    task = asyncio.create_task(work, name=name)

    def ended(done: asyncio.Task[None]) -> None:
        if not done.cancelled() and (fault := done.exception()) is not None:
            _log.critical("%s died of %s", name, type(fault).__name__)
            on_death()

    task.add_done_callback(ended)
    return task
