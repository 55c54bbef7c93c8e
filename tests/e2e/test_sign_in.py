"""From a page of the counter to the provider and back, in a real browser."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import Window
from tests.counter import Counter
from tests.e2e import way_in
from tests.e2e.way_in import OWN, ask, give_password, sound

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def arrived(page: Page, counter: Counter, who: str, *, means: str, place: str = OWN) -> None:
    """On the page asked for, as one of the people of the world."""
    told = counter.told[who]
    at = f"{counter.live.portal}{place}"
    way_in.arrived(page, told["name"], means=means, at=at, secret=told["niss"], look=sound)


def test_a_passkey_made_at_the_provider_signs_in_at_the_counter(
    at_counter: Window, counter: Counter
) -> None:
    page = at_counter.page()
    _device(page)
    _in_profile(page, counter)
    page.goto(f"{counter.live.csam}/keys/passkey/")
    page.get_by_label("Name of the key").fill("Laptop")
    page.get_by_role("button", name="Make a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Laptop")
    page.context.clear_cookies()

    ask(page, OWN)
    page.get_by_role("link", name="Passkey").click()
    sound(page)
    page.get_by_role("button", name="Sign in with a passkey").click()

    arrived(page, counter, "passkey", means="passkey, level 400")


def test_a06_with_200_the_page_of_an_employer_asks_for_more_and_opens_after_the_code_of_the_app(
    at_counter: Window, counter: Counter
) -> None:
    who = counter.told["step_up"]
    page = at_counter.page()
    ask(page, OWN)
    give_password(page, who, "codes")
    expect(page).to_have_url(f"{counter.live.portal}{OWN}")
    page.locator("summary", has_text="You act for").click()
    page.get_by_role("button", name=re.compile("Cristal du Bocq")).click()
    expect(page.locator("header")).to_contain_text("Cristal du Bocq")

    page.goto("/presence/staff/?scope=sites")
    expect(page.get_by_text("level 200. This page asks for level 300")).to_be_visible()
    sound(page)
    page.get_by_role("link", name="Sign in again").click()
    expect(page).to_have_url(re.compile(f"^{re.escape(counter.live.csam)}/"))
    give_password(page, who)
    page.get_by_label("Code").fill(counter.app_code("step_up"))
    page.get_by_role("button", name="Sign in").click()

    # The employer's side asks again for whom, as the State's provider does.
    page.get_by_label(re.compile("Cristal du Bocq")).check()
    page.get_by_role("button", name="Continue").click()

    expect(page.locator("header")).to_contain_text("Cristal du Bocq")
    means = "user name, password and code of an app, level 400"
    arrived(page, counter, "step_up", means=means, place="/presence/staff/?scope=sites")


def test_a_clerk_chooses_an_enterprise_at_the_provider_and_acts_for_it(
    at_counter: Window, counter: Counter
) -> None:
    page = at_counter.page()

    ask(page, "/presence/staff/")
    give_password(page, counter.told["clerk"])
    page.get_by_label("Code").fill(counter.app_code("clerk"))
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_title(re.compile("^For which enterprise"))
    sound(page)
    page.get_by_role("button", name="Continue").click()
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    page.get_by_label(re.compile("Weiße Tanne")).check()
    page.get_by_role("button", name="Continue").click()

    expect(page).to_have_url(f"{counter.live.portal}/presence/staff/")
    expect(page.locator("header")).to_contain_text("Weiße Tanne")
    expect(page.locator("header")).to_contain_text(counter.told["clerk"]["name"])


def test_without_javascript_one_signs_in_reads_and_signs_out(
    at_counter: Window, counter: Counter
) -> None:
    page = at_counter.page(java_script_enabled=False, locale="fr-BE")
    page.goto(OWN)
    page.locator("a[href*='/sign-in/?']").first.click()
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    give_password(page, counter.told["plain"])
    page.locator("input[name=code]").fill(counter.app_code("plain"))
    page.locator("main form button").first.click()
    expect(page).to_have_url(f"{counter.live.portal}{OWN}")
    expect(page.locator("header")).to_contain_text(counter.told["plain"]["name"])

    page.locator("summary", has_text=counter.told["plain"]["name"]).click()
    page.locator(".p-me form button").click()

    expect(page).to_have_url(re.compile("/signed-out/"))
    page.goto(OWN)
    expect(page).not_to_have_url(f"{counter.live.portal}{OWN}")


def test_the_tiles_are_walked_and_used_by_keyboard_alone(
    at_counter: Window, counter: Counter
) -> None:
    who = counter.told["keyboard"]
    page = at_counter.page()
    page.goto(f"/sign-in/?next={OWN}")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    page.keyboard.press("Enter")

    seen = _walk(page, until="codes-user-name")
    assert "Identity card and card reader" in seen
    assert "Passkey" in seen
    page.keyboard.type(who["user_name"])
    page.keyboard.press("Tab")
    page.keyboard.type(who["password"])
    page.keyboard.press("Enter")

    arrived(page, counter, "keyboard", means="user name and password, level 200")


def test_the_code_of_an_app_is_given_by_keyboard_alone(
    at_counter: Window, counter: Counter
) -> None:
    who = counter.told["typist"]
    page = at_counter.page()
    page.goto(f"/sign-in/?next={OWN}")

    _walk(page, until="second-user-name")
    page.keyboard.type(who["user_name"])
    page.keyboard.press("Tab")
    page.keyboard.type(who["password"])
    page.keyboard.press("Enter")
    field = page.get_by_label("Code")
    expect(field).to_be_visible()
    _walk(page, until=str(field.get_attribute("id")))
    page.keyboard.type(counter.app_code("typist"))
    page.keyboard.press("Enter")

    means = "user name, password and code of an app, level 400"
    arrived(page, counter, "typist", means=means)


def test_a_session_that_ends_is_announced_and_what_was_typed_stays_on_the_page(
    at_counter: Window, counter: Counter
) -> None:
    words = "When do I receive my certificate?"
    page = at_counter.page()
    page.clock.install()
    ask(page, OWN)
    give_password(page, counter.told["idle"], "codes")
    expect(page).to_have_url(f"{counter.live.portal}{OWN}")
    page.goto("/contact/")
    typed = page.locator("main textarea")
    typed.fill(words)
    left = _seconds_left(page)

    page.clock.fast_forward((left - 60) * 1000)
    expect(page.get_by_role("alertdialog", name="Are you still there?")).to_be_visible()
    page.clock.fast_forward(61_000)
    over = page.get_by_role("alertdialog", name="Your session has ended")
    expect(over.get_by_text("What you typed is still on this page")).to_be_visible()
    sound(page)
    over.get_by_role("button", name="Stay on this page").click()

    expect(over).to_be_hidden()
    expect(typed).to_have_value(words)


def test_after_a_session_that_ended_one_signs_in_again_and_is_on_the_same_page(
    at_counter: Window, counter: Counter
) -> None:
    page = at_counter.page()
    page.clock.install()
    ask(page, OWN + "?page=1")
    give_password(page, counter.told["idle"], "codes")
    expect(page).to_have_url(f"{counter.live.portal}{OWN}?page=1")

    left = _seconds_left(page)
    page.clock.fast_forward((left + 1) * 1000)
    page.context.clear_cookies()
    over = page.get_by_role("alertdialog", name="Your session has ended")
    over.get_by_role("button", name="Sign in again").click()
    page.get_by_role("link", name="Sign in with a means of identification").click()
    give_password(page, counter.told["idle"], "codes")

    means = "user name and password, level 200"
    arrived(page, counter, "idle", means=means, place=OWN + "?page=1")


def _seconds_left(page: Page) -> int:
    """How long the session lasts, once the page counts: its script takes the hour as it starts."""
    page.wait_for_load_state("load")
    return int(page.locator("#session-ends").get_attribute("data-left") or "")


def test_by_keyboard_every_tile_form_and_way_back_is_reached_and_seen(
    at_counter: Window, counter: Counter
) -> None:
    page = at_counter.page()
    page.goto(f"/sign-in/?next={OWN}")

    seen = _walk(page, until="")

    for word in (
        "Skip to main content",
        "codes-user-name",
        "codes-password",
        "second-user-name",
        "second-password",
        "Security codes on paper (token)",
        "Try an error (simulation)",
        "Cancel and go back",
    ):
        assert word in seen


def test_going_back_without_signing_in_is_said_at_the_counter(
    at_counter: Window, counter: Counter
) -> None:
    page = at_counter.page()
    ask(page, OWN)

    page.get_by_role("button", name="Cancel and go back").click()

    expect(page.get_by_text("You did not sign in. Nothing was changed.")).to_be_visible()
    assert page.url.startswith(counter.live.portal)


def _walk(page: Page, *, until: str) -> list[str]:
    """Press Tab through the page, as far as an id or round it; what was focused, all of it seen."""
    seen: list[str] = []
    for _ in range(80):
        page.keyboard.press("Tab")
        found = page.evaluate(
            """() => {
              const one = document.activeElement;
              if (!one || one === document.body) return null;
              const style = getComputedStyle(one), box = one.getBoundingClientRect();
              const marked = style.outlineStyle !== "none" || style.boxShadow !== "none";
              const word = one.matches("input") ? one.id : one.textContent.trim();
              return [word, marked && box.width > 0 && box.height > 0];
            }"""
        )
        if found is None or (seen and found[0] == seen[0]):
            return seen
        word, is_seen = found
        assert is_seen, f"{word} does not show that it has the focus"
        seen.append(word)
        if word == until:
            return seen
    raise AssertionError(f"the focus never came to an end: {seen}")


def _device(page: Page) -> None:
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
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def _in_profile(page: Page, counter: Counter) -> None:
    told = counter.told["passkey"]
    cookie = {"name": "guichet_csam", "value": told["session"], "url": counter.live.csam}
    page.context.add_cookies([cookie])  # type: ignore[list-item]
