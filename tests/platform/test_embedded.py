"""The embedded PostgreSQL: started, killed, recovered, stopped, for real."""

import os
import shutil
import signal
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from guichet.platform.embedded import (
    TEST_CONFIGURATION,
    Embedded,
    NotStarted,
    found_binaries,
    url,
)

DURABLE = TEST_CONFIGURATION | {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}


@pytest.fixture
def var() -> Iterator[Path]:
    # Not tmp_path: as root the server runs under an account that cannot enter its parents.
    folder = Path(tempfile.mkdtemp(prefix="guichet-embedded-"))
    folder.chmod(0o755)
    yield folder / "var"
    shutil.rmtree(folder)


def _made(var: Path) -> Embedded:
    binaries = os.environ.get("GUICHET_TEST_PG_BIN")
    return Embedded(var=var, binaries=Path(binaries) if binaries else None)


@pytest.mark.slow
def test_committed_rows_survive_a_killed_server_and_a_second_start_finds_the_first(
    var: Path,
) -> None:
    server = _made(var)
    try:
        assert server.start(settings=DURABLE)
        server.ensure_database()
        server.ensure_database()
        assert not _made(var).start(), "somebody else's server was started again"
        with psycopg.connect(server.url()) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 7 AS number")
        child = server._child
        assert child is not None
        child.send_signal(signal.SIGKILL)
        child.wait(10)
        assert server.has_died()
        assert server.start(settings=DURABLE)
        with psycopg.connect(server.url()) as connection:
            assert connection.execute("SELECT number FROM kept").fetchall() == [(7,)]
    finally:
        server.stop()
    assert not server.is_ready()
    assert not server.socket.exists(), "the folder of the socket stayed behind"


@pytest.mark.slow
def test_an_initdb_cut_short_is_made_again(var: Path) -> None:
    server = _made(var)
    (server.home / "postgres.new" / "base").mkdir(parents=True)
    try:
        assert server.start(settings=TEST_CONFIGURATION)
    finally:
        server.stop()
    assert not (server.home / "postgres.new").exists()


@pytest.mark.slow
def test_nobody_else_may_open_the_socket_or_the_data(var: Path) -> None:
    server = _made(var)
    try:
        server.start(settings=TEST_CONFIGURATION)
        for folder in (server.socket, server.data):
            assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        with psycopg.connect(server.url("postgres")) as connection:
            row = connection.execute("SHOW listen_addresses").fetchone()
        assert row == ("",), "it listens on a port as well"
    finally:
        server.stop()


def test_a_strangers_socket_folder_is_refused(var: Path) -> None:
    server = _made(var)
    var.mkdir()
    server.socket.symlink_to(var)
    try:
        with pytest.raises(NotStarted, match="somebody else"):
            server.start()
    finally:
        server.socket.unlink()


def test_data_of_another_version_is_refused_with_the_way_out(var: Path) -> None:
    server = _made(var)
    server.data.mkdir(parents=True)
    (server.data / "PG_VERSION").write_text("11\n")
    try:
        with pytest.raises(NotStarted, match="GUICHET_PG_BIN"):
            server.start()
    finally:
        server.socket.rmdir()


def test_a_folder_without_postgresql_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(NotStarted, match=str(tmp_path)):
        found_binaries(tmp_path)


def test_the_address_depends_on_the_var_folder_only(tmp_path: Path) -> None:
    assert url(var=tmp_path) == url(var=tmp_path / "x" / "..")
    assert url(var=tmp_path) != url(var=tmp_path / "x")
