"""`guichet run` for real: ready, watched, and gone without a trace."""

import fcntl
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from guichet.access.keys import ensure_keys
from guichet.config import supervisor
from guichet.config.environment import Environment
from guichet.config.sftp import ensure_host_key
from guichet.config.supervisor import is_healthy, speaks_ssh
from guichet.csam.eid.local_tls import ensure_server_certificate
from guichet.documents.seal_key import ensure_seal
from guichet.platform.embedded import Embedded
from tests import database
from tests.live import free_port


@dataclass
class Run:
    """One `guichet run` in a folder of its own."""

    folder: Path
    variables: dict[str, str]
    process: "subprocess.Popen[bytes]"
    log: Path

    def await_ready(self) -> None:
        deadline = time.monotonic() + 90
        while "is ready" not in self.said():
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise AssertionError(f"guichet run is not ready:\n{self.said()}")
            time.sleep(0.05)

    def said(self) -> str:
        return self.log.read_text("utf-8", "replace")

    def processes(self) -> dict[int, str]:
        """Every process of this run, found by the folder in its environment or command line."""
        mark, found = str(self.folder).encode(), {}
        for entry in Path("/proc").iterdir():
            if not entry.name.isdigit() or int(entry.name) == os.getpid():
                continue
            try:
                line = (entry / "cmdline").read_bytes()
                if line and (mark in line or mark in (entry / "environ").read_bytes()):
                    found[int(entry.name)] = line.replace(b"\0", b" ").decode("utf-8", "replace")
            except OSError:
                continue  # it ended while we looked
        return found

    def one(self, word: str) -> int:
        """The pid of the eldest child whose command line has this word."""
        return min(pid for pid, line in self.processes().items() if word in line)

    def assert_nothing_stays(self) -> None:
        deadline = time.monotonic() + 15
        while (left := self.processes()) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert left == {}
        assert not Embedded(var=self.folder / "var").socket.exists()


def _make_secrets(folder: Path) -> None:
    """What an operator provides in production: keys, a certificate, whose cards, a seal."""
    now = datetime.now(UTC)
    ensure_keys(folder / "keys.json")
    ensure_server_certificate(folder / "tls", hosts=["127.0.0.1"], now=now)
    ensure_seal(folder / "seal", now=now)
    ensure_host_key(folder / "sftp.key")


@pytest.fixture
def start() -> Iterator[Callable[[], Run]]:
    """Starts `guichet run` on an embedded database, in production: no demonstration to load."""
    folder = Path(tempfile.mkdtemp(prefix="guichet-run-"))
    folder.chmod(0o755)
    _make_secrets(folder)
    runs: list[Run] = []

    def started() -> Run:
        variables = database.python_environment(
            GUICHET_ENVIRONMENT="production",
            GUICHET_SECRET_KEY="k" * 50,
            GUICHET_OAUTH_KEYS=str(folder / "keys.json"),
            GUICHET_CSAM_KEYS=str(folder / "keys.json"),
            GUICHET_EID_CERTIFICATE=str(folder / "tls/server.pem"),
            GUICHET_EID_KEY=str(folder / "tls/server.key"),
            GUICHET_EID_TRUST=str(folder / "tls"),
            GUICHET_SEAL=str(folder / "seal"),
            GUICHET_SFTP_KEY=str(folder / "sftp.key"),
            GUICHET_SFTP_PORT=str(free_port()),
            GUICHET_VAR=str(folder / "var"),
            GUICHET_PORT=str(free_port()),
            GUICHET_SERVICES_PORT=str(free_port()),
            GUICHET_CSAM_PORT=str(free_port()),
            GUICHET_EID_PORT=str(free_port()),
        )
        log = folder / f"run-{len(runs)}.log"
        with log.open("wb") as stream:
            process = subprocess.Popen(
                [sys.executable, "-m", "guichet.config.command", "run"],
                env=variables,
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=stream,
                stderr=stream,
                start_new_session=True,
            )
        runs.append(Run(folder, variables, process, log))
        return runs[-1]

    try:
        yield started
    finally:
        for run in runs:
            if run.process.poll() is None:
                run.process.terminate()
                run.process.wait(60)
        for run in runs:
            for pid in run.processes():
                os.kill(pid, signal.SIGKILL)
        shutil.rmtree(folder)


@pytest.mark.slow
def test_ctrl_c_stops_everything_and_a_second_run_in_the_folder_is_refused(
    start: Callable[[], Run],
) -> None:
    run = start()
    run.await_ready()
    for name in ("GUICHET_PORT", "GUICHET_SERVICES_PORT", "GUICHET_CSAM_PORT"):
        assert is_healthy("127.0.0.1", int(run.variables[name]))
    assert is_healthy("127.0.0.1", int(run.variables["GUICHET_EID_PORT"]), tls=True)
    assert speaks_ssh("127.0.0.1", int(run.variables["GUICHET_SFTP_PORT"]))
    second = start()
    assert second.process.wait(60) == 1
    assert "runs already" in second.said()
    run.process.send_signal(signal.SIGINT)
    assert run.process.wait(60) == 0, run.said()
    run.assert_nothing_stays()


@pytest.mark.slow
@pytest.mark.parametrize(
    "part",
    [
        "guichet.config.wsgi",
        "guichet.config.asgi",
        "guichet.config.worker",
        "guichet.config.eid",
        "guichet.config.sftp",
        "postgres",
    ],
)
def test_the_death_of_a_part_stops_the_rest_and_says_which(
    start: Callable[[], Run], part: str
) -> None:
    run = start()
    run.await_ready()
    word = "/postgres -D" if part == "postgres" else part
    os.kill(run.one(word), signal.SIGKILL)
    assert run.process.wait(60) == 1
    assert "died" in run.said()
    run.assert_nothing_stays()


@pytest.mark.slow
def test_a_killed_supervisor_takes_everything_with_it_and_the_next_run_starts(
    start: Callable[[], Run],
) -> None:
    run = start()
    run.await_ready()
    run.process.kill()
    run.process.wait(10)
    # A worker that was just opening its connections waits for them; its own watch ends it.
    deadline = time.monotonic() + 30
    while run.processes() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert run.processes() == {}
    again = start()
    again.await_ready()


def _environment(tmp_path: Path, **settings: str) -> Environment:
    return Environment.read({"GUICHET_VAR": str(tmp_path), **settings})


def test_a_port_in_use_is_refused_before_anything_starts(
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(supervisor, "listen", lambda: None)  # the test keeps its own signals
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert supervisor.run(_environment(tmp_path, GUICHET_PORT=str(port))) == 1
    assert f"port {port} cannot be used" in capfd.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["run.lock"]


def test_the_lock_of_a_folder_is_held_by_one_run(
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(supervisor, "listen", lambda: None)
    with (tmp_path / "run.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert supervisor.run(_environment(tmp_path)) == 1
    assert "runs already" in capfd.readouterr().err


def test_a_service_without_its_database_says_so(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="does not answer"):
        supervisor.serve(_environment(tmp_path))
