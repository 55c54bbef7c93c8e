"""The browser tests visit a live portal with a filled world."""

from tests.portal.visits import filled, visit  # noqa: F401  # fixtures
