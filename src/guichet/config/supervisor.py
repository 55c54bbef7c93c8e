"""`guichet run` and `guichet serve`: the whole of Guichet on one machine, or one role of it."""

import fcntl
import http.client
import os
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

import psycopg

from guichet.config import keys
from guichet.config.database import (
    child_environment,
    embedded_server,
    migrate,
)
from guichet.config.environment import Environment, Role
from guichet.config.family import Family, Stopped, listen, role_command
from guichet.platform.embedded import Embedded, NotStarted, url

READY_SECONDS = 90
_POLL_SECONDS = 0.2


class NotRun(Exception):
    """Why Guichet cannot run here, in one sentence."""


def run(environment: Environment) -> int:
    """Everything, until Ctrl-C or until a part of it dies; the exit code."""
    for role in environment.roles:
        environment.of_role(role).require_secrets()
    listen()
    try:
        with _lock(environment):
            _probe(environment)
            keys.prepare(environment)
            _run_family(environment)
    except Stopped:
        print("Guichet has stopped.", flush=True)
        return 0
    except (NotRun, NotStarted, psycopg.OperationalError) as fault:
        print(f"Guichet cannot run: {fault}", file=sys.stderr, flush=True)
    return 1


def _run_family(environment: Environment) -> NoReturn:
    """Database, tables, roles; ends by an exception only, and leaves nothing behind."""
    started_at = time.monotonic()
    family, server = Family(), _server(environment)
    address = environment.database_url or url(var=environment.var)
    try:
        if server:
            server.start()
            server.ensure_database()
        _prepare(environment, address)
        for role in environment.roles:
            variables = child_environment(environment, url=address, role=role)
            family.start(role, role_command(role, environment), variables)
        _await(environment, family)
        _say(environment, address, time.monotonic() - started_at)
        _watch(family, server)
    finally:
        family.stop()
        if server:
            server.stop()


def serve(environment: Environment) -> NoReturn:
    """Become one role, on a database that runs already; raises SystemExit when there is none."""
    environment.require_secrets()
    keys.prepare(environment)
    address = environment.database_url or url(var=environment.var)
    try:
        with psycopg.connect(address, connect_timeout=5):
            pass
    except psycopg.OperationalError as fault:
        raise SystemExit(f"The database does not answer: {fault}") from None
    variables = child_environment(environment, url=address, role=environment.role)
    command = role_command(environment.role, environment)
    os.execve(command[0], command, variables)  # noqa: S606  # a shell would hide signals


def _server(environment: Environment) -> Embedded | None:
    """The embedded server, not started; None when the operator has a database of his own."""
    if environment.database_url is None:
        return embedded_server(environment)
    with psycopg.connect(environment.database_url, connect_timeout=5):
        return None


def _prepare(environment: Environment, address: str) -> None:
    """Tables, and at the first start of a simulation something to look at."""
    if not migrate(environment, url=address):
        raise NotRun("the migrations failed; see the lines above.")
    if not environment.simulation:
        return
    if _django(environment, address, "demo_load", "--if-empty") != 0:
        raise NotRun("the demonstration data could not be loaded; see the lines above.")


def _django(environment: Environment, address: str, *command: str) -> int:
    variables = child_environment(environment, url=address, role="portal")
    done = subprocess.run([sys.executable, "-m", "django", *command], env=variables, check=False)
    return done.returncode


@contextmanager
def _lock(environment: Environment) -> Iterator[None]:
    environment.var.mkdir(parents=True, exist_ok=True)
    with (environment.var / "run.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise NotRun(f"it runs already in {environment.var}.") from None
        yield


def _probe(environment: Environment) -> None:
    """Refuse a port in use before anything starts."""
    for name, port in environment.ports.values():
        family = socket.AF_INET6 if ":" in environment.bind else socket.AF_INET
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((environment.bind, port))
            except OSError as fault:
                raise NotRun(
                    f"port {port} cannot be used ({fault.strerror}); set {name} to another."
                ) from None


def _await(environment: Environment, family: Family) -> None:
    """Wait until every door answers; raises NotRun when a child ends before."""
    waiting = list(environment.ports)
    deadline = time.monotonic() + READY_SECONDS
    while waiting:
        if name := family.dead():
            raise NotRun(f"the {name} ended while starting.")
        if time.monotonic() > deadline:
            raise NotRun(f"the {waiting[0]} does not answer after {READY_SECONDS} seconds.")
        waiting = [role for role in waiting if not is_ready(environment, role)]
        time.sleep(0.05)


def is_ready(environment: Environment, role: Role) -> bool:
    """Whether the role answers on its port."""
    port = environment.ports[role][1]
    if role == "sftp":
        return speaks_ssh(environment.bind, port)
    return is_healthy(environment.bind, port, tls=role == "eid")


def speaks_ssh(bind: str, port: int) -> bool:
    """Whether somebody on this port presents himself as an SSH server."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(bind, bind)  # noqa: S104
    try:
        with socket.create_connection((host, port), timeout=2) as connection:
            return connection.recv(4) == b"SSH-"
    except OSError:
        return False


def is_healthy(bind: str, port: int, *, tls: bool = False) -> bool:
    """Whether ``/health`` on this port answers 200; whose certificate it is does not matter."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(bind, bind)  # noqa: S104
    if tls:
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        connection: http.client.HTTPConnection = http.client.HTTPSConnection(
            host, port, timeout=2, context=context
        )
    else:
        connection = http.client.HTTPConnection(host, port, timeout=2)
    try:
        connection.request("GET", "/health")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _say(environment: Environment, address: str, seconds: float) -> None:
    lines = [
        "",
        f"Guichet is ready after {seconds:.1f} s. Ctrl-C stops it.",
        f"  pages     {environment.url}",
        f"  services  {environment.services_url}",
        f"  folders   sftp on port {environment.sftp_port}",
    ]
    if environment.has_bundled_provider:
        lines.append(f"  sign-in   {environment.csam_url}")
    print("\n".join(lines), flush=True)
    if environment.simulation:
        _django(environment, address, "personas")


def _watch(family: Family, server: Embedded | None) -> NoReturn:
    """Until a signal (Stopped) or until something dies (NotRun)."""
    while True:
        if name := family.dead():
            raise NotRun(f"the {name} died; everything is stopped.")
        if server is not None and server.has_died():
            raise NotRun("PostgreSQL died; everything is stopped.")
        time.sleep(_POLL_SECONDS)
