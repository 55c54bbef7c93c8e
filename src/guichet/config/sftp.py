"""The sftp role: the folders for files of senders, on a port of their own.

Composition only; what is done stands in the messages of temporary unemployment.
"""

import asyncio
import logging
import os
import signal
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any, Final

import asyncssh

from guichet.config.orphans import end_with_parent

_THREADS: Final = 8


def main() -> int:
    """Serve until told to stop."""
    end_with_parent()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guichet.config.settings")
    import django  # noqa: PLC0415  # the watch on the parent first

    django.setup()
    from django.conf import settings  # noqa: PLC0415

    environment = settings.ENVIRONMENT
    try:
        key = host_key(environment.sftp_key)
    except (OSError, asyncssh.KeyImportError) as fault:
        print(f"GUICHET_SFTP_KEY cannot be used: {fault}", file=sys.stderr)
        return 1
    logging.getLogger("asyncssh").setLevel(logging.WARNING)
    asyncio.run(_serve(environment, key))
    return 0


def host_key(path: Path) -> asyncssh.SSHKey:
    """The key by which clients know this server; raises OSError, KeyImportError."""
    return asyncssh.read_private_key(path)


def ensure_host_key(path: Path) -> None:
    """Make a key where there is none, for the simulation."""
    if path.is_file():
        return
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    made = asyncssh.generate_private_key("ecdsa-sha2-nistp256", comment="guichet")
    passing = path.with_suffix(f".{os.getpid()}")
    passing.touch(mode=0o600)
    passing.write_bytes(made.export_private_key())
    passing.replace(path)


async def _serve(environment: Any, key: asyncssh.SSHKey) -> None:
    from guichet.eservices.temporary_unemployment.messages.sftp import server  # noqa: PLC0415

    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(number, stopped.set)
    with ThreadPoolExecutor(_THREADS, thread_name_prefix="sftp") as pool:
        house = _house(environment, pool)
        door = await server.listen(
            house, host=environment.bind, port=environment.sftp_port, key=key
        )
        await stopped.wait()
        door.close()


def _house(environment: Any, pool: ThreadPoolExecutor) -> Any:
    from guichet.access.chaman import signers  # noqa: PLC0415
    from guichet.access.permissions import TEMPORARY_UNEMPLOYMENT  # noqa: PLC0415
    from guichet.eservices.temporary_unemployment.messages import limits  # noqa: PLC0415
    from guichet.eservices.temporary_unemployment.messages.sftp.server import (  # noqa: PLC0415
        House,
    )
    from guichet.platform import clock  # noqa: PLC0415

    def holder(name: str) -> Any:
        return signers.key_holder(
            name=name,
            permission=TEMPORARY_UNEMPLOYMENT,
            environment=environment.environment,
            now=clock.now(),
        )

    async def run(work: Any, *given: Any) -> Any:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(pool, partial(_with_connection, work, *given))

    return House(
        run=run,
        now=clock.now,
        today=lambda: clock.today(clock.now()),
        holder=holder,
        limit=lambda: limits.of_files().largest,
    )


def _with_connection(work: Any, *given: Any) -> Any:
    """Work in a thread, whose connection is looked at before and after."""
    from django.db import close_old_connections  # noqa: PLC0415

    close_old_connections()
    try:
        return work(*given)
    finally:
        close_old_connections()


if __name__ == "__main__":
    raise SystemExit(main())
