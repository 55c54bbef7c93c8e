"""The menus of the services stay on one line on a desktop, in every language."""

import json
import subprocess
import sys
from typing import Final

import pytest

from tests.browser import Window, fits
from tests.database import REPOSITORY
from tests.live import Live
from tests.portal.visits import Told

pytestmark = [pytest.mark.browser, pytest.mark.slow]
LANGUAGES: Final = ("fr-BE", "nl-BE", "de-BE", "en-GB")
# Presence, Interim@Work, career break, temporary unemployment, Dimona; then what stands beside.
PLACES: Final = (
    ("clerk", "/presence/staff/"),
    ("clerk", "/presence/staff/corrections/"),
    ("clerk", "/presence/staff/duties/"),
    ("clerk", "/presence/devices/"),
    ("clerk", "/checkin/"),
    ("worker", "/presence/clock/?choose=1"),
    ("worker", "/interim/"),
    ("clerk", "/career-break/"),
    ("worker", "/career-break/mine/"),
    ("agent", "/desk/career-breaks/"),
    ("clerk", "/temporary-unemployment/"),
    ("worker", "/temporary-unemployment/mine/"),
    ("agent", "/desk/temporary-unemployment/"),
    ("", "/temporary-unemployment/about/"),
    ("", "/temporary-unemployment/library/"),
    ("clerk", "/dimona/"),
    ("clerk", "/works/"),
    ("agent", "/inspection/"),
)
_CLERKS: dict[str, str] = {}
_LINES: Final = """
    menus => menus.map(menu => [...menu.querySelectorAll("a")].map(one => {
        const box = one.getBoundingClientRect()
        return [Math.round(box.top), Math.ceil(box.right), one.textContent.trim()]
    }))
"""


@pytest.fixture
def sessions(live: Live, filled: Told) -> dict[str, str]:
    """A clerk with every service, a worker, and somebody at the desks."""
    if live.dsn not in _CLERKS:
        path = f"{live.variables['PYTHONPATH']}:{REPOSITORY}"
        done = subprocess.run(
            [sys.executable, "-m", "tests.e2e.menus_world"],
            env=live.variables | {"PYTHONPATH": path}, cwd=REPOSITORY,
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr[-3000:]
        _CLERKS[live.dsn] = json.loads(done.stdout.splitlines()[-1])
    return {"clerk": _CLERKS[live.dsn], "worker": filled.worker, "agent": filled.agent}


@pytest.mark.parametrize(("who", "place"), PLACES)
def test_each_menu_is_one_line_on_a_desktop_in_every_language(
    window: Window, live: Live, sessions: dict[str, str], who: str, place: str
) -> None:
    broken = []
    for language in LANGUAGES:
        page = window.page(locale=language, viewport={"width": 1280, "height": 800})
        if who:
            cookie = {"name": "guichet_portal", "value": sessions[who], "url": live.portal}
            page.context.add_cookies([cookie])  # type: ignore[list-item]  # a TypedDict of Playwright
        answer = page.goto(place)
        assert answer is not None
        assert answer.status == 200, place
        menus = page.locator(".g-nav ul").evaluate_all(_LINES)
        assert menus, place
        for links in menus:
            if len({top for top, _right, _text in links}) > 1 or links[-1][1] > 1280:
                broken.append((language, [text for _top, _right, text in links]))
        assert fits(page)
    assert broken == []
