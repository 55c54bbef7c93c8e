"""`guichet bench april`: the rush of April 2020 in small, pages and files at once.

120,000 first effective days: 100,000 of them in the signed files of a hundred firms, 20,000 typed
on the pages by eight clerks at once for another hundred. None may be lost, and each warning must
stand as often as a calendar of the benchmark's own counts it. The database runs on the same machine
with fsync on. docs/performance.md explains the figures.
"""

import argparse
import json
import os
import platform
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from guichet.config.bench import april_plan
from guichet.config.bench.april_web import Rush
from guichet.config.bench.ground import Ground, HouseFailed, ground
from guichet.config.family import Stopped, listen
from guichet.platform import clock
from guichet.platform.embedded import NotStarted

_QUICK = 20
_MODULE = "guichet.config.bench.april_world"


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code: 0 measured and all is there, 1 not, 2 not understood."""
    chosen = _parser().parse_args(arguments)
    scale = _QUICK if chosen.quick else 1
    said = sys.stderr if chosen.json else sys.stdout
    listen()
    others = os.getloadavg()[0]
    print(f"{os.cpu_count()} cores, Python {platform.python_version()}", file=said, flush=True)
    if others > 1:
        print(f"The machine is busy with other work (load average {others:.1f}).", file=said)
    try:
        with ground(parent=chosen.folder) as built:
            figures, is_whole = _replayed(built, scale)
    except Stopped:
        print("The benchmark was stopped.", file=said)
        return 1
    except (HouseFailed, NotStarted) as fault:
        print(f"The benchmark failed: {fault}", file=sys.stderr)
        return 1
    for name, value in figures.items():
        print(f"{name:28} {value}", file=said)
    if chosen.json:
        print(json.dumps(figures | {"loadAverageBefore": others}, indent=2))
    return 0 if is_whole else 1


def _replayed(built: Ground, scale: int) -> tuple[dict[str, Any], bool]:
    from guichet.demo import numbers  # noqa: PLC0415  # needs no Django, and nobody else it

    told = built.child(_MODULE, "build", str(scale), role="portal")
    built.start("portal")
    # A day that ends while it runs would move every window.
    today = clock.today(clock.now())
    rush = Rush(built.environment.ports["portal"][1], today, scale)
    places = {
        str(at): numbers.establishment(1_000 + april_plan.FILE_FIRMS + at)
        for at in range(april_plan.WEB_FIRMS)
    }
    files: dict[str, Any] = {}
    began = time.perf_counter()
    sending = threading.Thread(target=_sent, args=(built, scale, files))
    sending.start()
    web = rush.run(told["sessions"], places)
    sending.join()
    whole = time.perf_counter() - began
    if "failed" in files:
        raise HouseFailed(files["failed"])
    found = built.child(_MODULE, "count", str(scale), role="portal")
    wanted = dict(april_plan.truth(today, scale))
    figures = {
        "items": told["items"],
        "stored": found["stored"],
        "differentWorkers": found["workers"],
        "communications": found["communications"],
        "seconds": round(whole, 1),
        "itemsPerSecond": round(told["items"] / whole, 1),
        "fileSeconds": round(files["fileSeconds"], 1),
        "webSeconds": round(web, 1),
        "webSlowestSeconds": round(rush.slowest, 2),
        "webFaults": len(rush.faults),
        "warnings": found["warnings"],
        "warningsCountedByHand": wanted,
    }
    for fault in rush.faults[:5]:
        print(f"A clerk was stopped: {fault}", file=sys.stderr)
    is_whole = (
        found["stored"] == found["workers"] == told["items"]
        and found["warnings"] == wanted
        and not rush.faults
    )
    print("Nothing is lost, every warning is there." if is_whole else "NOT WHOLE", file=sys.stderr)
    return figures, is_whole


def _sent(built: Ground, scale: int, files: dict[str, Any]) -> None:
    try:
        files |= built.child(_MODULE, "send", str(scale))
    except HouseFailed as fault:
        files["failed"] = str(fault)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="guichet bench", description=__doc__)
    parser.add_argument("what", choices=["april"])
    parser.add_argument("--json", action="store_true", help="the figures as JSON on stdout")
    parser.add_argument("--quick", action="store_true", help="a twentieth: does it run at all")
    parser.add_argument(
        "--folder", type=Path, help="where the passing database lives (default: the system's)"
    )
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
