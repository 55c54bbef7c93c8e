"""The firm, the office with its people, and a clock that stands still."""

import pytest

from tests.documents.conftest import seal_folder, sealed_by_us
from tests.eservices.temporary_unemployment.conftest import firm

__all__ = ["firm", "seal_folder", "sealed_by_us"]


@pytest.fixture
def office(firm: None) -> None:
    """Officers of Liège and of Mons."""
    from tests.eservices.temporary_unemployment.office import desk

    desk.furnish()
