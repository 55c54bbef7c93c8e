"""The token endpoint in a real server: real bodies, real processes, a real revocation."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from tests.access.machine import (
    ENTERPRISE,
    TOKEN_PATH,
    Machine,
    certificate,
    ec_key,
    form,
    pem,
)
from tests.live import Live

pytestmark = pytest.mark.slow

REMARKS = "/REST/presenceRegistration/v1/refData/remarks"


def channel(live: Live, *arguments: str) -> Any:
    """``guichet channel … --json`` beside the running server."""
    done = subprocess.run(
        [sys.executable, "-m", "django", "channel", *arguments, "--json"],
        env=live.variables,
        cwd=live.var,
        check=True,
        capture_output=True,
        text=True,
    )
    return json.loads(done.stdout)


@pytest.fixture
def registered(live: Live, tmp_path: Path) -> Machine:
    made, file = certificate(ec_key()), tmp_path / "certificate.pem"
    file.write_bytes(pem(made))
    answer = channel(live, "create", "--enterprise", ENTERPRISE, "--certificate", str(file))
    return Machine(client_id=answer["clientId"], key=ec_key(), certificate=made)


def ask(live: Live, machine: Machine) -> requests.Response:
    url = live.services + TOKEN_PATH
    return requests.post(url, data=form(machine.assertion(audience=url)), timeout=20)


def consult(live: Live, token: str) -> int:
    headers = {"Authorization": f"Bearer {token}"}
    return requests.get(live.services + REMARKS, headers=headers, timeout=20).status_code


def until_refused(live: Live, token: str) -> Iterator[int]:
    """The answers to a caller whose channel was suspended, up to the first refusal."""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        yield (status := consult(live, token))
        if status != 200:
            return
        time.sleep(0.02)


def test_a_suspension_reaches_the_running_server(live: Live, registered: Machine) -> None:
    answer = ask(live, registered)
    assert answer.status_code == 200, answer.text
    token = answer.json()["access_token"]
    assert consult(live, token) == 200

    channel(live, "revoke", registered.client_id)

    assert list(until_refused(live, token))[-1] == 401
    assert ask(live, registered).json()["error"] == "invalid_client"


def test_bodies_that_nobody_should_send_are_invalid_request(live: Live) -> None:
    url, kind = live.services + TOKEN_PATH, {"Content-Type": "application/x-www-form-urlencoded"}

    def chunks() -> Iterator[bytes]:
        for _ in range(40):
            yield b"x" * 1000

    for body in (b"grant_type=" + b"x" * 5_000_000, chunks(), b"\x00" * 100, b"%" * 100):
        answer = requests.post(url, data=body, headers=kind, timeout=20)
        assert answer.status_code == 400
        assert answer.json()["error"] in {"invalid_request", "unsupported_grant_type"}
        assert answer.headers["BelGov-Trace-Id"]
