"""A role whose supervisor was killed ends too, whatever it waits for."""

import os
import threading
import time
from typing import Final

GRACE_SECONDS: Final = 8.0
_POLL_SECONDS: Final = 0.5


def end_with_parent() -> None:
    """From now on, end this process hard some seconds after its parent is gone."""
    threading.Thread(target=_watch, args=(os.getppid(),), daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_POLL_SECONDS)
    time.sleep(GRACE_SECONDS)
    os._exit(1)
