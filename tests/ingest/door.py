"""Calls at the ingest without a server in between, and a look at what was stored."""

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import psycopg

from guichet.access import tokens
from guichet.access.keys import current_keys
from guichet.access.permissions import ENTERPRISE, PROFESSIONAL, full_scopes
from guichet.ingest.app import BASE, REGISTER, Ingest
from guichet.rules.presence import Profile

NOW: Final = datetime(2026, 3, 2, 5, 0, 0, tzinfo=UTC)  # Monday, 06:00 in Brussels
ISSUER: Final = "http://services.example/REST/oauth/v5"
AUDIENCE: Final = "http://services.example/REST/presenceRegistration/v1"
W1: Final = "85073100130"
WB: Final = "90451207722"
E1: Final = "0712345630"
S1: Final = "1Y103CF8203SZ"
S2: Final = "1Y103CF8204TZ"
POINT: Final = {"coordinates": {"longitude": 4.3571, "latitude": 50.8466}}
ADDRESS: Final = {
    "postCode": "9000",
    "municipalityName": "Gent",
    "streetName": "Voorbeeldstraat",
    "houseNumber": "7",
    "boxNumber": None,
}


def item(**changed: Any) -> dict[str, Any]:
    """An act of W1 at S1, just now; Ellipsis as a value leaves the member out."""
    good: dict[str, Any] = {
        "registrationDate": "2026-03-02T05:59:58.418+01:00",
        "ssin": W1,
        "type": "in",
        "employer": {"enterpriseNumber": E1},
        "placeOfWork": POINT,
        "contractualRelationshipReference": S1,
    }
    return {name: value for name, value in (good | changed).items() if value is not ...}


def lot(*items: object) -> bytes:
    """The body of registerInBulk."""
    return json.dumps({"items": list(items)}).encode()


@dataclass(frozen=True)
class Answer:
    """One HTTP answer."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Door:
    """The ingest and what surrounds it in a test."""

    dsn: str
    keys: Path
    channel: int
    now: datetime = NOW
    client_id: str = "client-of-the-tests"
    certificate: str = "ab" * 32
    died: list[bool] = field(default_factory=list)
    tokens: dict[object, str] = field(default_factory=dict)
    read: int = 0
    eye: psycopg.Connection[Any] | None = None
    ingest: Ingest = field(init=False)

    def token(
        self,
        *,
        scopes: tuple[str, ...] = (ENTERPRISE, PROFESSIONAL),
        issued_at: datetime | None = None,
        audience: str = AUDIENCE,
        issuer: str = ISSUER,
        client_id: str | None = None,
    ) -> str:
        """An access token of ten minutes."""
        return tokens.issue(
            client_id=client_id or self.client_id,
            channel=self.channel,
            enterprise_number=E1,
            certificate=self.certificate,
            scopes=full_scopes(scopes),
            keys=current_keys(self.keys),
            issuer=issuer,
            audience=audience,
            now=(issued_at or self.now).timestamp(),
        ).text

    @property
    def standing_token(self) -> str:
        """A token of now, made once: signing is slow."""
        known = (self.now, self.client_id, self.certificate)
        if known not in self.tokens:
            self.tokens[known] = self.token()
        return self.tokens[known]

    async def call(
        self,
        method: str,
        path: str,
        body: bytes = b"",
        *,
        token: str | None = None,
        query: str = "",
        parts: int = 1,
        **headers: str,
    ) -> Answer:
        """One request; header names with underscores; ``token`` "" sends none."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if token != "":
            sent.setdefault("authorization", f"Bearer {token or self.standing_token}")
        scope = {
            "type": "http",
            "method": method,
            "path": path,
            "query_string": query.encode(),
            "headers": [(name.encode(), value.encode("latin-1")) for name, value in sent.items()],
        }
        size = max(1, -(-len(body) // parts))
        waiting = [body[at : at + size] for at in range(0, len(body), size)] or [b""]
        self.read = 0
        heard: list[Mapping[str, Any]] = []

        async def receive() -> dict[str, Any]:
            self.read += 1
            part = waiting.pop(0)
            return {"type": "http.request", "body": part, "more_body": bool(waiting)}

        async def send(message: Any) -> None:
            heard.append(message)

        assert self.ingest.hot(scope)
        await self.ingest(scope, receive, send)
        start, *rest = heard
        named = {name.decode(): value.decode("latin-1") for name, value in start["headers"]}
        return Answer(start["status"], named, b"".join(part["body"] for part in rest))

    async def register_bytes(self, body: bytes, **headers: Any) -> Answer:
        """registerInBulk with a body as it is."""
        headers.setdefault("content_type", "application/json")
        return await self.call("POST", REGISTER, body, **headers)

    async def register(self, *items: object, **headers: Any) -> Answer:
        """registerInBulk with items."""
        return await self.register_bytes(lot(*items), **headers)

    async def created(self, **changed: Any) -> dict[str, Any]:
        """Register one act that must be created; its entry."""
        answer = await self.register(item(**changed))
        assert answer.status == 200, answer.body
        [entry] = answer.json
        assert entry["notCreatedPresenceRegistration"] is None, entry
        made: dict[str, Any] = entry["createdPresenceRegistration"]
        return made

    async def refused(self, **changed: Any) -> list[str]:
        """Register one act that must not be created; its error codes, shortened."""
        answer = await self.register(item(**changed))
        assert answer.status == 200, answer.body
        [entry] = answer.json
        assert entry["createdPresenceRegistration"] is None
        assert self.stored() == []
        errors = entry["notCreatedPresenceRegistration"]["errorList"]
        return [error["errorCode"].rpartition(".")[2] for error in errors]

    def stored(self, columns: str = "receipt") -> list[Any]:
        """What is in the log from this test's channel, in the order of receipts."""
        query = f"SELECT {columns} FROM presence_act WHERE sender = %s ORDER BY receipt"
        rows = self.beside().execute(query.encode(), [self.channel]).fetchall()
        return [row[0] if len(row) == 1 else row for row in rows]

    def beside(self) -> psycopg.Connection[Any]:
        """A connection beside the ingest that commits by itself, kept for the test."""
        if self.eye is None:
            options = "-c guichet.actor=system|tests|"  # for the history of the registers
            self.eye = psycopg.connect(self.dsn, autocommit=True, options=options)
        return self.eye

    def execute(self, statement: str, *values: object) -> None:
        """Change something beside the ingest, committed."""
        self.beside().execute(statement.encode(), values or None)


def later(seconds: float) -> str:
    """NOW moved, as a date-time with the Belgian offset."""
    return (NOW + timedelta(seconds=seconds)).isoformat()


@asynccontextmanager
async def opened(*, dsn: str, keys: Path, channel: int, **options: Any) -> AsyncIterator[Door]:
    """A started ingest behind a door; stopped at the end."""
    door = Door(dsn=dsn, keys=keys, channel=channel)
    options.setdefault("profile", Profile())
    options.setdefault("now", lambda: door.now)
    door.ingest = Ingest(
        dsn=dsn,
        keys_path=keys,
        issuer=ISSUER,
        audience=AUDIENCE,
        on_death=lambda: door.died.append(True),
        **options,
    )
    await door.ingest.startup()
    try:
        yield door
    finally:
        await door.ingest.shutdown()
        if door.eye is not None:
            door.eye.close()


__all__ = ["BASE", "REGISTER", "Answer", "Door", "item", "lot", "opened"]
