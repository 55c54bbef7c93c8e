"""The SFTP server: a sender signs in with the key of a registered certificate and sees his folders.

Nothing of the machine is reachable: every request is answered from ``folders``, there is no shell,
no command, no forwarding and no password. A file counts once it was closed whole, under its name;
one that is sent under a passing name (``….part``) counts once it was renamed.
"""

from __future__ import annotations

import logging
import stat
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import IO, Any, Final, TypeVar, cast

import asyncssh
from asyncssh import SFTPAttrs, SFTPName
from cryptography import x509
from cryptography.hazmat.primitives import serialization

from guichet.access.chaman.signers import KeyHolder
from guichet.audit.actors import Actor
from guichet.eservices.temporary_unemployment.messages.contents import TooLarge
from guichet.eservices.temporary_unemployment.messages.operations import By, TooManyOpen
from guichet.eservices.temporary_unemployment.messages.sftp import folders
from guichet.eservices.temporary_unemployment.messages.sftp.folders import (
    Entry,
    NotAllowed,
    NotThere,
    Readable,
)

T = TypeVar("T")
_LOG: Final = logging.getLogger(__name__)
_HOLDER: Final = "guichet_holder"
_LOST: Final = "guichet_lost"
_UPLOADS: Final = "guichet_uploads"
_PASSING: Final = (".part", ".filepart", ".tmp")
_IN_MEMORY: Final = 1024 * 1024
_READ_PIECE: Final = 256 * 1024
_MOST_OPEN: Final = 8
_MOST_PASSING: Final = 4
_WRITES: Final = asyncssh.FXF_WRITE | asyncssh.FXF_APPEND
_FILE: Final = stat.S_IFREG | 0o600
_FOLDER: Final = stat.S_IFDIR | 0o700
_UNSUPPORTED: Final = "Nothing of the kind is done here"


@dataclass(frozen=True, slots=True)
class House:
    """What the server asks of the rest: work in threads, the clock, who has a key, how large."""

    run: Callable[..., Awaitable[Any]]
    now: Callable[[], datetime]
    today: Callable[[], Any]
    holder: Callable[[str], KeyHolder | None]
    limit: Callable[[], int]
    most_connections: int = 200
    connections: set[object] = field(default_factory=set)


class Door(asyncssh.SSHServer):
    """Who comes in: the holder of a registered key, and nobody else."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._holder: KeyHolder | None = None
        self._connection: Any = None

    def connection_made(self, conn: Any) -> None:
        """A connection begins."""
        self._connection = conn
        self._house.connections.add(self)
        if len(self._house.connections) > self._house.most_connections:
            conn.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        """It ended: what was not closed is dropped."""
        self._house.connections.discard(self)
        self._connection.set_extra_info(**{_LOST: True})
        for upload in self._connection.get_extra_info(_UPLOADS, ()):
            upload.file.close()

    async def begin_auth(self, username: str) -> bool:
        """Whoever it is, a key is asked."""
        self._holder = await self._house.run(self._house.holder, username[:200])
        return True

    def public_key_auth_supported(self) -> bool:
        """The only way in."""
        return True

    def validate_public_key(self, username: str, key: asyncssh.SSHKey) -> bool:
        """Whether it is the key of one of his certificates."""
        if self._holder is None:
            return False
        given = key.export_public_key("pkcs8-der")
        if not any(given == _public(pem) for pem in self._holder.certificates):
            _LOG.warning("sftp: a key that is not registered for %s", self._holder.party.number)
            return False
        self._connection.set_extra_info(**{_HOLDER: self._holder})
        return True


@dataclass(slots=True, eq=False)
class Upload:
    """A file that comes in; it is nothing until it is closed, and never if it was too large."""

    path: str
    limit: int
    file: IO[bytes] = field(
        default_factory=lambda: cast(IO[bytes], tempfile.SpooledTemporaryFile(_IN_MEMORY))  # noqa: SIM115 - lives as long as the upload
    )
    size: int = 0
    is_broken: bool = False

    def write(self, offset: int, data: bytes) -> None:
        """Raises SFTPFailure above the limit."""
        if self.is_broken or offset + len(data) > self.limit:
            self.is_broken = True
            raise asyncssh.SFTPFailure("The file is too large")
        self.file.seek(offset)
        self.file.write(data)
        self.size = max(self.size, offset + len(data))

    def pieces(self) -> Iterator[bytes]:
        """What came in, from the beginning."""
        self.file.seek(0)
        while data := self.file.read(_READ_PIECE):
            yield data


class Folders(asyncssh.SFTPServer):
    """The folders of whoever signed in."""

    def __init__(self, house: House, chan: asyncssh.SSHServerChannel[bytes]) -> None:
        super().__init__(chan)
        holder: KeyHolder = self.connection.get_extra_info(_HOLDER)
        actor = Actor("client", holder.name, holder.party.enterprise)
        self._house = house
        self._by = By(holder.party, "sftp", actor)
        self._passing: dict[str, Upload] = {}
        # Of the whole connection, which may hold several sessions.
        self._uploads: set[Upload] = self.connection.get_extra_info(_UPLOADS, set())
        self.connection.set_extra_info(**{_UPLOADS: self._uploads})

    # --- what may be done ---------------------------------------------------------------------

    async def open(self, path: bytes, pflags: int, attrs: SFTPAttrs) -> object:
        """A file to read from, or to put down from its beginning."""
        place = _text(path)
        if not pflags & _WRITES:
            return await self._ask(folders.opened, place, today=self._house.today())
        if pflags & (asyncssh.FXF_APPEND | asyncssh.FXF_READ):
            raise asyncssh.SFTPOpUnsupported(_UNSUPPORTED)
        with _AsAnswers():
            folders.may_put(place)
        if len(self._uploads) >= _MOST_OPEN:
            raise asyncssh.SFTPFailure("Too many files are open")
        upload = Upload(place, self._house.limit())
        self._uploads.add(upload)
        return upload

    async def open56(
        self, path: bytes, desired_access: int, flags: int, attrs: SFTPAttrs
    ) -> object:
        """As `open`, for later versions of the protocol."""
        writes = desired_access & (asyncssh.ACE4_WRITE_DATA | asyncssh.ACE4_APPEND_DATA)
        return await self.open(path, asyncssh.FXF_WRITE if writes else asyncssh.FXF_READ, attrs)

    async def read(self, file_obj: object, offset: int, size: int) -> bytes:
        """Some bytes of an answer."""
        if not isinstance(file_obj, Readable):
            raise asyncssh.SFTPPermissionDenied(_UNSUPPORTED)
        data: bytes = await self._house.run(file_obj.read, offset, min(size, _READ_PIECE))
        return data

    async def write(self, file_obj: object, offset: int, data: bytes) -> int:
        """Some bytes of a file that comes in."""
        if not isinstance(file_obj, Upload):
            raise asyncssh.SFTPPermissionDenied(_UNSUPPORTED)
        file_obj.write(offset, data)
        return len(data)

    async def close(self, file_obj: object) -> None:
        """The end of a file: what came in is put down, unless the connection broke off."""
        if not isinstance(file_obj, Upload):
            return
        is_lost = self.connection.get_extra_info(_LOST) or self.channel.is_closing()
        if is_lost or file_obj.is_broken:
            self._drop(file_obj)
        elif file_obj.path.lower().endswith(_PASSING):
            self._keep_passing(file_obj)
        else:
            await self._put(file_obj, file_obj.path)

    async def rename(self, oldpath: bytes, newpath: bytes) -> None:
        """Give a file that was sent under a passing name its own."""
        upload = self._passing.pop(_text(oldpath), None)
        if upload is None:
            raise asyncssh.SFTPNoSuchFile("No such file")
        await self._put(upload, _text(newpath))

    async def posix_rename(self, oldpath: bytes, newpath: bytes) -> None:
        """As `rename`."""
        await self.rename(oldpath, newpath)

    async def remove(self, path: bytes) -> None:
        """Take an answer away, or a file under a passing name."""
        upload = self._passing.pop(_text(path), None)
        if upload is not None:
            self._drop(upload)
            return
        await self._ask(folders.remove, _text(path), today=self._house.today())

    async def scandir(self, path: bytes) -> AsyncIterator[SFTPName]:
        """What lies in a folder."""
        for one in (Entry(".", is_folder=True), Entry("..", is_folder=True)):
            yield _named(one)
        for one in await self._ask(folders.entries, _text(path)):
            yield _named(one)

    async def stat(self, path: bytes) -> SFTPAttrs:
        """Size and moment of a file."""
        upload = self._passing.get(_text(path))
        if upload is not None:
            return SFTPAttrs(size=upload.size, permissions=_FILE)
        found = await self._ask(folders.entry, _text(path), today=self._house.today())
        return _attributes(found)

    async def lstat(self, path: bytes) -> SFTPAttrs:
        """As `stat`: there are no links."""
        return await self.stat(path)

    async def fstat(self, file_obj: object) -> SFTPAttrs:
        """Size of an open file."""
        size = file_obj.size if isinstance(file_obj, Readable | Upload) else 0
        return SFTPAttrs(size=size, permissions=_FILE)

    def realpath(self, path: bytes) -> bytes:
        """The same path without what leads nowhere; it never leaves the folders."""
        found: list[str] = []
        for part in _text(path).split("/"):
            if part == "..":
                del found[-1:]
            elif part not in ("", "."):
                found.append(part)
        return ("/" + "/".join(found)).encode()

    def setstat(self, path: bytes, attrs: SFTPAttrs) -> None:
        """Clients set times and modes after a transfer: taken, and nothing done."""

    def lsetstat(self, path: bytes, attrs: SFTPAttrs) -> None:
        """As `setstat`."""

    def fsetstat(self, file_obj: object, attrs: SFTPAttrs) -> None:
        """As `setstat`."""

    def fsync(self, file_obj: object) -> None:
        """What is closed is kept; nothing to do before."""

    def exit(self) -> None:
        """What has no name of its own is dropped."""
        for upload in self._passing.values():
            self._drop(upload)
        self._passing.clear()

    # --- what is not done here ----------------------------------------------------------------

    def mkdir(self, path: bytes, attrs: SFTPAttrs) -> None:
        """There are six folders."""
        raise asyncssh.SFTPPermissionDenied(_UNSUPPORTED)

    def rmdir(self, path: bytes) -> None:
        """There are six folders."""
        raise asyncssh.SFTPPermissionDenied(_UNSUPPORTED)

    def readlink(self, path: bytes) -> bytes:
        """There are no links."""
        raise asyncssh.SFTPOpUnsupported(_UNSUPPORTED)

    def symlink(self, oldpath: bytes, newpath: bytes) -> None:
        """There are no links."""
        raise asyncssh.SFTPOpUnsupported(_UNSUPPORTED)

    def link(self, oldpath: bytes, newpath: bytes) -> None:
        """There are no links."""
        raise asyncssh.SFTPOpUnsupported(_UNSUPPORTED)

    def lock(self, file_obj: object, offset: int, length: int, flags: int) -> None:
        """There are no locks."""
        raise asyncssh.SFTPOpUnsupported(_UNSUPPORTED)

    def unlock(self, file_obj: object, offset: int, length: int) -> None:
        """There are no locks."""
        raise asyncssh.SFTPOpUnsupported(_UNSUPPORTED)

    def statvfs(self, path: bytes) -> Any:
        """The disk is nobody's business."""
        raise asyncssh.SFTPOpUnsupported(_UNSUPPORTED)

    def fstatvfs(self, file_obj: object) -> Any:
        """The disk is nobody's business."""
        raise asyncssh.SFTPOpUnsupported(_UNSUPPORTED)

    # --- inside -------------------------------------------------------------------------------

    def _keep_passing(self, upload: Upload) -> None:
        former = self._passing.pop(upload.path, None)
        if former is not None:
            self._drop(former)
        if len(self._passing) >= _MOST_PASSING:
            self._drop(upload)
            raise asyncssh.SFTPFailure("Too many files wait for their name")
        self._passing[upload.path] = upload

    def _drop(self, upload: Upload) -> None:
        upload.file.close()
        self._uploads.discard(upload)

    async def _put(self, upload: Upload, path: str) -> None:
        try:
            await self._ask(
                folders.put, path, upload.pieces(), limit=upload.limit, now=self._house.now()
            )
        finally:
            self._drop(upload)

    async def _ask(self, question: Callable[..., T], *given: Any, **named: Any) -> T:
        with _AsAnswers():
            found: T = await self._house.run(partial(question, self._by, *given, **named))
            return found


class _AsAnswers:
    """What the folders refuse, as the protocol says it."""

    def __enter__(self) -> None:
        """Nothing."""

    def __exit__(self, kind: object, fault: BaseException | None, trace: object) -> None:
        match fault:
            case NotThere():
                raise asyncssh.SFTPNoSuchFile("No such file") from None
            case NotAllowed():
                raise asyncssh.SFTPPermissionDenied(_UNSUPPORTED) from None
            case TooLarge():
                raise asyncssh.SFTPFailure("The file is too large") from None
            case TooManyOpen():
                raise asyncssh.SFTPFailure("Too many sets wait for their trigger") from None


async def listen(
    house: House, *, host: str, port: int, key: asyncssh.SSHKey
) -> asyncssh.SSHAcceptor:
    """Serve the folders at an address."""
    return await asyncssh.listen(
        host,
        port,
        server_factory=lambda: Door(house),
        server_host_keys=[key],
        sftp_factory=lambda chan: Folders(house, chan),
        allow_scp=False,
        allow_pty=False,
        agent_forwarding=False,
        x11_forwarding=False,
        tcp_keepalive=True,
        login_timeout=30,
        keepalive_interval=60,
        keepalive_count_max=3,
        server_version="Guichet",
    )


def _public(pem: str) -> bytes:
    """The key of a certificate (SubjectPublicKeyInfo, DER)."""
    public: Any = x509.load_pem_x509_certificate(pem.encode("ascii")).public_key()
    data: bytes = public.public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return data


def _text(path: bytes) -> str:
    try:
        return path.decode("utf-8")
    except UnicodeDecodeError:
        raise asyncssh.SFTPNoSuchFile("No such file") from None


def _attributes(one: Entry) -> SFTPAttrs:
    moment = int(one.at.timestamp()) if one.at else 0
    mode = _FOLDER if one.is_folder else _FILE
    return SFTPAttrs(size=one.size, permissions=mode, uid=0, gid=0, atime=moment, mtime=moment)


def _named(one: Entry) -> SFTPName:
    attributes = _attributes(one)
    name = one.name.encode()
    long = f"{stat.filemode(attributes.permissions or 0)} 1 sender sender {one.size:>9} {one.name}"
    return SFTPName(name, long.encode(), attributes)
