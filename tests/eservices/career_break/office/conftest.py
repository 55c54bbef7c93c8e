"""The firm, its workers and the office, at a moment that stands still."""

import pytest


@pytest.fixture
def office(firm: None) -> None:
    """Officers of Mons and of Liège."""
    from tests.eservices.career_break.office import desk

    desk.furnish()


@pytest.fixture
def sender(office: None) -> None:
    """The office sends by e-Box; Luc opened his."""
    from tests.eservices.career_break.office import desk

    desk.connect()
