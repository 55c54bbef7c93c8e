"""`guichet bench sign-in`: how many pages a second the sign-in and the portal give here.

The parts alternate, several rounds, and what counts is the median. docs/performance.md explains
every figure.
"""

import argparse
import http.client
import json
import os
import platform
import statistics
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

from guichet.config.bench.ground import Ground, HouseFailed, ground
from guichet.config.bench.load import Load, LoadFailed, generator, load_page
from guichet.config.family import Stopped, listen
from guichet.platform.embedded import NotStarted

_CONNECTIONS: Final = 16
_PARTS: Final = ("tiles", "authorize", "sessions", "help")


@dataclass(frozen=True, slots=True)
class Size:
    """How long: rounds, and seconds of each part."""

    rounds: int
    seconds: int


WHOLE: Final = Size(3, 4)
QUICK: Final = Size(1, 1)


class Refused(Exception):
    """A page was not given: nothing else counts then."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page to ask for, with the cookie of the browser that asks."""

    port: int
    place: str
    cookie: str


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code: 0 measured, 1 not measured, 2 not understood."""
    chosen = _parser().parse_args(arguments)
    size = QUICK if chosen.quick else WHOLE
    said = sys.stderr if chosen.json else sys.stdout

    def say(line: str) -> None:
        print(line, file=said, flush=True)

    listen()
    others = os.getloadavg()[0]
    try:
        with ground(parent=chosen.folder) as built:
            figures = _measured(built, size, others, say)
    except Stopped:
        say("The benchmark was stopped.")
        return 1
    except (HouseFailed, LoadFailed, NotStarted, Refused) as fault:
        print(f"The benchmark failed: {fault}", file=sys.stderr)
        return 1
    for name, value in figures.items():
        if isinstance(value, float):
            say(f"{name:24} {value:>12,.3f}")
    if chosen.json:
        print(json.dumps(figures, indent=2))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="guichet bench", description=__doc__)
    parser.add_argument("what", choices=["sign-in"])
    parser.add_argument("--json", action="store_true", help="the figures as JSON on stdout")
    parser.add_argument("--quick", action="store_true", help="one short round: does it run at all")
    parser.add_argument(
        "--folder", type=Path, help="where the passing database lives (default: the system's)"
    )
    return parser


def _measured(
    built: Ground, size: Size, others: float, say: Callable[[str], None]
) -> dict[str, Any]:
    """Every part in turn, and the figures of it all; ``others``: the load before we began."""
    say(f"{os.cpu_count()} cores, Python {platform.python_version()}, load by {generator()}")
    if others > 1:
        say(f"The machine is busy with other work (load average {others:.1f}): try again later.")
    visitor = built.child("guichet.config.bench.visitor", role="portal")
    built.start("portal")
    built.start("csam")
    pages = _pages(built, visitor["session"])
    for part, page in pages.items():  # what is read once and kept is read before anything counts
        _look_at(page, 303 if part == "authorize" else 200)
        _load(page, 1)
    rounds = []
    for number in range(size.rounds):
        found: dict[str, float] = {}
        for part in _PARTS if number % 2 == 0 else reversed(_PARTS):
            done = _load(pages[part], size.seconds)
            found |= {f"{part}PerSecond": done.calls_per_second, f"{part}P99Ms": done.p99}
        rounds.append(found)
        say(f"round {number + 1}: " + ", ".join(f"{k} {v:,.1f}" for k, v in found.items()))
    middle = {
        f"{part}{figure}": float(statistics.median(each[f"{part}{figure}"] for each in rounds))
        for figure in ("PerSecond", "P99Ms")
        for part in _PARTS
    }
    return {
        **middle,
        "passwordHashMs": float(visitor["passwordHashMs"]),
        "generator": generator(),
        "loadAverageBefore": others,
        "rounds": rounds,
    }


def _load(page: Page, seconds: int) -> Load:
    """One run of load; raises Refused when a page was not given."""
    done = load_page(
        port=page.port,
        connections=_CONNECTIONS,
        seconds=seconds,
        place=page.place,
        cookie=page.cookie,
    )
    if done.faults or not done.calls:
        raise Refused(f"{page.place.partition('?')[0]}: {done.faults} of {done.calls} refused")
    return done


def _pages(built: Ground, session: str) -> dict[str, Page]:
    environment = built.environment
    asked = {
        "client_id": environment.client_id,
        "redirect_uri": f"{environment.url}/sign-in/callback/",
        "response_type": "code",
        "scope": "openid profile egovnrn",
        "state": "s" * 43,
        "nonce": "n" * 43,
        "acr_values": "urn:be:fedict:iam:fas:citizen:Level100",
        "code_challenge": "c" * 43,
        "code_challenge_method": "S256",
        "ui_locales": "fr",
    }
    csam, authorize = environment.csam_port, f"/fas/oauth2/authorize?{urlencode(asked)}"
    return {
        "tiles": Page(csam, "/sign-in/", _cookies(csam, authorize)),
        "authorize": Page(csam, authorize, "guichet_language=fr"),
        "sessions": Page(environment.port, "/sessions/", session),
        "help": Page(environment.port, "/help/", session),
    }


def _cookies(port: int, place: str) -> str:
    """The cookies with which a browser goes on from this place."""
    given = _look_at(Page(port, place, "guichet_language=fr"), 303)
    return "; ".join(one.partition(";")[0] for one in given)


def _look_at(page: Page, status: int) -> list[str]:
    """Ask once: the answer must be the one that is meant. Its cookies; raises Refused."""
    connection = http.client.HTTPConnection("127.0.0.1", page.port, timeout=20)
    try:
        connection.request("GET", page.place, headers={"Cookie": page.cookie})
        answer = connection.getresponse()
        answer.read()
    finally:
        connection.close()
    if answer.status != status:
        raise Refused(f"{page.place.partition('?')[0]}: status {answer.status}, not {status}")
    return answer.headers.get_all("Set-Cookie") or []


if __name__ == "__main__":
    raise SystemExit(main())
