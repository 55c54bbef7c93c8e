"""The databases of the tests: one embedded server, one migrated template, a copy per worker."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

TEMPLATE = "guichet_template"
REPOSITORY = Path(__file__).resolve().parent.parent


def named(url: str, name: str) -> str:
    """The same server's address with another database."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def python_environment(**variables: str) -> dict[str, str]:
    """The environment of a child: ours, without our Guichet settings, with these instead."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GUICHET_")}
    # Absolute: the child may work in another folder.
    kept["PYTHONPATH"] = str(REPOSITORY / "src")
    return kept | {"DJANGO_SETTINGS_MODULE": "guichet.config.settings"} | variables


@contextmanager
def _alone(url: str) -> Iterator[psycopg.Connection[Any]]:
    """A connection to the server's own database, one worker at a time."""
    with psycopg.connect(named(url, "postgres"), autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(7)")
        yield connection


def recreate(url: str, name: str) -> str:
    """Make database ``name`` a fresh copy of the template; the address of the copy."""
    with _alone(url) as connection:
        _ensure_template(connection, url)
        _drop(connection, name)
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY").format(
                sql.Identifier(name), sql.Identifier(TEMPLATE)
            )
        )
    return named(url, name)


def drop(url: str, name: str) -> None:
    """Remove database ``name``, with whoever is still connected to it."""
    with _alone(url) as connection:
        _drop(connection, name)


def _drop(connection: psycopg.Connection[Any], name: str) -> None:
    connection.execute(
        sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
    )


def _ensure_template(connection: psycopg.Connection[Any], url: str) -> None:
    found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [TEMPLATE])
    if found.fetchone():
        return
    passing = f"{TEMPLATE}_new"
    _drop(connection, passing)
    connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(passing)))
    done = subprocess.run(
        [sys.executable, "-m", "django", "migrate", "--verbosity", "0", "--skip-checks"],
        env=python_environment(GUICHET_DATABASE_URL=named(url, passing)),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise RuntimeError(f"the migrations of the test database failed:\n{done.stderr[-4000:]}")
    connection.execute(
        sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
            sql.Identifier(passing), sql.Identifier(TEMPLATE)
        )
    )
