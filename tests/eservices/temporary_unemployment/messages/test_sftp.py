"""The folders over SFTP, as asyncssh's client and OpenSSH's see them."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import Awaitable, Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from typing import Any, Final

import asyncssh
import pytest
from cryptography.hazmat.primitives import serialization

from guichet.access.chaman import signers, users
from guichet.access.permissions import TEMPORARY_UNEMPLOYMENT
from guichet.eservices.temporary_unemployment.messages.models import Answer, Delivery
from guichet.eservices.temporary_unemployment.messages.sftp import folders, server
from guichet.eservices.temporary_unemployment.messages.sftp.server import House
from guichet.eservices.temporary_unemployment.models import Communication
from tests.eservices.temporary_unemployment import world
from tests.eservices.temporary_unemployment.messages import files, house
from tests.eservices.temporary_unemployment.messages.house import USER, beside, form, work
from tests.eservices.temporary_unemployment.messages.keys import certificate, key

pytestmark = [
    pytest.mark.django_db(databases=["default", "audit"]),
    pytest.mark.usefixtures("sending"),
]
LIMIT: Final = 200_000
HOST_KEY: Final = asyncssh.generate_private_key("ecdsa-sha2-nistp256")
Task = Callable[[asyncssh.SFTPClient], Awaitable[Any]]


_SENDER: Final[list[str]] = []


@pytest.fixture(autouse=True)
def _number(sending: None) -> None:
    """The sender's number, known where no database is."""
    _SENDER[:] = [house.by().party.number]


def name(prefix: str, sequence: str = "00001", surrounding: str = "R") -> str:
    return house.name(prefix, sequence, surrounding, sender=_SENDER[0])


def private(kind: str = "ec", number: int = 0) -> bytes:
    return key(kind, number).private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


Work = tuple[Callable[..., Any], tuple[Any, ...], Future[Any]]


class Desk:
    """Does the work of the server in the thread of the test, whose database sees the test."""

    def __init__(self) -> None:
        self._waiting: SimpleQueue[Work | None] = SimpleQueue()

    async def run(self, work: Callable[..., Any], *given: Any) -> Any:
        done: Future[Any] = Future()
        self._waiting.put((work, given, done))
        return await asyncio.wrap_future(done)

    def serve(self, task: Callable[[], Awaitable[Any]]) -> Any:
        """Run a task beside, and do what it asks for until it is done."""
        with ThreadPoolExecutor(1) as pool:
            outcome = pool.submit(lambda: asyncio.run(_bounded(task)))
            outcome.add_done_callback(lambda _: self._waiting.put(None))
            while (one := self._waiting.get(timeout=60)) is not None:
                work, given, done = one
                try:
                    done.set_result(work(*given))
                except Exception as fault:
                    done.set_exception(fault)
            return outcome.result()


async def _bounded(task: Callable[[], Awaitable[Any]]) -> Any:
    return await asyncio.wait_for(task(), 50)


def the_house(desk: Desk) -> House:
    def holder(given: str) -> Any:
        return signers.key_holder(
            name=given, permission=TEMPORARY_UNEMPLOYMENT, environment="simulation", now=house.NOW
        )

    return House(
        run=desk.run,
        now=lambda: house.NOW,
        today=lambda: world.TODAY,
        holder=holder,
        limit=lambda: LIMIT,
    )


def served(task: Callable[[int], Awaitable[Any]], *, crowd: int = 0) -> Any:
    """Run a task while the server listens, with so many connections already there."""
    desk = Desk()
    the = the_house(desk)
    the.connections.update(range(crowd))

    async def both() -> Any:
        door = await server.listen(the, host="127.0.0.1", port=0, key=HOST_KEY)
        async with door:
            return await task(door.get_port())

    return desk.serve(both)


def visit(task: Task, *, user: str = USER, kind: str = "ec", number: int = 0) -> Any:
    """Sign in as a sender and do something."""

    async def inside(port: int) -> Any:
        own = asyncssh.import_private_key(private(kind, number))
        async with (
            asyncssh.connect(
                "127.0.0.1", port, username=user, client_keys=[own], known_hosts=None,
                agent_path=None, config=None, client_host_keys=None,
            ) as connection,
            connection.start_sftp_client() as client,
        ):  # fmt: skip
            return await task(client)

    return served(inside)


async def lay(client: asyncssh.SFTPClient, path: str, data: bytes = b"") -> None:
    async with client.open(path, "wb") as file:
        if data:
            await file.write(data)


async def taken(client: asyncssh.SFTPClient, path: str) -> bytes:
    async with client.open(path, "rb") as file:
        data: Any = await file.read()
    return bytes(data)


def refused(task: Task) -> type[Exception]:
    with pytest.raises(asyncssh.SFTPError) as caught:
        visit(task)
    return type(caught.value)


def test_a_sender_sees_his_six_folders_and_nothing_else() -> None:
    async def look(client: asyncssh.SFTPClient) -> Any:
        return (
            sorted(await client.listdir("/")),
            await client.getcwd(),
            await client.realpath("../.."),
        )

    names, here, above = visit(look)

    assert sorted(set(names) - {".", ".."}) == sorted(folders.NAMES)
    assert (here, above) == ("/", "/")


def test_a_set_is_put_down_and_its_answers_are_taken_away() -> None:
    content = files.written([form()])

    async def put(client: asyncssh.SFTPClient) -> Any:
        await lay(client, f"/IN/{name('FI')}", content)
        await lay(client, f"/IN/{name('FS')}", beside(content))
        before = sorted(await client.listdir("/IN"))
        await lay(client, f"/IN/{name('GO')}")
        return before

    assert [one[:2] for one in visit(put) if one[0] != "."] == ["FI", "FS"]
    work()
    assert Communication.objects.count() == 1

    async def take(client: asyncssh.SFTPClient) -> Any:
        names = [one for one in await client.listdir("/OUT") if one[0] != "."]
        data = {one: await taken(client, f"/OUT/{one}") for one in names}
        size = (await client.stat(f"/OUT/{names[0]}")).size
        for one in names:
            await client.remove(f"/OUT/{one}")
        return names, data, size, await client.listdir("/OUT")

    names, data, size, left = visit(take)
    assert [one[:7] for one in names] == ["FO.ACRF", "FS.ACRF", "GO.ACRF", "FO.NOTI", "FS.NOTI",
                                          "GO.NOTI"]  # fmt: skip
    assert b"<ResultCode>1</ResultCode>" in data[names[0]]
    assert len(data[names[0]]) == size
    assert data[names[2]] == b""
    assert set(left) <= {".", ".."}
    assert Answer.objects.count() == 2


def test_each_environment_has_its_own_folders() -> None:
    content = files.written([form()])

    async def put(client: asyncssh.SFTPClient) -> None:
        await lay(client, f"/INTEST-S/{name('FI', surrounding='S')}", content)
        await lay(client, f"/INTEST-S/{name('GO', surrounding='S')}")

    visit(put)
    work()

    async def look(client: asyncssh.SFTPClient) -> Any:
        return [len([one for one in await client.listdir(f"/{folder}") if one[0] != "."])
                for folder in ("OUT", "OUTTEST", "OUTTEST-S")]  # fmt: skip

    assert visit(look) == [0, 0, 6]


@pytest.mark.parametrize("kind", ["rsa", "ec"])
def test_the_key_of_a_registered_certificate_opens(kind: str) -> None:
    user = USER
    if kind == "rsa":
        user = "foundry02"
        pem = certificate("rsa").public_bytes(serialization.Encoding.PEM)
        users.create_with_certificate(
            user_name=user, data=pem, is_simulation=True, actor=house.PERSON, now=house.NOW
        )

    async def look(client: asyncssh.SFTPClient) -> Any:
        return await client.listdir("/")

    assert len(visit(look, user=user, kind=kind)) >= 6


@pytest.mark.parametrize(("user", "number"), [(USER, 1), ("nobody00", 0), ("", 0), ("a" * 300, 0)])
def test_another_key_or_another_name_does_not_open(user: str, number: int) -> None:
    async def look(client: asyncssh.SFTPClient) -> Any:
        return await client.listdir("/")

    with pytest.raises((asyncssh.PermissionDenied, asyncssh.DisconnectError)):
        visit(look, user=user, number=number)


def test_a_blocked_user_does_not_come_in() -> None:
    users.block(user_name=USER, actor=house.PERSON, now=house.NOW)

    async def look(client: asyncssh.SFTPClient) -> Any:
        return await client.listdir("/")

    with pytest.raises(asyncssh.PermissionDenied):
        visit(look)


def test_there_is_no_password_no_shell_no_command_and_no_forwarding() -> None:
    async def attempts(port: int) -> list[str]:
        own = asyncssh.import_private_key(private())
        failed = []
        try:
            await asyncssh.connect(
                "127.0.0.1", port, username=USER, password="guess", client_keys=None,
                known_hosts=None, agent_path=None, config=None,
            )  # fmt: skip
        except asyncssh.PermissionDenied:
            failed.append("password")
        async with asyncssh.connect(
            "127.0.0.1", port, username=USER, client_keys=[own], known_hosts=None,
            agent_path=None, config=None,
        ) as connection:  # fmt: skip
            for word in ("id", None):
                try:
                    await connection.run(word, check=True, timeout=10)
                except (TimeoutError, asyncssh.Error):
                    failed.append(str(word))
            try:
                await connection.open_connection("127.0.0.1", port)
            except asyncssh.ChannelOpenError:
                failed.append("forward")
            try:
                await connection.forward_remote_port("127.0.0.1", 0, "127.0.0.1", port)
            except (asyncssh.ChannelListenError, asyncssh.Error):
                failed.append("remote")
        return failed

    assert served(attempts) == ["password", "id", "None", "forward", "remote"]


@pytest.mark.parametrize(
    "path",
    [
        "/etc/passwd",
        "../../etc/passwd",
        "/IN/../../etc/passwd",
        "/OUT/FO.ACRF.000001.20250309.00001.R.1.1",
        "/OUT/sub/file",
        "/OUT/\x00",
        "/IN",
    ],
)
def test_what_is_not_there_is_not_read(path: str) -> None:
    async def read(client: asyncssh.SFTPClient) -> Any:
        return await taken(client, path)

    assert refused(read) in (asyncssh.SFTPNoSuchFile, asyncssh.SFTPPermissionDenied)


def test_anothers_answers_are_out_of_sight() -> None:
    house.drop([form()])
    work()
    theirs = house.build(world.OTHER, "stranger1", "rsa")
    assert theirs.number != house.by().party.number
    path = f"/OUT/{house.names_out()[0]}"

    async def look(client: asyncssh.SFTPClient) -> Any:
        left = [one for one in await client.listdir("/OUT") if one[0] != "."]
        return left, await client.exists(path)

    assert visit(look, user="stranger1", kind="rsa") == ([], False)


@pytest.mark.parametrize(
    "act",
    [
        lambda client: client.mkdir("/IN/new"),
        lambda client: client.rmdir("/IN"),
        lambda client: client.symlink("/etc/passwd", "/IN/link"),
        lambda client: client.readlink("/IN"),
        lambda client: client.link("/IN/a", "/IN/b"),
        lambda client: client.remove("/IN/x"),
        lambda client: client.rename("/OUT/a", "/IN/b"),
        lambda client: client.statvfs("/"),
        lambda client: lay(client, "/OUT/x", b"x"),
        lambda client: lay(client, "/x", b"x"),
        lambda client: lay(client, "/IN/deep/x", b"x"),
    ],
    ids=range(11),
)
def test_what_is_not_done_here_is_refused(act: Task) -> None:
    visit_refused = refused(act)

    assert issubclass(visit_refused, asyncssh.SFTPError)
    assert Delivery.objects.count() == 0


def test_every_request_of_the_protocol_is_answered_by_us() -> None:
    ours = vars(server.Folders)
    theirs = {
        each
        for each, value in vars(asyncssh.SFTPServer).items()
        if callable(value) and not each.startswith("_")
    }

    assert theirs - set(ours) <= {
        "convert_attrs", "format_user", "format_group", "format_longname", "map_path",
        "reverse_map_path",
    }  # fmt: skip


def test_a_file_above_the_limit_is_refused_while_it_comes() -> None:
    async def put(client: asyncssh.SFTPClient) -> None:
        await lay(client, f"/IN/{name('FI')}", b"x" * (LIMIT + 1))

    assert refused(put) is asyncssh.SFTPFailure
    assert Delivery.objects.count() == 0


def test_a_far_offset_does_not_make_room() -> None:
    async def put(client: asyncssh.SFTPClient) -> None:
        async with client.open(f"/IN/{name('FI')}", "wb") as file:
            await file.write(b"x", offset=10**15)

    assert refused(put) is asyncssh.SFTPFailure
    assert Delivery.objects.count() == 0


def test_a_connection_that_breaks_off_leaves_nothing() -> None:
    async def broken(port: int) -> None:
        own = asyncssh.import_private_key(private())
        connection = await asyncssh.connect(
            "127.0.0.1", port, username=USER, client_keys=[own], known_hosts=None,
            agent_path=None, config=None,
        )  # fmt: skip
        client = await connection.start_sftp_client()
        file = await client.open(f"/IN/{name('FI')}", "wb")
        await file.write(b"<TWCT>")
        connection.abort()
        await connection.wait_closed()
        await asyncio.sleep(0)

    served(broken)

    assert Delivery.objects.count() == 0


def test_a_passing_name_counts_once_it_is_renamed() -> None:
    content = files.written([form()])

    async def put(client: asyncssh.SFTPClient) -> Any:
        for prefix, data in (("FI", content), ("FS", beside(content)), ("GO", b"")):
            await lay(client, f"/IN/{name(prefix)}.part", data)
            await client.posix_rename(f"/IN/{name(prefix)}.part", f"/IN/{name(prefix)}")
        await lay(client, f"/IN/{name('FI', '00002')}.filepart", content)

    visit(put)

    assert [row.state for row in Delivery.objects.all()] == ["received"]
    assert Delivery.objects.get().name == name("FI")


def test_a_name_that_is_none_is_answered_in_the_folder() -> None:
    async def put(client: asyncssh.SFTPClient) -> None:
        await lay(client, "/IN/letter.pdf", b"x")

    visit(put)

    assert house.result(house.answer("ACRF")) == ("0", "CTW-090")


def test_too_many_connections_are_sent_away() -> None:
    async def look(port: int) -> None:
        own = asyncssh.import_private_key(private())
        await asyncssh.connect(
            "127.0.0.1", port, username=USER, client_keys=[own], known_hosts=None,
            agent_path=None, config=None,
        )  # fmt: skip

    with pytest.raises((asyncssh.Error, OSError)):
        served(look, crowd=200)


@pytest.mark.skipif(shutil.which("sftp") is None, reason="no OpenSSH here")
def test_openssh_puts_a_set_down_and_takes_the_answers(tmp_path: Path) -> None:
    content = files.written([form()])
    for prefix, data in (("FI", content), ("FS", beside(content)), ("GO", b"")):
        (tmp_path / name(prefix)).write_bytes(data)
    own = tmp_path / "key"
    own.write_bytes(private())
    own.chmod(0o600)

    def batch(*lines: str) -> Callable[[int], Awaitable[Any]]:
        async def run(port: int) -> Any:
            process = await asyncio.create_subprocess_exec(
                "sftp", "-q", "-b", "-", "-P", str(port), "-i", str(own),
                "-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null",
                "-o", "IdentitiesOnly=yes", "-o", "PasswordAuthentication=no",
                "-F", "none", f"{USER}@127.0.0.1",
                stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.PIPE, cwd=tmp_path, env={"PATH": os.environ["PATH"]},
            )  # fmt: skip
            out, err = await process.communicate("\n".join(lines).encode() + b"\n")
            return process.returncode, out.decode(), err.decode()

        return run

    puts = [f"put {name(prefix)} /IN/{name(prefix)}" for prefix in ("FI", "FS", "GO")]
    code, _out, err = served(batch("cd /IN", *puts, "ls -l /"))
    assert code == 0, err
    work()
    code, out, err = served(batch("cd /OUT", "ls -l", "get FO.*", "rm GO.*", "ls"))
    assert code == 0, err
    assert "FO.ACRF." in out
    assert len(list(tmp_path.glob("FO.*"))) == 2
    assert [row.removed for row in Answer.objects.all()] == [["GO"], ["GO"]]
