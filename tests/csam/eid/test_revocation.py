"""Revocation lists in a folder: signed, current, whole."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding

from guichet.csam.eid.authority import _loaded
from guichet.csam.eid.judge import Holder, Refusal
from guichet.csam.eid.revocation import RevocationLists, Status
from tests.csam.eid.cards import NOW, card, folder, judged

HOUR = timedelta(hours=1)


def _list(
    *numbers: int,
    authority: str = "ours",
    branch: str = "citizen",
    begin: datetime = NOW - HOUR,
    end: datetime = NOW + HOUR,
    extension: Any = None,
) -> bytes:
    issuer, key = _loaded(folder(authority) / branch)
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(issuer.subject)
        .last_update(begin)
        .next_update(end)
    )
    for number in numbers:
        one = x509.RevokedCertificateBuilder().serial_number(number).revocation_date(NOW - HOUR)
        builder = builder.add_revoked_certificate(one.build())
    if extension is not None:
        builder = builder.add_extension(extension, critical=True)
    return builder.sign(key, hashes.SHA384()).public_bytes(Encoding.DER)


def _status(place: Path) -> Status:
    one = card()
    return RevocationLists(place).status(card=one.certificate, issuer=one.authorities[0], now=NOW)


def test_a_card_on_the_list_is_revoked_and_another_is_good(tmp_path: Path) -> None:
    listed, free = card(), card()
    (tmp_path / "citizen.crl").write_bytes(_list(listed.certificate.serial_number))
    lists = RevocationLists(tmp_path)

    assert judged(listed.certificate, revocation=lists) is Refusal.REVOKED
    assert isinstance(judged(free.certificate, revocation=lists), Holder)


def test_a_list_that_was_renewed_is_read_again(tmp_path: Path) -> None:
    one, file = card(), tmp_path / "citizen.crl"
    lists = RevocationLists(tmp_path)
    file.write_bytes(_list())
    assert isinstance(judged(one.certificate, revocation=lists), Holder)
    fresh = tmp_path / "fresh"
    fresh.write_bytes(_list(one.certificate.serial_number))
    fresh.replace(file)
    assert judged(one.certificate, revocation=lists) is Refusal.REVOKED


@pytest.mark.parametrize(
    "options",
    [
        {"end": NOW - timedelta(seconds=1)},
        {"begin": NOW + timedelta(seconds=1)},
        {"authority": "stranger"},
        {"branch": "foreigner"},
        {"extension": x509.DeltaCRLIndicator(1)},
        {"extension": x509.IssuingDistributionPoint(None, None, False, True, None, False, False)},
    ],
)
def test_a_list_that_says_nothing_of_this_card_now_is_none(
    tmp_path: Path, options: dict[str, Any]
) -> None:
    (tmp_path / "one.crl").write_bytes(_list(**options))
    assert _status(tmp_path) is Status.UNAVAILABLE


def test_a_list_for_cards_of_people_only_counts(tmp_path: Path) -> None:
    only_people = x509.IssuingDistributionPoint(None, None, True, False, None, False, False)
    (tmp_path / "one.crl").write_bytes(_list(extension=only_people))
    assert _status(tmp_path) is Status.GOOD


def test_rubbish_beside_a_good_list_does_not_matter(tmp_path: Path) -> None:
    (tmp_path / "half.crl").write_bytes(_list()[:50])
    (tmp_path / "notes.txt").write_text("no list")
    (tmp_path / "folder.crl").mkdir()
    assert _status(tmp_path) is Status.UNAVAILABLE
    (tmp_path / "whole.crl").write_bytes(_list())
    assert _status(tmp_path) is Status.GOOD


def test_without_a_folder_nobody_knows(tmp_path: Path) -> None:
    assert _status(tmp_path / "absent") is Status.UNAVAILABLE
