"""The ways from a page of the counter to the provider and back: what a person does, by means.

Each way takes ``look``, which is called at every page that is passed: it judges the page, or not.
"""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from guichet.csam.eid.authority import Card, CardAuthority, CardKind
from guichet.platform import clock
from tests.browser import Window, faults, fits
from tests.counter import Counter

OWN = "/who-consulted-my-data/"
Look = Callable[[Page], None]
Way = Callable[[Page, Counter, Look], str]


def sound(page: Page) -> None:
    """The page has one heading, fits its window, and has no fault that a program finds."""
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    assert not (found := faults(page)), f"{page.url}: {found}"
    assert fits(page), page.url


def passed_over(_page: Page) -> None:
    """For windows without JavaScript, in which no program can look."""


def ask(page: Page, place: str, look: Look = passed_over) -> None:
    """As a visitor, for a page of one's own: the counter leads to the provider."""
    page.goto(place)
    look(page)
    page.get_by_role("link", name="Sign in with a means of identification").click()
    _titled(page, "How do you want to sign in?")
    expect(page.get_by_text("You sign in for Guichet")).to_be_visible()
    look(page)


def give_password(page: Page, who: dict[str, Any], field: str = "second") -> None:
    """User name and password in one of the two forms of the tile page."""
    name = page.locator(f"#{field}-user-name")
    name.fill(who["user_name"])
    page.locator(f"#{field}-password").fill(who["password"])
    page.locator("form", has=name).get_by_role("button").click()


def give_code(page: Page, code: str, look: Look = passed_over) -> None:
    """The code of whatever key was asked for."""
    expect(page.get_by_label("Code")).to_be_visible()
    look(page)
    page.get_by_label("Code").fill(code)
    page.get_by_role("button", name="Sign in").click()


def arrived(
    page: Page, name: str, *, means: str, at: str, secret: str = "", look: Look = passed_over
) -> None:
    """The page asked for is there, it knows who reads it, and so does the list of sessions.

    ``secret``: the number of the person, which no page shows.
    """
    expect(page).to_have_url(at)
    expect(page.locator("header")).to_contain_text(name)
    look(page)
    page.goto("/sessions/")
    row = page.get_by_role("row").filter(has_text="this session")
    expect(row).to_contain_text(means)
    look(page)
    assert not secret or secret not in page.content()


def by_password(page: Page, counter: Counter, look: Look) -> str:
    """User name and password, without a second key."""
    ask(page, OWN, look)
    give_password(page, counter.told["password"], "codes")
    return "user name and password, level 200"


def by_app(page: Page, counter: Counter, look: Look, *, who: str = "app") -> str:
    """The code that an app shows now."""
    ask(page, OWN, look)
    give_password(page, counter.told[who])
    give_code(page, counter.app_code(who), look)
    return "user name, password and code of an app, level 400"


def by_mail(page: Page, counter: Counter, look: Look) -> str:
    """The code that was mailed."""
    who = counter.told["mail"]
    ask(page, OWN, look)
    give_password(page, who)
    _titled(page, "We sent you a code")
    give_code(page, counter.mailed(who["email"]), look)
    return "user name, password and code by e-mail, level 300"


def by_paper(page: Page, counter: Counter, look: Look) -> str:
    """The code of the paper card that has the number asked for."""
    who = counter.told["card"]
    ask(page, OWN, look)
    page.get_by_role("link", name="Security codes on paper (token)").click()
    look(page)
    page.get_by_label("User name").fill(who["user_name"])
    page.get_by_label("Password").fill(who["password"])
    page.get_by_role("button", name="Continue").click()
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text(re.compile(r"Code number \d+ of your card"))
    [rank] = re.findall(r"\d+", heading.inner_text())
    give_code(page, who["codes"][rank], look)
    return "user name, password and paper card, level 300"


def by_identity_card(page: Page, counter: Counter, look: Look) -> str:
    """The card that was put into the window with `with_card`."""
    ask(page, OWN, look)
    page.get_by_role("link", name="Identity card and card reader").click()
    _titled(page, "Insert your identity card")
    look(page)
    page.get_by_role("link", name="Read my card").click()
    return "identity card and reader, level 500"


def by_itsme(page: Page, counter: Counter, look: Look) -> str:
    """Somebody of the demonstration confirms in the app."""
    ask(page, OWN, look)
    page.get_by_role("link", name="itsme, simulated").click()
    return confirm_in_app(page, counter, look)


def confirm_in_app(page: Page, counter: Counter, look: Look) -> str:
    """From the page of itsme: whose app, and the PIN."""
    look(page)
    page.get_by_role("radio", name=counter.told["itsme"]["app"]).check()
    page.get_by_role("button", name="Ask the app").click()
    _titled(page, "Confirm in the app")
    look(page)
    pin = page.get_by_label("PIN code of the app")
    pin.fill("12345")
    page.get_by_role("button", name="Confirm").click()
    return "itsme, level 450"


def by_eidas(page: Page, counter: Counter, look: Look, *, identifier: str = "PL/1") -> str:
    """Somebody of another country who was never here: a number is made on the way."""
    ask(page, OWN, look)
    say_abroad(page, look, identifier=identifier)
    _titled(page, "Your first time here")
    look(page)
    page.get_by_label("E-mail address").fill("karel@example.org")
    page.get_by_label("Telephone number").fill("+48 600 000 000")
    page.get_by_role("button", name="Continue").click()
    _titled(page, "You now have a BIS number")
    look(page)
    page.get_by_role("button", name="Continue").click()
    return "recognised European means of identification, level 400"


def say_abroad(page: Page, look: Look, *, identifier: str) -> None:
    """From the tiles to the country, which says who it is."""
    page.get_by_role("link", name=re.compile("European")).click()
    look(page)
    page.get_by_label("Which country issued your means?").select_option("PL")
    page.get_by_role("button", name="To my country").click()
    look(page)
    page.get_by_label("Identifier in that country").fill(identifier)
    page.get_by_label("Given name").fill("Karel")
    page.get_by_label("Family name").fill("Wójcik")
    page.get_by_label("Date of birth").fill("1988-02-03")
    page.get_by_label("Male", exact=True).check()
    page.get_by_role("button", name="Identify me").click()


# Whose name the page shows afterwards; empty: somebody of the demonstration.
WAYS: dict[str, tuple[Way, str]] = {
    "password": (by_password, "password"),
    "app": (by_app, "app"),
    "mail": (by_mail, "mail"),
    "paper": (by_paper, "card"),
    "itsme": (by_itsme, "itsme"),
    "eidas": (by_eidas, ""),
}


def a_card(counter: Counter, who: str, **options: Any) -> Card:
    """An identity card of one of the people, by the authority of the running listener."""
    given, family = counter.told[who]["name"].split()
    return CardAuthority(counter.live.environment.card_authority).issue(
        niss=counter.told[who]["niss"],
        given_name=given,
        family_name=family,
        now=clock.now(),
        **options,
    )


def with_card(
    window: Window, counter: Counter, folder: Path, *, kind: CardKind | None = None, **options: Any
) -> Page:
    """A page of a browser that has a card of somebody in its reader."""
    file = folder / "card.p12"
    card = a_card(counter, "eid", **({} if kind is None else {"kind": kind}))
    file.write_bytes(card.pkcs12(password="guichet", name="card"))
    one = {"origin": counter.live.eid, "pfxPath": str(file), "passphrase": "guichet"}
    return window.page(ignore_https_errors=True, client_certificates=[one], **options)


def _titled(page: Page, title: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
