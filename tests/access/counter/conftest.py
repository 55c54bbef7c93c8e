"""The portal's small world, for the tests of the public face."""

from tests.portal.conftest import at_this_moment, clerk, someone, worker, world
from tests.portal.visits import filled, visit

__all__ = ["at_this_moment", "clerk", "filled", "someone", "visit", "worker", "world"]
