"""`guichet bench presence`: how fast presences are registered here, beside what PostgreSQL does.

A machine swings by a factor of two, so the parts alternate, several rounds, and what counts is
the median and the ratio to a run beside it. docs/performance.md explains every figure.
"""

import argparse
import json
import os
import platform
import statistics
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import msgspec
import psycopg

from guichet.config.bench import rows, world
from guichet.config.bench.house import House, HouseFailed, house
from guichet.config.bench.load import Load, LoadFailed, generator, load
from guichet.config.bench.rows import NotMeasured
from guichet.config.family import Stopped, listen
from guichet.platform import clock
from guichet.platform.embedded import NotStarted
from guichet.presence_log import record
from guichet.presence_log.acts import NewAct

BULK: Final = 200


@dataclass(frozen=True, slots=True)
class Size:
    """How long and how much: rounds, seconds a part, rows and acts."""

    rounds: int
    seconds: int
    rows: int
    acts: int
    workers: int
    validation_days: int


WHOLE: Final = Size(3, 4, 100_000, 1_000_000, 25_000, 9)
QUICK: Final = Size(1, 1, 2_000, 6_000, 1_500, 1)


class Lost(Exception):
    """The log holds fewer acts than were acknowledged: nothing else counts then."""


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code: 0 measured, 1 not measured, 2 not understood."""
    chosen = _parser().parse_args(arguments)
    size = QUICK if chosen.quick else WHOLE
    said = sys.stderr if chosen.json else sys.stdout

    def say(line: str) -> None:
        print(line, file=said, flush=True)

    listen()
    # What others do on the machine decides more than what is measured: it belongs to the figures.
    others = os.getloadavg()[0]
    try:
        with house(parent=chosen.folder) as built:
            figures = _measured(built, size, others, say)
    except Stopped:
        say("The benchmark was stopped.")
        return 1
    except (HouseFailed, LoadFailed, NotMeasured, NotStarted, Lost) as fault:
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
    parser.add_argument("what", choices=["presence"])
    parser.add_argument("--json", action="store_true", help="the figures as JSON on stdout")
    parser.add_argument("--quick", action="store_true", help="one short round: does it run at all")
    parser.add_argument(
        "--folder", type=Path, help="where the passing database lives (default: the system's)"
    )
    return parser


def _measured(
    built: House, size: Size, others: float, say: Callable[[str], None]
) -> dict[str, Any]:
    """Every part in turn, and the figures of it all; ``others``: the load before we began."""
    say(f"{os.cpu_count()} cores, Python {platform.python_version()}, load by {generator()}")
    if others > 1:
        say(f"The machine is busy with other work (load average {others:.1f}): try again later.")
    _Round(built, size, 0).warm_up()
    rounds = []
    for number in range(size.rounds):
        found = _Round(built, size, number).run()
        rounds.append(found)
        say(f"round {number + 1}: " + ", ".join(f"{k} {v:,.2f}" for k, v in found.items()))
    space = _space(built, size)
    say(f"{space['acts']:,.0f} acts: {space['bytesPerAct']:.1f} bytes an act")
    validated = built.child("validate", str(size.validation_days), str(size.rounds))
    for each in validated["rounds"]:
        say(f"validation of {validated['acts']:,} acts: {each['perSecond']:,.0f} acts a second")
    return {
        **_figures(rounds, space, validated),
        "generator": generator(),
        "loadAverageBefore": others,
        "rounds": rounds,
        "validationRounds": validated["rounds"],
    }


def _figures(
    rounds: Sequence[dict[str, float]], space: dict[str, float], validated: dict[str, Any]
) -> dict[str, float]:
    """The medians of the rounds; the eight that have a target stand first."""

    def middle(name: str, among: Sequence[dict[str, float]] = rounds) -> float:
        return float(statistics.median(each[name] for each in among))

    return {
        "ratio": middle("ratio"),
        "pgbenchTps": middle("pgbenchTps"),
        "actsPerSecond": middle("actsPerSecond128"),
        "p99Ms": middle("p99Ms128"),
        "bulkRatio": middle("bulkRatio"),
        "bytesPerAct": space["bytesPerAct"],
        "validationPerSecond": middle("perSecond", validated["rounds"]),
        "cpuMicrosPerAct": middle("cpuMicrosPerAct"),
        "actsPerSecond32": middle("actsPerSecond32"),
        "p50Ms": middle("p50Ms128"),
        "p99Ms32": middle("p99Ms32"),
        "bulkActsPerSecond": middle("bulkActsPerSecond"),
        "bulkP99Ms": middle("bulkP99Ms"),
        "copyRowsPerSecond": middle("copyRowsPerSecond"),
        "insertRowsPerSecond": middle("insertRowsPerSecond"),
        "bytesPerVerdict": float(validated["bytesPerVerdict"]),
        "validationCpuMicrosPerAct": middle("cpuMicrosPerAct", validated["rounds"]),
        "ingestWorkerMb": max(each["ingestWorkerMb"] for each in rounds),
        "validatorPeakMb": float(validated["peakMb"]),
    }


class _Round:
    """One round: every part once, in the other order every other time."""

    def __init__(self, built: House, size: Size, number: int) -> None:
        self._house = built
        self._size = size
        self._number = number
        self._found: dict[str, float] = {}
        self._known = world.world()
        self._tokens = built.tokens()

    def run(self) -> dict[str, float]:
        """The figures of this round by name."""
        parts = [self._pgbench, self._one_act_128, self._one_act_32, self._bulk, self._rows]
        for part in parts if self._number % 2 == 0 else reversed(parts):
            self._house.execute("CHECKPOINT")
            part()
        found = self._found
        found["ratio"] = found["actsPerSecond128"] / found["pgbenchTps"]
        found["bulkRatio"] = found["bulkActsPerSecond"] / found["copyRowsPerSecond"]
        found["ingestWorkerMb"] = self._house.worker_megabytes()
        return found

    def warm_up(self) -> None:
        """Fill caches and let the services allocate what they keep; nothing is counted."""
        self._one_act_128()
        self._bulk()

    def _pgbench(self) -> None:
        self._found["pgbenchTps"] = rows.pgbench(
            url=self._house.url,
            seconds=self._size.seconds,
            folder=self._house.folder,
            pg_bin=self._house.environment.pg_bin,
        )

    def _one_act_128(self) -> None:
        used = self._house.cpu_seconds()
        done = self._load("one", 128, 1)
        used = self._house.cpu_seconds() - used
        self._found |= {
            "actsPerSecond128": done.calls_per_second,
            "p50Ms128": done.p50,
            "p99Ms128": done.p99,
            "cpuMicrosPerAct": used / max(1, done.calls) * 1e6,
        }

    def _one_act_32(self) -> None:
        done = self._load("one", 32, 1)
        self._found |= {"actsPerSecond32": done.calls_per_second, "p99Ms32": done.p99}

    def _bulk(self) -> None:
        done = self._load("bulk", 8, BULK)
        self._found |= {
            "bulkActsPerSecond": done.calls_per_second * BULK,
            "bulkP99Ms": done.p99,
        }

    def _rows(self) -> None:
        first = self._number * 2 * self._size.rows
        acts = list(_now_acts(self._known, self._size.rows, seed=self._number))
        self._found["copyRowsPerSecond"] = rows.copy(url=self._house.url, acts=acts, first=first)
        few = acts[: max(BULK, self._size.rows // 4)]
        self._found["insertRowsPerSecond"] = rows.insert(
            url=self._house.url, acts=few, first=first + self._size.rows
        )

    def _load(self, kind: str, connections: int, per_call: int) -> Load:
        """One run of load; raises Lost when an acknowledged act is absent."""
        calls = 4_000 if kind == "one" else 100
        bodies = self._house.folder / f"{kind}.jsonl"
        acts = _now_acts(self._known, calls * per_call, seed=connections + self._number)
        _write_bodies(bodies, acts, per_call)
        before = self._count()
        done = load(
            port=self._house.port,
            connections=connections,
            seconds=self._size.seconds,
            bodies=bodies,
            tokens=self._tokens,
        )
        stored = self._count() - before
        if done.faults or stored < done.calls * per_call:
            raise Lost(
                f"{done.calls * per_call} acknowledged, {stored} stored, {done.faults} faults"
            )
        return done

    def _count(self) -> int:
        [[count]] = self._house.execute("SELECT count(*) FROM presence_act")
        return int(count)


def _now_acts(known: world.World, count: int, *, seed: int) -> Iterator[NewAct]:
    """Acts of the last half minute, all different, of workers in no order."""
    return world.just_now(known=known, now=clock.now(), count=count, seed=seed)


def _write_bodies(file: Path, acts: Iterator[NewAct], per_call: int) -> None:
    """One body a line, each as a device or a supplier sends it."""
    with file.open("wb") as out:
        items: list[dict[str, Any]] = []
        for act in acts:
            items.append(item(act))
            if len(items) == per_call:
                out.write(msgspec.json.encode({"items": items}) + b"\n")
                items = []


def item(act: NewAct) -> dict[str, Any]:
    """An act as the wire carries it."""
    return {
        "registrationDate": act.occurred_at.astimezone(clock.BRUSSELS).isoformat(),
        "ssin": act.ssin,
        "type": act.type,
        "employer": {"enterpriseNumber": act.enterprise_number},
        "placeOfWork": {"coordinates": {"longitude": act.longitude, "latitude": act.latitude}},
        "contractualRelationshipReference": act.works_reference,
        "customReference": act.custom_reference,
    }


def _space(built: House, size: Size) -> dict[str, float]:
    """Bytes an act with its indexes, after so many acts in the order in which they come in."""
    known = world.world(workers=size.workers)
    built.execute("TRUNCATE presence_act")
    first = clock.now() - timedelta(days=20)
    stored = 0
    with psycopg.connect(built.url, autocommit=True) as connection:
        connection.execute("SET synchronous_commit = off")  # what is measured is space
        for acts in world.days(known=known, first=first, count=1_000):
            record.number_from(connection=connection, acts=acts)
            for at in range(0, len(acts), 100):
                record.record(connection=connection, acts=acts[at : at + 100])
            stored += len(acts)
            if stored >= size.acts:
                break
    built.execute("VACUUM presence_act")
    [[taken]] = built.execute(
        "SELECT sum(pg_total_relation_size(inhrelid))::bigint FROM pg_inherits"
        " WHERE inhparent = 'presence_act'::regclass"
    )
    return {"acts": float(stored), "bytesPerAct": int(taken) / stored}


if __name__ == "__main__":
    raise SystemExit(main())
