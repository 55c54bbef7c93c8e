"""`guichet bench steady`: the morning's stream, so many acts a second for minutes on end.

Acts come when they are due, whether or not the service has answered the ones before, and waiting
is counted from the moment at which an act was due: a service that stalls is seen to stall. The
worker validates meanwhile, as on any morning.
"""

import argparse
import json
import os
import select
import sys
import time
from collections import deque
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import msgspec

from guichet.config.bench import world
from guichet.config.bench.house import House, HouseFailed, house
from guichet.config.bench.load import REGISTER, Call
from guichet.config.bench.presence import item
from guichet.config.family import Stopped, listen
from guichet.platform import clock
from guichet.platform.embedded import NotStarted

_CONNECTIONS: Final = 64
_LAST_ANSWERS: Final = 20.0
# The job that validates looks every few seconds; what came last is waited for this long.
_VALIDATED: Final = 60.0


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code: 0 measured and nothing lost, 1 not, 2 not understood."""
    chosen = _parser().parse_args(arguments)
    listen()
    others = os.getloadavg()[0]
    try:
        with house(parent=chosen.folder) as built:
            built.below.start("worker")
            figures = _measured(built, chosen.rate, chosen.seconds) | {"loadAverageBefore": others}
    except (HouseFailed, NotStarted, Stopped, OSError) as fault:
        print(f"Not measured: {fault}", file=sys.stderr)
        return 1
    if chosen.json:
        print(json.dumps(figures))
    else:
        for name, value in figures.items():
            print(f"{name}: {value}")
    return 1 if figures["lost"] or figures["faults"] else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="guichet bench", description=__doc__)
    parser.add_argument("what", choices=["steady"])
    parser.add_argument("--json", action="store_true", help="one line of JSON")
    parser.add_argument("--rate", type=int, default=200, help="acts a second (default: 200)")
    parser.add_argument("--seconds", type=int, default=300, help="for so long (default: 300)")
    parser.add_argument("--folder", type=Path, help="where the passing database lives")
    return parser


def _measured(built: House, rate: int, seconds: int) -> dict[str, Any]:
    stream = Stream(port=built.port, tokens=built.tokens().read_bytes().split(), rate=rate)
    waits, faults = stream.run(count=rate * seconds)
    [[stored]] = built.execute("SELECT count(*) FROM presence_act")
    validated = _validated(built, int(stored))
    waits.sort()
    return {
        "actsPerSecond": rate,
        "seconds": seconds,
        "answered": len(waits),
        "faults": faults,
        "stored": int(stored),
        "lost": rate * seconds - int(stored),
        "validated": validated,
        **{f"p{share}Ms": _at(waits, share) for share in (50, 95, 99)},
        "worstMs": round(waits[-1] * 1000, 1) if waits else 0.0,
    }


def _at(waits: Sequence[float], share: int) -> float:
    return round(waits[len(waits) * share // 100] * 1000, 1) if waits else 0.0


def _validated(built: House, stored: int) -> int:
    """How many of the acts have a verdict, a while after the last one."""
    deadline = time.monotonic() + _VALIDATED
    while True:
        [[done]] = built.execute("SELECT count(*) FROM presence_verdict WHERE is_current")
        if done >= stored or time.monotonic() > deadline:
            return int(done)
        time.sleep(1)


class Stream:
    """Calls that leave at their moment, over connections that are kept."""

    def __init__(self, *, port: int, tokens: Sequence[bytes], rate: int) -> None:
        self._tokens = tokens
        self._rate = rate
        self._known = world.world()
        self._poll = select.epoll()
        self._calls = [Call(port, (b"http/1.1 2",)) for _ in range(_CONNECTIONS)]
        self._by_number = {call.socket.fileno(): call for call in self._calls}
        # In turn: a connection that is left alone is closed by the server after a while.
        self._idle = deque(self._calls)
        self._waits: list[float] = []
        self._faults = 0

    def run(self, *, count: int) -> tuple[list[float], int]:
        """Send ``count`` acts; seconds waited for each answer, and how many were no success."""
        started = time.perf_counter()
        due: dict[Call, float] = {}
        for number in self._by_number:
            self._poll.register(number, select.EPOLLIN)
        try:
            turn = 0
            while turn < count:
                moment = started + turn / self._rate
                left = moment - time.perf_counter()
                if left <= 0 and self._idle:
                    call = self._idle.popleft()
                    due[call] = moment
                    call.send(self._body(turn))
                    turn += 1
                else:
                    self._receive(due, max(left, 0.001))
            until = time.perf_counter() + _LAST_ANSWERS
            while due and time.perf_counter() < until:
                self._receive(due, 0.1)
        finally:
            for call in self._calls:
                call.socket.close()
            self._poll.close()
        return self._waits, self._faults + len(due)

    def _receive(self, due: dict[Call, float], seconds: float) -> None:
        for number, _ in self._poll.poll(seconds):
            call = self._by_number[number]
            went_well = call.receive()
            if went_well is None:
                continue
            self._waits.append(time.perf_counter() - due.pop(call))
            self._faults += not went_well
            self._idle.append(call)

    def _body(self, turn: int) -> bytes:
        [act] = world.just_now(known=self._known, now=clock.now(), count=1, seed=turn)
        body = msgspec.json.encode({"items": [item(act)]})
        return (
            b"POST %s HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
            b"Authorization: Bearer %s\r\nContent-Length: %d\r\n\r\n%s"
            % (REGISTER.encode(), self._tokens[turn % len(self._tokens)], len(body), body)
        )


if __name__ == "__main__":
    raise SystemExit(main())
