"""A relying party that we did not write signs people in: openid-client, in a process of its own."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from guichet.rules.assurance import Means
from tests.browser import Window
from tests.counter import Counter, guichet
from tests.database import REPOSITORY

pytestmark = [pytest.mark.browser, pytest.mark.slow]
URN = "urn:be:fedict:iam:fas:"
MODULES = REPOSITORY / "assets" / "node_modules"
SCRIPT = Path(__file__).with_name("relying_party.mjs")


class Party:
    """The other website: it answers one line at a time."""

    def __init__(self) -> None:
        node = shutil.which("node")
        assert node is not None, "no node here; the front-end packages need it too"
        self._process = subprocess.Popen(
            [node, str(SCRIPT), str(MODULES)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.redirect_uri: str = self.hear()["redirectUri"]

    def hear(self) -> dict[str, Any]:
        """The next thing it says."""
        assert self._process.stdout is not None
        said: dict[str, Any] = json.loads(self._process.stdout.readline())
        return said

    def tell(self, **members: str) -> None:
        """What it needs to know."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(members) + "\n")
        self._process.stdin.flush()

    def end(self) -> None:
        """It goes, whatever it was doing."""
        self._process.kill()
        self._process.communicate()


@pytest.fixture
def party() -> Iterator[Party]:
    party = Party()
    yield party
    party.end()


def _registered(party: Party, counter: Counter) -> dict[str, str]:
    words = ("client", "create", "other-website", "--name", "Another website")
    made: dict[str, str] = guichet(counter.live, *words, "--redirect", party.redirect_uri, "--json")
    return made


def _asked(party: Party, counter: Counter, **changed: str) -> str:
    """Register it, let it find the provider, and give the address to send a browser to."""
    known = {
        "issuer": counter.live.environment.sign_in_issuer,
        "scope": "openid profile egovnrn",
        "acrValues": f"{URN}citizen:Level200",
    }
    party.tell(**(known | _registered(party, counter) | changed))
    said = party.hear()
    assert "refused" not in said, said
    address: str = said["authorize"]
    return address


def _sign_in(page: Page, who: dict[str, Any]) -> None:
    expect(page.get_by_text("You sign in for Another website")).to_be_visible()
    page.locator("#codes-user-name").fill(who["user_name"])
    page.locator("#codes-password").fill(who["password"])
    form = page.locator("form", has=page.locator("#codes-user-name"))
    form.get_by_role("button", name="Sign in").click()


def test_a_relying_party_with_a_library_of_others_is_told_who_signed_in(
    at_counter: Window, counter: Counter, party: Party
) -> None:
    who = counter.told["party"]
    page = at_counter.page()

    page.goto(_asked(party, counter))
    _sign_in(page, who)
    expect(page.get_by_role("heading", name="Somebody is back")).to_be_visible()

    said = party.hear()
    claims, userinfo = said["claims"], said["userinfo"]
    assert said["tokenType"] == "bearer"
    assert claims["aud"] == "other-website"
    assert claims["acr"] == f"{URN}citizen:Level200"
    assert claims["amr"] == [Means.PASSWORD.value, "pwd"]
    assert userinfo["sub"] == claims["sub"] != who["niss"]
    assert userinfo["egovNRN"] == who["niss"]
    assert f"{userinfo['givenName']} {userinfo['surname']}" == who["name"]
    assert userinfo["aud"] == "other-website"


def test_a_relying_party_with_a_wrong_secret_is_told_nothing(
    at_counter: Window, counter: Counter, party: Party
) -> None:
    page = at_counter.page()

    page.goto(_asked(party, counter, clientSecret="not this one"))
    _sign_in(page, counter.told["party"])
    expect(page.get_by_role("heading", name="Somebody is back")).to_be_visible()

    said = party.hear()
    assert said["refused"] == "OAUTH_WWW_AUTHENTICATE_CHALLENGE"
    assert counter.told["party"]["niss"] not in json.dumps(said)


@pytest.mark.parametrize(
    ("fault", "refused"),
    [
        ("Another nonce in the identity token", "claim value encountered"),
        ("An identity token of an hour ago", "timestamp"),
    ],
)
def test_a_library_of_others_refuses_the_faults_that_one_can_ask_for(
    at_counter: Window, counter: Counter, party: Party, fault: str, refused: str
) -> None:
    page = at_counter.page()

    page.goto(_asked(party, counter))
    page.get_by_text("Try an error (simulation)").click()
    page.get_by_role("button", name=fault).click()
    _sign_in(page, counter.told["party"])
    expect(page.get_by_role("heading", name="Somebody is back")).to_be_visible()

    said = party.hear()
    assert "claims" not in said
    assert refused in said["message"]


def test_somebody_who_goes_back_is_an_error_to_the_relying_party(
    at_counter: Window, counter: Counter, party: Party
) -> None:
    page = at_counter.page()

    page.goto(_asked(party, counter))
    page.get_by_role("button", name="Cancel and go back").click()
    expect(page.get_by_role("heading", name="Somebody is back")).to_be_visible()

    assert party.hear()["error"] == "access_denied"
