"""Receipts that anybody verifies: signed, short, naming nobody, and refused when touched."""

import base64
import json
import re
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from zoneinfo import ZoneInfo

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from guichet.access.keys import ensure_keys
from guichet.demo.fixtures import E1, S2, W1, W2
from guichet.eservices.presence.receipts import keys, slips
from guichet.eservices.presence.receipts.keys import ReceiptKeysMissing
from guichet.eservices.presence.receipts.slips import Slip, SlipRefused
from tests.eservices.presence.days_world import months
from tests.portal.browsing import words
from tests.portal.test_checkin import announced, at
from tests.portal.world import World

BRUSSELS = ZoneInfo("Europe/Brussels")
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = {"key-1": KEY.public_key().public_bytes_raw()}
SLIP = slips.slip_of(
    receipt=260302_000000001, kind="in", at=datetime(2026, 3, 2, 6, 0, 12, 418, BRUSSELS), site=S2,
    employer=E1, number=W1,
)  # fmt: skip
TEXT = slips.signed(SLIP, key=KEY, name="key-1")
PLACE = "/receipts/"


@pytest.fixture
def signing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """This installation signs, with keys of its own."""
    path = tmp_path / "receipt-keys.json"
    ensure_keys(path, make=keys.new_key)
    monkeypatch.setattr(settings, "ENVIRONMENT", replace(settings.ENVIRONMENT, receipt_keys=path))
    return path


def fault(text: str, public: dict[str, bytes] | None = None) -> str:
    with pytest.raises(SlipRefused) as refused:
        slips.verified(text, keys=PUBLIC if public is None else public)
    return str(refused.value)


def test_what_was_signed_is_read_again_and_names_nobody() -> None:
    read = slips.verified(TEXT, keys=PUBLIC)

    assert replace(read, key="") == SLIP
    assert read.at == "2026-03-02T06:00:12+01:00"
    assert read.holder == slips.digest_of_holder(receipt=SLIP.receipt, number=W1)
    assert read.holder != slips.digest_of_holder(receipt=SLIP.receipt + 1, number=W1)
    inside = base64.urlsafe_b64decode(TEXT.split(".")[2] + "==")
    assert W1.encode() not in inside
    assert len(TEXT) < 300
    assert slips.signed(SLIP, key=KEY, name="key-1") == TEXT


@given(
    number=st.integers(1, 10**15 - 1),
    kind=st.sampled_from(slips.KINDS),
    day=st.dates(date(2024, 1, 1), date(2050, 1, 1)),
    employer=st.text("0123456789ABC", max_size=30),
)
def test_every_slip_comes_back_whole(number: int, kind: str, day: date, employer: str) -> None:
    slip = slips.slip_of(receipt=number, kind=kind, at=day, site=S2, employer=employer, number=W1)

    text = slips.signed(slip, key=KEY, name="key-1")

    assert replace(slips.verified(f"  {text}\n", keys=PUBLIC), key="") == slip


@given(place=st.integers(0, len(TEXT) - 1), sign=st.sampled_from("ABCxyz019-_."))
def test_a_slip_that_was_touched_anywhere_is_refused(place: int, sign: str) -> None:
    touched = TEXT[:place] + sign + TEXT[place + 1 :]
    # The last sign of base64 holds four bits that mean nothing: only the same bytes pass.
    if touched == TEXT or place in (len(TEXT) - 1, len(TEXT.rpartition(".")[0]) - 1):
        return

    assert fault(touched) in ("unreadable", "unknownKey", "altered")


@given(st.text(max_size=400) | st.binary(max_size=400).map(lambda raw: raw.decode("latin-1")))
def test_anything_else_is_refused_in_words(text: str) -> None:
    assert fault(text) in ("unreadable", "unknownKey", "altered")


def test_another_key_under_the_same_name_and_an_unknown_name_are_told_apart() -> None:
    stranger = Ed25519PrivateKey.from_private_bytes(bytes(32)).public_key().public_bytes_raw()

    assert fault(TEXT, {"key-1": stranger}) == "altered"
    assert fault(TEXT, {}) == "unknownKey"
    assert fault(TEXT + "A" * 2_000) == "unreadable"


def test_a_rotation_keeps_what_was_signed_before(signing: Path) -> None:
    before = keys.current()
    old = slips.signed(SLIP, key=before.key, name=before.name)
    held = json.loads(signing.read_text())["keys"]
    public_only = {name: value for name, value in held[0].items() if name != "d"}
    signing.write_text(json.dumps({"keys": [keys.new_key().as_dict(private=True), public_only]}))

    after = keys.current()

    assert after.name != before.name
    assert set(after.public) == {before.name, after.name}
    assert slips.verified(old, keys=after.public).is_specimen
    assert oct(signing.stat().st_mode)[-3:] == "600"


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{}",
        '{"keys": []}',
        "x",
        '{"keys": [{"kty": "oct", "k": "AAAAAAAAAAAAAAAAAAAAAAAAAAAA", "kid": "a"}]}',
    ],
)
def test_keys_that_are_none_are_said_and_no_receipt_is_signed(content: str, signing: Path) -> None:
    signing.write_text(content)

    with pytest.raises(ReceiptKeysMissing, match=r"receipt-keys\.json"):
        keys.current()


pages = pytest.mark.django_db(databases=["default", "audit"])


@pages
def test_each_registration_has_its_receipt(
    clerk: Client, worker: Client, world: World, signing: Path
) -> None:
    months("2026-10-01", "2027-02-01")
    [number] = announced(at())
    [receipt, _out] = world.day(W1, "07:00 12:00")

    for client, place in (
        (clerk, f"/checkin/presences/{number}/"),
        (clerk, f"/presence/staff/registrations/{receipt}/"),
        (worker, f"/presence/my-registrations/{receipt}/"),
    ):
        page = client.get(place).content.decode()
        assert "SPECIMEN" in page
        [image] = re.findall(r'<img src="(data:image/svg[^"]+)"', page)
        assert unquote(image).startswith("data:image/svg+xml")


@pages
def test_without_keys_a_registration_has_no_square(clerk: Client, world: World) -> None:
    [receipt, _out] = world.day(W1, "07:00 12:00")

    page = clerk.get(f"/presence/staff/registrations/{receipt}/").content.decode()

    assert "<img" not in page.split("<main")[1]


def signed_here(**given: Any) -> str:
    """A slip of this installation."""
    held = keys.current()
    slip: Slip = replace(SLIP, **given)
    return slips.signed(slip, key=held.key, name=held.name)


@pages
def test_anybody_verifies_without_javascript(signing: Path) -> None:
    visitor = Client()
    text = signed_here()
    address = f"http://portal.localhost:8000{PLACE}#{text}"

    genuine = words(
        visitor.post(PLACE, {"slip": address, "number": "85.07.31-001.30"}).content.decode()
    )
    other = words(visitor.post(PLACE, {"slip": text, "number": W2}).content.decode())
    forged = words(visitor.post(PLACE, {"slip": TEXT}).content.decode())
    touched = words(visitor.post(PLACE, {"slip": text[:-10] + "A" * 10}).content.decode())
    empty = visitor.post(PLACE, {"slip": ""})
    nonsense = words(visitor.post(PLACE, {"slip": "<script>"}).content.decode())

    assert "Genuine: signed by this service, not changed" in genuine
    assert "It is the receipt of this person." in genuine
    assert "SPECIMEN" in genuine
    assert "It is the receipt of somebody else." in other
    assert "a key that is none of this service" in forged
    assert "changed after it was signed" in touched
    assert empty.status_code == 422
    assert "not the content of the QR code" in nonsense
    assert W1 not in genuine


@pages
def test_the_keys_are_published_and_fit_the_file_that_verifies_offline(signing: Path) -> None:
    answer = Client().get(f"{PLACE}keys.json")
    file = Client().get(f"{PLACE}verifier.html")

    public = {
        name: base64.urlsafe_b64decode(text + "=") for name, text in answer.json()["keys"].items()
    }
    assert slips.verified(signed_here(), keys=public).receipt == SLIP.receipt
    assert "max-age" in answer["Cache-Control"]
    assert '"d"' not in answer.content.decode()
    assert file["Content-Disposition"].startswith("attachment")
    page = file.content.decode()
    assert next(iter(public)) in page
    assert "http" not in re.sub(r"http://www\.w3\.org/[^\"' ]*", "", page)


@pages
@pytest.mark.parametrize("language", ["fr", "nl", "de", "en"])
def test_the_verifier_speaks_four_languages(language: str, signing: Path) -> None:
    page = Client(headers={"accept-language": language}).get(PLACE).content.decode()

    assert f'lang="{language}"' in page
