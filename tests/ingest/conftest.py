"""The ingest in this process, at a real database, with a clock that the test sets."""

import secrets
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from guichet.access.keys import ensure_keys
from tests import database
from tests.ingest.door import Door, opened


@pytest.fixture(scope="session")
def ingest_dsn(database_url: str, worker_id: str) -> Iterator[str]:
    """A database for the ingest tests of this worker: what they store is committed."""
    name = f"guichet_ingest_{worker_id}"
    yield database.recreate(database_url, name)
    database.drop(database_url, name)


@pytest.fixture(scope="session")
def signing_keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The keys that sign the tokens of these tests."""
    path = tmp_path_factory.mktemp("keys") / "oauth-keys.json"
    ensure_keys(path)
    return path


@pytest.fixture
async def door(ingest_dsn: str, signing_keys: Path) -> AsyncIterator[Door]:
    """A started ingest; its own channel number keeps its acts apart from other tests'."""
    async with opened(dsn=ingest_dsn, keys=signing_keys, channel=secrets.randbelow(2**31)) as door:
        yield door
