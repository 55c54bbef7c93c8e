"""From a page of the counter to the provider and back, with each means, in a real browser."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from guichet.csam.eid.authority import Card, CardAuthority
from guichet.platform import clock
from tests.browser import Window
from tests.counter import Counter

pytestmark = [pytest.mark.browser, pytest.mark.slow]
OWN = "/who-consulted-my-data/"


def ask(page: Page, place: str) -> None:
    """As a visitor, for a page of one's own: the counter leads to the provider."""
    page.goto(place)
    page.get_by_role("link", name="Sign in with a means of identification").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("How do you want to sign in?")
    expect(page.get_by_text("You sign in for Guichet")).to_be_visible()


def give_password(page: Page, who: dict[str, Any], field: str = "second") -> None:
    """User name and password in one of the two forms of the tile page."""
    name = page.locator(f"#{field}-user-name")
    name.fill(who["user_name"])
    page.locator(f"#{field}-password").fill(who["password"])
    page.locator("form", has=name).get_by_role("button").click()


def arrived(page: Page, counter: Counter, who: str, *, means: str, place: str = OWN) -> None:
    """The page asked for is there, it knows who reads it, and so does the list of sessions."""
    expect(page).to_have_url(f"{counter.live.portal}{place}")
    expect(page.locator("header")).to_contain_text(counter.told[who]["name"])
    page.goto("/sessions/")
    row = page.get_by_role("row").filter(has_text="this session")
    expect(row).to_contain_text(means)
    assert counter.told[who]["niss"] not in page.content()


def a_card(counter: Counter, who: str) -> Card:
    """An identity card of one of the people, by the authority of the running listener."""
    given, family = counter.told[who]["name"].split()
    return CardAuthority(counter.live.environment.card_authority).issue(
        niss=counter.told[who]["niss"], given_name=given, family_name=family, now=clock.now()
    )


def test_a01_an_identity_card_signs_in_at_level_500(
    at_counter: Window, counter: Counter, tmp_path: Path
) -> None:
    file = tmp_path / "card.p12"
    file.write_bytes(a_card(counter, "eid").pkcs12(password="guichet", name="card"))
    one = {"origin": counter.live.eid, "pfxPath": str(file), "passphrase": "guichet"}
    page = at_counter.page(ignore_https_errors=True, client_certificates=[one])

    ask(page, OWN)
    page.get_by_role("link", name="Identity card and card reader").click()
    page.get_by_role("link", name="Read my card").click()

    arrived(page, counter, "eid", means="identity card and reader, level 500")


def test_user_name_and_password_sign_in_at_level_200(at_counter: Window, counter: Counter) -> None:
    page = at_counter.page()

    ask(page, OWN)
    give_password(page, counter.told["password"], "codes")

    arrived(page, counter, "password", means="user name and password, level 200")


def test_the_code_of_an_app_signs_in_at_level_400(at_counter: Window, counter: Counter) -> None:
    page = at_counter.page()

    ask(page, OWN + "?page=1")
    give_password(page, counter.told["app"])
    page.get_by_label("Code").fill(counter.app_code("app"))
    page.get_by_role("button", name="Sign in").click()

    means = "user name, password and code of an app, level 400"
    arrived(page, counter, "app", means=means, place=OWN + "?page=1")


def test_the_code_of_a_mail_signs_in_at_level_300(at_counter: Window, counter: Counter) -> None:
    who = counter.told["mail"]
    page = at_counter.page()

    ask(page, OWN)
    give_password(page, who)
    expect(page.get_by_role("heading", level=1)).to_have_text("We sent you a code")
    page.get_by_label("Code").fill(counter.mailed(who["email"]))
    page.get_by_role("button", name="Sign in").click()

    means = "user name, password and code by e-mail, level 300"
    arrived(page, counter, "mail", means=means)


def test_the_code_of_a_paper_card_signs_in_at_level_300(
    at_counter: Window, counter: Counter
) -> None:
    who = counter.told["card"]
    page = at_counter.page()

    ask(page, OWN)
    page.get_by_role("link", name="Security codes on paper (token)").click()
    page.get_by_label("User name").fill(who["user_name"])
    page.get_by_label("Password").fill(who["password"])
    page.get_by_role("button", name="Continue").click()
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text(re.compile(r"Code number \d+ of your card"))
    [rank] = re.findall(r"\d+", heading.inner_text())
    page.get_by_label("Code").fill(who["codes"][rank])
    page.get_by_role("button", name="Sign in").click()

    arrived(page, counter, "card", means="user name, password and paper card, level 300")


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
