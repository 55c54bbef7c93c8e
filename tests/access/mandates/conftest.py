"""An employer with a director, two providers of social services, and a stranger to them all.

Django is set up after this file is read, so its modules are imported inside the fixtures.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.portal.conftest import at_this_moment, someone, world  # noqa: F401
from tests.portal.visits import filled, visit  # noqa: F401  # fixtures

if TYPE_CHECKING:
    from tests.portal.world import World


@pytest.fixture
def parties(world: World) -> World:  # noqa: F811  # the fixture of this name
    """The parties stand; each director manages the access of his enterprise."""
    from tests.access.mandates.parties import build

    build()
    return world
