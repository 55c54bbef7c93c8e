"""`guichet bench temporary-unemployment`: how many forms of a file a second are received here.

A file of communications with its signature is sent, checked and handled as the worker does it: read
from the database in pieces, held to the schema and the rules, stored in batches, answered. The
database runs on the same machine with fsync on. docs/performance.md explains the figures.
"""

import argparse
import json
import os
import platform
import sys
from collections.abc import Sequence
from pathlib import Path

from guichet.config.bench.ground import HouseFailed, ground
from guichet.config.bench.memory import Watch
from guichet.config.family import Stopped, listen
from guichet.platform.embedded import NotStarted

_FORMS = 10_000
_QUICK = 500
_PATIENCE = 3_600
_PARTS = "guichet.config.bench.message_files"


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code: 0 measured, 1 not measured, 2 not understood."""
    chosen = _parser().parse_args(arguments)
    count = chosen.forms or (_QUICK if chosen.quick else _FORMS)
    said = sys.stderr if chosen.json else sys.stdout
    listen()
    others = os.getloadavg()[0]
    print(f"{os.cpu_count()} cores, Python {platform.python_version()}", file=said, flush=True)
    if others > 1:
        print(f"The machine is busy with other work (load average {others:.1f}).", file=said)
    try:
        with ground(parent=chosen.folder) as built:
            sent = built.child(_PARTS, "build", str(count), *_length(chosen), seconds=_PATIENCE)
            # In a process of its own: what built the world is not counted.
            with Watch() as watch:
                figures = built.child(_PARTS, "handle", *sent.values(), seconds=_PATIENCE)
            figures |= {"ownMegabytes": watch.own, "databaseMegabytes": watch.database}
    except Stopped:
        print("The benchmark was stopped.", file=said)
        return 1
    except (HouseFailed, NotStarted) as fault:
        print(f"The benchmark failed: {fault}", file=sys.stderr)
        return 1
    for name, value in figures.items():
        print(f"{name:28} {value:>12,.1f}", file=said)
    if chosen.json:
        print(json.dumps(figures | {"loadAverageBefore": others}, indent=2))
    return 0


def _length(chosen: argparse.Namespace) -> list[str]:
    return ["long"] if chosen.long else []


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="guichet bench", description=__doc__)
    parser.add_argument("what", choices=["temporary-unemployment"])
    parser.add_argument("--json", action="store_true", help="the figures as JSON on stdout")
    parser.add_argument("--quick", action="store_true", help="a short file: does it run at all")
    parser.add_argument("--forms", type=int, help="how many forms the file holds, up to 50,000")
    parser.add_argument(
        "--long", action="store_true", help="long texts: 50,000 forms are almost 200 MB"
    )
    parser.add_argument(
        "--folder", type=Path, help="where the passing database lives (default: the system's)"
    )
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
