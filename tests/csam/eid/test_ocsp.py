"""The status of a card from a responder on this machine: signed, about this card, fresh, ours."""

import http.server
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from guichet.csam.eid.authority import Card, _loaded
from guichet.csam.eid.judge import Holder, Refusal
from guichet.csam.eid.ocsp import OcspResponder
from guichet.csam.eid.revocation import Status
from tests.csam.eid.cards import NOW, card, folder, judged

HOUR = timedelta(hours=1)
Answer = Callable[[ocsp.OCSPRequest], bytes]


@contextmanager
def responding(answer: Answer, *, status: int = 200) -> Iterator[str]:
    """A responder on the loopback; its address."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            content = answer(ocsp.load_der_ocsp_request(self.rfile.read(length)))
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: Any) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}/"
        finally:
            server.shutdown()
            thread.join()


def _answer(
    one: Card,
    request: ocsp.OCSPRequest,
    *,
    status: ocsp.OCSPCertStatus = ocsp.OCSPCertStatus.GOOD,
    about: Card | None = None,
    begin: datetime = NOW,
    end: datetime | None = NOW + HOUR,
    nonce: bytes | None = b"",
    delegate: dict[str, Any] | None = None,
    signer: str = "ours",
) -> bytes:
    """The answer of an authority; ``delegate``: a responder to whom it gave the task."""
    issuer, key = _loaded(folder(signer) / "citizen")
    revoked = status is ocsp.OCSPCertStatus.REVOKED
    builder = ocsp.OCSPResponseBuilder().add_response(
        cert=(about or one).certificate,
        issuer=one.authorities[0],
        algorithm=hashes.SHA1(),
        cert_status=status,
        this_update=begin,
        next_update=end,
        revocation_time=NOW - HOUR if revoked else None,
        revocation_reason=None,
    )
    if delegate is None:
        builder = builder.responder_id(ocsp.OCSPResponderEncoding.NAME, issuer)
    else:
        own, key = _delegate(issuer, key, **delegate)
        builder = builder.certificates([own])
        builder = builder.responder_id(ocsp.OCSPResponderEncoding.HASH, own)
    if nonce is not None:
        asked = request.extensions.get_extension_for_class(x509.OCSPNonce).value.nonce
        builder = builder.add_extension(x509.OCSPNonce(nonce or asked), critical=False)
    return builder.sign(key, hashes.SHA256()).public_bytes(Encoding.DER)


def _delegate(
    issuer: x509.Certificate,
    issuer_key: ec.EllipticCurvePrivateKey,
    *,
    purpose: x509.ObjectIdentifier = ExtendedKeyUsageOID.OCSP_SIGNING,
    end: datetime = NOW + HOUR,
    own_name: bool = False,
) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Responder (TEST)")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name if own_name else issuer.subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW - HOUR)
        .not_valid_after(end)
        .add_extension(x509.ExtendedKeyUsage([purpose]), critical=False)
        .sign(key if own_name else issuer_key, hashes.SHA256())
    )
    return made, key


def _status(**options: Any) -> Status:
    one = card()
    with responding(lambda request: _answer(one, request, **options)) as address:
        return OcspResponder(address).status(
            card=one.certificate, issuer=one.authorities[0], now=NOW
        )


@pytest.mark.parametrize("delegate", [None, {}])
@pytest.mark.parametrize("nonce", [b"", None])
def test_an_answer_of_the_issuer_or_of_its_responder_is_believed(
    delegate: dict[str, Any] | None, nonce: bytes | None
) -> None:
    assert _status(delegate=delegate, nonce=nonce) is Status.GOOD
    revoked = ocsp.OCSPCertStatus.REVOKED
    assert _status(delegate=delegate, nonce=nonce, status=revoked) is Status.REVOKED


@pytest.mark.parametrize(
    "options",
    [
        {"status": ocsp.OCSPCertStatus.UNKNOWN},
        {"signer": "stranger"},
        {"nonce": b"of another question"},
        {"end": NOW - HOUR},
        {"begin": NOW + HOUR, "end": NOW + 2 * HOUR},
        {"begin": NOW - timedelta(days=2), "end": None},
        {"delegate": {"purpose": ExtendedKeyUsageOID.SERVER_AUTH}},
        {"delegate": {"end": NOW - timedelta(minutes=1)}},
        {"delegate": {"own_name": True}},
        {"delegate": {}, "signer": "stranger"},
    ],
)
def test_an_answer_that_proves_nothing_is_none(options: dict[str, Any]) -> None:
    assert _status(**options) is Status.UNAVAILABLE


def test_an_answer_about_another_card_is_none() -> None:
    assert _status(about=card()) is Status.UNAVAILABLE


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (b"", 200),
        (b"not an answer", 200),
        (b"x" * 70_000, 200),
        (
            ocsp.OCSPResponseBuilder.build_unsuccessful(
                ocsp.OCSPResponseStatus.TRY_LATER
            ).public_bytes(Encoding.DER),
            200,
        ),
        (b"", 500),
        (b"", 302),
    ],
)
def test_rubbish_is_unavailable(content: bytes, status: int) -> None:
    one = card()
    with responding(lambda _: content, status=status) as address:
        found = OcspResponder(address).status(
            card=one.certificate, issuer=one.authorities[0], now=NOW
        )
    assert found is Status.UNAVAILABLE


def test_a_responder_that_does_not_answer_is_unavailable() -> None:
    def silent(_: httpx.Request) -> httpx.Response:
        raise httpx.ReadTimeout("too late")

    one = card()
    asked = OcspResponder("http://127.0.0.1/", transport=httpx.MockTransport(silent))
    assert judged(one.certificate, revocation=asked) is Refusal.STATUS_UNAVAILABLE
    assert isinstance(judged(one.certificate, revocation=asked, status_required=False), Holder)


def test_a_card_that_names_no_responder_is_unavailable_without_one() -> None:
    one = card()
    status = OcspResponder().status(card=one.certificate, issuer=one.authorities[0], now=NOW)
    assert status is Status.UNAVAILABLE


def test_the_responder_named_by_the_card_is_asked() -> None:
    issuer, key = _loaded(folder("ours") / "citizen")
    own = ec.generate_private_key(ec.SECP384R1())
    asked: list[int] = []

    def answer(request: ocsp.OCSPRequest) -> bytes:
        asked.append(request.serial_number)
        return b""

    with responding(answer) as address:
        place = x509.AccessDescription(
            x509.oid.AuthorityInformationAccessOID.OCSP, x509.UniformResourceIdentifier(address)
        )
        certificate = (
            x509.CertificateBuilder()
            .subject_name(issuer.subject)
            .issuer_name(issuer.subject)
            .public_key(own.public_key())
            .serial_number(77)
            .not_valid_before(NOW - HOUR)
            .not_valid_after(NOW + HOUR)
            .add_extension(x509.AuthorityInformationAccess([place]), critical=False)
            .sign(key, hashes.SHA384())
        )
        OcspResponder().status(card=certificate, issuer=issuer, now=NOW)
    assert asked == [77]
