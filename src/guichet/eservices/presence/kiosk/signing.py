"""What a device signs, and with which keys.

P-256 with SHA-256 or Ed25519. A P-256 signature is the 64 bytes of IEEE P1363 (what browsers make)
or DER (what OpenSSL makes). Every signed text begins with what it is for, so that a signature
under one kind of text never passes for another.
"""

import base64
import binascii
import hashlib
from typing import Final

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

Key = ec.EllipticCurvePublicKey | ed25519.Ed25519PublicKey
LONGEST_KEY: Final = 2_000
_P1363: Final = 64
_LONGEST_SIGNATURE: Final = 200


class KeyRefused(Exception):
    """Not a public key of P-256 or Ed25519; a private key, above all."""


def public_key(text: str) -> Key:
    """The key in PEM, or in base64 of its DER; raises KeyRefused."""
    if "PRIVATE" in text or len(text) > LONGEST_KEY:
        raise KeyRefused
    try:
        if "-----BEGIN" in text:
            key = serialization.load_pem_public_key(text.strip().encode("ascii"))
        else:
            key = serialization.load_der_public_key(base64.b64decode(text, validate=True))
    except (ValueError, UnsupportedAlgorithm, binascii.Error, TypeError):
        raise KeyRefused from None
    if isinstance(key, ed25519.Ed25519PublicKey):
        return key
    if isinstance(key, ec.EllipticCurvePublicKey) and isinstance(key.curve, ec.SECP256R1):
        return key
    raise KeyRefused


def kept(key: Key) -> str:
    """The form in which a key is kept: base64 of its DER, the same for the same key."""
    der = key.public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return base64.b64encode(der).decode()


def fingerprint(text: str) -> str:
    """The beginning of the SHA-256 of a kept key, in groups that people can compare."""
    digest = hashlib.sha256(base64.b64decode(text)).hexdigest()[:16]
    return " ".join(digest[at : at + 4] for at in range(0, 16, 4))


def holds(*, key: Key, signature: str, text: bytes) -> bool:
    """Whether ``signature`` (base64url, padded or not) is that of ``text`` by this key."""
    if len(signature) > _LONGEST_SIGNATURE:
        return False
    try:
        made = base64.urlsafe_b64decode(signature + "=" * (-len(signature) % 4))
    except (ValueError, binascii.Error):
        return False
    try:
        if isinstance(key, ed25519.Ed25519PublicKey):
            key.verify(made, text)
        else:
            key.verify(_der(made), text, ec.ECDSA(hashes.SHA256()))
    except (InvalidSignature, ValueError):
        return False
    return True


def initialising_text(*, code: str) -> bytes:
    """What a kiosk signs with its new key to show that it holds it."""
    return f"guichet-device-1\ninitialise\n{code}".encode()


def call_text(*, device: str, operation: str, counter: str, time: str, body: bytes) -> bytes:
    """What a device signs of a whole call; ``operation``: the last word of the address."""
    digest = hashlib.sha256(body).hexdigest()
    return f"guichet-device-1\ncall\n{device}\n{operation}\n{counter}\n{time}\n{digest}".encode()


def message_text(*, device: str, text: str) -> bytes:
    """What a device signs of one message when it happens, wherever it waits afterwards."""
    return f"guichet-device-1\nmessage\n{device}\n{text}".encode("utf-8", "surrogatepass")


def _der(made: bytes) -> bytes:
    if len(made) != _P1363:
        return made
    half = _P1363 // 2
    return encode_dss_signature(
        int.from_bytes(made[:half], "big"), int.from_bytes(made[half:], "big")
    )
