"""The benchmark is a program that people trust: it must run, count right and leave nothing."""

import json
import os
import random
import socket
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from guichet.config.bench import load as load_module
from guichet.config.bench import presence, world
from guichet.config.bench.load import LoadFailed, load
from guichet.kernel.enterprise import enterprise_check_holds
from guichet.kernel.niss import niss_check_holds
from guichet.kernel.works import is_well_formed
from tests import database

WANTED = (
    "ratio",
    "pgbenchTps",
    "actsPerSecond",
    "p99Ms",
    "bulkRatio",
    "bytesPerAct",
    "validationPerSecond",
    "cpuMicrosPerAct",
)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="reads what processes cost from /proc")
def test_the_quick_benchmark_prints_every_figure_and_leaves_nothing() -> None:
    command = [sys.executable, "-m", "guichet.config.command", "bench", "presence"]

    with tempfile.TemporaryDirectory(prefix="guichet-tests-") as folder:
        # Not under pytest's own folder: nobody but its owner may enter that one.
        Path(folder).chmod(0o755)
        done = subprocess.run(
            [*command, "--quick", "--json", "--folder", folder],
            env=database.python_environment(),
            capture_output=True,
            text=True,
            check=False,
            timeout=240,
        )
        left = list(Path(folder).iterdir())

    assert left == []
    assert done.returncode == 0, done.stderr
    figures = json.loads(done.stdout)
    assert list(figures)[: len(WANTED)] == list(WANTED)
    assert all(figures[name] > 0 for name in WANTED)
    [only] = figures["rounds"]
    assert figures["ratio"] == only["actsPerSecond128"] / only["pgbenchTps"]


def test_an_unknown_subject_is_not_understood(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        presence.main(["absence"])

    assert ended.value.code == 2
    assert "presence" in capsys.readouterr().err


def test_the_world_is_the_same_each_time_and_its_numbers_hold() -> None:
    known = world.world()

    assert known == world.world()
    assert len({each.ssin for each in known.workers}) == world.WORKERS
    assert all(niss_check_holds(each.ssin) for each in known.workers)
    assert all(map(enterprise_check_holds, known.employers))
    assert all(is_well_formed(each.reference) for each in known.sites)


def test_a_day_comes_in_the_order_of_receipt_and_is_mostly_whole() -> None:
    known = world.world()
    first = datetime(2026, 3, 2, 5, tzinfo=UTC)

    [acts] = world.days(known=known, first=first, count=1)

    assert [act.received_at for act in acts] == sorted(act.received_at for act in acts)
    by_worker = Counter(act.ssin for act in acts)
    assert sum(count == 4 for count in by_worker.values()) > 0.9 * world.WORKERS
    assert all(first <= act.occurred_at < first + timedelta(days=1) for act in acts)


def test_acts_of_just_now_are_young_enough_to_be_accepted() -> None:
    now = datetime(2026, 3, 2, 5, tzinfo=UTC)

    acts = list(world.just_now(known=world.world(), now=now, count=50, seed=1))

    assert all(now - timedelta(seconds=30) <= act.occurred_at <= now for act in acts)
    assert len({(act.ssin, act.occurred_at) for act in acts}) == 50


@pytest.fixture
def server() -> Iterator[tuple[int, list[bytes]]]:
    """A server of this test that answers 201, and 503 to a body that says so."""
    listener = socket.create_server(("127.0.0.1", 0))
    seen: list[bytes] = []

    def serve(peer: socket.socket) -> None:
        # A generator whose time is over hangs up in the middle.
        with suppress(OSError), peer, peer.makefile("rb") as stream:
            while line := stream.readline():
                head = [line]
                while (line := stream.readline()).strip():
                    head.append(line)
                length = next(
                    int(each.split(b":")[1])
                    for each in head
                    if each.lower().startswith(b"content-length")
                )
                body = stream.read(length)
                seen.append(body)
                status = b"503 Full" if body == b"full" else b"201 Created"
                # In two pieces: an answer need not come at once.
                peer.sendall(b"HTTP/1.1 " + status + b"\r\nContent-")
                peer.sendall(b"Length: 2\r\n\r\nOK")

    def accept() -> None:
        while True:
            try:
                peer, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=serve, args=[peer], daemon=True).start()

    thread = threading.Thread(target=accept, daemon=True)
    thread.start()
    yield listener.getsockname()[1], seen
    listener.shutdown(socket.SHUT_RDWR)
    listener.close()
    thread.join()


def _files(folder: Path, *bodies: str) -> dict[str, Path]:
    (folder / "bodies").write_text("\n".join(bodies) + "\n", "ascii")
    (folder / "tokens").write_text("one\ntwo\n", "ascii")
    return {"bodies": folder / "bodies", "tokens": folder / "tokens"}


@pytest.fixture
def _own_generator(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(load_module.shutil, "which", lambda _name: None)
    monkeypatch.setenv("PYTHONPATH", os.fspath(Path(presence.__file__).parents[3]))


@pytest.mark.usefixtures("_own_generator")
def test_our_own_generator_counts_what_was_answered(
    server: tuple[int, list[bytes]], tmp_path: Path
) -> None:
    port, seen = server
    bodies = [f"body-{random.Random(n).randrange(10**9)}" for n in range(5)]

    done = load(port=port, connections=3, seconds=1, **_files(tmp_path, *bodies))

    assert load_module.generator() == "own generator"
    assert 0 < done.calls <= len(seen)
    assert done.faults == 0
    assert 0 < done.p50 <= done.p99
    assert {each.decode() for each in seen} == set(bodies)


@pytest.mark.usefixtures("_own_generator")
def test_our_own_generator_counts_refusals_as_faults(
    server: tuple[int, list[bytes]], tmp_path: Path
) -> None:
    done = load(port=server[0], connections=2, seconds=1, **_files(tmp_path, "full"))

    assert done.faults == done.calls > 0


@pytest.mark.usefixtures("_own_generator")
def test_a_server_that_is_not_there_is_said_and_not_measured(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]

    with pytest.raises(LoadFailed, match="refused"):
        load(port=port, connections=1, seconds=1, **_files(tmp_path, "body"))
