"""Keeping secrets: what must come back is sealed, what is only compared is a keyed digest.

Every use has a key of its own, derived from the secret key of the settings (HKDF-SHA256). The id
of the key stands beside what it sealed, so that a seal of another secret key is told apart from a
damaged one. Codes have so few digits that a plain digest could be tried out in a second: hence
the key.
"""

import hashlib
import hmac
import os
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

_NONCE: Final = 12


class SealBroken(Exception):
    """Sealed under another secret key, for another purpose, or damaged."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """A secret at rest, and the id of the key that sealed it."""

    data: bytes = field(repr=False)
    key_id: str


def seal(secret: bytes, *, purpose: str) -> Sealed:
    """Seal a secret (AES-256-GCM); ``purpose`` says for what, and binds the seal to it."""
    key, key_id = _key("seal")
    nonce = os.urandom(_NONCE)
    return Sealed(nonce + AESGCM(key).encrypt(nonce, secret, purpose.encode()), key_id)


def opened(sealed: Sealed, *, purpose: str) -> bytes:
    """The secret again; raises SealBroken."""
    key, key_id = _key("seal")
    if sealed.key_id != key_id:
        raise SealBroken(f"sealed under key {sealed.key_id}, the present one is {key_id}")
    data = bytes(sealed.data)
    try:
        return AESGCM(key).decrypt(data[:_NONCE], data[_NONCE:], purpose.encode())
    except InvalidTag:
        raise SealBroken("the seal does not hold") from None


def digest(text: str, *, purpose: str) -> str:
    """A keyed digest to compare with; 64 hexadecimal signs."""
    key, _key_id = _key("digest")
    return hmac.digest(key, f"{purpose}\0{text}".encode(), "sha256").hex()


def same(kept: str, text: str, *, purpose: str) -> bool:
    """Whether ``text`` is the one of the digest, in a time that tells nothing."""
    return hmac.compare_digest(kept, digest(text, purpose=purpose))


def _key(use: str) -> tuple[bytes, str]:
    return _derived(settings.SECRET_KEY, use)


@cache
def _derived(secret: str, use: str) -> tuple[bytes, str]:
    made = HKDF(
        algorithm=SHA256(), length=32, salt=None, info=f"guichet digital keys {use}".encode()
    ).derive(secret.encode())
    return made, hashlib.sha256(made).hexdigest()[:16]
