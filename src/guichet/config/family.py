"""The processes of one running Guichet: started, watched, and all ended together."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from types import FrameType

from guichet.config.environment import Environment
from guichet.platform.embedded import dying_with_parent

GRACE_SECONDS = 15
_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stopped(Exception):
    """Somebody asked us to stop; the text names the signal."""


def listen() -> None:
    """Turn the first request to stop into `Stopped`; later ones are ignored while we tidy up."""

    def stop(number: int, _frame: FrameType | None) -> None:
        for one in _SIGNALS:
            signal.signal(one, signal.SIG_IGN)
        raise Stopped(signal.Signals(number).name)

    for one in _SIGNALS:
        signal.signal(one, stop)


def role_command(role: str, environment: Environment) -> list[str]:
    """The command line that serves one role."""
    if role == "worker":
        return [sys.executable, "-m", "guichet.config.worker"]
    if role == "sftp":
        return [sys.executable, "-m", "guichet.config.sftp"]
    if role == "eid":
        return [sys.executable, "-m", "guichet.config.eid"]
    common = [sys.executable, "-m", "granian", "--host", environment.bind, "--no-ws"]
    common += ["--log-level", "error", "--workers-kill-timeout", "10"]
    if role in ("portal", "csam"):
        port = environment.port if role == "portal" else environment.csam_port
        common += ["--port", str(port), "--interface", "wsgi"]
        return [*common, "--blocking-threads", "8", "guichet.config.wsgi:application"]
    common += ["--port", str(environment.services_port), "--interface", "asgi"]
    return [*common, "--loop", "uvloop", "guichet.config.asgi:application"]


class Family:
    """Children that live and die together."""

    def __init__(self) -> None:
        self.children: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, name: str, command: list[str], variables: Mapping[str, str]) -> None:
        """Start one child in a session of its own: Ctrl-C reaches only us."""
        self.children[name] = subprocess.Popen(
            command,
            env=dict(variables),
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=dying_with_parent(signal.SIGTERM),  # noqa: PLW1509  # no threads here
        )

    def dead(self) -> str | None:
        """The name of a child that ended, or None."""
        ended = (name for name, child in self.children.items() if child.poll() is not None)
        return next(ended, None)

    def stop(self) -> None:
        """End every child, and what a killed server left behind in its session."""
        for child in self.children.values():
            if child.poll() is None:
                child.terminate()
        deadline = time.monotonic() + GRACE_SECONDS
        for child in self.children.values():
            with suppress(subprocess.TimeoutExpired):
                child.wait(max(0.1, deadline - time.monotonic()))
            with suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)
            child.wait()
