"""Every page, by a program: light, dark, forced colours, a narrow screen."""

from dataclasses import asdict

import pytest

from tests.browser import LOOKS, faults, fits
from tests.portal.visits import Told, Visit

pytestmark = [pytest.mark.browser, pytest.mark.slow]
STAFF = "/presence/staff/"
PAGES = (
    (None, "/"),
    (None, "/help/"),
    (None, "/glossary/"),
    (None, "/accessibility/"),
    (None, "/privacy/"),
    (None, "/services/"),
    (None, "/services/temporary-unemployment/"),
    (None, "/services/presence/"),
    (None, "/register/"),
    (None, "/contact/"),
    (None, "/contact/asked/26Q-0000000-0N-Z/"),
    ("clerk", "/"),
    ("clerk", "/services/dimona/"),
    ("clerk", "/contact/"),
    ("clerk", "/contact/mine/"),
    ("clerk", "/dates/"),
    ("clerk", STAFF + "?day={day}"),
    ("clerk", STAFF + "?day={day}&scope=sites"),
    ("clerk", STAFF + "on-site/"),
    ("clerk", STAFF + "registrations/?first={day}&last={day}&remark=any"),
    ("clerk", STAFF + "registrations/?first=2024-05-01&last=2024-05-02"),
    ("clerk", STAFF + "registrations/{receipt}/"),
    ("clerk", STAFF + "hours/?first={day}&last={day}"),
    ("clerk", "/presence/limosa/"),
    ("clerk", "/dimona/"),
    ("clerk", "/dimona/?committee=302"),
    ("clerk", "/dimona/periods/{period}/"),
    ("clerk", "/dimona/periods/{period}/change/"),
    ("clerk", "/dimona/periods/{period}/cancel/"),
    ("clerk", "/dimona/declare/"),
    ("clerk", "/dimona/files/"),
    ("clerk", "/dimona/emergency/"),
    ("worker", "/"),
    ("worker", "/presence/clock/?site=1Y103CF8203SZ"),
    ("worker", "/presence/clock/?choose=1"),
    ("worker", "/presence/clock/?site=1Y1ZZZZZZZZZZ"),
    ("worker", "/presence/my-registrations/"),
    ("worker", "/who-consulted-my-data/"),
    ("worker", "/interim/"),
    ("worker", "/interim/{year}/{month}/"),
    ("worker", "/interim/list/"),
    ("worker", "/interim/list/?words=zebra"),
    ("worker", "/interim/feed/"),
    ("worker", "/interim/export/"),
    ("worker", "/ebox/"),
    ("worker", "/ebox/activation/"),
    ("worker", "/documents/"),
    (None, "/verify/"),
    ("agent", "/"),
    ("agent", "/desk/questions/"),
    ("agent", "/desk/announcements/new/"),
    ("agent", "/desk/emergency/"),
    ("agent", "/desk/identification/"),
    ("agent", "/desk/identification/{request}/"),
    ("agent", "/desk/enterprises/"),
    ("agent", "/desk/enterprises/new/"),
    ("agent", "/desk/enterprises/{foreign}/"),
    ("agent", "/desk/periods/"),
    ("agent", "/inspection/"),
    ("agent", "/inspection/purpose/"),
    ("agent", "/inspection/search/"),
    ("agent", "/inspection/looks/"),
)
REFUSED = (
    ("clerk", STAFF + "registrations/?first={day}&last=2024-05-02"),
    ("worker", "/presence/my-registrations/?first=x"),
    ("clerk", "/dimona/?first=x"),
)


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize(("who", "place"), PAGES + REFUSED)
def test_a_page_has_no_fault_that_a_program_finds(
    visit: Visit, filled: Told, who: str | None, place: str, look: str
) -> None:
    page = visit(who, **LOOKS[look])

    page.goto(_place(place, filled))

    assert faults(page) == []
    assert fits(page)


@pytest.mark.parametrize("language", ["fr-BE", "nl-BE", "de-BE"])
@pytest.mark.parametrize(("who", "place"), PAGES)
def test_a_page_fits_a_narrow_screen_in_every_language(
    visit: Visit, filled: Told, who: str | None, place: str, language: str
) -> None:
    page = visit(who, locale=language, viewport={"width": 320, "height": 800})

    page.goto(_place(place, filled))

    assert page.locator("html").get_attribute("lang") == language[:2]
    assert fits(page)


def _place(place: str, filled: Told) -> str:
    year, month, _ = filled.day.split("-")
    return place.format(**asdict(filled), year=year, month=int(month))
