"""Two people who attach files to the trial form."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from guichet.documents.attachments.operations import Owner
    from tests.portal.world import World


@pytest.fixture
def karim(world: World) -> Owner:
    """For himself."""
    from guichet.demo import fixtures

    return _owner(fixtures.W1)


@pytest.fixture
def ewa(world: World) -> Owner:
    """For herself."""
    from tests.portal.world import STAFF

    return _owner(STAFF[0].niss)


def _owner(niss: str) -> Owner:
    from guichet.documents.attachments.operations import Owner
    from guichet.registers.persons.models import Person

    return Owner(Person.objects.get(niss=niss).pk, niss)
