"""The firm of the pages exists since long before the clock of the tests."""

from datetime import UTC, datetime

import pytest

LONG_AGO = datetime(2021, 1, 4, 10, 0, tzinfo=UTC)


@pytest.fixture
def firm(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """A firm with workers, at the moment of the tests."""
    from guichet.platform import clock
    from tests.eservices.temporary_unemployment import world

    world.build(LONG_AGO)
    monkeypatch.setattr(clock, "now", lambda: world.NOW)
