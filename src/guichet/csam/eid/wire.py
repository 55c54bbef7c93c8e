"""One TLS connection of which every step has to be done before one moment. No Django here."""

import select
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Final, ParamSpec, TypeVar

from cryptography import x509
from OpenSSL import SSL

P = ParamSpec("P")
R = TypeVar("R")

_PIECE: Final = 4096
_LINGER_SECONDS: Final = 1.0
_LINGER_BYTES: Final = 262_144


class TooLate(Exception):
    """The other side did not do its part in time."""


class TooMuch(Exception):
    """The other side sends more than a request has."""


class Gone(Exception):
    """The other side left, or never spoke TLS."""


class Wire:
    """The server's end of one connection; ``allow`` sets how long the next steps may take."""

    def __init__(self, sock: socket.socket, context: SSL.Context) -> None:
        sock.setblocking(False)
        self._sock = sock
        self._tls = SSL.Connection(context, sock)
        self._tls.set_accept_state()
        self._deadline = 0.0

    def allow(self, seconds: float) -> None:
        """From now on, everything until the next call of this has ``seconds`` in all."""
        self._deadline = time.monotonic() + seconds

    def handshake(self, *, person: float) -> x509.Certificate | None:
        """The certificate presented, whatever it is worth; None when there is none.

        ``person``: seconds more once the browser has greeted; somebody is choosing a certificate
        and typing a PIN code.
        Raises TooLate, Gone, or ValueError for one that cannot be decoded.
        """
        silent = self._tls.get_state_string()
        has_greeted = False
        while True:
            try:
                self._tls.do_handshake()
                break
            except SSL.WantReadError:
                if not has_greeted and self._tls.get_state_string() != silent:
                    has_greeted = True
                    self.allow(person)
                self._await(select.POLLIN)
            except SSL.WantWriteError:
                self._await(select.POLLOUT)
            except (SSL.Error, OSError):
                raise Gone from None
        return self._tls.get_peer_certificate(as_cryptography=True)

    def head(self, *, limit: int) -> bytes:
        """The bytes up to the first empty line; raises TooLate, TooMuch, Gone."""
        received = b""
        while b"\r\n\r\n" not in received:
            if len(received) > limit:
                raise TooMuch
            received += self._until(self._tls.recv, _PIECE)
        head = received.partition(b"\r\n\r\n")[0]
        if len(head) > limit:
            raise TooMuch
        return head

    def send(self, content: bytes) -> None:
        """Everything, or raises TooLate or Gone."""
        left = content
        while left:
            left = left[self._until(self._tls.send, left) :]

    def close(self) -> None:
        """Say goodbye, and read on a little: an unread rest would take the answer along."""
        with suppress(SSL.Error, OSError, TooLate, Gone):
            self._tls.shutdown()
            self._sock.shutdown(socket.SHUT_WR)
            self.allow(_LINGER_SECONDS)
            self._drain()
        self._sock.close()

    def _drain(self) -> None:
        read = 0
        while read < _LINGER_BYTES:
            self._await(select.POLLIN)
            piece = self._sock.recv(_PIECE)
            if not piece:
                return
            read += len(piece)

    def _until(self, step: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        while True:
            try:
                return step(*args, **kwargs)
            except SSL.WantReadError:
                self._await(select.POLLIN)
            except SSL.WantWriteError:
                self._await(select.POLLOUT)
            except (SSL.Error, OSError):
                raise Gone from None

    def _await(self, event: int) -> None:
        left = self._deadline - time.monotonic()
        poll = select.poll()
        poll.register(self._sock, event)
        if left <= 0 or not poll.poll(left * 1000):
            raise TooLate
