"""The file of signing keys: made once, private, and clear about what is wrong with it."""

import json
import os
import stat
from pathlib import Path

import pytest
from joserfc.jwk import ECKey, RSAKey

from guichet.access.keys import (
    KeysMissing,
    current_keys,
    ensure_keys,
    new_key,
    public_keys,
    require_keys,
)


def write(path: Path, *keys: ECKey | RSAKey, private: bool = True) -> None:
    path.write_text(json.dumps({"keys": [key.as_dict(private=private) for key in keys]}), "ascii")


def test_a_simulation_makes_its_keys_once_and_for_itself_alone(tmp_path: Path) -> None:
    path = tmp_path / "secrets" / "oauth-keys.json"

    ensure_keys(path)
    made = path.read_bytes()
    ensure_keys(path)

    assert path.read_bytes() == made
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(path.parent.iterdir()) == [path]
    assert require_keys(path).keys[0].is_private


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (None, "cannot be read: No such file or directory"),
        ("", "is not one"),
        ("{}", "is not one"),
        ('{"keys": []}', "is not one"),
        ('{"keys": [{"kty": "EC"}]}', "is not one"),
        ('{"keys": [{}]}', "is not one"),
    ],
)
def test_missing_or_broken_keys_stop_the_start_with_a_sentence(
    tmp_path: Path, text: str | None, sentence: str
) -> None:
    path = tmp_path / "keys.json"
    if text is not None:
        path.write_text(text)

    with pytest.raises(KeysMissing, match=f"GUICHET_OAUTH_KEYS must name .*{sentence}"):
        require_keys(path)


def test_keys_that_cannot_sign_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"

    write(path, new_key(), private=False)
    with pytest.raises(KeysMissing, match="must be a private key"):
        require_keys(path)
    write(path, RSAKey.generate_key(2048))
    with pytest.raises(KeysMissing, match="must be a P-256 key"):
        require_keys(path)


def test_a_rotated_file_is_read_again(tmp_path: Path) -> None:
    path, old, new = tmp_path / "keys.json", new_key(), new_key()
    write(path, old)
    assert [key.kid for key in current_keys(path)] == [old.kid]

    write(path, new, old)
    os.utime(path, ns=(0, 1))

    assert [key.kid for key in current_keys(path)] == [new.kid, old.kid]


def test_what_is_published_holds_nothing_private(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    write(path, new_key(), new_key())

    published = public_keys(require_keys(path))["keys"]

    assert [set(key) for key in published] == [{"use", "alg", "kty", "crv", "x", "y", "kid"}] * 2
