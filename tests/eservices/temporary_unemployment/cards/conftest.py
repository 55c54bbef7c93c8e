"""The registers of a building firm and its workers, a seal, and a clock that stands still."""

import pytest

from tests.documents.conftest import seal_folder, sealed_by_us

__all__ = ["seal_folder", "sealed_by_us"]


@pytest.fixture
def site(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Everybody of the world of cards, at its moment."""
    from guichet.platform import clock
    from tests.eservices.temporary_unemployment.cards import world

    world.build()
    monkeypatch.setattr(clock, "now", lambda: world.NOW)
