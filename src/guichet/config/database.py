"""The database that a command of `guichet` works on: the operator's own, or the embedded one."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from guichet.config.environment import Environment
from guichet.platform.embedded import Embedded


def embedded_server(environment: Environment) -> Embedded:
    """The embedded server of this var folder; raises NotStarted without a PostgreSQL."""
    environment.var.mkdir(parents=True, exist_ok=True)
    return Embedded(var=environment.var, binaries=environment.pg_bin, account=environment.pg_user)


@contextmanager
def database(environment: Environment) -> Iterator[str]:
    """The address of a database that answers, for the time of the block.

    The embedded server is started when nobody else did, and stopped again.
    Raises NotStarted, or psycopg.OperationalError when the operator's server does not answer.
    """
    if environment.database_url:
        with psycopg.connect(environment.database_url, connect_timeout=5):
            pass
        yield environment.database_url
        return
    server = embedded_server(environment)
    started = server.start()
    try:
        server.ensure_database()
        yield server.url()
    finally:
        if started:
            server.stop()


def has_tables(url: str) -> bool:
    """Whether Guichet's migrations ever ran in this database."""
    with psycopg.connect(url, connect_timeout=5) as connection:
        found = connection.execute("SELECT to_regclass('django_migrations') IS NOT NULL")
        row = found.fetchone()
    return bool(row and row[0])


def child_environment(environment: Environment, *, url: str, role: str) -> dict[str, str]:
    """The environment of a child process that serves ``role`` on this database."""
    return os.environ | {
        "GUICHET_DATABASE_URL": url,
        "GUICHET_ROLE": role,
        "GUICHET_VAR": str(environment.var),
        "DJANGO_SETTINGS_MODULE": "guichet.config.settings",
        # A line printed by a child appears when it is printed.
        "PYTHONUNBUFFERED": "1",
    }


def migrate(environment: Environment, *, url: str) -> bool:
    """Bring the tables up to date in a child process; whether it went well."""
    command = [sys.executable, "-m", "django", "migrate", "--verbosity", "0", "--skip-checks"]
    variables = child_environment(environment, url=url, role="worker")
    return subprocess.run(command, env=variables, check=False).returncode == 0
