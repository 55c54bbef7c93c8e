"""Two enterprises, each with a manager of channels.

Django is set up after this file is read, so its modules are imported inside the fixtures.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.portal.visits import filled, visit  # noqa: F401  # fixtures

if TYPE_CHECKING:
    from django.test import Client

    from tests.portal.world import World


@pytest.fixture
def world(db: None) -> World:
    """The clerk manages the channels of E1 and E3; the services' other people do not."""
    from django.db import transaction

    from guichet.access.rights import give_right
    from guichet.demo import fixtures
    from guichet.platform import clock
    from tests.portal import world as worlds

    now = clock.now()
    built = worlds.build(today=clock.today(now), now=now)
    with transaction.atomic():
        for enterprise in (fixtures.E1, fixtures.E3):
            give_right(
                niss=worlds.CLERK,
                enterprise_number=enterprise,
                service="chaman",
                first_day=clock.today(now) - timedelta(days=30),
                actor=worlds.ACTOR,
                now=now,
            )
        give_right(
            niss=worlds.STAFF[1].niss,
            enterprise_number=fixtures.E1,
            service="presence",
            first_day=clock.today(now) - timedelta(days=30),
            actor=worlds.ACTOR,
            now=now,
        )
    return built


@pytest.fixture
def manager(world: World) -> Client:
    """Manages the channels of E1."""
    from guichet.demo import fixtures
    from tests.portal.browsing import signed_in
    from tests.portal.world import CLERK

    return signed_in(CLERK, fixtures.E1)


@pytest.fixture
def stranger(world: World) -> Client:
    """Manages the channels of E3."""
    from guichet.demo import fixtures
    from tests.portal.browsing import signed_in
    from tests.portal.world import CLERK

    return signed_in(CLERK, fixtures.E3)


@pytest.fixture
def colleague(world: World) -> Client:
    """Acts for E1, without the right of channels."""
    from guichet.demo import fixtures
    from tests.portal.browsing import signed_in
    from tests.portal.world import STAFF

    return signed_in(STAFF[1].niss, fixtures.E1)


@pytest.fixture
def worker(world: World) -> Client:
    """Acts for nobody."""
    from tests.portal.browsing import signed_in
    from tests.portal.world import STAFF

    return signed_in(STAFF[0].niss)
