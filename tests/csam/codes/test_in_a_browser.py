"""The first connection in a real browser, from the counter and back; every page by a program."""

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import database
from tests.browser import LOOKS, Window, faults, fits
from tests.database import REPOSITORY
from tests.live import Live, made

pytestmark = [pytest.mark.browser, pytest.mark.slow]
LANGUAGES = ("fr-BE", "nl-BE", "de-BE", "en-GB")
OWN = "/who-consulted-my-data/"
APOSTROPHE = "\u2019"


@dataclass(frozen=True)
class Provider:
    """A running counter with its provider, and what the filling told."""

    live: Live
    told: dict[str, Any]


@pytest.fixture(scope="module")
def provider(worker_id: str, database_url: str) -> Iterator[Provider]:
    name = f"guichet_codes_{worker_id}"
    with tempfile.TemporaryDirectory(prefix="guichet-codes-") as folder:
        live = made(url=database_url, name=name, folder=Path(folder))
        try:
            told = _filled(live)
            live.start("csam")
            live.start("portal")
            yield Provider(live, told)
        finally:
            live.stop_all()
            database.drop(database_url, name)


def _filled(live: Live) -> dict[str, Any]:
    path = f"{live.variables['PYTHONPATH']}:{REPOSITORY}"
    done = subprocess.run(
        [sys.executable, "-m", "tests.csam.codes.live_world"],
        env=live.variables | {"PYTHONPATH": path, "GUICHET_ROLE": "csam"},
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
    window = Window(browser, provider.live)
    yield window
    window.close()
    assert window.complaints == []


def _heading(page: Page) -> str:
    text: str = page.get_by_role("heading", level=1).inner_text()
    return text.replace(APOSTROPHE, "'")


def _announce(page: Page, name: str, password: str) -> None:
    """Type the codes in the block of the sign-in page, or on the page of its own."""
    block = page.locator("form[action='/codes/sign-in/'], form:has(#id_user_name)").first
    block.get_by_label(f"Nom d{APOSTROPHE}utilisateur").fill(name)
    block.get_by_label("Mot de passe").fill(password)
    block.get_by_role("button", name=f"S{APOSTROPHE}annoncer").click()


@pytest.mark.parametrize("has_script", [True, False])
def test_a17_the_first_connection_in_eight_steps_from_the_page_asked_for_and_back_to_it(
    window: Window, provider: Provider, has_script: bool
) -> None:
    name, password = provider.told["letters"][0 if has_script else 1]
    own = ("boulangerie2026", "Croissant;26") if has_script else ("boulangerie2027", "Croissant;27")
    page = window.page(locale="fr-BE", java_script_enabled=has_script)

    page.goto(f"{provider.live.portal}/sign-in/?next={OWN}&level=200")  # 1
    expect(
        page.get_by_role("heading", name=f"Avec vos codes d{APOSTROPHE}acc\u00e8s")
    ).to_be_visible()
    _announce(page, name, password)  # 2
    if has_script:
        assert _heading(page) == "Premi\u00e8re connexion du Responsable des Acc\u00e8s"  # 3
    page.get_by_role("button", name="Suivant").click()
    if has_script:
        assert _heading(page) == "Enregistrement d'un Responsable des Acc\u00e8s"  # 4
    rules = page.locator("#rules-user-name, #rules-password")  # 5: they stay beside the form
    expect(rules.first).to_contain_text("Seuls sont autoris\u00e9s les chiffres (0-9)")
    expect(rules.last).to_contain_text("10 caract\u00e8res minimum - 15 caract\u00e8res maximum")
    page.get_by_label("Num\u00e9ro de t\u00e9l\u00e9phone").fill("+32 470 12 34 56")
    page.get_by_label(f"Nouveau nom d{APOSTROPHE}utilisateur").fill(own[0])
    page.get_by_label("Nouveau mot de passe", exact=True).fill(own[1])
    page.get_by_label("Nouveau mot de passe, encore une fois").fill(own[1])
    page.get_by_role("button", name="Suivant").click()
    expect(page.get_by_text(own[0])).to_be_visible()  # 6
    assert own[1] not in page.content()
    page.get_by_role("button", name="Confirmer").click()
    expect(page.get_by_text("Vous devez d\u00e9sormais utiliser")).to_be_visible()  # 7
    page.get_by_role("button", name=f"S{APOSTROPHE}annoncer").click()
    _announce(page, name, password)  # the posted ones are dead
    expect(page.get_by_role("alert")).to_contain_text("ne correspondent pas")
    _announce(page, *own)  # 8

    expect(page).to_have_url(f"{provider.live.portal}{OWN}")
    expect(page.get_by_text("Marie Dupont").first).to_be_visible()


@pytest.mark.parametrize("look", LOOKS)
def test_the_pages_of_signing_in_have_no_fault_that_a_program_finds(
    window: Window, provider: Provider, look: str
) -> None:
    page = window.page(locale="fr-BE", **LOOKS[look])
    page.goto(f"{provider.live.csam}/profile/sign-in/?next=/codes/&level=100")

    for place in ("/sign-in/", "/codes/sign-in/", "/codes/forgotten/"):
        page.goto(provider.live.csam + place)
        _is_good(page, place)
    page.goto(provider.live.csam + "/codes/sign-in/")
    _announce(page, "personne2026", "Croissant;26")
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    _is_good(page, "/codes/sign-in/")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("look", LOOKS)
def test_the_steps_of_the_first_connection_have_no_fault_that_a_program_finds(
    window: Window, provider: Provider, waiting: tuple[str, str], look: str, language: str
) -> None:
    page = window.page(locale=language, **LOOKS[look])
    page.goto(f"{provider.live.csam}/profile/sign-in/?next=/codes/&level=100")
    page.goto(provider.live.csam + "/codes/sign-in/")
    page.locator("#id_user_name").fill(waiting[0])
    page.locator("#id_password").fill(waiting[1])
    page.locator("main form .govuk-button").click()

    _is_good(page, "/codes/first/")
    page.locator("main .govuk-button").click()
    _is_good(page, "/codes/first/details/")
    page.locator("#id_user_name").fill("Marie D.")
    page.locator("#id_password").fill("a -")
    page.locator("main form .govuk-button").click()
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    assert page.locator("#id_password").input_value() == ""
    assert page.locator("#id_user_name").input_value() == "Marie D."
    _is_good(page, "/codes/first/details/")
    page.locator("#id_phone").fill("+32 470 12 34 56")
    page.locator("#id_user_name").fill("boulangerie2028")
    page.locator("#id_password").fill("Croissant;28")
    page.locator("#id_password_again").fill("Croissant;28")
    page.locator("main form .govuk-button").click()
    expect(page.get_by_text("boulangerie2028")).to_be_visible()
    _is_good(page, "/codes/first/confirm/")


def _is_good(page: Page, place: str) -> None:
    """The page of this place is whole, without a fault that a program finds, and narrow enough."""
    expect(page).to_have_url(re.compile(re.escape(place) + "$"))
    page.wait_for_load_state()
    assert faults(page) == []
    assert fits(page)


@pytest.fixture(scope="module")
def waiting(provider: Provider) -> tuple[str, str]:
    """Posted codes that no test uses up: nobody confirms them."""
    name, password = provider.told["letters"][2]
    return name, password


@pytest.mark.parametrize("look", LOOKS)
def test_the_pages_of_the_profile_have_no_fault_that_a_program_finds(
    window: Window, provider: Provider, look: str
) -> None:
    page = window.page(locale="nl-BE", **LOOKS[look])
    csam, number = provider.live.csam, provider.told["account"]
    cookie = {"name": "guichet_csam", "value": provider.told["session"], "url": csam}
    page.context.add_cookies([cookie])  # type: ignore[list-item]

    for place in ("/codes/", f"/codes/{number}/password/", f"/codes/{number}/forgotten/"):
        page.goto(csam + place)
        _is_good(page, place)
    page.locator("#id_password").fill("short")
    page.locator("main form .govuk-button").click()
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    _is_good(page, "/forgotten/")
