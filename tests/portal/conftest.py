"""The portal at twenty to four on a Tuesday, with a small enterprise in it.

Django is set up after this file is read, so its modules are imported inside the fixtures.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from django.test import Client

    from tests.portal.world import World


@pytest.fixture(autouse=True)
def at_this_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock of the pages stands still."""
    from guichet.platform import clock
    from tests.portal.browsing import NOW

    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def world(db: None) -> World:
    """Registers and rights, no acts."""
    from guichet.platform import clock
    from tests.portal import world as worlds
    from tests.portal.browsing import NOW

    return worlds.build(today=clock.today(NOW), now=NOW)


@pytest.fixture
def someone() -> Callable[..., Client]:
    """Sign in anybody of the world, in a browser of his own."""
    from tests.portal.browsing import signed_in

    return signed_in


@pytest.fixture
def clerk(world: World, someone: Callable[..., Client]) -> Client:
    """Sofie, who may consult the presences of E1 and acts for it."""
    from guichet.demo import fixtures
    from tests.portal.world import CLERK

    return someone(CLERK, fixtures.E1)


@pytest.fixture
def worker(world: World, someone: Callable[..., Client]) -> Client:
    """Karim, who cleans for E1."""
    from guichet.demo import fixtures

    return someone(fixtures.W1)
