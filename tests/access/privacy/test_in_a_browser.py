"""The pages of one's own data: no fault that a program finds, no sideways scroll."""

from typing import Any

import pytest

from tests.browser import LOOKS, faults, fits
from tests.portal.visits import Visit

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PLACES = (
    "/who-consulted-my-data/",
    "/who-consulted-my-data/?first=2026-11-20&last=2026-11-10",
    "/privacy/my-data/",
    "/terms/",
    "/terms/?for=enterprise",
)


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("place", PLACES)
def test_a_page_has_no_fault_that_a_program_finds(visit: Visit, place: str, look: str) -> None:
    page = visit("worker", **LOOKS[look])

    page.goto(place)

    assert faults(page) == []
    assert fits(page)


@pytest.mark.parametrize("language", ["fr-BE", "nl-BE", "de-BE"])
def test_the_pages_fit_a_narrow_screen_in_every_language(visit: Visit, language: str) -> None:
    options: dict[str, Any] = {"locale": language, "viewport": {"width": 320, "height": 800}}
    page = visit("worker", **options)

    for place in PLACES:
        page.goto(place)
        assert fits(page)
