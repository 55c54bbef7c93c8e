"""An authority, its cards, and a listener in this process to which they are presented."""

import socket
import ssl
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from cryptography import x509
from django.db import connection

from guichet.csam.eid.authority import Card, CardAuthority, CardKind, ensure_authority
from guichet.csam.eid.door import Door
from guichet.csam.eid.judge import Holder, Refusal, judge
from guichet.csam.eid.listener import Limits, Listener, tls_context
from guichet.csam.eid.local_tls import ensure_server_certificate
from guichet.csam.eid.revocation import NoRevocation, Revocation, Status
from guichet.csam.eid.tickets import TicketStore
from guichet.csam.eid.trust import TrustStore, read_trust
from guichet.platform import clock
from tests import database, scratch

NOW = datetime.now(UTC).replace(microsecond=0)
NISS = "85073100031"
BIS = "85473100020"
LOGIN = "login-of-this-browser"
CSAM = "http://csam.localhost:8002"


@dataclass(frozen=True)
class Says:
    """Somebody who gives one answer about every card."""

    answer: Status

    def status(self, **_: Any) -> Status:
        return self.answer


@cache
def folder(name: str) -> Path:
    """The folder of the authority of this name; another name, a stranger."""
    made = scratch.folder("cards") / name
    ensure_authority(made, now=NOW)
    return made


@cache
def trust() -> TrustStore:
    """The trust store in which our test authority stands."""
    return read_trust(folder("ours") / "trust", simulation=True)


def card(
    *,
    niss: str = NISS,
    authority: str = "ours",
    kind: CardKind = CardKind.AUTHENTICATION,
    expired: bool = False,
) -> Card:
    """A card of Amina Roussel."""
    return CardAuthority(folder(authority)).issue(
        niss=niss,
        given_name="Amina",
        family_name="Roussel",
        now=NOW,
        kind=kind,
        expired=expired,
    )


def judged(
    presented: x509.Certificate | None,
    *,
    now: datetime = NOW,
    revocation: Revocation | None = None,
    status_required: bool = True,
) -> Holder | Refusal:
    """What our judge says."""
    return judge(
        presented,
        trust=trust(),
        revocation=revocation or NoRevocation(),
        status_required=status_required,
        now=now,
    )


class Kept(TicketStore):
    """Keeps what was judged in memory; the ticket is its number."""

    def __init__(self) -> None:
        super().__init__("")
        object.__setattr__(self, "seen", [])

    seen: list[tuple[str, Holder | Refusal]]

    def store(self, *, login: str, judged: Holder | Refusal, now: datetime) -> str:
        self.seen.append((login, judged))
        return f"ticket-{len(self.seen)}"

    def is_reachable(self) -> bool:
        return True


@dataclass
class Running:
    """A listener in this process."""

    port: int
    authority: Path
    kept: Kept = field(default_factory=Kept)

    def connected(self, presented: Card | None = None, *, tls: Any = None) -> ssl.SSLSocket:
        """A handshake as a browser does it, with a card or without."""
        context = ssl.create_default_context(cafile=str(self.authority))
        if tls is not None:
            context.minimum_version = context.maximum_version = tls
        if presented is not None:
            with tempfile.NamedTemporaryFile(suffix=".pem") as file:
                file.write(presented.pem())
                file.flush()
                context.load_cert_chain(file.name)
        sock = socket.create_connection(("127.0.0.1", self.port), timeout=20)
        return context.wrap_socket(sock, server_hostname="eid.localhost")

    def asked(self, presented: Card | None = None, path: str = "", *, tls: Any = None) -> "Reply":
        """The answer to one GET; the address to sign in when no path is given."""
        with self.connected(presented, tls=tls) as wire:
            target = path or f"/sign-in?login={LOGIN}"
            wire.sendall(f"GET {target} HTTP/1.1\r\nHost: eid.localhost\r\n\r\n".encode())
            return Reply.read(wire)


@dataclass(frozen=True)
class Reply:
    """One HTTP answer."""

    status: int
    headers: dict[str, str]
    body: bytes

    @classmethod
    def read(cls, wire: socket.socket) -> "Reply":
        received = b""
        while piece := wire.recv(65_536):
            received += piece
        head, _, body = received.partition(b"\r\n\r\n")
        first, *lines = head.decode("ascii").split("\r\n")
        headers = dict(line.split(": ", 1) for line in lines)
        return cls(int(first.split()[1]), headers, body)


@contextmanager
def listening(
    *,
    revocation: Revocation | None = None,
    limits: Limits | None = None,
    now: datetime | None = NOW,
    tickets: TicketStore | None = None,
    rsa_cards: bool = False,
) -> Iterator[Running]:
    """A listener that judges by our trust store; its clock stands at ``now``, or runs."""
    with tempfile.TemporaryDirectory() as place:
        tls = Path(place) / "server"
        ensure_server_certificate(tls, hosts=["eid.localhost", "127.0.0.1"], now=NOW)
        kept = Kept()
        context = tls_context(
            certificate=tls / "server.pem",
            key=tls / "server.key",
            hints=trust().authorities,
            rsa_cards=rsa_cards,
        )
        door = Door(
            pages=f"{CSAM}/eid",
            judge=lambda presented, at: judged(presented, now=at, revocation=revocation),
            tickets=tickets or kept,
            clock=lambda: now or clock.now(),
        )
        listener = Listener(
            bind="127.0.0.1", port=0, context=lambda: context, answer=door.answer, limits=limits
        )
        thread = threading.Thread(target=listener.serve)
        thread.start()
        try:
            yield Running(listener.port, tls / "authority.pem", kept)
        finally:
            listener.stop()
            thread.join(20)


def django_url(database_url: str) -> str:
    """The address of the database that Django is connected to."""
    return database.named(database_url, connection.settings_dict["NAME"])
