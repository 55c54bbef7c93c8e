"""A device of a test: its key, its counter, what it signs; and the ways to enrol one."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import uuid4

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from django.test import Client

from guichet.demo.fixtures import E1, S2
from guichet.eservices.presence.kiosk import devices, means
from guichet.eservices.presence.kiosk.devices import Enrolment
from guichet.eservices.presence.kiosk.models import Device, Means
from guichet.platform import clock
from guichet.registers.persons.models import Person
from tests.portal.world import ACTOR, CLERK

DOOR = "/kiosk/messages/"
ALL = ("badge", "card", "eid")


@dataclass
class Signer:
    """Signs as a device does; ``number`` is that of the device once it is enrolled."""

    key: ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )
    number: str = ""
    counter: int = 0

    def pem(self) -> str:
        return (
            self.key.public_key()
            .public_bytes(
                serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
            )
            .decode()
        )

    def sign(self, text: bytes) -> str:
        if isinstance(self.key, ed25519.Ed25519PrivateKey):
            made = self.key.sign(text)
        else:
            made = self.key.sign(text, ec.ECDSA(hashes.SHA256()))
        return base64.urlsafe_b64encode(made).decode().rstrip("=")

    def message(self, value: str, *, at: datetime | None = None, **more: Any) -> dict[str, str]:
        told = {"key": str(uuid4()), "at": (at or clock.now()).isoformat(), "value": value, **more}
        text = json.dumps(told)
        signed = f"guichet-device-1\nmessage\n{self.number}\n{text}".encode()
        return {"text": text, "signature": self.sign(signed)}

    def headers(
        self, operation: str, body: bytes, *, at: datetime | None = None, counter: int | None = None
    ) -> dict[str, str]:
        self.counter += 1
        count = str(self.counter if counter is None else counter)
        time = (at or clock.now()).isoformat()
        digest = hashlib.sha256(body).hexdigest()
        text = f"guichet-device-1\ncall\n{self.number}\n{operation}\n{count}\n{time}\n{digest}"
        return {
            "Guichet-Device": self.number,
            "Guichet-Counter": count,
            "Guichet-Time": time,
            "Guichet-Signature": self.sign(text.encode()),
        }

    def call(self, operation: str, members: dict[str, Any], **given: Any) -> Any:
        body = json.dumps(members).encode()
        headers = self.headers(operation, body, **given)
        return posted(f"/kiosk/{operation}/", body, headers)

    def send(self, messages: Sequence[dict[str, str]], **given: Any) -> Any:
        return self.call("messages", {"messages": list(messages)}, **given)


def posted(place: str, body: bytes, headers: dict[str, str]) -> Any:
    """A call without any cookie."""
    return Client().post(place, body, content_type="application/json", headers=headers)


def reader(site: str = S2, enterprise: str = E1, reads: Sequence[str] = ALL) -> Signer:
    """A badge reader at work."""
    signer = Signer()
    from guichet.eservices.presence.kiosk import signing

    wanted = Enrolment("reader", "Gate", site, reads, signing.public_key(signer.pem()))
    device = devices.enrol(
        wanted=wanted, enterprise=enterprise, person_id=clerk_id(), actor=ACTOR, now=clock.now()
    )
    signer.number = str(device.number)
    return signer


def given(
    niss: str, kind: str = "badge", identifier: str = "77001122", enterprise: str = E1
) -> Means:
    """A means of somebody."""
    return means.issue(
        kind=kind, niss=niss, identifier=identifier, enterprise=enterprise,
        person_id=clerk_id(), actor=ACTOR, now=clock.now(),
    )  # fmt: skip


def clerk_id() -> int:
    return Person.objects.get(niss=CLERK).pk


def row(signer: Signer) -> Device:
    return Device.objects.get(number=signer.number)
