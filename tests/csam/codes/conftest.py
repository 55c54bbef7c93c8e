"""Digests that cost next to nothing."""

from typing import Any

import pytest


@pytest.fixture(autouse=True)
def cheap_digests(settings: Any) -> None:
    """The work of a digest is not what these tests are about."""
    from tests.csam.codes.holders import CHEAP

    settings.CSAM_ARGON2_COST = CHEAP
