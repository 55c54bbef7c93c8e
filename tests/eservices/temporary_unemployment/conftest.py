"""The registers of the firm, and a clock that stands still."""

import pytest

from tests.documents.conftest import seal_folder, sealed_by_us

__all__ = ["seal_folder", "sealed_by_us"]


@pytest.fixture
def firm(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """A firm with workers, at the moment of the tests."""
    from guichet.platform import clock
    from tests.eservices.temporary_unemployment import world

    world.build()
    monkeypatch.setattr(clock, "now", lambda: world.NOW)
