"""Digital keys in a real browser: enrolment, sign-in, passkeys, every page by a program."""

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyotp
import pytest
from playwright.sync_api import Browser, CDPSession, Page, expect

from tests import database
from tests.browser import LOOKS, Window, faults, fits
from tests.csam.keys.people import PASSWORD
from tests.database import REPOSITORY
from tests.live import Live, made

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PAGES = (
    "/keys/", "/keys/{card}/", "/keys/{locked}/", "/keys/{locked}/unlock/",
    "/keys/{card}/withdraw/", "/keys/app/", "/keys/mail/", "/keys/card/", "/keys/passkey/",
    "/profile/",
)  # fmt: skip
SIGN_IN = ("/sign-in/", "/keys/sign-in/", "/keys/sign-in/card/", "/keys/sign-in/passkey/")
BEGIN = "/profile/sign-in/?next=/keys/&level=300"


@dataclass(frozen=True)
class Provider:
    """A running provider, and what its filling told."""

    live: Live
    told: dict[str, Any]

    @property
    def csam(self) -> str:
        """Where the pages of the provider are."""
        return self.live.csam


@pytest.fixture(scope="module")
def provider(worker_id: str, database_url: str) -> Iterator[Provider]:
    """The provider under a name: a passkey cannot belong to an IP address."""
    name = f"guichet_keys_{worker_id}"
    with tempfile.TemporaryDirectory(prefix="guichet-keys-") as folder:
        live = made(url=database_url, name=name, folder=Path(folder))
        live.csam = live.csam.replace("127.0.0.1", "localhost")
        live.variables["GUICHET_CSAM_URL"] = live.csam
        try:
            told = _filled(live, "csam") | _filled(live, "portal")
            live.start("csam")
            live.start("portal")
            yield Provider(live, told)
        finally:
            live.stop_all()
            database.drop(database_url, name)


def _filled(live: Live, role: str) -> dict[str, Any]:
    path = f"{live.variables['PYTHONPATH']}:{REPOSITORY}"
    done = subprocess.run(
        [sys.executable, "-m", "tests.csam.keys.live_world"],
        env=live.variables | {"PYTHONPATH": path, "GUICHET_ROLE": role},
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


@pytest.fixture
def window(browser: Browser, provider: Provider) -> Iterator[Window]:
    """Pages that may talk to this provider only."""
    window = Window(browser, provider.live)
    yield window
    window.close()
    assert window.complaints == []


@pytest.fixture
def lea(window: Window, provider: Provider) -> Callable[..., Page]:
    """A page of Léa, on her profile by her identity card."""

    def opened(**options: Any) -> Page:
        page = window.page(base_url=provider.csam, **options)
        session = {
            "name": "guichet_csam",
            "value": provider.told["session"],
            "url": provider.csam,
        }
        page.context.add_cookies([session])  # type: ignore[list-item]
        return page

    return opened


@pytest.fixture
def stranger(window: Window, provider: Provider) -> Callable[..., Page]:
    """A page of a browser that never was here."""
    return lambda **options: window.page(base_url=provider.csam, **options)


def _password(page: Page, user_name: str) -> None:
    page.goto(BEGIN)
    _give_password(page, user_name)


def _give_password(page: Page, user_name: str) -> None:
    block = page.locator("#second-user-name")
    block.fill(user_name)
    page.locator("#second-password").fill(PASSWORD)
    page.locator("form", has=block).get_by_role("button", name="Continue").click()


def _device(page: Page) -> tuple[CDPSession, str]:
    """An authenticator in the browser that recognises its owner."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    answer = session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return session, answer["authenticatorId"]


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("place", PAGES)
def test_a_page_of_keys_has_no_fault_that_a_program_finds(
    lea: Callable[..., Page], provider: Provider, place: str, look: str
) -> None:
    page = lea(**LOOKS[look])

    page.goto(place.format(**provider.told))

    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert faults(page) == []
    assert fits(page)


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("place", SIGN_IN)
def test_a_page_of_the_sign_in_has_no_fault_that_a_program_finds(
    stranger: Callable[..., Page], place: str, look: str
) -> None:
    page = stranger(**LOOKS[look])
    page.goto(BEGIN)

    page.goto(place)

    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert faults(page) == []
    assert fits(page)


@pytest.mark.parametrize("language", ["fr-BE", "nl-BE", "de-BE"])
@pytest.mark.parametrize("place", PAGES)
def test_a_page_of_keys_fits_a_narrow_screen_in_every_language(
    lea: Callable[..., Page], provider: Provider, place: str, language: str
) -> None:
    page = lea(locale=language, viewport={"width": 320, "height": 800})

    page.goto(place.format(**provider.told))

    assert page.locator("html").get_attribute("lang") == language[:2]
    assert fits(page)


def test_an_app_is_connected_and_signs_in(
    lea: Callable[..., Page], stranger: Callable[..., Page]
) -> None:
    page = lea()
    page.goto("/keys/")
    page.get_by_role("link", name="Codes by mobile app").last.click()
    page.get_by_role("button", name="Continue").click()
    secret = "".join(page.locator(".k-secret").inner_text().split())
    expect(page.locator(".k-square")).to_be_visible()
    assert faults(page) == []
    page.get_by_label("Code").fill("12 34 5")
    page.get_by_role("button", name="Activate the key").click()
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    expect(page).to_have_title(re.compile("^Error: "))
    totp = pyotp.TOTP(secret)
    moment = _moment(page)
    page.get_by_label("Code").fill(totp.at(moment))
    page.get_by_role("button", name="Activate the key").click()
    expect(page.get_by_text("The key is active.")).to_be_visible()

    other = stranger(java_script_enabled=False)
    _password(other, "leadubois2")
    expect(other.get_by_role("heading", level=1)).to_have_text("The code of your app")
    # The present code activated the app and is spent; the next one is good already.
    other.get_by_label("Code").fill(totp.at(moment + 30))
    other.get_by_role("button", name="Sign in").click()

    expect(other.get_by_role("heading", level=1)).to_have_text("Activate and edit my digital keys")


def test_a06_from_a_session_of_level_200_the_code_of_the_app_opens_the_page_asked_for(
    window: Window, provider: Provider
) -> None:
    page = window.page()
    weak = {"name": "guichet_portal", "value": provider.told["weak"], "url": provider.live.portal}
    page.context.add_cookies([weak])  # type: ignore[list-item]
    page.goto("/sign-in/step-up/?next=/sessions/&level=400")
    expect(page.get_by_text("level 200. This page asks for level 400")).to_be_visible()

    page.get_by_role("link", name="Sign in again").click()
    expect(page).to_have_url(re.compile(f"^{re.escape(provider.csam)}/"))
    _give_password(page, "leadubois1")
    code = pyotp.TOTP(provider.told["secret"]).at(_moment(page) + 30)
    page.get_by_label("Code").fill(code)
    page.get_by_role("button", name="Sign in").click()

    expect(page).to_have_url(f"{provider.live.portal}/sessions/")
    expect(page.get_by_text("user name, password and code of an app").first).to_be_visible()


def test_a_locked_key_is_shown_beside_those_that_work(stranger: Callable[..., Page]) -> None:
    page = stranger(viewport={"width": 320, "height": 800})

    _password(page, "leadubois1")

    expect(page.get_by_text("“My mail” is locked")).to_be_visible()
    assert faults(page) == []
    assert fits(page)
    page.get_by_label(re.compile("My card")).check()
    page.get_by_role("button", name="Continue").click()
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text(re.compile(r"Code number \d+ of your card"))
    asked = heading.inner_text()
    page.get_by_role("button", name="Ask another number").click()
    expect(heading).not_to_have_text(asked)
    assert faults(page) == []


def test_a_passkey_is_made_and_signs_in(lea: Callable[..., Page]) -> None:
    page = lea()
    session, device = _device(page)
    page.goto("/keys/passkey/")
    page.get_by_label("Name of the key").fill("Laptop")
    page.get_by_role("button", name="Make a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Laptop")
    [made_there] = session.send("WebAuthn.getCredentials", {"authenticatorId": device})[
        "credentials"
    ]
    assert made_there["isResidentCredential"]
    page.context.clear_cookies()

    page.goto(BEGIN)
    page.get_by_role("link", name="Passkey").click()
    page.get_by_role("button", name="Sign in with a passkey").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Activate and edit my digital keys")
    row = page.get_by_role("row", name=re.compile("Laptop"))
    expect(row).to_contain_text("Substantial (400)")


def test_a_device_that_gives_no_passkey_is_a_sentence(stranger: Callable[..., Page]) -> None:
    page = stranger()
    _device(page)
    page.goto(BEGIN)
    page.goto("/keys/sign-in/passkey/")

    page.get_by_role("button", name="Sign in with a passkey").click()

    expect(page.get_by_text("Your device did not answer, or you stopped.")).to_be_visible()
    assert faults(page) == []


def test_without_javascript_a_passkey_says_what_is_missing(lea: Callable[..., Page]) -> None:
    page = lea(java_script_enabled=False)

    page.goto("/keys/passkey/")

    expect(page.get_by_text("A passkey needs JavaScript")).to_be_visible()
    expect(page.get_by_role("button", name="Make a passkey")).to_be_hidden()


def test_the_card_is_downloaded_once(lea: Callable[..., Page], provider: Provider) -> None:
    page = lea()
    page.goto(f"/keys/{provider.told['card']}/")

    with page.expect_download() as download:
        page.get_by_role("button", name="Download the card").click()

    assert download.value.suggested_filename == "guichet-token.pdf"
    page.reload()
    expect(page.get_by_role("button", name="Download the card")).to_have_count(0)


def _moment(page: Page) -> int:
    """The present second, from the browser's clock."""
    return int(page.evaluate("Math.floor(Date.now() / 1000)"))
