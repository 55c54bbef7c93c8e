"""The whole counter for tests that sign in: portal, provider and card reader, with people.

Portal and provider have different host names, as in reality: no cookie of one reaches the other,
and a passkey has a name to belong to.
"""

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pyotp
import pytest
from playwright.sync_api import Browser

from guichet.platform import clock
from tests import database, leaks
from tests.browser import Window
from tests.database import REPOSITORY
from tests.live import Live, made


@dataclass(frozen=True)
class Counter:
    """A running counter, and what the filling of its world told."""

    live: Live
    told: dict[str, Any]

    def mailed(self, address: str) -> str:
        """The code in the last mail to this address."""
        with psycopg.connect(self.live.dsn) as connection:
            row = connection.execute(
                "SELECT body FROM platform_dispatch WHERE kind = 'mail' AND recipient = %s"
                " ORDER BY id DESC LIMIT 1",
                [address],
            ).fetchone()
        assert row is not None, f"nothing was sent to {address}"
        [code] = re.findall(r"\b\d{8}\b", row[0])
        return str(code)

    def app_code(self, who: str) -> str:
        """What the app of one of the people shows now; it is good once."""
        return pyotp.TOTP(self.told[who]["secret"]).at(int(clock.now().timestamp()))


@pytest.fixture(scope="session")
def counter(
    worker_id: str, database_url: str, django_db_setup: None, pytestconfig: pytest.Config
) -> Iterator[Counter]:
    """Shared by the tests of this worker; each takes people of its own from the world."""
    name = f"guichet_counter_{worker_id}"
    with tempfile.TemporaryDirectory(prefix="guichet-counter-") as folder:
        live = made(url=database_url, name=name, folder=Path(folder))
        live.csam = live.csam.replace("127.0.0.1", "localhost")
        live.variables["GUICHET_CSAM_URL"] = live.csam
        try:
            told = _filled(live)
            for role in ("portal", "csam", "eid"):
                live.start(role)
            yield Counter(live, told)
        finally:
            live.stop_all()
            leaks.look_at_file(pytestconfig, live.log)
            database.drop(database_url, name)


@pytest.fixture
def at_counter(browser: Browser, counter: Counter) -> Iterator[Window]:
    """Pages that may talk to this counter only."""
    window = Window(browser, counter.live)
    yield window
    window.close()
    assert window.complaints == []


def guichet(live: Live, *words: str) -> Any:
    """What a command of ``guichet`` prints as JSON, run beside the counter."""
    return run(live, "guichet.config.command", *words)


def _filled(live: Live) -> dict[str, Any]:
    told: dict[str, Any] = run(live, "tests.counter_world", GUICHET_ROLE="csam")
    return told


def run(live: Live, module: str, *words: str, **variables: str) -> Any:
    """What a module of ours prints as JSON, run beside the counter as a program."""
    path = f"{live.variables['PYTHONPATH']}:{REPOSITORY}"
    done = subprocess.run(
        [sys.executable, "-m", module, *words],
        env=live.variables | {"PYTHONPATH": path} | variables,
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])
