"""What the listener answers: it judges the card, stores a ticket and sends the browser on.

Two paths, GET only. No header of the request is believed, no page is drawn here: the words are
said by the sign-in provider. No Django.
"""

import json
import logging
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Final
from urllib.parse import parse_qs

import psycopg
from cryptography import x509

from guichet.csam.eid.judge import Holder, Refusal
from guichet.csam.eid.listener import Presented
from guichet.csam.eid.tickets import TicketStore

_log = logging.getLogger(__name__)
_REQUEST: Final = re.compile(rb"([A-Z]{1,16}) (/[!-~]*) HTTP/1\.[01]", re.ASCII)
_LOGIN: Final = re.compile(r"[A-Za-z0-9_-]{16,64}", re.ASCII)
_PATHS: Final = ("/", "/health", "/sign-in")
Judge = Callable[[x509.Certificate | None, datetime], Holder | Refusal]


@dataclass(frozen=True, slots=True)
class Door:
    """The door of the cards. ``pages``: where the sign-in provider has its pages of the card."""

    pages: str
    judge: Judge
    tickets: TicketStore
    clock: Callable[[], datetime]

    def answer(self, presented: Presented) -> bytes:
        """A whole HTTP answer to what came through one connection."""
        if presented.head is None:
            return _plain(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)
        request = _REQUEST.fullmatch(presented.head.split(b"\r\n", 1)[0])
        if request is None:
            return _plain(HTTPStatus.BAD_REQUEST)
        method, target = (part.decode("ascii") for part in request.groups())
        path, _, query = target.partition("?")
        if path not in _PATHS:
            return _plain(HTTPStatus.NOT_FOUND)
        if method != "GET":
            return _plain(HTTPStatus.METHOD_NOT_ALLOWED, ("Allow", "GET"))
        return self._health() if path == "/health" else self._signed_in(presented, _login(query))

    def _signed_in(self, presented: Presented, login: str | None) -> bytes:
        if login is None:
            return _sent_on(f"{self.pages}/")
        now = self.clock()
        judged = self._judged(presented, now)
        _log.info("card %s", judged.value if isinstance(judged, Refusal) else "accepted")
        try:
            ticket = self.tickets.store(login=login, judged=judged, now=now)
        except psycopg.Error:
            _log.error("the database does not answer")
            return _sent_on(f"{self.pages}/refused/interrupted/")
        return _sent_on(f"{self.pages}/ticket/{ticket}/")

    def _judged(self, presented: Presented, now: datetime) -> Holder | Refusal:
        if not presented.is_readable:
            return Refusal.UNREADABLE
        return self.judge(presented.certificate, now)

    def _health(self) -> bytes:
        is_up = self.tickets.is_reachable()
        status = HTTPStatus.OK if is_up else HTTPStatus.SERVICE_UNAVAILABLE
        body = json.dumps({"status": "UP" if is_up else "DOWN"}).encode()
        return _http(status, body, ("Content-Type", "application/json"))


def _login(query: str) -> str | None:
    """The one login that the address names; None for anything that we did not write."""
    try:
        named = parse_qs(query, max_num_fields=4).get("login", [])
    except ValueError:
        return None
    return named[0] if len(named) == 1 and _LOGIN.fullmatch(named[0]) else None


def _sent_on(address: str) -> bytes:
    return _http(HTTPStatus.SEE_OTHER, b"", ("Location", address))


def _plain(status: HTTPStatus, *headers: tuple[str, str]) -> bytes:
    body = f"{status.phrase}\n".encode("ascii")
    return _http(status, body, ("Content-Type", "text/plain; charset=us-ascii"), *headers)


def _http(status: HTTPStatus, body: bytes, *headers: tuple[str, str]) -> bytes:
    every = (
        *headers,
        ("Content-Length", str(len(body))),
        ("Cache-Control", "no-store"),
        ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
        ("Referrer-Policy", "no-referrer"),
        ("X-Content-Type-Options", "nosniff"),
        ("Connection", "close"),
    )
    lines = [f"HTTP/1.1 {status.value} {status.phrase}", *(f"{a}: {b}" for a, b in every)]
    return "\r\n".join([*lines, "", ""]).encode("ascii") + body
