"""The program of the eID reader: to one origin, with one code, from this computer alone."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import requests
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from guichet.demo.fixtures import W1
from guichet.eservices.presence.kiosk.bridge import cards
from guichet.eservices.presence.kiosk.bridge.cards import CardUnreadable, FileReader
from guichet.eservices.presence.kiosk.bridge.main import main
from guichet.eservices.presence.kiosk.bridge.server import Bridge, Rules

ORIGIN, TOKEN = "https://portal.example.org", "BCDEFGHIJKLNOPRSTUVXBCDE"
GOOD = {"Origin": ORIGIN, "Authorization": f"Bearer {TOKEN}"}


def card_pem(niss: str) -> bytes:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.SERIAL_NUMBER, niss)])
    now = datetime(2026, 11, 1, tzinfo=UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(now)
        .not_valid_after(now + timedelta(days=900))
        .sign(key, hashes.SHA256())
    )
    return made.public_bytes(serialization.Encoding.PEM)


@pytest.fixture
def slot(tmp_path: Path) -> Path:
    """Where a simulated card is put in."""
    return tmp_path / "card.pem"


@pytest.fixture
def bridge(slot: Path) -> Iterator[str]:
    server = Bridge(port=0, rules=Rules(ORIGIN, TOKEN), reader=FileReader(slot))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join()


def asked(bridge: str, headers: dict[str, str], path: str = "/v1/card") -> requests.Response:
    return requests.get(f"{bridge}{path}", headers=headers, timeout=10)


def test_the_card_is_told_with_a_mark_that_it_is_simulated(bridge: str, slot: Path) -> None:
    slot.write_bytes(card_pem(W1))

    told = asked(bridge, GOOD)

    assert told.json() | {"reading": ""} == {
        "present": True, "reading": "", "niss": W1, "isSimulated": True,
    }  # fmt: skip
    assert told.headers["Access-Control-Allow-Origin"] == ORIGIN
    assert told.headers["Cache-Control"] == "no-store"


def test_an_empty_reader_and_a_card_that_stays_in(bridge: str, slot: Path) -> None:
    assert asked(bridge, GOOD).json() == {"present": False}
    slot.write_bytes(card_pem(W1))
    first = asked(bridge, GOOD).json()["reading"]
    assert asked(bridge, GOOD).json()["reading"] == first

    slot.write_bytes(card_pem(W1))

    assert asked(bridge, GOOD).json()["reading"] != first


def test_a_file_that_is_no_card_is_there_and_names_nobody(bridge: str, slot: Path) -> None:
    slot.write_bytes(b"no card")

    assert asked(bridge, GOOD).json() == {"present": True, "reading": "unreadable"}


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 403),
        ({"Origin": "https://elsewhere.example"}, 403),
        ({**GOOD, "Origin": f"{ORIGIN}.elsewhere.example"}, 403),
        ({**GOOD, "Origin": "null"}, 403),
        ({**GOOD, "Host": "rebound.example"}, 403),
        ({"Origin": ORIGIN}, 401),
        ({**GOOD, "Authorization": f"Bearer {TOKEN[:-1]}C"}, 401),
        ({**GOOD, "Authorization": TOKEN}, 401),
    ],
)
def test_nobody_else_learns_who_is_in_the_reader(
    bridge: str, slot: Path, headers: dict[str, str], status: int
) -> None:
    slot.write_bytes(card_pem(W1))

    told = asked(bridge, headers)

    assert told.status_code == status
    assert W1 not in told.text
    assert told.headers.get("Access-Control-Allow-Origin") in (None, ORIGIN)


def test_there_is_one_address_and_it_is_read_only(bridge: str) -> None:
    assert asked(bridge, GOOD, "/").status_code == 404
    assert requests.post(f"{bridge}/v1/card", headers=GOOD, timeout=10).status_code == 501


def test_a_browser_may_ask_from_the_page_and_from_no_other(bridge: str) -> None:
    ours = requests.options(f"{bridge}/v1/card", headers={"Origin": ORIGIN}, timeout=10)
    theirs = requests.options(f"{bridge}/v1/card", headers={"Origin": "https://x.org"}, timeout=10)

    assert ours.status_code == 204
    assert ours.headers["Access-Control-Allow-Private-Network"] == "true"
    assert theirs.status_code == 403


def identity(niss: str, *, long_name: int = 10) -> bytes:
    """An identity file: tags with lengths, the number under tag 6."""

    def entry(tag: int, value: bytes) -> bytes:
        left, length = len(value), b""
        while left >= 255:
            length, left = length + b"\xff", left - 255
        return bytes([tag]) + length + bytes([left]) + value

    return entry(1, b"591000000000") + entry(7, b"x" * long_name) + entry(6, niss.encode())


def playing(content: bytes, *, selected: tuple[int, int] = (0x90, 0)) -> cards.Transmit:
    """A card that answers as the applet does, also when more is asked than it has."""

    def transmit(apdu: list[int]) -> tuple[list[int], int, int]:
        if apdu[1] == 0xA4:
            return [], *selected
        at, wanted = apdu[2] << 8 | apdu[3], apdu[4]
        piece = content[at : at + wanted]
        if not piece:
            return [], 0x6B, 0x00
        if len(piece) < wanted:
            return [], 0x6C, len(piece)
        return list(piece), 0x90, 0x00

    return transmit


@pytest.mark.parametrize("long_name", [0, 10, 300, 600])
def test_the_number_is_read_from_the_identity_file_of_a_card(long_name: int) -> None:
    assert cards.number_of(playing(identity(W1, long_name=long_name))) == W1


@pytest.mark.parametrize(
    "transmit",
    [
        playing(b"", selected=(0x6A, 0x82)),
        playing(b""),
        playing(b"\x06"),
        playing(b"\x06\xff"),
        playing(identity("123")),
        playing(b"\x01\x02ab"),
    ],
)
def test_whatever_else_is_in_the_reader_is_unreadable(transmit: cards.Transmit) -> None:
    with pytest.raises(CardUnreadable):
        cards.number_of(transmit)


def test_without_a_library_for_readers_the_command_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "smartcard.System", None)

    assert main(["--origin", ORIGIN]) == 1
    assert "pyscard" in capsys.readouterr().err


def test_the_bridge_carries_no_framework() -> None:
    import subprocess
    import sys

    code = (
        "import sys; import guichet.eservices.presence.kiosk.bridge.main;"
        "sys.exit(any(name in sys.modules for name in ('django', 'psycopg')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
