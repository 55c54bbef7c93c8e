"""A real Chromium for the tests of pages; nothing leaves the machine."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Error, Page, Route, expect, sync_playwright

from tests.live import Live

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
_AXE = Path(__file__).resolve().parent.parent / "assets/node_modules/axe-core/axe.min.js"
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
LOOKS: Final[dict[str, dict[str, Any]]] = {
    "light": {},
    "dark": {"color_scheme": "dark"},
    "narrow": {"viewport": {"width": 320, "height": 800}},
    "forced": {"forced_colors": "active"},
}
_RULES: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium; without it every browser test is skipped, by name, with what to do."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        pytest.skip("no Chromium here; run: sudo apt-get install chromium")
    # How long a page may take is measured elsewhere: here a slow machine fails no test.
    expect.set_options(timeout=20_000)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield chromium
        chromium.close()


# The viewer of PDF that Chromium brings itself; it asks for its own pieces.
_PDF_VIEWER: Final = (
    "chrome-extension://mhjfbmdgcfjbbpaeojofohoefgiehjai/",
    "chrome://resources/",
)


class Window:
    """Opens pages that may talk to our own servers only, and collects what they complain of."""

    def __init__(self, browser: Browser, live: Live) -> None:
        self._browser = browser
        self._live = live
        self.complaints: list[str] = []

    def page(self, **options: Any) -> Page:
        """A page in a context of its own (cookies, language, size)."""
        chosen: dict[str, Any] = {
            "base_url": self._live.portal,
            "viewport": DESKTOP,
            "locale": "en-GB",
            "reduced_motion": "reduce",
        }
        context = self._browser.new_context(**(chosen | options))
        context.route("**/*", self._within)
        page = context.new_page()
        page.on("console", self._hear)
        page.on("pageerror", lambda fault: self.complaints.append(str(fault)))
        return page

    def close(self) -> None:
        """Close every page; the complaints stay."""
        for context in self._browser.contexts:
            context.close()

    def _within(self, route: Route) -> None:
        own = (
            self._live.portal,
            self._live.services,
            self._live.csam,
            self._live.eid,
            "data:",
            "blob:",
            "file:",
            *_PDF_VIEWER,
        )
        if route.request.url.startswith(own):
            route.continue_()
        else:
            self.complaints.append(f"asked for {route.request.url}")
            route.abort()

    def _hear(self, message: ConsoleMessage) -> None:
        # A refused form answers 422, which Chromium reports as an error of the console.
        if message.type == "error" and "422" not in message.text:
            self.complaints.append(message.text)


@pytest.fixture
def window(browser: Browser, live: Live) -> Iterator[Window]:
    """For tests that need several pages, a phone, another language or no JavaScript."""
    window = Window(browser, live)
    yield window
    window.close()
    assert window.complaints == []


@pytest.fixture
def page(window: Window) -> Page:
    """One page on a desktop, in English."""
    return window.page()


def faults(page: Page) -> list[str]:
    """What the accessibility engine finds wrong, each with the element it is about."""
    result = _settled(page, _axe)
    return [
        f"{fault['id']}: {node['html'][:160]}"
        for fault in result["violations"]
        for node in fault["nodes"]
    ]


def fits(page: Page) -> bool:
    """Whether nothing of the page sticks out of the window sideways; prints what does."""
    out = _settled(page, lambda here: here.evaluate(_STICKS_OUT))
    for line in out:
        print(f"{page.url} sticks out: {line}")
    return not out


# Nothing as long as the page can't be moved sideways; else the elements that end outside.
_STICKS_OUT = """() => {
  if (document.documentElement.scrollWidth <= innerWidth) return [];
  const out = [...document.body.querySelectorAll("*")]
    .filter(one => one.getBoundingClientRect().right > innerWidth + 0.5)
    .map(one => `${one.tagName} ${one.className} ${one.textContent.trim().slice(0, 60)}`);
  return out.length ? out.slice(-12) : ["something that no element shows"];
}"""


def _axe(page: Page) -> Any:
    page.evaluate(_AXE.read_text("utf-8"))
    return page.evaluate("rules => axe.run(document, {runOnly: rules})", _RULES)


def _settled(page: Page, ask: Callable[[Page], Any]) -> Any:
    """The answer of a page that is there; one that shows progress may load itself meanwhile."""
    for _attempt in range(4):
        page.wait_for_load_state("load")  # a click waits for the first words, not for their styles
        try:
            return ask(page)
        except Error as fault:
            if "context was destroyed" not in fault.message:
                raise
    raise AssertionError(f"{page.url} loads itself again and again")
