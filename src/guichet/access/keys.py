"""The key set that signs our access tokens: a file of private JSON Web Keys, mode 0600.

The first key signs; the others only verify. So a rotation is: put a new key first, keep the old
one behind it for as long as its tokens live, then take it out. No Django here.
"""

import functools
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from joserfc.jwk import ECKey, KeySet, OKPKey

from guichet.access.bearer import load_keys


class KeysMissing(Exception):
    """Tokens cannot be signed; `str()` is a sentence for the person who starts Guichet."""


def ensure_keys(path: Path, *, make: Callable[[], ECKey | OKPKey] | None = None) -> None:
    """Make the key set of a simulation when it is not there; the second to come keeps the first's.

    ``make``: a new private key; one for ES256 without it.

    Never call it in production, where the operator provides the file: see `require_keys`.
    """
    if path.exists():
        return
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    text = json.dumps({"keys": [(make or new_key)().as_dict(private=True)]}, indent=2) + "\n"
    passing = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(passing, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as stream:
        stream.write(text)
    try:
        os.link(passing, path)
    except FileExistsError:
        pass
    finally:
        passing.unlink()


def new_key() -> ECKey:
    """A private P-256 key for ES256, named by its thumbprint."""
    return ECKey.generate_key("P-256", {"use": "sig", "alg": "ES256"}, auto_kid=True)


def require_keys(path: Path) -> KeySet:
    """The keys in ``path``; raises KeysMissing with a sentence when they cannot sign tokens."""
    try:
        keys = load_keys(path)
    except OSError as fault:
        raise KeysMissing(
            f"GUICHET_OAUTH_KEYS must name a file with the signing keys; "
            f"{path} cannot be read: {fault.strerror}."
        ) from None
    except ValueError:
        raise KeysMissing(
            f"GUICHET_OAUTH_KEYS must name a JSON Web Key set; {path} is not one."
        ) from None
    for key in keys:
        if not (isinstance(key, ECKey) and key.curve_name == "P-256"):
            raise KeysMissing(f"Every key in {path} must be a P-256 key, for ES256.")
    if not keys.keys[0].is_private:
        raise KeysMissing(f"The first key in {path} must be a private key: it signs the tokens.")
    return keys


def current_keys(path: Path) -> KeySet:
    """The keys in ``path``, read again when the file was replaced; raises KeysMissing."""
    try:
        changed = path.stat().st_mtime_ns
    except OSError:
        changed = 0
    return _keys_of(path, changed)


@functools.lru_cache(maxsize=8)
def _keys_of(path: Path, changed: int) -> KeySet:
    return require_keys(path)


def public_keys(keys: KeySet) -> dict[str, Any]:
    """The JWKS document: what resource servers need, nothing private."""
    members = ({"use": "sig", "alg": "ES256", **key.as_dict(private=False)} for key in keys)
    return {"keys": list(members)}
