"""The way of the instructions for employers: from the letter with access codes into the service.

Every function begins on the page that the one before ends on, so that a longer walk (a first
communication, its decision) goes on where `arrive` stops. Words are the French ones of the
instructions; ``look`` is called at every page.
"""

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from tests import database
from tests.database import REPOSITORY
from tests.live import Live, made

SERVICE = "/services/temporary-unemployment/"
HOME = "/temporary-unemployment/"
APOSTROPHE = "\N{RIGHT SINGLE QUOTATION MARK}"
Look = Callable[[Page, str], None]


@dataclass(frozen=True)
class Letter:
    """What the two letters say, and what its reader chooses instead."""

    name: str
    password: str
    enterprise: str

    @property
    def own(self) -> tuple[str, str]:
        """The user name and the password of her choice: no other account has the name."""
        return f"boulangerie{self.enterprise[-4:]}", f"Croissant;{self.enterprise[-3:]}"


@dataclass
class Post:
    """A running counter with its provider, and the letters that were posted."""

    live: Live
    letters: list[Letter]

    def next_letter(self) -> Letter:
        """One that nobody has used: codes are good once."""
        return self.letters.pop()


@contextmanager
def posted(*, url: str, name: str) -> Iterator[Post]:
    """Portal, services and provider on a database of this name, with the letters."""
    with tempfile.TemporaryDirectory(prefix="guichet-letter-") as folder:
        live = made(url=url, name=name, folder=Path(folder))
        try:
            told = _filled(live)
            for role in ("csam", "portal"):
                live.start(role)
            yield Post(live, [Letter(**one) for one in told["letters"]])
        finally:
            live.stop_all()
            database.drop(url, name)


def _filled(live: Live) -> dict[str, Any]:
    path = f"{live.variables['PYTHONPATH']}:{REPOSITORY}"
    done = subprocess.run(
        [sys.executable, "-m", "tests.e2e.letter_world"],
        env=live.variables | {"PYTHONPATH": path, "GUICHET_ROLE": "csam"},
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


def passed_over(_page: Page, _step: str) -> None:
    """For who only wants to arrive."""


def announce(page: Page, name: str, password: str) -> None:
    """Type codes in the block of the sign-in page, or on the page of its own."""
    block = page.locator("form[action='/codes/sign-in/'], form:has(#id_user_name)").first
    block.locator("input[name=user_name]").fill(name)
    block.locator("input[name=password]").fill(password)
    block.get_by_role("button").click()


def read_service(page: Page, look: Look = passed_over) -> None:
    """Step 1: the page of the service, as a visitor, and its secured button."""
    page.goto(SERVICE)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    look(page, "service")
    page.locator(f"main a[href='{SERVICE}enter/']").click()
    page.locator("main a[href*='/sign-in/']").first.click()
    expect(page).to_have_url(re.compile("/sign-in/"))
    look(page, "sign-in")


def first_connection(page: Page, letter: Letter, look: Look = passed_over) -> None:
    """Steps 2 to 7: the codes of the letter, then codes of one's own."""
    announce(page, letter.name, letter.password)
    expect(page).to_have_url(re.compile("/codes/first/$"))
    look(page, "first")
    page.locator("main .govuk-button").click()
    expect(page.locator("#rules-user-name, #rules-password")).to_have_count(2)
    look(page, "details")
    name, password = letter.own
    page.locator("#id_phone").fill("+32 470 12 34 56")
    page.locator("#id_user_name").fill(name)
    page.locator("#id_password").fill(password)
    page.locator("#id_password_again").fill(password)
    page.locator("main form .govuk-button").click()
    expect(page.get_by_text(name)).to_be_visible()
    look(page, "confirm")
    page.locator("main form .govuk-button").last.click()
    expect(page).to_have_url(re.compile("/codes/first/done/"))
    look(page, "done")
    page.locator("main .govuk-button").click()


def arrive(page: Page, post: Post, letter: Letter, look: Look = passed_over) -> None:
    """Steps 8 and 9: once more with the own codes, for her enterprise; the service opens."""
    look(page, "again")
    announce(page, *letter.own)
    expect(page.get_by_role("radio")).to_have_count(1)
    look(page, "enterprise")
    page.get_by_role("radio").check()
    page.locator("main form .govuk-button").first.click()
    expect(page).to_have_url(f"{post.live.portal}{HOME}")
    expect(page.locator("header")).to_contain_text("Marie Dupont")
    expect(page.locator("header")).to_contain_text("Boulangerie Dupont")
    look(page, "home")
