"""The portal's small world, for the tests of access management."""

from tests.portal.conftest import at_this_moment, clerk, someone, worker, world  # noqa: F401
from tests.portal.visits import filled, visit  # noqa: F401  # fixtures
