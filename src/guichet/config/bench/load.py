"""Load over HTTP: wrk where it is installed, else a small generator of our own.

Run as a program this module is that generator: one thread, one epoll loop, calls built before the
clock starts, as wrk does it. It costs more than wrk, and on few cores the server pays for it.
"""

import json
import select
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

REGISTER: Final = "/REST/presenceRegistration/v1/presenceRegistrations/registerInBulk"
_SCRIPT: Final = Path(__file__).with_name("wrk.lua")
_PAGES_SCRIPT: Final = Path(__file__).with_name("pages.lua")
_CHUNK: Final = 262_144


@dataclass(frozen=True, slots=True)
class Load:
    """What one run of load saw: calls answered, seconds, milliseconds of waiting, faults."""

    calls: int
    seconds: float
    p50: float
    p99: float
    faults: int

    @property
    def calls_per_second(self) -> float:
        """Answered calls a second."""
        return self.calls / self.seconds


class LoadFailed(Exception):
    """The generator did not come to an end."""


def generator() -> str:
    """What makes the load here."""
    return "wrk" if shutil.which("wrk") else "own generator"


def load(*, port: int, connections: int, seconds: int, bodies: Path, tokens: Path) -> Load:
    """Send the bodies again and again over so many connections for so long; raises LoadFailed."""
    wrk = shutil.which("wrk")
    if wrk:
        command = [wrk, "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "20s"]
        command += ["-s", str(_SCRIPT), f"http://127.0.0.1:{port}{REGISTER}", "--"]
        command += [str(bodies), str(tokens)]
    else:
        command = [sys.executable, "-m", __name__, str(port), str(connections), str(seconds)]
        command += [str(bodies), str(tokens)]
    return _run(command, seconds)


def load_page(*, port: int, connections: int, seconds: int, place: str, cookie: str) -> Load:
    """Ask for one page again and again, as one browser would; a redirect is an answer too.

    Raises LoadFailed.
    """
    wrk = shutil.which("wrk")
    if wrk:
        command = [wrk, "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "20s"]
        command += ["-s", str(_PAGES_SCRIPT), "-H", f"Cookie: {cookie}"]
        command += [f"http://127.0.0.1:{port}{place}"]
    else:
        command = [sys.executable, "-m", __name__, str(port), str(connections), str(seconds)]
        command += ["--page", place, cookie]
    return _run(command, seconds)


def _run(command: list[str], seconds: int) -> Load:
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, check=False, timeout=seconds + 60
        )
    except subprocess.TimeoutExpired:
        raise LoadFailed("the load did not end") from None
    if done.returncode != 0:
        raise LoadFailed(done.stderr[-2_000:])
    return Load(**json.loads(done.stdout.splitlines()[-1]))


class Call:
    """One connection: at most one call is under way on it."""

    def __init__(self, port: int, good: tuple[bytes, ...]) -> None:
        self.good = good
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=10)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.sent_at = 0.0
        self.answer = bytearray()

    def send(self, call: bytes) -> None:
        """Begin the next call."""
        self.answer.clear()
        self.sent_at = time.perf_counter()
        self.socket.sendall(call)

    def receive(self) -> bool | None:
        """Read on; whether the call went well, None while there is more to come."""
        piece = self.socket.recv(_CHUNK)
        if not piece:
            raise ConnectionError("the server hung up")
        self.answer += piece
        head = self.answer.find(b"\r\n\r\n")
        if head < 0:
            return None
        headers = bytes(self.answer[:head]).lower()
        _, _, rest = headers.partition(b"content-length:")
        length = int(rest.split(b"\r\n", 1)[0])
        if len(self.answer) < head + 4 + length:
            return None
        return headers.startswith(self.good)


def _calls(bodies: Path, tokens: Path) -> list[bytes]:
    bearers = tokens.read_bytes().split()
    return [
        b"POST %s HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        b"Authorization: Bearer %s\r\nContent-Length: %d\r\n\r\n%s"
        % (REGISTER.encode(), bearers[n % len(bearers)], len(body), body)
        for n, body in enumerate(bodies.read_bytes().splitlines())
    ]


def _page(place: str, cookie: str) -> bytes:
    head = f"GET {place} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookie}\r\n\r\n"
    return head.encode("ascii")


def _drive(
    port: int,
    connections: int,
    seconds: float,
    calls: Sequence[bytes],
    good: tuple[bytes, ...] = (b"http/1.1 2",),
) -> Load:
    poll = select.epoll()
    open_calls: dict[int, Call] = {}
    waits: list[float] = []
    faults = turn = 0
    started = time.perf_counter()
    try:
        for _ in range(connections):
            call = Call(port, good)
            open_calls[call.socket.fileno()] = call
            poll.register(call.socket, select.EPOLLIN)
            call.send(calls[turn % len(calls)])
            turn += 1
        while time.perf_counter() < started + seconds:
            for number, _ in poll.poll(1.0):
                call = open_calls[number]
                went_well = call.receive()
                if went_well is None:
                    continue
                waits.append(time.perf_counter() - call.sent_at)
                faults += not went_well
                call.send(calls[turn % len(calls)])
                turn += 1
        took = time.perf_counter() - started
    finally:
        for call in open_calls.values():
            call.socket.close()
        poll.close()
    waits.sort()
    count = len(waits)
    p50, p99 = (waits[int(count * share)] * 1000 if waits else 0.0 for share in (0.5, 0.99))
    return Load(calls=count, seconds=took, p50=p50, p99=p99, faults=faults)


def _main(arguments: Sequence[str]) -> int:
    port, connections, seconds = (int(word) for word in arguments[:3])
    if arguments[3] == "--page":
        good = (b"http/1.1 2", b"http/1.1 3")
        done = _drive(port, connections, seconds, [_page(*arguments[4:])], good)
    else:
        calls = _calls(Path(arguments[3]), Path(arguments[4]))
        done = _drive(port, connections, seconds, calls)
    members = {name: getattr(done, name) for name in Load.__slots__}
    print(json.dumps(members))
    return 0


if __name__ == "__main__":
    raise SystemExit(_main(sys.argv[1:]))
