"""A slip: what was registered, signed, short enough for a QR code.

``GR1.<key>.<content>.<signature>``: the signature (Ed25519) is over everything before its dot. The
content names nobody: of the person it holds a digest that only who knows his number can compare.
Pure: keys come in as bytes.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

LONGEST: Final = 1_000
# How the names of the keys of simulations begin: a slip of one never passes for real.
SPECIMEN: Final = "specimen-"
KINDS: Final = ("in", "out", "day")
_FORM: Final = re.compile(
    r"GR1\.(?P<key>[A-Za-z0-9_-]{4,64})\.(?P<content>[A-Za-z0-9_-]+)\.(?P<signature>[A-Za-z0-9_-]{86})"
)


class SlipRefused(Exception):
    """``str()``: ``unreadable``, ``unknownKey`` or ``altered``."""


@dataclass(frozen=True, slots=True)
class Slip:
    """``at``: a moment with its offset (to the second), or a day; ``employer``: its number.

    ``holder``: `digest_of_holder`; ``key``: the name of the key that signed it, once verified.
    """

    receipt: int
    kind: str
    at: str
    site: str
    employer: str
    holder: str
    key: str = ""

    @property
    def is_specimen(self) -> bool:
        """Signed by a simulation."""
        return self.key.startswith(SPECIMEN)


def digest_of_holder(*, receipt: int, number: str) -> str:
    """What stands for a person (his number or his Limosa number) in one slip only."""
    return hashlib.sha256(f"{receipt}:{number}".encode()).hexdigest()[:16]


def slip_of(
    *,
    receipt: int,
    kind: str,
    at: datetime | date,
    site: str,
    employer: str,
    number: str,
) -> Slip:
    """The slip of a registration; ``at`` an aware moment in Brussels, or a day."""
    told = at.isoformat(timespec="seconds") if isinstance(at, datetime) else at.isoformat()
    holder = digest_of_holder(receipt=receipt, number=number)
    return Slip(receipt, kind, told, site, employer, holder)


def signed(slip: Slip, *, key: Ed25519PrivateKey, name: str) -> str:
    """The text for the QR code; the same slip and key always give the same text."""
    content = json.dumps(
        [slip.receipt, slip.kind, slip.at, slip.site, slip.employer, slip.holder],
        separators=(",", ":"),
        ensure_ascii=True,
    )
    head = f"GR1.{name}.{_written(content.encode())}"
    return f"{head}.{_written(key.sign(head.encode()))}"


def verified(text: str, *, keys: Mapping[str, bytes]) -> Slip:
    """What a slip says when its signature holds; ``keys``: name to 32 raw bytes.

    Raises SlipRefused.
    """
    found = _FORM.fullmatch(text.strip()) if len(text) <= LONGEST else None
    if found is None:
        raise SlipRefused("unreadable")
    if found["key"] not in keys:
        raise SlipRefused("unknownKey")
    head = text.strip().rpartition(".")[0]
    try:
        public = Ed25519PublicKey.from_public_bytes(keys[found["key"]])
        public.verify(_read(found["signature"]), head.encode())
    except (InvalidSignature, binascii.Error, ValueError):
        raise SlipRefused("altered") from None
    return _slip(found["content"], found["key"])


def _slip(content: str, key: str) -> Slip:
    """The content of a slip whose signature holds: ours, whatever it looks like."""
    try:
        receipt, kind, at, site, employer, holder = json.loads(_read(content))
    except (ValueError, TypeError, binascii.Error):
        raise SlipRefused("unreadable") from None
    return Slip(int(receipt), str(kind), str(at), str(site), str(employer), str(holder), key)


def _written(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _read(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
