"""A folder with a seal of its own, and the small enterprise of the portal's tests."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.portal.conftest import at_this_moment, clerk, someone, worker, world  # noqa: F401
from tests.portal.visits import filled, visit  # noqa: F401

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def seal_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The seal of a simulation, made once for each worker."""
    from guichet.documents.seal_key import ensure_seal
    from tests.portal.browsing import NOW

    folder = tmp_path_factory.mktemp("secrets") / "seal"
    ensure_seal(folder, now=NOW)
    return folder


@pytest.fixture(autouse=True)
def sealed_by_us(seal_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Documents are sealed with that seal."""
    from django.conf import settings

    environment = replace(settings.ENVIRONMENT, seal=seal_folder)
    monkeypatch.setattr(settings, "ENVIRONMENT", environment)
