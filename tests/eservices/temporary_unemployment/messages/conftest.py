"""A firm that sends files, with a seal for what goes back."""

import pytest


@pytest.fixture
def sending(firm: None, sealed_by_us: object) -> None:
    """The firm of the tests with its sender number and its technical user."""
    from tests.eservices.temporary_unemployment.messages import house

    house.build()
