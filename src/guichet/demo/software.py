"""A payroll program of the demonstration: it declares a Dimona as any software does, over HTTP.

It has a channel of its own for as long as it runs; its key never leaves its memory.
"""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

import httpx
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from joserfc import jwk, jwt

from guichet.access import channels
from guichet.access.permissions import DIMONA
from guichet.audit.actors import system

ACTOR: Final = system("demo")
_PATIENCE: Final = 30.0
_JWT_BEARER: Final = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


class NotAnswered(Exception):
    """The services do not answer as they should; a sentence for whoever started this."""


@dataclass(frozen=True, slots=True)
class Software:
    """The program, once it has its channel. ``url``: of the services."""

    url: str
    client_id: str
    key: ec.EllipticCurvePrivateKey

    def declare(self, body: Mapping[str, Any], *, now: datetime) -> dict[str, Any]:
        """Send a declaration and wait for its answer; raises NotAnswered."""
        try:
            with httpx.Client(timeout=20) as http:
                headers = {"Authorization": f"Bearer {self._token(http, now)}"}
                sent = http.post(
                    f"{self.url}/REST/dimona/v2/declarations", json=body, headers=headers
                )
                if sent.status_code != 201:
                    raise NotAnswered(f"The declaration was not taken: {sent.text}")
                return _answer(http, sent.headers["Location"], headers)
        except httpx.TransportError as fault:
            raise NotAnswered(
                f"The services at {self.url} do not answer ({type(fault).__name__}):"
                " start them with `guichet run`."
            ) from None

    def _token(self, http: httpx.Client, now: datetime) -> str:
        place = f"{self.url}/REST/oauth/v5/token"
        issued = int(now.timestamp())
        claims = {
            "iss": self.client_id,
            "sub": self.client_id,
            "aud": place,
            "iat": issued,
            "exp": issued + 300,
            "jti": str(uuid.uuid4()),
        }
        pem = self.key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        header = {"typ": "JWT", "alg": "ES256"}
        form = {
            "grant_type": "client_credentials",
            "client_assertion_type": _JWT_BEARER,
            "client_assertion": jwt.encode(header, claims, jwk.import_key(pem, "EC")),
        }
        answer = http.post(place, data=form)
        if answer.status_code != 200:
            raise NotAnswered(f"No token: {answer.text}")
        token: str = answer.json()["access_token"]
        return token


@contextmanager
def software(*, url: str, enterprise_number: str, now: datetime) -> Iterator[Software]:
    """The program with a channel of an enterprise; the channel is suspended afterwards."""
    key = ec.generate_private_key(ec.SECP256R1())
    channel = channels.create_channel(
        enterprise_number=enterprise_number,
        certificates=[_certificate(key, now)],
        permissions=(DIMONA,),
        environment="simulation",
        actor=ACTOR,
        now=now,
        name="Payroll of the demonstration",
    )
    try:
        yield Software(url, channel.client_id, key)
    finally:
        channels.suspend_channel(client_id=channel.client_id, actor=ACTOR, now=now)


def told(status: Mapping[str, Any]) -> str:
    """The answer as lines for a terminal."""
    return json.dumps(status, ensure_ascii=False, indent=2)


def _answer(http: httpx.Client, place: str, headers: Mapping[str, str]) -> dict[str, Any]:
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        answer = http.get(place, headers=dict(headers))
        if answer.status_code == 200:
            found: dict[str, Any] = answer.json()["declarationStatus"]
            return found
        if answer.status_code != 404:
            raise NotAnswered(f"No answer: {answer.text}")
        time.sleep(0.5)
    raise NotAnswered("Nobody decided within half a minute: is the worker running?")


def _certificate(key: ec.EllipticCurvePrivateKey, now: datetime) -> bytes:
    name = x509.Name(
        [x509.NameAttribute(x509.NameOID.COMMON_NAME, "SPECIMEN payroll of the demonstration")]
    )
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=30))
        .sign(key, hashes.SHA256())
    )
    return made.public_bytes(serialization.Encoding.PEM)
