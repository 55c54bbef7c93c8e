"""The worker role: procrastinate, and a watch that ends it when its supervisor is gone.

A worker that is told to stop while PostgreSQL is already dead waits for the database before it
ends. Started by a supervisor that was killed, nobody would end it: it watches its parent itself.
"""

import sys
from typing import Final

from guichet.config.orphans import end_with_parent
from guichet.platform import memory

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
    end_with_parent()
    import django  # noqa: PLC0415  # watch first
    from django.core.management import execute_from_command_line  # noqa: PLC0415  # watch first

    django.setup()
    memory.settle()
    execute_from_command_line([sys.argv[0], *COMMAND])


if __name__ == "__main__":
    main()
