"""A small TLS server that asks for a card and lets every certificate pass the handshake.

Each connection has a thread of its own, does one request and ends: a silent peer holds up nobody
else. What is answered is the caller's business. No Django here.
"""

import ipaddress
import logging
import select
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cryptography import x509
from OpenSSL import SSL
from OpenSSL._util import lib

from guichet.csam.eid.wire import Gone, TooLate, TooMuch, Wire

_log = logging.getLogger(__name__)
_BACKLOG: Final = 128
_SIGNATURES: Final = b":".join(
    b"%s+SHA%d" % (kind, size) for kind in (b"ECDSA", b"RSA") for size in (256, 384, 512)
)
_CIPHERS: Final = b"ECDHE+AESGCM:ECDHE+CHACHA20"


@dataclass(frozen=True, slots=True)
class Limits:
    """What one connection and all together may take; times in seconds, head in bytes.

    ``person``: the part of the handshake in which somebody finds the card and types the PIN code.
    """

    greeting: float = 10.0
    person: float = 120.0
    request: float = 10.0
    head: int = 8192
    connections: int = 512
    of_one_address: int = 32
    drain: float = 8.0


@dataclass(frozen=True, slots=True)
class Presented:
    """What came through one connection; ``head`` is None when it was too long.

    ``is_readable``: False when a certificate came that cannot be decoded.
    """

    head: bytes | None
    certificate: x509.Certificate | None
    is_readable: bool = True


def tls_context(
    *, certificate: Path, key: Path, hints: Iterable[x509.Certificate], rsa_cards: bool
) -> SSL.Context:
    """TLS 1.2 or newer, a card asked for at every connection: nothing is resumed.

    ``hints``: the authorities whose certificates the browser shall offer.
    ``rsa_cards``: cards with an RSA key sign PKCS #1 v1.5 only, which TLS 1.3 forbids: then it is
    TLS 1.2 exactly, and no browser is tempted to ask such a card for a PSS signature.
    Raises SSL.Error when certificate and key are not a pair or cannot be read.
    """
    context = SSL.Context(SSL.TLS_SERVER_METHOD)
    context.set_min_proto_version(SSL.TLS1_2_VERSION)
    if rsa_cards:
        context.set_max_proto_version(SSL.TLS1_2_VERSION)
        # Not in the public part of pyOpenSSL; a test reads what is really sent.
        lib.SSL_CTX_set1_sigalgs_list(context._context, _SIGNATURES)
    context.set_options(SSL.OP_NO_TICKET | SSL.OP_NO_RENEGOTIATION | SSL.OP_NO_COMPRESSION)
    context.set_session_cache_mode(SSL.SESS_CACHE_OFF)
    context.set_cipher_list(_CIPHERS)
    context.use_certificate_chain_file(str(certificate))
    context.use_privatekey_file(str(key))
    context.check_privatekey()
    # The handshake proves that the peer holds the key; whose card it is, is judged afterwards.
    context.set_verify(SSL.VERIFY_PEER, lambda *_: True)
    for hint in hints:
        context.add_client_ca(hint)
    return context


class Listener:
    """Accepts until `stop` is called, then lets what has begun come to its end."""

    def __init__(
        self,
        *,
        bind: str,
        port: int,
        context: Callable[[], SSL.Context],
        answer: Callable[[Presented], bytes],
        limits: Limits | None = None,
    ) -> None:
        """``context`` is asked at each connection; ``answer`` makes a whole HTTP answer."""
        self._context, self._answer = context, answer
        self._limits = limits or Limits()
        self._open: Counter[str] = Counter()
        self._changed = threading.Condition()
        self._wake, self._woken = socket.socketpair()
        family = socket.AF_INET6 if ":" in bind else socket.AF_INET
        self._socket = socket.create_server((bind, port), family=family, backlog=_BACKLOG)

    @property
    def port(self) -> int:
        """The port on which it listens."""
        number: int = self._socket.getsockname()[1]
        return number

    def serve(self) -> None:
        """Accept until stopped; returns when every connection has ended or the time is over."""
        try:
            while True:
                ready, _, _ = select.select([self._socket, self._woken], [], [])
                if self._woken in ready:
                    break
                self._accept()
        finally:
            self._socket.close()
            self._drain()
            self._wake.close()
            self._woken.close()

    def stop(self) -> None:
        """Make `serve` return; may be called from a signal handler."""
        self._wake.send(b".")

    def _accept(self) -> None:
        try:
            sock, address = self._socket.accept()
        except OSError:
            return  # gone before we came, or no descriptor left for it
        origin = _origin(address[0])
        if not self._enter(origin):
            sock.close()
            return
        thread = threading.Thread(target=self._serve, args=(sock, origin), daemon=True)
        try:
            thread.start()
        except RuntimeError:
            sock.close()
            self._leave(origin)

    def _serve(self, sock: socket.socket, origin: str) -> None:
        with sock:
            try:
                self._converse(sock)
            except (Gone, TooLate, OSError, SSL.Error):
                pass
            except Exception as fault:  # one connection must not take its thread down in silence
                # Only its kind: the text of a fault might repeat what stands on a card.
                _log.error("a connection failed: %s", type(fault).__name__)
            finally:
                self._leave(origin)

    def _converse(self, sock: socket.socket) -> None:
        wire = Wire(sock, self._context())
        wire.allow(self._limits.greeting)
        certificate, is_readable, head = None, True, None
        try:
            certificate = wire.handshake(person=self._limits.person)
        except ValueError:
            is_readable = False
        wire.allow(self._limits.request)
        with suppress(TooMuch):
            head = wire.head(limit=self._limits.head)
        wire.send(self._answer(Presented(head, certificate, is_readable)))
        wire.close()

    def _enter(self, origin: str) -> bool:
        with self._changed:
            full = self._open.total() >= self._limits.connections
            if full or self._open[origin] >= self._limits.of_one_address:
                return False
            self._open[origin] += 1
            return True

    def _leave(self, origin: str) -> None:
        with self._changed:
            self._open[origin] -= 1
            self._open += Counter()  # forgets those with none
            self._changed.notify_all()

    def _drain(self) -> None:
        deadline = time.monotonic() + self._limits.drain
        with self._changed:
            while self._open and (left := deadline - time.monotonic()) > 0:
                self._changed.wait(left)


def _origin(address: str) -> str:
    """The address, or the network that one subscriber has under IPv6."""
    if ":" not in address:
        return address
    return str(ipaddress.ip_network(f"{address.partition('%')[0]}/64", strict=False))
