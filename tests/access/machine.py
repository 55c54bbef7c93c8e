"""A client machine for the tests: its keys, its certificates, its assertions.

Signs with `cryptography` alone, so that no assertion is made by the library that verifies it.
"""

import base64
import functools
import hashlib
import hmac
import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.x509.oid import NameOID

from guichet.access import channels
from guichet.access.permissions import CHECK_IN_AND_OUT
from guichet.audit.actors import system
from guichet.platform import clock

Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
TESTER: Final = system("tests")
ENTERPRISE: Final = "1900000069"
OTHER_ENTERPRISE: Final = "1900000168"
TOKEN_PATH: Final = "/REST/oauth/v5/token"
JWT_BEARER: Final = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


@functools.cache
def rsa_key(name: str = "first", bits: int = 2048) -> rsa.RSAPrivateKey:
    """An RSA key, made once a process for each name: making one is slow."""
    return rsa.generate_private_key(public_exponent=65537, key_size=bits)


@functools.cache
def ec_key(name: str = "first", curve: str = "P-256") -> ec.EllipticCurvePrivateKey:
    """A key on a NIST curve."""
    curves: dict[str, ec.EllipticCurve] = {"P-256": ec.SECP256R1(), "P-384": ec.SECP384R1()}
    return ec.generate_private_key(curves[curve])


def certificate(
    key: Key,
    *,
    starts: timedelta = timedelta(days=-1),
    ends: timedelta = timedelta(days=365),
    extensions: tuple[x509.ExtensionType, ...] = (),
    issuer_key: Key | None = None,
    issuer: str = "Machine of the tests",
) -> x509.Certificate:
    """A certificate of the tests' company, self-signed unless an issuer signs it."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Machine of the tests")])
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, issuer)]))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(clock.now() + starts)
        .not_valid_after(clock.now() + ends)
    )
    for extension in extensions:
        builder = builder.add_extension(extension, critical=False)
    return builder.sign(issuer_key or key, hashes.SHA256())


def pem(made: x509.Certificate) -> bytes:
    return made.public_bytes(serialization.Encoding.PEM)


def der(made: x509.Certificate) -> bytes:
    return made.public_bytes(serialization.Encoding.DER)


def private_pem(key: Key) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def encoded(part: bytes) -> str:
    return base64.urlsafe_b64encode(part).rstrip(b"=").decode("ascii")


def signature(key: Key, message: bytes) -> bytes:
    """RS256 or ES256, by the kind of key."""
    if isinstance(key, rsa.RSAPrivateKey):
        return key.sign(message, padding.PKCS1v15(), hashes.SHA256())
    r, s = decode_dss_signature(key.sign(message, ec.ECDSA(hashes.SHA256())))
    return r.to_bytes(32, "big") + s.to_bytes(32, "big")


def jwt(*, header: Any, claims: Any, key: Key) -> str:
    """Header and claims as given, however wrong, under a right signature."""
    parts = [encoded(json.dumps(part).encode()) for part in (header, claims)]
    message = ".".join(parts)
    return f"{message}.{encoded(signature(key, message.encode('ascii')))}"


def with_secret(*, header: Any, claims: Any, secret: bytes | None) -> str:
    """The same under HS256 with a secret, or without signature."""
    message = ".".join(encoded(json.dumps(part).encode()) for part in (header, claims))
    made = b"" if secret is None else hmac.digest(secret, message.encode(), hashlib.sha256)
    return f"{message}.{encoded(made)}"


@dataclass(frozen=True)
class Machine:
    """A registered channel, with the key of its first certificate."""

    client_id: str
    key: Key
    certificate: x509.Certificate

    @property
    def thumbprint(self) -> str:
        return self.certificate.fingerprint(hashes.SHA256()).hex()

    def claims(
        self, *, audience: str, now: datetime | None = None, **changed: Any
    ) -> dict[str, Any]:
        """Good claims; a change to None leaves one out."""
        seconds = int((now or clock.now()).timestamp())
        good = {
            "iss": self.client_id,
            "sub": self.client_id,
            "aud": audience,
            "jti": str(uuid.uuid4()),
            "iat": seconds,
            "exp": seconds + 300,
        }
        return {name: value for name, value in {**good, **changed}.items() if value is not None}

    def assertion(
        self,
        *,
        audience: str,
        header: Mapping[str, Any] | None = None,
        key: Key | None = None,
        **changed: Any,
    ) -> str:
        """An assertion as the public clients make it, with a few claims changed."""
        signing = key or self.key
        algorithm = "RS256" if isinstance(signing, rsa.RSAPrivateKey) else "ES256"
        members = {"typ": "JWT", "alg": algorithm, **(header or {})}
        return jwt(
            header={name: value for name, value in members.items() if value is not None},
            claims=self.claims(audience=audience, **changed),
            key=signing,
        )


def form(assertion: str, **further: str) -> dict[str, str]:
    """The body of a token call."""
    return {
        "grant_type": "client_credentials",
        "client_assertion_type": JWT_BEARER,
        "client_assertion": assertion,
        **further,
    }


def machine(
    *,
    key: Key | None = None,
    permissions: tuple[str, ...] = (CHECK_IN_AND_OUT,),
    enterprise_number: str = ENTERPRISE,
    environment: str = "simulation",
    ends: timedelta = timedelta(days=365),
) -> Machine:
    """Register a channel with one certificate of ``key``."""
    key = key or rsa_key()
    made = certificate(key, ends=ends)
    channel = channels.create_channel(
        enterprise_number=enterprise_number,
        certificates=[pem(made)],
        permissions=permissions,
        environment=environment,
        actor=TESTER,
        now=clock.now(),
    )
    return Machine(client_id=channel.client_id, key=key, certificate=made)
