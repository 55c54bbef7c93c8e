"""A provider on the loopback that can be wrong in every way that matters."""

import base64
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final
from urllib.parse import parse_qs

from joserfc import jwt
from joserfc.jwk import ECKey, KeySet

URN: Final = "urn:be:fedict:iam:fas:citizen:Level"


@dataclass
class FakeProvider:
    """What it says is set by the test; what it was asked is kept."""

    issuer: str
    now: float
    niss: str = ""
    nonce: str = ""
    level: int = 500
    amr: list[str] = field(default_factory=lambda: ["eid"])
    identity: dict[str, Any] = field(default_factory=dict)
    person: dict[str, Any] = field(default_factory=dict)
    announced: dict[str, Any] = field(default_factory=dict)
    signs_userinfo: bool = True
    foreign_key: bool = False
    algorithm: str = "ES256"
    is_down: bool = False
    token_status: int = 200
    redeemed: list[dict[str, str]] = field(default_factory=list)
    _key: ECKey = field(default_factory=lambda: ECKey.generate_key("P-256", auto_kid=True))
    _other: ECKey = field(default_factory=lambda: ECKey.generate_key("P-256", auto_kid=True))

    def answer(self, verb: str, path: str, body: bytes) -> tuple[int, str, bytes]:
        """Status, content type and body of one call."""
        if self.is_down:
            return 503, "text/plain", b""
        made = {
            "/.well-known/openid-configuration": self._discovery,
            "/token": lambda: self._token(body),
            "/userinfo": self._userinfo,
            "/keys": self._keys,
        }.get(path)
        return made() if made else (404, "text/plain", b"")

    def _discovery(self) -> tuple[int, str, bytes]:
        return self._json(
            {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "userinfo_endpoint": f"{self.issuer}/userinfo",
                "jwks_uri": f"{self.issuer}/keys",
                "id_token_signing_alg_values_supported": ["ES256"],
            }
            | self.announced
        )

    def _keys(self) -> tuple[int, str, bytes]:
        return self._json(KeySet([self._key]).as_dict(private=False))

    def _token(self, body: bytes) -> tuple[int, str, bytes]:
        form = {name: values[0] for name, values in parse_qs(body.decode()).items()}
        if form["code"] in [one["code"] for one in self.redeemed] or self.token_status != 200:
            return self._json({"error": "invalid_grant"}, status=max(400, self.token_status))
        self.redeemed.append(form)
        claims = {
            "iss": self.issuer,
            "aud": "guichet-portal",
            "sub": "pseudonym",
            "iat": int(self.now),
            "exp": int(self.now) + 300,
            "nonce": self.nonce,
            "acr": f"{URN}{self.level}",
            "amr": self.amr,
        } | self.identity
        claims = {name: value for name, value in claims.items() if value is not None}
        return self._json({"access_token": "opaque", "id_token": self._signed(claims)})

    def _userinfo(self) -> tuple[int, str, bytes]:
        claims = {
            "iss": self.issuer,
            "aud": "guichet-portal",
            "sub": "pseudonym",
            "egovNRN": self.niss,
            "fedid": "fed-1",
        } | self.person
        claims = {name: value for name, value in claims.items() if value is not None}
        if not self.signs_userinfo:
            return self._json(claims)
        return 200, "application/jwt", self._signed(claims).encode()

    def _signed(self, claims: dict[str, Any]) -> str:
        if self.algorithm == "none":
            parts = [{"alg": "none", "kid": self._key.kid}, claims]
            encoded = [base64.urlsafe_b64encode(json.dumps(one).encode()) for one in parts]
            return ".".join(one.rstrip(b"=").decode() for one in encoded) + "."
        key = self._other if self.foreign_key else self._key
        return jwt.encode({"alg": "ES256", "kid": self._key.kid}, claims, key)

    @staticmethod
    def _json(document: Any, *, status: int = 200) -> tuple[int, str, bytes]:
        return status, "application/json", json.dumps(document).encode()


@contextmanager
def serving(*, now: float) -> Iterator[FakeProvider]:
    """The provider behind a real port, for the time of the block."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._reply(b"")

        def do_POST(self) -> None:
            self._reply(self.rfile.read(int(self.headers["Content-Length"])))

        def _reply(self, body: bytes) -> None:
            status, kind, sent = provider.answer(self.command, self.path, body)
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(sent)))
            self.end_headers()
            self.wfile.write(sent)

        def log_message(self, *_args: object) -> None:
            """Silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider = FakeProvider(issuer=f"http://127.0.0.1:{server.server_port}", now=now)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
