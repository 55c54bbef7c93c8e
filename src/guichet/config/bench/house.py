"""The house that the benchmark measures: its own database, the real services, real tokens.

Everything lives in one folder that is removed afterwards; fsync is on. Linux tells what processes
cost; elsewhere those figures are zero.
"""

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
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

from guichet.config import keys
from guichet.config.database import child_environment, embedded_server, migrate
from guichet.config.environment import Environment
from guichet.config.family import Family, role_command
from guichet.config.supervisor import is_healthy
from guichet.platform import clock

_READY_SECONDS: Final = 60
_CHILD_SECONDS: Final = 600
_CLIENTS: Final = 4
_ASSERTION: Final = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
_TICKS: Final = os.sysconf("SC_CLK_TCK")


class HouseFailed(Exception):
    """The house could not be built or stopped answering."""


@dataclass(frozen=True, slots=True)
class Client:
    """A technical channel and the key that signs its assertions."""

    client_id: str
    key: ECKey


@dataclass(frozen=True, slots=True)
class House:
    """What runs: the address of the database, the services, the folder for passing files."""

    environment: Environment
    url: str
    folder: Path
    services: int
    clients: tuple[Client, ...]

    @property
    def port(self) -> int:
        """Where the services listen."""
        return self.environment.services_port

    def child(self, *arguments: str) -> dict[str, Any]:
        """Run a part that needs Django and read its JSON; raises HouseFailed."""
        return _child(self.environment, self.url, "guichet.config.bench.child", *arguments)

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
        return sum(_cpu(number) for number in _family_of(self.services))

    def worker_megabytes(self) -> float:
        """Resident memory of the largest process of the services: the ingest worker."""
        return max((_resident(number) for number in _family_of(self.services)), default=0.0)


@contextmanager
def house(*, parent: Path | None) -> Iterator[House]:
    """Build it, hand it over, take it down whatever happens; raises HouseFailed."""
    folder = Path(tempfile.mkdtemp(prefix="guichet-bench-", dir=parent))
    folder.chmod(0o755)  # as root the database runs under another account
    environment = _environment(folder)
    server = embedded_server(environment)
    family = Family()
    try:
        server.start()
        server.ensure_database()
        keys.prepare(environment)
        if not migrate(environment, url=server.url()):
            raise HouseFailed("the migrations failed")
        _child(environment, server.url(), "guichet.config.bench.child", "load")
        clients = _clients(environment, server.url(), folder)
        variables = child_environment(environment, url=server.url(), role="services")
        family.start("services", role_command("services", environment), variables)
        _await(environment, family)
        number = family.children["services"].pid
        yield House(environment, server.url(), folder, number, clients)
    finally:
        family.stop()
        server.stop()
        if server.home != environment.var:
            shutil.rmtree(server.home, ignore_errors=True)
        shutil.rmtree(folder, ignore_errors=True)


def _environment(folder: Path) -> Environment:
    ports = _free_ports()
    kept = {
        name: os.environ[name]
        for name in ("GUICHET_PG_BIN", "GUICHET_PG_USER")
        if name in os.environ
    }
    settings = {
        "GUICHET_VAR": str(folder / "var"),
        "GUICHET_PORT": str(ports[0]),
        "GUICHET_SERVICES_PORT": str(ports[1]),
        "GUICHET_SERVICES_URL": f"http://127.0.0.1:{ports[1]}",
        "GUICHET_LOG_LEVEL": "warning",
    }
    # The children read the same settings; the benchmark is a simulation of its own.
    for name in [name for name in os.environ if name.startswith("GUICHET_")]:
        del os.environ[name]
    os.environ.update(kept | settings)
    return Environment.read(os.environ)


def _free_ports() -> tuple[int, int]:
    with socket.socket() as one, socket.socket() as other:
        one.bind(("127.0.0.1", 0))
        other.bind(("127.0.0.1", 0))
        return one.getsockname()[1], other.getsockname()[1]


def _child(environment: Environment, url: str, module: str, *arguments: str) -> dict[str, Any]:
    variables = child_environment(environment, url=url, role="worker")
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        env=variables,
        capture_output=True,
        text=True,
        check=False,
        timeout=_CHILD_SECONDS,
    )
    if done.returncode != 0:
        raise HouseFailed(f"{module} {' '.join(arguments)}: {done.stderr[-3_000:]}")
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer


def _await(environment: Environment, family: Family) -> None:
    deadline = time.monotonic() + _READY_SECONDS
    while not is_healthy("127.0.0.1", environment.services_port):
        if family.dead() or time.monotonic() > deadline:
            raise HouseFailed("the services did not start")
        time.sleep(0.05)


def _clients(environment: Environment, url: str, folder: Path) -> tuple[Client, ...]:
    made = []
    for number in range(_CLIENTS):
        private = ec.generate_private_key(ec.SECP256R1())
        file = folder / f"client-{number}.pem"
        file.write_bytes(_certificate(private))
        words = ["channel", "create", "--enterprise", "0712345630", "--certificate", str(file)]
        answer = _child(environment, url, "django", *words, "--json")
        pem = private.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        made.append(Client(answer["clientId"], ECKey.import_key(pem)))
    return tuple(made)


def _certificate(private: ec.EllipticCurvePrivateKey) -> bytes:
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


def _family_of(number: int) -> list[int]:
    """A process and all its descendants, as /proc knows them."""
    found = [number]
    for one in found:
        for task in Path(f"/proc/{one}/task").glob("*/children"):
            try:
                found += [int(word) for word in task.read_text("ascii").split()]
            except OSError:
                continue
    return found


def _cpu(number: int) -> float:
    try:
        text = Path(f"/proc/{number}/stat").read_text("ascii")
    except OSError:
        return 0.0
    fields = text.rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def _resident(number: int) -> float:
    try:
        text = Path(f"/proc/{number}/status").read_text("ascii")
    except OSError:
        return 0.0
    for line in text.splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    return 0.0
