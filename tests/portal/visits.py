"""A live portal with a filled world, and visits to it as one of its people."""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page

from tests.browser import Window
from tests.database import REPOSITORY
from tests.live import Live


@dataclass(frozen=True)
class Told:
    """What the filling of the world told.

    Four sessions, the day that it filled, one receipt, a Dimona period, a request for an
    interview, the number of an enterprise from abroad, what the QR code of an L1 holds.
    """

    clerk: str
    switcher: str
    worker: str
    agent: str
    day: str
    receipt: int
    period: int
    request: str
    foreign: str
    l1: str


_FILLED: dict[str, Told] = {}


@pytest.fixture(scope="session")
def filled(live: Live) -> Told:
    """The live portal's database with the small enterprise in it, once for each worker.

    Two folders of tests import this fixture, which makes it two fixtures: hence the memory.
    """
    if live.dsn not in _FILLED:
        _FILLED[live.dsn] = _fill(live)
    return _FILLED[live.dsn]


def _fill(live: Live) -> Told:
    path = f"{live.variables['PYTHONPATH']}:{REPOSITORY}"
    done = subprocess.run(
        [sys.executable, "-m", "tests.portal.live_world"],
        env=live.variables | {"PYTHONPATH": path},
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return Told(**json.loads(done.stdout.splitlines()[-1]))


Visit = Callable[..., Page]


@pytest.fixture
def visit(window: Window, filled: Told, live: Live) -> Visit:
    """Open pages as somebody of `Told` or as a visitor (None)."""

    def opened(who: str | None, **options: object) -> Page:
        page = window.page(**options)
        if who is not None:
            cookie = {"name": "guichet_portal", "value": getattr(filled, who), "url": live.portal}
            page.context.add_cookies([cookie])  # type: ignore[list-item]
        return page

    return opened
