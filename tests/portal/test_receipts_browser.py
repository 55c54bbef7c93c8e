"""A receipt in a browser: what its QR code opens, offline in one file, and without script."""

import json
import re
from pathlib import Path

import pytest
from joserfc.jwk import KeySet
from playwright.sync_api import Page, expect

from guichet.eservices.presence.receipts import slips
from tests.browser import LOOKS, faults, fits
from tests.database import REPOSITORY
from tests.live import Live
from tests.portal.visits import Told, Visit, filled, visit

__all__ = ["filled", "visit"]
DECODER = REPOSITORY / "src/guichet/platform/static/vendor/jsQR.js"
pytestmark = [pytest.mark.browser, pytest.mark.slow]


def _slip(page: Page, told: Told) -> str:
    """The slip of a registration, read from the picture on its page by a decoder of others."""
    page.goto(f"/presence/staff/registrations/{told.receipt}/")
    image = page.locator(".pr-square img")
    expect(image).to_be_visible()
    page.evaluate(DECODER.read_text("utf-8"))
    scanned: str = image.evaluate(
        """async (image) => {
          const canvas = document.createElement("canvas");
          canvas.width = canvas.height = 4 * image.naturalWidth;
          const brush = canvas.getContext("2d");
          brush.drawImage(image, 0, 0, canvas.width, canvas.height);
          const seen = brush.getImageData(0, 0, canvas.width, canvas.height);
          return jsQR(seen.data, seen.width, seen.height)?.data ?? "";
        }"""
    )
    return scanned


def _signed(live: Live, receipt: int) -> str:
    """A slip made with the keys of the live portal."""

    path = Path(live.variables["GUICHET_VAR"]) / "secrets" / "receipt-keys.json"
    key = KeySet.import_key_set(json.loads(path.read_text())).keys[0]
    slip = slips.Slip(
        receipt, "in", "2026-11-25T06:58:00+01:00", "1Y103CF8203SZ", "0712345630", "x"
    )
    return slips.signed(slip, key=key.private_key, name=str(key.kid))  # type: ignore[arg-type]


def test_the_address_of_the_code_verifies_by_itself_and_nothing_is_sent(
    visit: Visit, filled: Told, live: Live
) -> None:
    text = _signed(live, filled.receipt)
    page = visit(None)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url))

    page.goto(f"/receipts/#{text}")

    expect(page.get_by_text("Genuine: signed by this service, not changed")).to_be_visible()
    expect(page.locator("[data-answer]")).to_contain_text(str(filled.receipt))
    expect(page.locator("[data-answer]")).to_contain_text("SPECIMEN")
    assert not [url for url in sent if "GR1" in url.partition("#")[0]]
    page.get_by_label("Content of the QR code").fill(text[:-12] + "A" * 12)
    page.get_by_role("button", name="Verify").click()
    expect(page.get_by_text("it was changed after it was signed")).to_be_visible()
    assert faults(page) == []


def test_the_file_verifies_without_a_network(
    visit: Visit, filled: Told, live: Live, tmp_path: Path
) -> None:
    text = _signed(live, filled.receipt)
    page = visit(None)
    page.goto("/receipts/")
    with page.expect_download() as told:
        page.get_by_role("link", name=re.compile("Save the verifier")).click()
    file = tmp_path / "verifier.html"
    told.value.save_as(file)
    page.context.set_offline(True)

    page.goto(file.as_uri())
    page.get_by_label("Content of the QR code").fill(text)
    page.get_by_role("button", name="Verify").click()

    expect(page.get_by_text("Genuine: signed by this service, not changed")).to_be_visible()


@pytest.mark.parametrize("look", LOOKS)
def test_the_pages_have_no_fault_that_a_program_finds(
    visit: Visit, filled: Told, look: str
) -> None:
    page = visit("clerk", **LOOKS[look])
    for place in ("/receipts/", f"/presence/staff/registrations/{filled.receipt}/"):
        page.goto(place)
        assert faults(page) == []
        assert fits(page)


def test_without_javascript_the_server_looks(visit: Visit, filled: Told, live: Live) -> None:
    page = visit(None, java_script_enabled=False)
    page.goto("/receipts/")
    page.get_by_label("Content of the QR code").fill(_signed(live, filled.receipt))
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.get_by_text("Genuine: signed by this service, not changed")).to_be_visible()


def test_the_picture_holds_the_slip(visit: Visit, filled: Told) -> None:
    scanned = _slip(visit("clerk"), filled)

    assert re.fullmatch(r"http://[^#]+/receipts/#GR1\.[A-Za-z0-9_.-]+", scanned)
