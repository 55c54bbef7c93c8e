"""The keys that sign receipts: a file of JSON Web Keys (Ed25519), mode 0600.

The first key signs; the public halves of all are published. A rotation puts a new key first and
keeps the others, of which the private half may be taken out: receipts of years ago still verify.
"""

import functools
import json
import secrets
from pathlib import Path
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, OKPKey

from guichet.eservices.presence.receipts import slips

_CURVE: Final = "Ed25519"


class ReceiptKeysMissing(Exception):
    """Receipts cannot be signed; ``str()`` is a sentence for the operator."""


class ReceiptKeys:
    """The key that signs with its name, and the public half of every key by its name."""

    def __init__(self, keys: KeySet) -> None:
        first = keys.keys[0]
        self.name = str(first.kid)
        private: Any = first.private_key
        self.key: Ed25519PrivateKey = private
        self.public = {str(one.kid): _raw(one) for one in keys.keys}


def new_key() -> OKPKey:
    """A private key of a simulation, whose name says that nothing it signs is real."""
    name = f"{slips.SPECIMEN}{secrets.token_hex(8)}"
    return OKPKey.generate_key(_CURVE, {"use": "sig", "alg": "EdDSA", "kid": name})


def current() -> ReceiptKeys:
    """The keys of this installation, read again when the file was replaced.

    Raises ReceiptKeysMissing.
    """
    path: Path = settings.ENVIRONMENT.receipt_keys
    try:
        changed = path.stat().st_mtime_ns
    except OSError:
        raise ReceiptKeysMissing(f"GUICHET_RECEIPT_KEYS: {path} is not there.") from None
    return _read(path, changed)


@functools.lru_cache(maxsize=4)
def _read(path: Path, changed: int) -> ReceiptKeys:
    try:
        found = KeySet.import_key_set(json.loads(path.read_text("ascii")))
    except (OSError, ValueError, KeyError, TypeError, JoseError):
        raise ReceiptKeysMissing(f"GUICHET_RECEIPT_KEYS: {path} is no JSON Web Key set.") from None
    if not found.keys or not all(_fits(one) for one in found.keys):
        raise ReceiptKeysMissing(f"Every key in {path} must be an Ed25519 key with a name.")
    if not found.keys[0].is_private:
        raise ReceiptKeysMissing(f"The first key in {path} must be private: it signs.")
    return ReceiptKeys(found)


def _fits(key: Any) -> bool:
    return isinstance(key, OKPKey) and key.curve_name == _CURVE and bool(key.kid)


def _raw(key: Any) -> bytes:
    public: bytes = key.public_key.public_bytes(Encoding.Raw, PublicFormat.Raw)
    return public
