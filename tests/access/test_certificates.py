"""What may be uploaded as a certificate, and what each refusal is called."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ed25519
from cryptography.hazmat.primitives.serialization import pkcs12
from hypothesis import given
from hypothesis import strategies as st

from guichet.access import certificates
from guichet.access.certificates import Certificate, CertificateRefused, read_certificate
from guichet.platform import clock
from tests.access.machine import Key, certificate, der, ec_key, pem, private_pem, rsa_key

CA = x509.BasicConstraints(ca=True, path_length=None)


def usage(*, signs_others: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_others,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )


def private_der() -> bytes:
    return ec_key().private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def encrypted_der() -> bytes:
    return ec_key().private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.PKCS8,
        serialization.BestAvailableEncryption(b"secret"),
    )


def key_store() -> bytes:
    return pkcs12.serialize_key_and_certificates(
        b"name", ec_key(), certificate(ec_key()), None, serialization.BestAvailableEncryption(b"x")
    )


def edwards() -> bytes:
    key = ed25519.Ed25519PrivateKey.generate()
    name = x509.Name([])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(datetime(2026, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2126, 1, 1, tzinfo=UTC))
        .sign(key, None)
    )
    return pem(made)


def read(data: bytes) -> Certificate:
    return read_certificate(data=data, now=clock.now())


@pytest.mark.parametrize("key", [rsa_key(), ec_key()], ids=["rsa", "p-256"])
def test_pem_and_der_are_read_alike(key: Key) -> None:
    made = certificate(key)

    assert read(pem(made)) == read(der(made)) == read(b"A note above.\n" + pem(made))
    assert read(pem(made)).thumbprint == made.fingerprint(hashes.SHA256()).hex()
    assert read(pem(made)).serial_number == str(made.serial_number)
    assert read(pem(made)).subject == "CN=Machine of the tests"


@pytest.mark.parametrize(
    ("upload", "refusal"),
    [
        (lambda: private_pem(rsa_key()), certificates.PrivateKeyUploaded),
        (private_der, certificates.PrivateKeyUploaded),
        (encrypted_der, certificates.PrivateKeyUploaded),
        (key_store, certificates.PrivateKeyUploaded),
        (lambda: pem(certificate(rsa_key("weak", 1024))), certificates.WeakKey),
        (lambda: pem(certificate(ec_key("wide", "P-384"))), certificates.UnsupportedKey),
        (edwards, certificates.UnsupportedKey),
        (
            lambda: pem(certificate(rsa_key(), ends=timedelta(seconds=-1))),
            certificates.ExpiredCertificate,
        ),
        (
            lambda: pem(certificate(rsa_key(), starts=timedelta(minutes=6))),
            certificates.CertificateNotYetValid,
        ),
        (
            lambda: pem(certificate(ec_key())) + pem(certificate(rsa_key())),
            certificates.SeveralCertificates,
        ),
        (
            lambda: pem(certificate(rsa_key(), extensions=(CA, usage(signs_others=True)))),
            certificates.AuthorityCertificate,
        ),
        (
            lambda: pem(
                certificate(rsa_key(), extensions=(CA,), issuer="Root", issuer_key=ec_key())
            ),
            certificates.AuthorityCertificate,
        ),
        (lambda: b"", certificates.UnreadableCertificate),
        (lambda: b"\x30\x82", certificates.UnreadableCertificate),
        (lambda: b"0" * 100_000, certificates.UnreadableCertificate),
        (
            lambda: b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
            certificates.UnreadableCertificate,
        ),
    ],
)
def test_each_refusal_has_its_name_and_its_sentence(
    upload: Callable[[], bytes], refusal: type[CertificateRefused]
) -> None:
    with pytest.raises(refusal) as refused:
        read(upload())

    assert str(refused.value) == refusal.sentence
    assert refusal.sentence != CertificateRefused.sentence


def test_a_self_signed_certificate_that_tools_mark_as_authority_is_taken() -> None:
    made = certificate(rsa_key(), extensions=(CA, usage(signs_others=False)))

    assert read(pem(made)).thumbprint
    assert read(pem(certificate(rsa_key(), extensions=(CA,)))).thumbprint


def test_a_certificate_begun_four_minutes_ahead_is_a_slow_clock() -> None:
    assert read(pem(certificate(rsa_key(), starts=timedelta(minutes=4)))).thumbprint


@given(st.binary(max_size=400), st.integers(0, 300))
def test_whatever_is_uploaded_is_read_or_refused(noise: bytes, place: int) -> None:
    good = der(certificate(ec_key()))
    for data in (noise, good[:place] + noise[:4] + good[place + len(noise[:4]) :]):
        try:
            taken = read(data)
        except CertificateRefused:
            continue
        assert "PRIVATE KEY" not in taken.pem
