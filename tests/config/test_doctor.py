"""The doctor looks at every file that holds a secret or a private key."""

from pathlib import Path

import pytest

from guichet.config.doctor import Finding, findings
from guichet.config.environment import Environment

# Setting, the file that it leads to, in the folder of a test.
NAMED = {
    "GUICHET_SECRET_KEY_FILE": "secret",
    "GUICHET_CLIENT_SECRET_FILE": "client",
    "GUICHET_OAUTH_KEYS": "oauth.json",
    "GUICHET_CSAM_KEYS": "csam.json",
    "GUICHET_EID_KEY": "listener.key",
    "GUICHET_SEAL": "seal",
}
HELD = {**NAMED, "GUICHET_SEAL": "seal/seal.key"}


def _secrets(folder: Path, **further: str) -> Finding:
    named = {name: str(folder / file) for name, file in NAMED.items()}
    environment = Environment.read({**named, "GUICHET_VAR": str(folder), **further})
    return next(one for one in findings(environment) if one.check == "secrets")


@pytest.fixture
def closed(tmp_path: Path) -> Path:
    """A folder with every file that a setting names, open to nobody else."""
    for file in (*HELD.values(), "secrets/secret-key"):
        path = tmp_path / file
        path.parent.mkdir(exist_ok=True)
        path.write_text("k" * 60)
        path.chmod(0o600)
    return tmp_path


def test_files_that_nobody_else_can_read_are_sound(closed: Path) -> None:
    assert _secrets(closed) == Finding("secrets", True, "there, closed")


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620])
@pytest.mark.parametrize("file", [*HELD.values(), "secrets/secret-key"])
def test_each_key_file_that_others_can_open_is_named_with_what_to_do(
    closed: Path, file: str, mode: int
) -> None:
    (closed / file).chmod(mode)

    found = _secrets(closed)

    assert found.fact == f"others may open {closed / file}"
    assert found.mend == f"Run: chmod 600 {closed / file}"


def test_all_open_files_are_said_at_once_in_a_line_for_a_shell(closed: Path) -> None:
    apart = closed / "of cards.key"
    for file in (closed / "csam.json", apart):
        file.write_text("k")
        file.chmod(0o644)

    found = _secrets(closed, GUICHET_EID_KEY=str(apart))

    assert found.mend == f"Run: chmod 600 {closed / 'csam.json'} '{apart}'"


def test_a_seal_of_somebody_else_has_no_file_to_close(closed: Path) -> None:
    (closed / "seal/seal.key").chmod(0o644)

    assert _secrets(closed, GUICHET_SEAL_PROVIDER="module:function").is_sound
