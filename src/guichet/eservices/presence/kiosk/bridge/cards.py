"""What a reader sees of an identity card: real ones by PC/SC, simulated ones from a file.

Of a card only the identity file is read, which needs no code; nothing is written to it, and
nothing of it is kept. Source: Belgian eID card content, version 1.7 (public specification).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any, Final, Protocol

from cryptography import x509
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID


class ReaderMissing(Exception):
    """No real reader can be used here; the text says what to install."""


class CardUnreadable(Exception):
    """Something is in the reader, and it is no identity card that can be read."""


@dataclass(frozen=True, slots=True, repr=False)
class Card:
    """Who is in the reader. ``reading``: another one for every time that a card is put in."""

    niss: str = field(repr=False)
    reading: str
    is_simulated: bool


class Reader(Protocol):
    """A reader of identity cards."""

    def card(self) -> Card | None:
        """The card in the reader, None when it is empty; raises CardUnreadable."""
        ...


class FileReader:
    """A simulated reader: the card is in as long as its file is there.

    The file is what ``guichet eid card`` makes: a certificate in PEM, or PKCS#12 under the
    password of test cards.
    """

    def __init__(self, path: Path, *, password: str = "guichet") -> None:  # noqa: S107  # no secret
        self._path, self._password = path, password

    def card(self) -> Card | None:
        """See `Reader`."""
        try:
            data, changed = self._path.read_bytes(), self._path.stat().st_mtime_ns
        except FileNotFoundError:
            return None
        niss = _number_in(self._certificate(data))
        reading = hashlib.sha256(f"{changed}".encode() + data).hexdigest()[:24]
        return Card(niss, reading, is_simulated=True)

    def _certificate(self, data: bytes) -> x509.Certificate:
        try:
            if self._path.suffix == ".p12":
                found = pkcs12.load_key_and_certificates(data, self._password.encode())[1]
            else:
                found = x509.load_pem_x509_certificate(data)
        except ValueError:
            raise CardUnreadable from None
        if found is None:
            raise CardUnreadable
        return found


def _number_in(certificate: x509.Certificate) -> str:
    named = certificate.subject.get_attributes_for_oid(NameOID.SERIAL_NUMBER)
    if len(named) != 1 or not str(named[0].value).isdigit():
        raise CardUnreadable
    return str(named[0].value)


Transmit = Callable[[list[int]], tuple[Sequence[int], int, int]]
"""An APDU out; data and the two status bytes back."""

_SELECT: Final = [0x00, 0xA4, 0x08, 0x0C, 0x06, 0x3F, 0x00, 0xDF, 0x01, 0x40, 0x31]
_GOOD: Final = (0x90, 0x00)
_PIECE: Final = 0xF8
_LONGEST: Final = 4_096
_NISS_TAG: Final = 6


def number_of(transmit: Transmit) -> str:
    """The national number in the identity file of a card; raises CardUnreadable."""
    _data, *state = transmit(list(_SELECT))
    if tuple(state) != _GOOD:
        raise CardUnreadable
    content = bytes(_file(transmit))
    at = 0
    while at + 1 < len(content):
        tag, at = content[at], at + 1
        length, at = _length(content, at)
        value, at = content[at : at + length], at + length
        if tag == _NISS_TAG:
            text = value.decode("ascii", "replace")
            if len(text) == 11 and text.isdigit():
                return text
            raise CardUnreadable
    raise CardUnreadable


def _file(transmit: Transmit) -> bytes:
    found = bytearray()
    while len(found) < _LONGEST:
        at = len(found)
        data, first, second = transmit([0x00, 0xB0, at >> 8, at & 0xFF, _PIECE])
        if first == 0x6C:  # fewer are left: the card says how many
            data, first, second = transmit([0x00, 0xB0, at >> 8, at & 0xFF, second])
        if (first, second) != _GOOD or not data:
            break
        found += bytes(data)
        if len(data) < _PIECE:
            break
    return bytes(found)


def _length(content: bytes, at: int) -> tuple[int, int]:
    """A length of the identity file: 255 goes on in the next byte."""
    length = 0
    while at < len(content) and content[at] == 0xFF:
        length, at = length + 0xFF, at + 1
    if at >= len(content):
        raise CardUnreadable
    return length + content[at], at + 1


class PcscReader:
    """The first reader of the computer, through PC/SC."""

    def __init__(self) -> None:
        try:
            system = import_module("smartcard.System")
        except ImportError:
            raise ReaderMissing(
                "The library pyscard is not installed here: pip install pyscard, and pcscd of the "
                "system. For a trial, simulate a card with --card FILE."
            ) from None
        self._readers: Callable[[], Sequence[Any]] = system.readers
        self._count = 0
        self._last: tuple[str, str] | None = None

    def card(self) -> Card | None:
        """See `Reader`. A card that stays in keeps its reading."""
        found = self._readers()
        if not found:
            raise CardUnreadable
        connection = found[0].createConnection()
        try:
            connection.connect()
        except Exception:  # the library has one for each way of being empty
            self._last = None
            return None
        try:
            niss = number_of(connection.transmit)
        finally:
            connection.disconnect()
        if self._last is None or self._last[0] != niss:
            self._count += 1
            self._last = (niss, f"pcsc-{self._count}")
        return Card(niss, self._last[1], is_simulated=False)
