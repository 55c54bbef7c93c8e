"""`guichet doctor`: looks at the installation, says what is wrong and how to mend it."""

import importlib.metadata
import json
import os
import re
import shlex
import shutil
import socket
import stat
import subprocess
import sys
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import psycopg

from guichet.config.database import child_environment, database
from guichet.config.environment import Environment
from guichet.config.known import settings_table
from guichet.config.texts import SettingRefused
from guichet.csam.eid.trust import TrustRefused, read_trust
from guichet.platform import clock
from guichet.platform.embedded import OLDEST_VERSION, NotStarted

REPOSITORY: Final = Path(__file__).resolve().parents[3]
_FREE_BYTES: Final = 1_000_000_000
# Before this moment the clock of the machine is certainly wrong: the first version is younger.
_OLDEST_MOMENT: Final = datetime(2026, 11, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at; ``mend`` is empty when nothing is wrong."""

    check: str
    is_sound: bool
    fact: str
    mend: str = ""


def main(environment: Environment, *, as_json: bool = False, settings: bool = False) -> int:
    """Print what was found; 1 when something is wrong."""
    if settings:
        print(settings_table(), end="")
        return 0
    found = list(findings(environment))
    is_sound = all(finding.is_sound for finding in found)
    if as_json:
        print(json.dumps({"sound": is_sound, "findings": [asdict(one) for one in found]}, indent=2))
        return 0 if is_sound else 1
    for one in found:
        print(f"{'ok   ' if one.is_sound else 'WRONG'} {one.check}: {one.fact}")
        if one.mend:
            print(f"      {one.mend}")
    return 0 if is_sound else 1


def findings(environment: Environment) -> Iterable[Finding]:
    """Every check, in the order in which a person would mend what they find."""
    checks: list[Callable[[Environment], Iterable[Finding]]] = [
        _python,
        _packages,
        _var,
        _disk,
        _secrets,
        _cards,
        _clock,
        _assets,
        _catalogues,
        _ports,
        _database,
    ]
    for check in checks:
        yield from check(environment)


def _python(_environment: Environment) -> Iterable[Finding]:
    version = ".".join(map(str, sys.version_info[:3]))
    old = sys.version_info < (3, 11)
    yield Finding("python", not old, version, "Install Python 3.11 or newer." if old else "")


def _packages(_environment: Environment) -> Iterable[Finding]:
    file = REPOSITORY / "requirements/run.txt"
    if not file.is_file():
        return
    wrong = []
    for name, version in re.findall(r"(?m)^([\w.-]+)(?:\[[\w,-]+\])?==(\S+) \\$", file.read_text()):
        try:
            installed = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            continue  # a package of another platform; what is missing fails at the import
        if installed != version:
            wrong.append(f"{name} {installed} instead of {version}")
    fact = "; ".join(wrong) or "the versions of requirements/run.txt"
    yield Finding("packages", not wrong, fact, "Run: make setup" if wrong else "")


def _var(environment: Environment) -> Iterable[Finding]:
    folder = environment.var
    existing = next(path for path in [folder, *folder.parents] if path.exists())
    writable = existing.is_dir() and os.access(existing, os.W_OK | os.X_OK)
    mend = (
        "" if writable else f"Give yourself the right to write in {existing}, or set GUICHET_VAR."
    )
    yield Finding("var folder", writable, str(folder), mend)


def _disk(environment: Environment) -> Iterable[Finding]:
    existing = next(path for path in [environment.var, *environment.var.parents] if path.exists())
    free = shutil.disk_usage(existing).free
    mend = "" if free >= _FREE_BYTES else "Make room, or set GUICHET_VAR to another disk."
    yield Finding("disk", not mend, f"{free / 1e9:.1f} GB free", mend)


def _secrets(environment: Environment) -> Iterable[Finding]:
    try:
        for role in environment.roles:
            environment.of_role(role).require_secrets()
    except SettingRefused as refusal:
        yield Finding("secrets", False, str(refusal), "Set it as docs/settings.md says.")
        return
    if exposed := [file for file in _key_files(environment) if _is_open_to_others(file)]:
        fact = f"others may open {', '.join(map(str, exposed))}"
        yield Finding("secrets", False, fact, f"Run: chmod 600 {shlex.join(map(str, exposed))}")
        return
    made = environment.secret_key or environment.secret_key_file.is_file()
    yield Finding("secrets", True, "there, closed" if made else "made at the first start")


def _cards(environment: Environment) -> Iterable[Finding]:
    """In production: whether the listener would start with these authorities of cards."""
    folder = environment.eid_trust
    if environment.simulation or not environment.has_bundled_provider or not folder.exists():
        return
    try:
        trust = read_trust(folder, simulation=False)
    except TrustRefused as refusal:
        mend = "Put the roots whose cards you accept, and those between, into GUICHET_EID_TRUST."
        yield Finding("identity cards", False, str(refusal), mend)
        return
    yield Finding("identity cards", True, f"authorities trusted: {len(trust.authorities)}")


def _key_files(environment: Environment) -> tuple[Path, ...]:
    """Every file with a secret or a private key that a setting names, or the simulation makes."""
    seal = () if environment.seal_provider else (environment.seal / "seal.key",)
    return (
        environment.secret_key_file,
        *environment.secret_files,
        environment.oauth_keys,
        environment.receipt_keys,
        environment.csam_keys,
        environment.eid_key,
        *seal,
    )


def _is_open_to_others(file: Path) -> bool:
    return file.is_file() and bool(stat.S_IMODE(file.stat().st_mode) & 0o077)


def _clock(environment: Environment) -> Iterable[Finding]:
    moment = clock.now()
    behind = environment.clock_shift == 0 and moment < _OLDEST_MOMENT
    shift = f", moved by {environment.clock_shift:g} s" if environment.clock_shift else ""
    mend = "The clock of this machine is behind; set it." if behind else ""
    yield Finding("clock", not behind, f"{clock.brussels(moment):%Y-%m-%d %H:%M %Z}{shift}", mend)


def _assets(environment: Environment) -> Iterable[Finding]:
    built = (environment.static / "staticfiles.json").is_file()
    fact = "collected" if built else f"nothing in {environment.static}"
    yield Finding("static files", built, fact, "" if built else "Run: make setup")


def _catalogues(_environment: Environment) -> Iterable[Finding]:
    sources = sorted((REPOSITORY / "locale").glob("*/LC_MESSAGES/django.po"))
    stale = [
        source.parent.parent.name
        for source in sources
        if not (compiled := source.with_suffix(".mo")).is_file()
        or compiled.stat().st_mtime < source.stat().st_mtime
    ]
    fact = f"not compiled: {', '.join(stale)}" if stale else f"{len(sources)} compiled"
    yield Finding("languages", not stale, fact, "Run: make setup" if stale else "")


def _ports(environment: Environment) -> Iterable[Finding]:
    from guichet.config.supervisor import is_ready  # noqa: PLC0415  # it starts servers

    for role, (name, port) in environment.ports.items():
        with socket.socket(socket.AF_INET6 if ":" in environment.bind else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((environment.bind, port))
                free = True
            except OSError:
                free = False
        ours = not free and is_ready(environment, role)
        fact = f"{port} {'free' if free else 'Guichet answers' if ours else 'taken'}"
        mend = "" if free or ours else f"Set {name} to a free port, or stop what listens there."
        yield Finding(name, not mend, fact, mend)


def _database(environment: Environment) -> Iterable[Finding]:
    with ExitStack() as stack:
        try:
            url = stack.enter_context(database(environment))
        except (NotStarted, psycopg.OperationalError, OSError) as fault:
            mend = "Start it, or set GUICHET_DATABASE_URL or GUICHET_PG_BIN."
            yield Finding("database", False, str(fault).strip(), mend)
            return
        with psycopg.connect(url) as connection:
            version = connection.info.server_version
            missing = connection.execute("SELECT to_regclass('django_migrations') IS NULL")
            row = missing.fetchone()
        old = version < OLDEST_VERSION
        mend = "PostgreSQL 15 or newer is needed." if old else ""
        yield Finding("database", not old, f"PostgreSQL {version // 10000}", mend)
        if row and row[0]:
            yield Finding("tables", True, "made at the first start")
            return
        command = [sys.executable, "-m", "django", "migrate", "--check", "--skip-checks"]
        variables = child_environment(environment, url=url, role="worker")
        done = subprocess.run(command, env=variables, capture_output=True, check=False)
        current = done.returncode == 0
        fact = "up to date" if current else "migrations are missing"
        yield Finding("tables", current, fact, "" if current else "Run: guichet migrate")
