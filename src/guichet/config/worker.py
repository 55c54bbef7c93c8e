"""The worker role: procrastinate, and a watch that ends it when its supervisor is gone.

A worker that is told to stop while PostgreSQL is already dead waits for the database before it
ends. Started by a supervisor that was killed, nobody would end it: it watches its parent itself.
"""

import os
import sys
import threading
import time
from typing import Final

GRACE_SECONDS: Final = 8.0
_POLL_SECONDS: Final = 0.5
# Jobs that succeeded are not kept: one runs every two seconds. Failed ones stay, to be looked at.
COMMAND: Final = (
    "procrastinate",
    "worker",
    "--concurrency=4",
    "--shutdown-graceful-timeout=5",
    "--delete-jobs=successful",
)


def main() -> None:
    """Work until told to stop."""
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    from django.core.management import execute_from_command_line  # noqa: PLC0415  # watch first

    execute_from_command_line([sys.argv[0], *COMMAND])


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_POLL_SECONDS)
    time.sleep(GRACE_SECONDS)
    os._exit(1)


if __name__ == "__main__":
    main()
