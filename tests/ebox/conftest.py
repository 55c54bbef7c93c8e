"""The portal's small world with an institution that publishes and boxes that are open.

Django is set up after this file is read, so its modules are imported inside the fixtures.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.documents.conftest import seal_folder, sealed_by_us
from tests.portal.conftest import at_this_moment, someone, world
from tests.portal.visits import filled, visit

if TYPE_CHECKING:
    from tests.portal.world import World

__all__ = ["at_this_moment", "filled", "seal_folder", "sealed_by_us", "someone", "visit", "world"]


@pytest.fixture
def post_office(world: World) -> World:  # the fixture of this name
    """A sender is connected; the boxes of W1, of W2 and of two enterprises are open."""
    from tests.ebox import boxes

    boxes.build()
    return world
