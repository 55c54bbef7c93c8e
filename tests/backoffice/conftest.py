"""The portal's small world with two institutions: E1 where Sofie works, E3 where Ewa does."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.portal.conftest import at_this_moment, clerk, someone, worker, world
from tests.portal.visits import filled, visit

if TYPE_CHECKING:
    from django.test import Client

    from tests.portal.world import World

__all__ = ["at_this_moment", "clerk", "filled", "someone", "visit", "worker", "world"]


def _with_the_right(niss: str, enterprise: str, quality: str, desk: str) -> None:
    from django.db import transaction

    from guichet.access.rights import give_right
    from guichet.platform import clock
    from tests.portal.browsing import NOW
    from tests.portal.world import ACTOR

    with transaction.atomic():
        give_right(
            niss=niss, enterprise_number=enterprise, service=desk, quality=quality,
            first_day=clock.today(NOW), actor=ACTOR, now=NOW,
        )  # fmt: skip


def _desk(request: pytest.FixtureRequest) -> str:
    """The desk that the tests of a module are about: its DESK."""
    return str(request.module.DESK)


@pytest.fixture
def agent(world: World, someone: Callable[..., Client], request: pytest.FixtureRequest) -> Client:
    """Sofie at the desk of E1."""
    from guichet.demo import fixtures
    from tests.portal.world import CLERK

    _with_the_right(CLERK, fixtures.E1, "public_body", _desk(request))
    return someone(CLERK, fixtures.E1, quality="public_body")


@pytest.fixture
def other_agent(
    world: World, someone: Callable[..., Client], request: pytest.FixtureRequest
) -> Client:
    """Ewa at the desk of E3."""
    from guichet.demo import fixtures
    from tests.portal.world import STAFF

    _with_the_right(STAFF[0].niss, fixtures.E3, "public_body", _desk(request))
    return someone(STAFF[0].niss, fixtures.E3, quality="public_body")


@pytest.fixture
def impostor(
    world: World, someone: Callable[..., Client], request: pytest.FixtureRequest
) -> Client:
    """Somebody with the right in the quality of employer: no institution."""
    from guichet.demo import fixtures
    from tests.portal.world import STAFF

    _with_the_right(STAFF[1].niss, fixtures.E1, "employer", _desk(request))
    return someone(STAFF[1].niss, fixtures.E1, quality="employer")
