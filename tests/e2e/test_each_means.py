"""Each means through its real pages, which a program judges one by one; and without JavaScript."""

import re
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from guichet.csam.eid.authority import CardKind
from tests.browser import Window
from tests.counter import Counter, run
from tests.e2e import way_in
from tests.e2e.way_in import OWN, WAYS, Way, ask, by_app, by_eidas, by_identity_card, sound

pytestmark = [pytest.mark.browser, pytest.mark.slow]
# Whoever is good once has somebody else for the window without JavaScript.
UNSCRIPTED: dict[str, tuple[Way, str]] = WAYS | {
    "app": (partial(by_app, who="unscripted"), "unscripted"),
    "eidas": (partial(by_eidas, identifier="PL/2"), ""),
}
# A pixel, which is all that a copy of a document has to be here.
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


def arrived(
    page: Page, counter: Counter, who: str, means: str, look: way_in.Look = way_in.passed_over
) -> None:
    """On the page asked for; ``who`` is empty for somebody whom the world did not make."""
    told = counter.told.get(who, {"name": "", "niss": ""})
    at = f"{counter.live.portal}{OWN}"
    way_in.arrived(page, told["name"], means=means, at=at, secret=told["niss"], look=look)


@pytest.mark.parametrize("means", WAYS)
def test_a_means_signs_in_by_pages_in_which_a_program_finds_no_fault(
    at_counter: Window, counter: Counter, means: str
) -> None:
    way, who = WAYS[means]
    page = at_counter.page()

    reached = way(page, counter, sound)

    arrived(page, counter, who, reached, sound)


@pytest.mark.parametrize("means", UNSCRIPTED)
def test_a_means_signs_in_without_javascript(
    at_counter: Window, counter: Counter, means: str
) -> None:
    way, who = UNSCRIPTED[means]
    page = at_counter.page(java_script_enabled=False)

    reached = way(page, counter, way_in.passed_over)

    arrived(page, counter, who, reached)


def test_without_javascript_the_page_of_the_passkey_says_so_and_leads_to_the_other_means(
    at_counter: Window, counter: Counter
) -> None:
    page = at_counter.page(java_script_enabled=False)
    ask(page, OWN)

    page.get_by_role("link", name="Passkey").click()

    expect(page.get_by_text("A passkey needs JavaScript")).to_be_visible()
    page.get_by_role("link", name="Another way to sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("How do you want to sign in?")


def test_a01_an_identity_card_signs_in_at_level_500(
    at_counter: Window, counter: Counter, tmp_path: Path
) -> None:
    page = way_in.with_card(at_counter, counter, tmp_path)

    reached = by_identity_card(page, counter, sound)

    assert reached.endswith("level 500")
    arrived(page, counter, "eid", reached, sound)


def test_an_identity_card_signs_in_without_javascript(
    at_counter: Window, counter: Counter, tmp_path: Path
) -> None:
    page = way_in.with_card(at_counter, counter, tmp_path, java_script_enabled=False)

    reached = by_identity_card(page, counter, way_in.passed_over)

    arrived(page, counter, "eid", reached)


def test_after_the_certificate_for_signing_another_means_still_leads_to_the_page_asked_for(
    at_counter: Window, counter: Counter, tmp_path: Path
) -> None:
    page = way_in.with_card(at_counter, counter, tmp_path, kind=CardKind.SIGNATURE)

    by_identity_card(page, counter, way_in.passed_over)
    title = "You chose the certificate for signing"
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    sound(page)
    others = page.get_by_role("list", name="Or sign in without the card")
    others.get_by_role("link", name="itsme, simulated").click()
    reached = way_in.confirm_in_app(page, counter, sound)

    arrived(page, counter, "itsme", reached)
    _forget_refusals(at_counter)


def test_without_a_card_a_page_says_what_to_do_and_going_back_is_said_at_the_counter(
    at_counter: Window, counter: Counter
) -> None:
    page = at_counter.page(ignore_https_errors=True)

    by_identity_card(page, counter, way_in.passed_over)
    expect(page.get_by_role("heading", level=1)).to_have_text("No identity card was read")
    sound(page)
    page.get_by_role("button", name="Cancel and go back").click()

    expect(page.get_by_text("You did not sign in. Nothing was changed.")).to_be_visible()
    _forget_refusals(at_counter)


def test_who_was_here_before_with_a_european_means_is_recognised(
    at_counter: Window, counter: Counter
) -> None:
    first = at_counter.page()
    reached = by_eidas(first, counter, way_in.passed_over, identifier="PL/3")
    arrived(first, counter, "", reached)
    page = at_counter.page()

    ask(page, OWN)
    way_in.say_abroad(page, way_in.passed_over, identifier="PL/3")

    arrived(page, counter, "", reached)


@pytest.mark.parametrize(
    ("given_name", "has_script"), [("Youssef", True), ("Mustapha", False)], ids=["script", "plain"]
)
def test_a14_a_foreigner_gets_a_key_by_interview_and_signs_in_with_it(
    at_counter: Window, counter: Counter, given_name: str, has_script: bool
) -> None:
    email = f"{given_name.lower()}@example.org"
    page = at_counter.page(java_script_enabled=has_script)
    sound = way_in.sound if has_script else way_in.passed_over
    ask(page, OWN)
    page.get_by_role("link", name="BelgianID for foreigners").click()
    sound(page)
    page.get_by_label("Given name").fill(given_name)
    page.get_by_label("Family name").fill("Benali")
    page.get_by_label("Date of birth").fill("1991-05-06" if has_script else "1988-09-17")
    page.get_by_label("Country of your identity document").select_option("MA")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Telephone number").fill("+212 600 000 000")
    page.get_by_role("button", name="Ask for an interview").click()
    sound(page)
    security, reference = page.locator(".cd-facts dd").all_inner_texts()

    _desk(counter, "propose", reference)
    page.goto(_mailed_link(at_counter.page(), email, "confirm"))
    sound(page)
    page.get_by_label(re.compile("code", re.IGNORECASE)).fill(security)
    passport = {"name": "passport.png", "mimeType": "image/png", "buffer": PIXEL}
    page.locator("input[type=file]").set_input_files(passport)  # type: ignore[arg-type]
    page.get_by_role("button", name="Confirm the interview").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your interview is confirmed")
    sound(page)

    code = _desk(counter, "pass", reference, given_name)["code"]
    page.goto(_mailed_link(at_counter.page(), email, "activate"))
    sound(page)
    page.get_by_label("Code").fill(code)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Choose your user name and your key")
    sound(page)
    own = {"user_name": f"{given_name.lower()}91", "password": "Marrakech12"}
    page.locator("input[name=user_name]").fill(own["user_name"])
    page.locator("input[name=password]").fill(own["password"])
    page.locator("input[name=password_again]").fill(own["password"])
    page.get_by_role("radio", name=re.compile("Codes by e-mail")).check()
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your digital key works")
    sound(page)

    ask(page, OWN)
    way_in.give_password(page, own)
    expect(page.get_by_role("heading", level=1)).to_have_text("We sent you a code")
    way_in.give_code(page, counter.mailed(email))

    means = "user name, password and code by e-mail, level 300"
    at = f"{counter.live.portal}{OWN}"
    way_in.arrived(page, f"{given_name} Benali", means=means, at=at)


def _desk(counter: Counter, *words: str) -> dict[str, str]:
    told: dict[str, str] = run(counter.live, "tests.e2e.desk", *words, GUICHET_ROLE="csam")
    return told


def _mailed_link(page: Page, email: str, word: str) -> str:
    """From the outbox of the simulation: the link in the latest mail to this address."""
    page.goto("/demo/outbox/")
    mail = page.get_by_role("article").filter(has_text=email).first.inner_text()
    [link] = re.findall(rf"http\S+/outside/belgianid/{word}/[\w-]+/", mail)
    return str(link)


def _forget_refusals(window: Window) -> None:
    """A refused card is a page with status 403, which Chromium reports as an error."""
    window.complaints[:] = [one for one in window.complaints if "403" not in one]
