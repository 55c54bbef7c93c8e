"""The house that the benchmark measures: its own database, the real services, real tokens.

Linux tells what processes cost; elsewhere those figures are zero.
"""

import json
import urllib.parse
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import psycopg
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from joserfc import jwt
from joserfc.jwk import ECKey

from guichet.config.bench import processes
from guichet.config.bench.ground import Ground, HouseFailed, ground
from guichet.config.environment import Environment
from guichet.platform import clock

_CLIENTS: Final = 4
_ASSERTION: Final = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"

__all__ = ["Client", "House", "HouseFailed", "house"]


@dataclass(frozen=True, slots=True)
class Client:
    """A technical channel and the key that signs its assertions."""

    client_id: str
    key: ECKey


@dataclass(frozen=True, slots=True)
class House:
    """What runs: the address of the database, the services, the folder for passing files."""

    below: Ground
    services: int
    clients: tuple[Client, ...]

    @property
    def environment(self) -> Environment:
        """The settings of everything here."""
        return self.below.environment

    @property
    def url(self) -> str:
        """The address of the database."""
        return self.below.url

    @property
    def folder(self) -> Path:
        """For files that are passed on."""
        return self.below.folder

    @property
    def port(self) -> int:
        """Where the services listen."""
        return self.environment.services_port

    def child(self, *arguments: str) -> dict[str, Any]:
        """Run a part that needs Django and read its JSON; raises HouseFailed."""
        return self.below.child("guichet.config.bench.child", *arguments)

    def tokens(self) -> Path:
        """A file with a fresh access token of each client, one a line."""
        file = self.folder / "tokens.txt"
        lines = [_token(self.environment, client) for client in self.clients]
        file.write_text("\n".join(lines) + "\n", "ascii")
        return file

    def execute(self, statement: str) -> list[tuple[Any, ...]]:
        """Run one statement of ours outside any transaction; its rows, if it answers any."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []

    def cpu_seconds(self) -> float:
        """Processor time that the services have used so far, children included."""
        return sum(processes.cpu_seconds(number) for number in processes.family(self.services))

    def worker_megabytes(self) -> float:
        """Resident memory of the largest process of the services: the ingest worker."""
        return max(map(processes.most_resident, processes.family(self.services)), default=0.0)


@contextmanager
def house(*, parent: Path | None) -> Iterator[House]:
    """Build it, hand it over, take it down whatever happens; raises HouseFailed."""
    with ground(parent=parent) as below:
        below.child("guichet.config.bench.child", "load")
        clients = _clients(below)
        number = below.start("services")
        yield House(below, number, clients)


def _clients(below: Ground) -> tuple[Client, ...]:
    made = []
    for number in range(_CLIENTS):
        private = ec.generate_private_key(ec.SECP256R1())
        file = below.folder / f"client-{number}.pem"
        file.write_bytes(certificate(private))
        words = ["channel", "create", "--enterprise", "0712345630", "--certificate", str(file)]
        answer = below.child("django", *words, "--json")
        pem = private.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        made.append(Client(answer["clientId"], ECKey.import_key(pem)))
    return tuple(made)


def certificate(private: ec.EllipticCurvePrivateKey) -> bytes:
    """A certificate of this key for today, as PEM."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Benchmark")])
    now = clock.now()
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(private, hashes.SHA256())
    )
    return made.public_bytes(serialization.Encoding.PEM)


def _token(environment: Environment, client: Client) -> str:
    address = f"{environment.issuer}/token"
    now = int(datetime.now(UTC).timestamp())  # noqa: TID251  # signed for the real moment
    claims = {
        "iss": client.client_id,
        "sub": client.client_id,
        "aud": address,
        "jti": str(uuid.uuid4()),
        "iat": now,
        "exp": now + 60,
    }
    members = {
        "grant_type": "client_credentials",
        "client_assertion_type": _ASSERTION,
        "client_assertion": jwt.encode({"alg": "ES256"}, claims, client.key),
    }
    body = urllib.parse.urlencode(members).encode()
    with urllib.request.urlopen(address, body, timeout=20) as answer:  # noqa: S310  # loopback
        token: str = json.load(answer)["access_token"]
    return token
