"""What the kiosk's page may ask: which card is in the reader. To one origin, with one code.

The address is that of this computer alone. ``Host`` is checked against names that somebody else
made point here, ``Origin`` against other pages, the code against other programs.
"""

from __future__ import annotations

import hmac
import json
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final

from guichet.eservices.presence.kiosk.bridge.cards import CardUnreadable, Reader

HOST: Final = "127.0.0.1"
_CARD: Final = "/v1/card"


@dataclass(frozen=True, slots=True)
class Rules:
    """Whose page may ask, and with which code."""

    origin: str
    token: str


class Bridge(ThreadingHTTPServer):
    """The server; ``rules`` and ``reader`` are what its handlers use."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, *, port: int, rules: Rules, reader: Reader) -> None:
        super().__init__((HOST, port), _Handler)
        self.rules, self.reader = rules, reader


class _Handler(BaseHTTPRequestHandler):
    server: Bridge
    server_version = "guichet-eid-bridge"
    sys_version = ""
    timeout = 10

    def do_OPTIONS(self) -> None:
        """What a browser asks before the page may ask."""
        allowed = {
            "Access-Control-Allow-Methods": "GET",
            "Access-Control-Allow-Headers": "authorization",
            "Access-Control-Allow-Private-Network": "true",
            "Access-Control-Max-Age": "600",
        }
        if self._is_ours():
            self._answer(204, more=allowed)
        else:
            self._answer(403)

    def do_GET(self) -> None:
        """The card in the reader; nothing of it is kept or written down here."""
        given = self.headers.get("Authorization", "")
        wanted = f"Bearer {self.server.rules.token}"
        if not self._is_ours():
            self._answer(403)
        elif self.path != _CARD:
            self._answer(404)
        elif not hmac.compare_digest(given.encode(), wanted.encode()):
            self._answer(401)
        else:
            self._answer(200, _told(self.server.reader))

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  # inherited
        """Nothing: a look at the reader every second is no event."""

    def _is_ours(self) -> bool:
        port = self.server.server_address[1]
        hosts = {f"{HOST}:{port}", f"localhost:{port}"}
        is_here = self.headers.get("Host", "") in hosts
        return is_here and self.headers.get("Origin", "") == self.server.rules.origin

    def _answer(
        self,
        status: int,
        told: dict[str, object] | None = None,
        more: dict[str, str] | None = None,
    ) -> None:
        body = b"" if told is None else json.dumps(told).encode()
        self.send_response(status)
        headers = {"Cache-Control": "no-store", "Content-Length": str(len(body)), "Vary": "Origin"}
        if body:
            headers["Content-Type"] = "application/json"
        if status != 403:
            headers["Access-Control-Allow-Origin"] = self.server.rules.origin
        for name, value in {**headers, **(more or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


def _told(reader: Reader) -> dict[str, object]:
    try:
        card = reader.card()
    except CardUnreadable:
        return {"present": True, "reading": "unreadable"}
    if card is None:
        return {"present": False}
    return {
        "present": True,
        "reading": card.reading,
        "niss": card.niss,
        "isSimulated": card.is_simulated,
    }
