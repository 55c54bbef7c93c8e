"""The eid role in a process of its own: started, asked, told to stop."""

import signal
import socket
import ssl
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from guichet.config.supervisor import is_ready
from tests.live import Live, made


@pytest.fixture
def alone(database_url: str, django_db_setup: None, worker_id: str) -> Live:
    """A Live of which nothing runs yet."""
    folder = Path(tempfile.mkdtemp(prefix="guichet-eid-"))
    return made(url=database_url, name=f"guichet_eid_{worker_id}", folder=folder)


@pytest.mark.slow
def test_the_role_answers_over_tls_and_sends_on_with_a_ticket(alone: Live) -> None:
    alone.start("eid")
    try:
        assert is_ready(alone.environment, "eid")
        place = _location(alone, "/sign-in?login=abcdefghijklmnop")
        assert place.startswith(f"{alone.csam}/eid/ticket/")
    finally:
        alone.stop_all()


@pytest.mark.slow
def test_what_has_begun_is_answered_when_the_role_is_told_to_stop(alone: Live) -> None:
    alone.start("eid")
    with _connected(alone) as begun:
        alone._children["eid"].send_signal(signal.SIGTERM)
        begun.sendall(b"GET /health HTTP/1.1\r\n\r\n")
        assert begun.recv(12) == b"HTTP/1.1 200"
    assert alone._children["eid"].wait(10) == 0


@pytest.mark.slow
def test_a_trust_store_without_a_root_stops_the_start_in_one_sentence(
    alone: Live, tmp_path: Path
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "guichet.config.eid"],
        env=alone.variables | {"GUICHET_ROLE": "eid", "GUICHET_EID_TRUST": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr == f"GUICHET_EID_TRUST: there is no root certificate in {tmp_path}.\n"


def _connected(live: Live) -> ssl.SSLSocket:
    authority = live.var / "secrets/eid/server/authority.pem"
    context = ssl.create_default_context(cafile=str(authority))
    sock = socket.create_connection(("127.0.0.1", urlsplit(live.eid).port or 0), timeout=10)
    return context.wrap_socket(sock, server_hostname="eid.localhost")


def _location(live: Live, path: str) -> str:
    with _connected(live) as wire:
        wire.sendall(f"GET {path} HTTP/1.1\r\nHost: eid.localhost\r\n\r\n".encode())
        head = b""
        while piece := wire.recv(4096):
            head += piece
    lines = head.decode().split("\r\n")
    return next(line.removeprefix("Location: ") for line in lines if line.startswith("Location"))
