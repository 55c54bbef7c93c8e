"""Where a benchmark stands: a database of its own in a passing folder, and the roles it starts.

Everything lives in one folder that is removed afterwards; fsync is on.
"""

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from guichet.config import keys
from guichet.config.database import child_environment, embedded_server, migrate
from guichet.config.environment import Environment, Role
from guichet.config.family import Family, role_command
from guichet.config.supervisor import is_ready

_READY_SECONDS: Final = 60
_CHILD_SECONDS: Final = 600
_PORTS: Final = ("PORT", "SERVICES_PORT", "CSAM_PORT", "EID_PORT", "SFTP_PORT")


class HouseFailed(Exception):
    """The house could not be built or stopped answering."""


@dataclass(frozen=True, slots=True)
class Ground:
    """A migrated database that runs, and the family of the roles that are started on it."""

    environment: Environment
    url: str
    folder: Path
    family: Family

    def child(
        self, module: str, *arguments: str, role: Role = "worker", seconds: int = _CHILD_SECONDS
    ) -> dict[str, Any]:
        """Run a part that needs Django and read its JSON; raises HouseFailed."""
        done = subprocess.run(
            [sys.executable, "-m", module, *arguments],
            env=child_environment(self.environment, url=self.url, role=role),
            capture_output=True,
            text=True,
            check=False,
            timeout=seconds,
        )
        if done.returncode != 0:
            raise HouseFailed(f"{module} {' '.join(arguments)}: {done.stderr[-3_000:]}")
        answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        return answer

    def start(self, role: Role) -> int:
        """Start a role and wait until it answers; its process. Raises HouseFailed."""
        variables = child_environment(self.environment, url=self.url, role=role)
        self.family.start(role, role_command(role, self.environment), variables)
        deadline = time.monotonic() + _READY_SECONDS
        # A worker answers nobody: it shows by its work that it is there.
        while role in self.environment.ports and not is_ready(self.environment, role):
            if self.family.dead() or time.monotonic() > deadline:
                raise HouseFailed(f"the {role} did not start")
            time.sleep(0.05)
        return self.family.children[role].pid


@contextmanager
def ground(*, parent: Path | None) -> Iterator[Ground]:
    """Build it, hand it over, take it down whatever happens; raises HouseFailed."""
    folder = Path(tempfile.mkdtemp(prefix="guichet-bench-", dir=parent))
    folder.chmod(0o755)  # as root the database runs under another account
    environment = _environment(folder)
    server = embedded_server(environment)
    family = Family()
    try:
        server.start()
        server.ensure_database()
        keys.prepare(environment)
        if not migrate(environment, url=server.url()):
            raise HouseFailed("the migrations failed")
        yield Ground(environment, server.url(), folder, family)
    finally:
        family.stop()
        server.stop()
        if server.home != environment.var:
            shutil.rmtree(server.home, ignore_errors=True)
        shutil.rmtree(folder, ignore_errors=True)


def _environment(folder: Path) -> Environment:
    kept = {
        name: os.environ[name]
        for name in ("GUICHET_PG_BIN", "GUICHET_PG_USER")
        if name in os.environ
    }
    settings = {"GUICHET_VAR": str(folder / "var"), "GUICHET_LOG_LEVEL": "warning"}
    for name, port in zip(_PORTS, _free_ports(len(_PORTS)), strict=True):
        settings[f"GUICHET_{name}"] = str(port)
        if name not in ("EID_PORT", "SFTP_PORT"):
            settings[f"GUICHET_{name.removesuffix('PORT')}URL"] = f"http://127.0.0.1:{port}"
    # The children read the same settings; the benchmark is a simulation of its own.
    for name in [name for name in os.environ if name.startswith("GUICHET_")]:
        del os.environ[name]
    os.environ.update(kept | settings)
    return Environment.read(os.environ)


def _free_ports(count: int) -> list[int]:
    with ExitStack() as stack:
        probes = [stack.enter_context(socket.socket()) for _ in range(count)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in probes]
