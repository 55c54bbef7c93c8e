"""What a test in a browser asks of pages beside the accessibility engine: keys, names, errors."""

import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from typing import Any, Final

from playwright.sync_api import Locator, Page, expect

from tests.browser import DESKTOP, Window, faults, fits
from tests.database import REPOSITORY
from tests.live import Live

# The narrowest telephone that people still have.
PHONE: Final = {"width": 360, "height": 780}

# In each language a page is looked at on a desk or on a telephone; fitting is looked at on both.
LOOKED_AT: Final = (("fr-BE", False), ("nl-BE", True), ("de-BE", False), ("en-GB", True))
_MOST_KEYS: Final = 90
_NAMED: Final = re.compile(r'- (button|textbox|combobox|checkbox)(?: "((?:[^"\\]|\\.)*)")?')
_FORM: Final = re.compile(r'- form "((?:[^"\\]|\\.)*)"')
# Whether what has the focus is drawn in the window, and not hidden below something else.
_IS_SEEN: Final = """() => {
  const one = document.activeElement;
  const box = one.getBoundingClientRect();
  if (!box.width || !box.height) return false;
  const near = document.elementFromPoint(
    Math.min(Math.max(box.x + box.width / 2, 0), innerWidth - 1),
    Math.min(Math.max(box.y + Math.min(box.height, 24) / 2, 0), innerHeight - 1),
  );
  return near !== null && (one.contains(near) || near.contains(one)
    || (one.labels ?? []).length > 0);
}"""


def pages_of(window: Window, live: Live, told: dict[str, Any]) -> Callable[..., Page]:
    """Opens pages as one of those whose session was told: who, the place, options of the page."""

    def opened(who: str, place: str = "", **options: Any) -> Page:
        page = window.page(**options)
        cookie = {"name": "guichet_portal", "value": told[who], "url": live.portal}
        page.context.add_cookies([cookie])  # type: ignore[list-item]  # a TypedDict of Playwright
        if place:
            answer = page.goto(place.format(**told))
            assert answer is not None
            assert answer.status == 200, place
        return page

    return opened


def told_by(live: Live, module: str) -> dict[str, Any]:
    """What a program fills a live portal with, and says of it."""
    path = f"{live.variables['PYTHONPATH']}:{REPOSITORY}"
    done = subprocess.run(
        [sys.executable, "-m", module],
        env=live.variables | {"PYTHONPATH": path}, cwd=REPOSITORY,
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    return dict(json.loads(done.stdout.splitlines()[-1]))


def tab_to(page: Page, target: Locator) -> None:
    """Go on with the tab key until the focus is there; it is seen on the way and at the end."""
    expect(target).to_be_visible()
    for _at in range(_MOST_KEYS):
        if target.evaluate("one => one === document.activeElement"):
            assert page.evaluate(_IS_SEEN), "the focus is hidden"
            return
        page.keyboard.press("Tab")
    raise AssertionError("the tab key does not come there")


def press(page: Page, target: Locator, key: str = "Enter") -> None:
    """Go there with the tab key and press a key."""
    tab_to(page, target)
    page.keyboard.press(key)


def typed(page: Page, target: Locator, text: str) -> None:
    """Go to a box with the tab key and type over what stands in it."""
    tab_to(page, target)
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type(text)


def twins(page: Page) -> list[str]:
    """Boxes and buttons without a name, or with that of another one; places named twice.

    Forms that have a name of their own may hold boxes that are called alike.
    """
    found: Counter[tuple[str, str, str]] = Counter()
    form, depth = "", 0
    for line in page.locator("main").aria_snapshot().splitlines():
        indent = len(line) - len(line.lstrip())
        form = form if indent > depth else ""
        if opened := _FORM.search(line):
            form, depth = opened[1], indent
        found.update((form, role, name) for role, name in _NAMED.findall(line))
    lacks = [
        f"{role}: {name}" for (_form, role, name), count in found.items() if count > 1 or not name
    ]
    every = page.evaluate("[...document.querySelectorAll('[id]')].map(one => one.id)")
    return lacks + [f"#{one}" for one, count in Counter(every).items() if count > 1]


def summary_leads(page: Page) -> int:
    """The summary of errors has the focus, and each of its links leads to its own place.

    The number of links; the title says that there is an error.
    """
    summary = page.locator(".govuk-error-summary")
    expect(summary).to_be_focused()
    assert re.match(r"(Error|Erreur|Fout|Fehler)\W", page.title()), page.title()
    links = summary.locator("a")
    for at in range(links.count()):
        links.nth(at).press("Enter")
        target = page.locator(links.nth(at).get_attribute("href") or "#")
        expect(target).to_be_focused()
    return links.count()


def told_at_field(page: Page) -> list[str]:
    """Texts of the summary that stand at no field, or at one that does not name them."""
    return list(
        page.evaluate("""() => {
      const lacks = [];
      for (const link of document.querySelectorAll('.govuk-error-summary a[href^="#"]')) {
        const target = document.getElementById(link.hash.slice(1));
        const group = target?.closest('fieldset[aria-describedby]') ?? target;
        const own = (target?.getAttribute('aria-describedby') ?? '') + ' '
          + (group?.getAttribute('aria-describedby') ?? '');
        const said = own.split(' ').filter(Boolean)
          .map(id => document.getElementById(id)?.textContent ?? '').join(' ')
          + (/^(input|select|textarea)$/i.test(target?.tagName) ? '' : target?.textContent);
        const named = target?.labels?.[0] ?? group?.querySelector('legend');
        // The same sentence of two fields begins with the name of the field in the summary.
        const text = link.textContent.trim();
        const bare = text.replace(/^(.+?)\\s*:\\s+/, (all, name) =>
          (named?.textContent ?? '').includes(name) ? '' : all);
        if (!said.includes(bare)) lacks.push(text);
      }
      return lacks;
    }""")
    )


def wrong_on(page: Page, *, on_phone: bool) -> list[str]:
    """What is wrong with a page on a desk and on a telephone, from one load.

    The engine looks once, the slow part: at the telephone in the dark, or at the desk.
    """
    found = twins(page)
    for size, is_phone in ((DESKTOP, False), (PHONE, True)):
        page.set_viewport_size(size)  # type: ignore[arg-type]  # a TypedDict of Playwright
        page.emulate_media(color_scheme="dark" if is_phone else "light")
        found += [] if fits(page) else [f"sticks out of {size['width']}"]
        found += faults(page) if is_phone is on_phone else []
    return found
