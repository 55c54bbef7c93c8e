"""The portal's small world, for the tests of the public face."""

import pytest

from tests.portal.conftest import at_this_moment, clerk, someone, worker, world
from tests.portal.visits import filled, visit

__all__ = ["at_this_moment", "clerk", "filled", "someone", "visit", "worker", "world"]


@pytest.fixture
def board() -> None:
    """What is announced is read, as in a process that has just begun."""
    from guichet.access.counter import board

    board.forget()
