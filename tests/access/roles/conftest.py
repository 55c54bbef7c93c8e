"""The portal's small world, for the tests of sign-in and sessions."""

from tests.portal.conftest import at_this_moment, clerk, someone, worker, world  # noqa: F401
