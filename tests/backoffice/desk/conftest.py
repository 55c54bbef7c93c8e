"""What is announced."""

import pytest


@pytest.fixture
def board() -> None:
    """What is announced is read, as in a process that has just begun."""
    from guichet.access.counter import board

    board.forget()
