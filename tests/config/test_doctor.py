"""The doctor looks at every file that holds a secret or a private key."""

from datetime import timedelta
from itertools import takewhile
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from guichet.config.doctor import Finding, findings
from guichet.config.environment import Environment
from tests.csam.eid.cards import NOW, folder

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


def _cards(trust: Path, **further: str) -> Finding | None:
    production = {"GUICHET_ENVIRONMENT": "production", "GUICHET_VAR": str(trust.parent)}
    environment = Environment.read({**production, "GUICHET_EID_TRUST": str(trust), **further})
    before_slow_ones = takewhile(lambda one: one.check != "clock", findings(environment))
    return next((one for one in before_slow_ones if one.check == "identity cards"), None)


def test_a_test_authority_in_production_is_found_before_the_listener_refuses_it() -> None:
    found = _cards(folder("ours") / "trust")

    assert found is not None
    assert not found.is_sound
    assert "test authority" in found.fact
    assert "GUICHET_EID_TRUST" in found.mend


def test_a_trust_store_without_a_root_is_found(tmp_path: Path) -> None:
    found = _cards(tmp_path)

    assert found is not None
    assert "no root certificate" in found.fact


def test_authorities_that_are_no_test_are_counted(tmp_path: Path) -> None:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Citizens")])
    key = ec.generate_private_key(ec.SECP256R1())
    made = x509.CertificateBuilder(name, name, key.public_key(), 1, NOW, NOW + timedelta(days=1))
    root = made.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM)
    (tmp_path / "root.pem").write_bytes(root)

    found = _cards(tmp_path)

    assert found == Finding("identity cards", True, "authorities trusted: 1")


def test_with_the_provider_of_others_no_card_is_looked_at() -> None:
    assert _cards(folder("ours") / "trust", GUICHET_ISSUER="https://idp.example/x") is None
