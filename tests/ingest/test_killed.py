"""Processes that are killed under load: what was acknowledged is there, exactly once."""

import asyncio
import json
import os
import shutil
import signal
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from guichet.access import tokens
from guichet.access.keys import current_keys
from guichet.access.permissions import ENTERPRISE, full_scopes
from guichet.platform import clock
from guichet.platform.embedded import TEST_CONFIGURATION, Embedded
from tests import database
from tests.ingest.door import E1, REGISTER, Door, item, lot, opened
from tests.live import Live, made

pytestmark = pytest.mark.slow

CLIENTS = 8
# As the tests' server, but a commit reaches the kernel before it is acknowledged: what a killed
# process can lose is then what a killed machine could lose without fsync, and nothing more.
COMMITTING = {**TEST_CONFIGURATION, "synchronous_commit": "on"}


@dataclass
class Load:
    """Clients that register one act after another and remember what was acknowledged."""

    services: str
    token: str
    acknowledged: list[int] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    lost_calls: int = 0
    ending: threading.Event = field(default_factory=threading.Event)
    threads: list[threading.Thread] = field(default_factory=list)

    def start(self) -> None:
        self.threads = [threading.Thread(target=self._client) for _ in range(CLIENTS)]
        for thread in self.threads:
            thread.start()

    def stop(self) -> None:
        self.ending.set()
        for thread in self.threads:
            thread.join(60)
        assert not any(thread.is_alive() for thread in self.threads)

    def await_acknowledged(self, count: int) -> None:
        """Until so many more acts were acknowledged."""
        wanted, deadline = len(self.acknowledged) + count, time.monotonic() + 60
        while len(self.acknowledged) < wanted:
            assert time.monotonic() < deadline, "no acts are acknowledged"
            time.sleep(0.01)

    def _client(self) -> None:
        place = urlsplit(self.services)
        with closing(HTTPConnection(place.hostname or "", place.port, timeout=40)) as connection:
            self._register(connection)

    def _register(self, connection: HTTPConnection) -> None:
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        while not self.ending.is_set():
            body = lot(item(registrationDate=clock.now().isoformat()))
            try:
                connection.request("POST", REGISTER, body, headers)
                answer = connection.getresponse()
                content = answer.read()
            except (OSError, HTTPException):
                connection.close()
                self.lost_calls += 1
                time.sleep(0.02)
                continue
            self.statuses[answer.status] += 1
            if answer.status == 200:
                [entry] = json.loads(content)
                self.acknowledged.append(entry["createdPresenceRegistration"]["id"])


def loading(live: Live) -> Load:
    environment = live.environment
    token = tokens.issue(
        client_id="load",
        channel=7,
        enterprise_number=E1,
        certificate="ab" * 32,
        scopes=full_scopes((ENTERPRISE,)),
        keys=current_keys(environment.oauth_keys),
        issuer=environment.issuer,
        audience=environment.presence_audience,
        now=clock.now().timestamp(),
    )
    return Load(live.services, token.text)


def assert_exactly_once(dsn: str, load: Load) -> None:
    with psycopg.connect(dsn) as connection:
        stored = Counter(
            receipt for (receipt,) in connection.execute("SELECT receipt FROM presence_act")
        )
    assert len(load.acknowledged) == len(set(load.acknowledged))
    assert [receipt for receipt in load.acknowledged if stored[receipt] != 1] == []
    assert [receipt for receipt, times in stored.items() if times != 1] == []


@pytest.fixture
def own_live(database_url: str, worker_id: str, tmp_path: Path) -> Iterator[Live]:
    """Services of this test alone, without a portal; the test starts them."""
    name = f"guichet_killed_{worker_id}"
    live = made(url=database_url, name=name, folder=tmp_path)
    try:
        yield live
    finally:
        live.stop_all()
        database.drop(database_url, name)


def test_a_killed_ingest_has_stored_what_it_acknowledged(own_live: Live) -> None:
    own_live.start("services")
    load = loading(own_live)
    load.start()
    load.await_acknowledged(200)
    own_live.stop("services", signal.SIGKILL)
    own_live.start("services")
    load.await_acknowledged(200)
    load.stop()

    assert load.lost_calls > 0
    assert_exactly_once(own_live.dsn, load)


def test_a_stopped_ingest_answers_what_it_took(own_live: Live) -> None:
    own_live.start("services")
    load = loading(own_live)
    load.start()
    load.await_acknowledged(200)
    own_live.stop("services", signal.SIGTERM)
    load.stop()

    with psycopg.connect(own_live.dsn) as connection:
        stored = connection.execute("SELECT receipt FROM presence_act").fetchall()
    assert sorted(receipt for (receipt,) in stored) == sorted(load.acknowledged)


@pytest.fixture
def own_server(database_url: str) -> Iterator[Embedded]:
    """A PostgreSQL that may be killed, with a copy of the migrated schema."""
    folder = Path(tempfile.mkdtemp(prefix="guichet-killed-"))
    folder.chmod(0o755)  # as root it runs under another account
    server = Embedded(var=folder / "var")
    server.start(settings=COMMITTING)
    try:
        yield server
    finally:
        server.stop()
        shutil.rmtree(server.home, ignore_errors=True)
        shutil.rmtree(folder, ignore_errors=True)


def kill(server: Embedded) -> None:
    """As the machine would: the postmaster and all its children at once."""
    pid = int((server.data / "postmaster.pid").read_text().splitlines()[0])
    os.killpg(pid, signal.SIGKILL)
    deadline = time.monotonic() + 30
    while server.is_alive():  # asking reaps it: PostgreSQL takes a dead child for a living one
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_a_killed_postgresql_loses_and_doubles_nothing(
    own_server: Embedded, tmp_path: Path
) -> None:
    """The callers just wait: the ingest connects again and sends what it holds again."""
    live = made(url=own_server.url("postgres"), name="killed", folder=tmp_path)
    try:
        live.start("services")
        load = loading(live)
        load.start()
        for _ in range(2):
            load.await_acknowledged(200)
            kill(own_server)
            own_server.start(settings=COMMITTING)
        load.await_acknowledged(200)
        load.stop()
    finally:
        live.stop_all()

    assert load.statuses.keys() == {200}
    assert load.lost_calls == 0
    assert_exactly_once(live.dsn, load)


async def test_while_postgresql_is_away_too_long_callers_get_503_and_the_health_is_down(
    own_server: Embedded, signing_keys: Path
) -> None:
    dsn = database.recreate(own_server.url("postgres"), "away")
    async with opened(dsn=dsn, keys=signing_keys, channel=7, patience=1.0) as door:
        await door.created()
        await asyncio.to_thread(own_server.stop)
        refused = await door.register(item())
        keyed = await door.register(item(), idempotency_key="k")
        health = await door.call("GET", "/health")
        await asyncio.to_thread(_start, own_server)
        await _until_created(door)
        up = await door.call("GET", "/health")
        door.eye = None  # its connection died with the server

        assert (refused.status, keyed.status) == (503, 503)
        assert refused.headers["retry-after"] == "2"
        assert (health.status, health.json) == (503, {"status": "DOWN"})
        assert (up.status, up.json) == (200, {"status": "UP"})
        assert len(door.stored()) >= 2


def _start(server: Embedded) -> None:
    server.start(settings=COMMITTING)


async def _until_created(door: Door) -> None:
    deadline = time.monotonic() + 30
    while (await door.register(item())).status != 200:
        assert time.monotonic() < deadline
        await asyncio.sleep(0.05)
