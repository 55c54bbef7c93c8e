"""A real portal and real services in processes of their own, on a database of their own."""

import os
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

import pytest

from guichet.config import keys
from guichet.config.environment import Environment, Role
from guichet.config.family import role_command
from guichet.config.supervisor import is_ready
from tests import database, leaks

_READY_SECONDS = 60


@dataclass
class Live:
    """Two running roles; ``restart`` gives one of them another setting or another life."""

    portal: str
    services: str
    csam: str
    eid: str
    dsn: str
    var: Path
    variables: dict[str, str]
    log: Path
    _children: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def environment(self) -> Environment:
        """The settings under which the roles run."""
        return Environment.read(
            {name: text for name, text in self.variables.items() if name.startswith("GUICHET_")}
        )

    def start(self, role: str, **settings: str) -> None:
        """Start one role and wait until it answers."""
        variables = self.variables | {"GUICHET_ROLE": role} | settings
        with self.log.open("ab") as log:
            self._children[role] = subprocess.Popen(
                role_command(role, self.environment),
                env=variables,
                cwd=self.var,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        if role != "worker":
            self._await(role)

    def stop(self, role: str, number: signal.Signals = signal.SIGTERM) -> None:
        """End one role with a signal to its whole session, and reap it."""
        child = self._children.pop(role)
        os.killpg(child.pid, number)
        try:
            child.wait(60)  # a slow machine fails no test
        finally:
            # The processes of a server that was killed have no parent left to end them.
            with suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)
            child.wait()

    def restart(self, role: str, **settings: str) -> None:
        """End one role and start it again, with other settings if given."""
        self.stop(role)
        self.start(role, **settings)

    def stop_all(self) -> None:
        """End every role that runs."""
        for role in list(self._children):
            self.stop(role)

    def _await(self, role: str) -> None:
        deadline = time.monotonic() + _READY_SECONDS
        while not is_ready(self.environment, cast(Role, role)):
            ended = self._children[role].poll() is not None
            if ended or time.monotonic() > deadline:
                self.stop_all()
                end = self.log.read_text("utf-8", "replace")[-4000:]
                raise RuntimeError(f"the {role} did not start:\n{end}")
            time.sleep(0.05)


def free_port() -> int:
    """A port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def made(*, url: str, name: str, folder: Path, **settings: str) -> Live:
    """A Live on a fresh copy of the template; nothing is started yet."""
    port, services_port, csam_port, eid_port, sftp_port = (free_port() for _ in range(5))
    dsn = database.recreate(url, name)
    variables = database.python_environment(
        GUICHET_DATABASE_URL=dsn,
        GUICHET_VAR=str(folder),
        GUICHET_PORT=str(port),
        GUICHET_SERVICES_PORT=str(services_port),
        GUICHET_CSAM_PORT=str(csam_port),
        GUICHET_EID_PORT=str(eid_port),
        GUICHET_SFTP_PORT=str(sftp_port),
        GUICHET_URL=f"http://127.0.0.1:{port}",
        GUICHET_SERVICES_URL=f"http://127.0.0.1:{services_port}",
        GUICHET_CSAM_URL=f"http://127.0.0.1:{csam_port}",
        GUICHET_EID_URL=f"https://127.0.0.1:{eid_port}",
        GUICHET_LOG_LEVEL="warning",
        GUICHET_TERMS="off",
        **settings,
    )
    live = Live(
        portal=f"http://127.0.0.1:{port}",
        services=f"http://127.0.0.1:{services_port}",
        csam=f"http://127.0.0.1:{csam_port}",
        eid=f"https://127.0.0.1:{eid_port}",
        dsn=dsn,
        var=folder,
        variables=variables,
        log=folder / "live.log",
    )
    keys.prepare(live.environment)
    return live


@contextmanager
def running(*, url: str, name: str, config: pytest.Config) -> Iterator[Live]:
    """Portal and services on a database of this name, until the end of the block."""
    with tempfile.TemporaryDirectory(prefix="guichet-live-") as folder:
        live = made(url=url, name=name, folder=Path(folder))
        try:
            live.start("portal")
            live.start("services")
            yield live
        finally:
            live.stop_all()
            leaks.look_at_file(config, live.log)
            database.drop(url, name)


@pytest.fixture(scope="session")
def live(worker_id: str, database_url: str, pytestconfig: pytest.Config) -> Iterator[Live]:
    """Portal and services of this worker, shared by its tests. Mark such tests `slow`."""
    name = f"guichet_live_{worker_id}"
    with running(url=database_url, name=name, config=pytestconfig) as one:
        yield one
