"""The code of a poster before a camera that plays a picture: a right one, a foreign one, none."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import segno
from playwright.sync_api import Browser, Page, expect

from guichet.demo import fixtures
from tests.browser import FLAGS, PHONE, Window, faults, fits
from tests.live import Live
from tests.portal.visits import Told

pytestmark = [pytest.mark.browser, pytest.mark.slow]
CHOOSE = "/presence/clock/?choose=1"
Open = Callable[[str | None], Page]


_WIDE, _HIGH, _SCALE = 640, 480, 8


def _film(text: str | None) -> bytes:
    """One frame of a camera in YUV4MPEG2: the code on white paper, or the paper alone."""
    paper = bytearray(b"\xeb" * (_WIDE * _HIGH))
    if text is not None:
        code = segno.make(text, error="m", micro=False).matrix
        left, top = (_WIDE - len(code) * _SCALE) // 2, (_HIGH - len(code) * _SCALE) // 2
        for row, modules in enumerate(code):
            line = b"".join((b"\x10" if dark else b"\xeb") * _SCALE for dark in modules)
            for y in range(top + row * _SCALE, top + (row + 1) * _SCALE):
                paper[y * _WIDE + left : y * _WIDE + left + len(line)] = line
    grey = b"\x80" * (_WIDE * _HIGH // 2)
    head = f"YUV4MPEG2 W{_WIDE} H{_HIGH} F10:1 Ip A1:1 C420mpeg2\n".encode()
    return head + b"FRAME\n" + bytes(paper) + grey


@pytest.fixture
def camera(browser: Browser, live: Live, filled: Told, tmp_path: Path) -> Iterator[Open]:
    """A phone of the worker whose camera sees a code."""
    opened: list[tuple[Browser, Window]] = []

    def open_phone(text: str | None) -> Page:
        film = tmp_path / "camera.y4m"
        film.write_bytes(_film(text))
        phone = browser.browser_type.launch(
            executable_path=shutil.which("chromium") or shutil.which("chromium-browser"),
            args=[
                *FLAGS,
                "--use-fake-ui-for-media-stream",
                "--use-fake-device-for-media-stream",
                f"--use-file-for-fake-video-capture={film}",
            ],
        )
        window = Window(phone, live)
        opened.append((phone, window))
        page = window.page(viewport=PHONE, permissions=["camera"])
        cookie = {"name": "guichet_portal", "value": filled.worker, "url": live.portal}
        page.context.add_cookies([cookie])  # type: ignore[list-item]
        return page

    yield open_phone
    for phone, window in opened:
        phone.close()
        assert window.complaints == []


@pytest.mark.parametrize("text", [f"https://portal.example.org/s/{fixtures.S1}", fixtures.S1])
def test_the_code_of_a_poster_opens_the_button_at_its_site(camera: Open, text: str) -> None:
    page = camera(text)
    page.goto(CHOOSE)

    page.get_by_role("button", name="Scan the poster").click()

    page.wait_for_url(f"**/presence/clock/?site={fixtures.S1}")
    expect(page.locator("button.g-arch")).to_be_visible()


def test_p81_a_code_of_something_else_is_said_and_the_number_typed(camera: Open) -> None:
    page = camera("https://fr.example.org/badge/BTP-2231")
    page.goto(CHOOSE)

    page.get_by_role("button", name="Scan the poster").click()

    expect(page.get_by_text("This is a code, but not that of a site.")).to_be_visible()
    assert faults(page) == []
    assert fits(page)
    page.get_by_role("button", name="Close and type the number").click()
    page.get_by_label("Site number").fill(fixtures.S1)
    page.get_by_role("button", name="Continue").click()
    expect(page.locator("button.g-arch")).to_be_visible()


def test_p81_a_damaged_code_leads_to_a_hint(camera: Open) -> None:
    page = camera(None)
    page.clock.install()
    page.goto(CHOOSE)
    page.get_by_role("button", name="Scan the poster").click()
    expect(page.get_by_text("Hold the code of the poster before the camera.")).to_be_visible()
    expect(page.locator("video[data-seen]")).to_have_count(1)

    page.clock.fast_forward("00:11")

    expect(page.get_by_text("No code was read yet.")).to_be_visible()
