"""The door of the cards over real TLS: every verdict, and everything that is no request."""

import logging
import socket
import ssl
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from OpenSSL import SSL
from OpenSSL.crypto import FILETYPE_ASN1

from guichet.csam.eid.authority import Card, CardKind, _loaded
from guichet.csam.eid.judge import Holder, Refusal
from guichet.csam.eid.listener import Limits
from guichet.csam.eid.revocation import Status
from tests.csam.eid.cards import (
    CSAM,
    LOGIN,
    NISS,
    NOW,
    Kept,
    Reply,
    Running,
    Says,
    card,
    folder,
    listening,
    trust,
)

VERSIONS = [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3]


@pytest.fixture(scope="module")
def running() -> Iterator[Running]:
    """A listener that knows of no revoked card."""
    with listening() as one:
        yield one


def _last(running: Running) -> tuple[str, Holder | Refusal]:
    seen: list[tuple[str, Holder | Refusal]] = running.kept.seen
    return seen[-1]


@pytest.mark.parametrize("tls", VERSIONS)
def test_a_card_gets_a_ticket_and_goes_back_to_the_provider(running: Running, tls: Any) -> None:
    reply = running.asked(card(), tls=tls)

    assert reply.status == 303
    assert reply.headers["Location"] == f"{CSAM}/eid/ticket/ticket-{len(running.kept.seen)}/"
    login, holder = _last(running)
    assert login == LOGIN
    assert isinstance(holder, Holder)
    assert holder.niss == NISS
    assert reply.body == b""
    assert NISS not in repr(reply)


@pytest.mark.parametrize("tls", VERSIONS)
def test_a04_without_a_certificate_the_handshake_succeeds_and_the_answer_has_words(
    running: Running, tls: Any
) -> None:
    reply = running.asked(None, tls=tls)

    assert (reply.status, _last(running)[1]) == (303, Refusal.MISSING)


@pytest.mark.parametrize("tls", VERSIONS)
@pytest.mark.parametrize(
    ("options", "refusal"),
    [
        ({"kind": CardKind.SIGNATURE}, Refusal.SIGNATURE),
        ({"expired": True}, Refusal.EXPIRED),
        ({"authority": "stranger"}, Refusal.UNKNOWN_ISSUER),
    ],
)
def test_a_bad_certificate_passes_the_handshake_and_is_judged(
    running: Running, options: dict[str, Any], refusal: Refusal, tls: Any
) -> None:
    reply = running.asked(card(**options), tls=tls)

    assert (reply.status, _last(running)[1]) == (303, refusal)


@pytest.mark.parametrize(
    ("status", "refusal"),
    [
        (Status.REVOKED, Refusal.REVOKED),
        (Status.UNAVAILABLE, Refusal.STATUS_UNAVAILABLE),
    ],
)
def test_the_status_of_the_card_is_asked(status: Status, refusal: Refusal) -> None:
    with listening(revocation=Says(status)) as running:
        running.asked(card())
        assert _last(running)[1] is refusal


def test_a_card_whose_time_has_not_come_is_refused() -> None:
    with listening(now=NOW - timedelta(days=2)) as running:
        running.asked(card())
        assert _last(running)[1] is Refusal.NOT_YET_VALID


def test_a_certificate_without_its_key_proves_nothing(running: Running, tmp_path: Path) -> None:
    """Whoever copied somebody's certificate cannot finish the handshake with it."""
    before = len(running.kept.seen)
    stolen = card()
    context = SSL.Context(SSL.TLS_CLIENT_METHOD)
    context.use_certificate(stolen.certificate)
    context.use_privatekey_file(str(_forged_key(stolen, tmp_path / "key.der")), FILETYPE_ASN1)
    sock = socket.create_connection(("127.0.0.1", running.port))
    client = SSL.Connection(context, sock)
    client.set_connect_state()
    with sock, pytest.raises(SSL.Error):
        _ask(client)
    assert len(running.kept.seen) == before


def _forged_key(stolen: Card, file: Path) -> Path:
    """A key that says it belongs to the stolen certificate, with a secret of its own."""
    secret = card().key
    mine, claimed = (
        key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        for key in (secret, stolen.key)
    )
    der = secret.private_bytes(Encoding.DER, PrivateFormat.TraditionalOpenSSL, NoEncryption())
    file.write_bytes(der.replace(mine, claimed))
    return file


def _ask(client: SSL.Connection) -> bytes:
    client.do_handshake()
    client.send(f"GET /sign-in?login={LOGIN} HTTP/1.1\r\n\r\n".encode())
    return client.recv(100)


@pytest.mark.parametrize("tls", VERSIONS)
def test_nothing_is_resumed_so_that_each_sign_in_asks_for_the_card(
    running: Running, tls: Any
) -> None:
    context = ssl.create_default_context(cafile=str(running.authority))
    context.minimum_version = context.maximum_version = tls
    session = None
    for _ in range(2):
        sock = socket.create_connection(("127.0.0.1", running.port), timeout=20)
        with context.wrap_socket(sock, server_hostname="eid.localhost", session=session) as wire:
            assert not wire.session_reused
            wire.sendall(b"GET /health HTTP/1.1\r\n\r\n")
            Reply.read(wire)
            session = wire.session


def test_an_old_version_of_tls_is_refused(running: Running) -> None:
    context = SSL.Context(SSL.TLS_CLIENT_METHOD)
    context.set_cipher_list(b"ALL:@SECLEVEL=0")
    context.set_max_proto_version(SSL.TLS1_1_VERSION)
    with socket.create_connection(("127.0.0.1", running.port)) as sock:
        client = SSL.Connection(context, sock)
        client.set_connect_state()
        with pytest.raises(SSL.Error):
            client.do_handshake()


def test_the_browser_is_told_whose_cards_are_wanted(running: Running) -> None:
    context = SSL.Context(SSL.TLS_CLIENT_METHOD)
    sock = socket.create_connection(("127.0.0.1", running.port))
    client = SSL.Connection(context, sock)
    client.set_connect_state()
    client.do_handshake()
    names = {name.CN for name in client.get_client_ca_list()}
    sock.close()
    assert names == {"Guichet Root CA (TEST)", "Citizen CA (TEST)", "Foreigner CA (TEST)"}
    assert len(names) == len(trust().authorities)


@pytest.mark.parametrize("path", ["/", "/sign-in", "/sign-in?login=", "/sign-in?login=short"])
def test_without_a_login_of_ours_one_begins_at_the_provider(running: Running, path: str) -> None:
    before = len(running.kept.seen)
    reply = running.asked(card(), path)
    assert (reply.status, reply.headers["Location"]) == (303, f"{CSAM}/eid/")
    assert len(running.kept.seen) == before


@pytest.mark.parametrize(
    "query",
    [
        "login=" + "a" * 65,
        "login=aaaaaaaaaaaaaaaa%0d%0aSet-Cookie:x",
        "login=aaaaaaaaaaaaaaaa&login=bbbbbbbbbbbbbbbb",
        "a=1&b=2&c=3&d=4&login=aaaaaaaaaaaaaaaa",
        "login=%C3%A9aaaaaaaaaaaaaaaa",
        "login=aaaaaaaaaaaaaaaa/../..",
    ],
)
def test_a_login_that_is_not_of_ours_is_none(running: Running, query: str) -> None:
    reply = running.asked(card(), f"/sign-in?{query}")
    assert reply.headers["Location"] == f"{CSAM}/eid/"


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"GET /health HTTP/1.1\r\n\r\n", 200),
        (b"GET /health HTTP/1.0\r\nX: y\r\n\r\n", 200),
        (b"GET /other HTTP/1.1\r\n\r\n", 404),
        (b"GET /sign-in/ HTTP/1.1\r\n\r\n", 404),
        (b"GET http://elsewhere/health HTTP/1.1\r\n\r\n", 400),
        (b"POST /sign-in HTTP/1.1\r\nContent-Length: 0\r\n\r\n", 405),
        (b"HEAD /health HTTP/1.1\r\n\r\n", 405),
        (b"GET /health\r\n\r\n", 400),
        (b"GET /health HTTP/2\r\n\r\n", 400),
        (b"GET  /health HTTP/1.1\r\n\r\n", 400),
        (b"GET /\xff\xfe HTTP/1.1\r\n\r\n", 400),
        (b"\x00\x01\x02\r\n\r\n", 400),
        (b"\r\n\r\n", 400),
        (b"GET /health HTTP/1.1\r\nX: " + b"y" * 9000 + b"\r\n\r\n", 431),
        (b"GET /" + b"y" * 200_000, 431),
    ],
)
def test_only_two_plain_requests_are_understood(running: Running, sent: bytes, status: int) -> None:
    with running.connected() as wire:
        wire.sendall(sent)
        reply = Reply.read(wire)
    assert reply.status == status
    assert reply.headers["Cache-Control"] == "no-store"
    assert reply.headers["Connection"] == "close"


def test_headers_are_not_believed(running: Running) -> None:
    with running.connected() as wire:
        lines = [
            f"GET /sign-in?login={LOGIN} HTTP/1.1",
            "Host: evil.example",
            "X-Forwarded-Host: evil.example",
            "X-SSL-Client-Verify: SUCCESS",
            f"X-SSL-Client-S-DN: serialNumber={NISS}",
        ]
        wire.sendall("\r\n".join([*lines, "", ""]).encode())
        reply = Reply.read(wire)
    assert reply.headers["Location"].startswith(f"{CSAM}/eid/ticket/")
    assert _last(running)[1] is Refusal.MISSING


@pytest.mark.parametrize("sent", [b"GET / HTTP/1.1\r\n\r\n", b"\x16\x03\x01\xff\xff", b"\x00" * 64])
def test_what_is_not_tls_is_hung_up_on_and_the_next_is_served(
    running: Running, sent: bytes
) -> None:
    # It may hang up before we have said everything.
    with (
        suppress(OSError),
        socket.create_connection(("127.0.0.1", running.port), timeout=20) as plain,
    ):
        plain.sendall(sent)
        plain.shutdown(socket.SHUT_WR)
        while plain.recv(1024):
            pass
    assert running.asked(path="/health").status == 200


def test_silent_peers_hold_up_nobody_and_are_hung_up_on() -> None:
    limits = Limits(greeting=0.3, person=0.3, request=0.3)
    with listening(limits=limits) as running:
        silent = [
            socket.create_connection(("127.0.0.1", running.port), timeout=20) for _ in range(5)
        ]
        half = running.connected(card())
        half.sendall(b"GET /hea")

        assert running.asked(path="/health").status == 200
        assert [one.recv(1) for one in silent] == [b""] * 5
        assert half.recv(1) == b""
        for one in (*silent, half):
            one.close()


def test_somebody_who_types_a_pin_code_has_longer_than_a_silent_peer() -> None:
    with listening(limits=Limits(greeting=0.2, person=20)) as running:
        greeted, incoming, outgoing, client = _greeted(running)
        with socket.create_connection(("127.0.0.1", running.port), timeout=20) as silent:
            assert silent.recv(1) == b""  # the time of one who came later is over
        while True:
            with suppress(ssl.SSLWantReadError):
                client.do_handshake()
                break
            if outgoing.pending:
                greeted.sendall(outgoing.read())
            incoming.write(greeted.recv(65_536))
        client.write(b"GET /health HTTP/1.1\r\n\r\n")
        greeted.sendall(outgoing.read())
        incoming.write(greeted.recv(65_536))
        assert client.read(12) == b"HTTP/1.1 200"
        greeted.close()


def _greeted(
    running: Running,
) -> tuple[socket.socket, ssl.MemoryBIO, ssl.MemoryBIO, ssl.SSLObject]:
    """A browser that has sent its greeting and leaves the answer unread: its person is looking."""
    context = ssl.create_default_context(cafile=str(running.authority))
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
    client = context.wrap_bio(incoming, outgoing, server_hostname="eid.localhost")
    with pytest.raises(ssl.SSLWantReadError):
        client.do_handshake()
    sock = socket.create_connection(("127.0.0.1", running.port), timeout=20)
    sock.sendall(outgoing.read())
    return sock, incoming, outgoing, client


def test_a_card_with_an_rsa_key_is_never_asked_for_what_it_cannot_sign() -> None:
    with listening(rsa_cards=True) as running:
        assert running.asked(_rsa_card()).status == 303
        assert isinstance(_last(running)[1], Holder)
        assert running.asked(card()).status == 303
        assert isinstance(_last(running)[1], Holder)
        with pytest.raises(ssl.SSLError):
            running.asked(card(), tls=ssl.TLSVersion.TLSv1_3)
        asked = _signatures_asked(running)
    # SHA-256, -384 and -512 (4, 5, 6) with ECDSA (3) and RSA PKCS #1 v1.5 (1); PSS begins with 8.
    assert asked == {(size, kind) for size in (4, 5, 6) for kind in (3, 1)}


def _rsa_card() -> Card:
    """A card as they were until about 2020."""
    issuer, issuer_key = _loaded(folder("ours") / "citizen")
    key = rsa.generate_private_key(65537, 2048)
    given = card().certificate
    builder = (
        x509.CertificateBuilder()
        .subject_name(given.subject)
        .issuer_name(issuer.subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW - timedelta(days=1))
        .not_valid_after(NOW + timedelta(days=1))
    )
    for extension in given.extensions:
        builder = builder.add_extension(extension.value, extension.critical)
    certificate = builder.sign(issuer_key, hashes.SHA384())
    return Card(certificate, key, (issuer,))  # type: ignore[arg-type]  # new ones lie on a curve


def _signatures_asked(running: Running) -> set[tuple[int, int]]:
    """The pairs (hash, kind) in the CertificateRequest, read from the open part of TLS 1.2."""
    sock, *_ = _greeted(running)
    flight = b""
    with sock:
        while b"\x0e\x00\x00\x00" not in flight:  # ServerHelloDone
            head = _exactly(sock, 5)
            flight += _exactly(sock, int.from_bytes(head[3:5], "big"))
    while flight[0] != 13:  # CertificateRequest
        flight = flight[4 + int.from_bytes(flight[1:4], "big") :]
    body = flight[4:]
    listed = body[1 + body[0] :]
    pairs = listed[2 : 2 + int.from_bytes(listed[:2], "big")]
    return set(zip(pairs[::2], pairs[1::2], strict=True))


def _exactly(sock: socket.socket, count: int) -> bytes:
    received = b""
    while len(received) < count:
        received += sock.recv(count - len(received))
    return received


def test_no_more_connections_than_allowed_from_one_address_at_a_time() -> None:
    with listening(limits=Limits(of_one_address=2, greeting=20)) as running:
        begun = [running.connected() for _ in range(2)]
        with socket.create_connection(("127.0.0.1", running.port), timeout=20) as third:
            assert third.recv(1) == b""
        for one in begun:
            one.sendall(b"GET /health HTTP/1.1\r\n\r\n")
            assert Reply.read(one).status == 200
            one.close()


def test_many_at_once_each_get_their_own_verdict(running: Running) -> None:
    cards = [card(), None, card(expired=True), card(kind=CardKind.SIGNATURE)] * 6
    before = len(running.kept.seen)
    with ThreadPoolExecutor(12) as pool:
        replies = list(pool.map(running.asked, cards))
    assert {reply.status for reply in replies} == {303}
    assert len({reply.headers["Location"] for reply in replies}) == len(cards)
    found = [type(one).__name__ for _, one in running.kept.seen[before:]]
    assert (found.count("Holder"), found.count("Refusal")) == (6, 18)


def test_no_number_and_no_name_reach_the_log(
    running: Running, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG, logger="guichet"):
        running.asked(card())
        running.asked(card(authority="stranger"))
    assert "card accepted" in caplog.text
    assert "card unknown-issuer" in caplog.text
    for secret in (NISS, "Amina", "Roussel", LOGIN):
        assert secret not in caplog.text


def test_a_database_that_does_not_answer_sends_to_a_page_that_says_so(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    def down(*_: Any, **__: Any) -> str:
        raise psycopg.OperationalError("no")

    monkeypatch.setattr(Kept, "store", down)
    monkeypatch.setattr(Kept, "is_reachable", lambda _: False)
    assert running.asked(card()).headers["Location"] == f"{CSAM}/eid/refused/interrupted/"
    assert running.asked(path="/health").status == 503


def test_a_fault_while_judging_ends_one_connection_only(
    running: Running, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: Any, **__: Any) -> str:
        raise RuntimeError(NISS)

    with monkeypatch.context() as patch:
        patch.setattr(Kept, "store", broken)
        with running.connected(card()) as wire:
            wire.sendall(f"GET /sign-in?login={LOGIN} HTTP/1.1\r\n\r\n".encode())
            assert wire.recv(10) == b""
    assert "a connection failed" in caplog.text
    assert NISS not in caplog.text
    assert running.asked(card()).status == 303


def test_a_certificate_that_cannot_be_decoded_is_unreadable(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreadable(*_: Any, **__: Any) -> x509.Certificate:
        raise ValueError("broken")

    monkeypatch.setattr(SSL.Connection, "get_peer_certificate", unreadable)
    assert running.asked(card()).status == 303
    assert _last(running)[1] is Refusal.UNREADABLE
