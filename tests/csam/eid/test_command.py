"""`guichet eid`: cards for a simulation, from the command line."""

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import pkcs12
from django.conf import settings
from django.core.management import CommandError, call_command

from guichet.csam.eid.authority import CardKind
from guichet.csam.eid.judge import Holder, judge
from guichet.csam.eid.models import TestCard
from guichet.csam.eid.revocation import NoRevocation
from guichet.csam.eid.trust import read_trust
from tests.csam.eid.cards import NISS, NOW

pytestmark = pytest.mark.django_db(transaction=True)
NAMED = ("--niss", NISS, "--given", "Amina", "--family", "Roussel")


@pytest.fixture(autouse=True)
def var(tmp_path: Path, settings: Any) -> Path:
    """A var folder of this test alone."""
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, var=tmp_path / "var")
    return tmp_path / "var"


def _said(*words: str) -> str:
    out = io.StringIO()
    call_command("eid", *words, stdout=out)
    return out.getvalue()


def test_a_card_in_pem_is_one_that_the_listener_accepts(tmp_path: Path, var: Path) -> None:
    file = tmp_path / "amina.pem"

    said = _said("card", *NAMED, "--out", str(file))

    trust = read_trust(settings.ENVIRONMENT.card_authority / "trust", simulation=True)
    certificate = x509.load_pem_x509_certificates(file.read_bytes())[0]
    holder = judge(
        certificate, trust=trust, revocation=NoRevocation(), status_required=True, now=NOW
    )
    assert isinstance(holder, Holder)
    assert holder.niss == NISS
    assert file.stat().st_mode & 0o077 == 0
    assert NISS not in said
    assert TestCard.objects.get().serial in said


def test_a_card_in_pkcs12_opens_with_its_password(tmp_path: Path) -> None:
    file = tmp_path / "amina.p12"
    _said("card", *NAMED, "--out", str(file), "--password", "open sesame")
    key, certificate, above = pkcs12.load_key_and_certificates(file.read_bytes(), b"open sesame")
    assert key is not None
    assert certificate is not None
    assert len(above) == 2


def test_the_kinds_of_cards_are_listed_and_one_is_revoked(tmp_path: Path) -> None:
    _said("card", "--persona", "amina", "--expired", "--out", str(tmp_path / "a.pem"))
    kind = ("--kind", "signature", "--revoked")
    _said("card", "--persona", "sofie", *kind, "--out", str(tmp_path / "b.pem"))
    expired, signature = TestCard.objects.order_by("made_at")
    assert signature.kind == CardKind.SIGNATURE
    assert signature.revoked_at is not None
    assert expired.valid_until < expired.made_at
    assert _said("revoke", expired.serial) == "Revoked.\n"
    lines = _said("list").splitlines()
    assert lines[0] == f"{expired.serial}  authentication  revoked  Amina Roussel"
    assert lines[1] == f"{signature.serial}  signature  revoked  Sofie Claerhout"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("card", *NAMED, "--out", "card.txt"), "must end with"),
        (("card", "--niss", NISS, "--out", "card.pem"), "Say --given and --family"),
        (("card", "--persona", "nobody", "--out", "card.pem"), "there is for amina"),
        (("card", "--persona", "ewa", "--out", "card.pem"), "no card for this persona"),
        (
            ("card", "--niss", "1", "--given", "A", "--family", "B", "--out", "card.pem"),
            "Not a number of a person",
        ),
        (("revoke", "abc"), "no test card"),
    ],
)
def test_what_cannot_be_done_is_said(
    words: tuple[str, ...], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CommandError, match=said):
        _said(*words)
    assert not TestCard.objects.exists()


def test_a_file_is_never_written_over(tmp_path: Path) -> None:
    file = tmp_path / "a.pem"
    file.write_text("mine")
    with pytest.raises(CommandError, match="there already"):
        _said("card", *NAMED, "--out", str(file))
    assert file.read_text() == "mine"


@pytest.mark.parametrize(
    "words", [("card", *NAMED, "--out", "a.pem"), ("revoke", "abc"), ("list",)]
)
def test_production_has_no_test_cards(words: tuple[str, ...], settings: Any) -> None:
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, environment="production")
    with pytest.raises(CommandError, match="simulation only"):
        _said(*words)
