"""The parts of the benchmark that need Django, each a process of its own with JSON at the end."""

import json
import resource
import sys
import time
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import django
from django.db import connection

from guichet.config.bench import world
from guichet.platform import clock
from guichet.presence_log import record

_GROUP = 100


def _load() -> dict[str, Any]:
    """The fixtures and the registers of the benchmark's world."""
    from guichet.demo.fixtures import load_fixtures  # noqa: PLC0415  # after django.setup()

    now = clock.now()
    load_fixtures(today=clock.today(now), now=now)
    known = world.world()
    world.load(known=known, today=clock.today(now))
    return {"workers": len(known.workers), "sites": len(known.sites)}


def _validate(days: int, rounds: int) -> dict[str, Any]:
    """Validate the same acts again and again; acts a second of each round."""
    from guichet.eservices.presence import validation  # noqa: PLC0415  # after django.setup()

    now = clock.now()
    _empty("presence_act, presence_verdict, presence_watermark")
    stored = _store(days)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE presence_act")
    found = []
    for _ in range(rounds):
        _empty("presence_verdict, presence_watermark")
        started, used = time.perf_counter(), time.process_time()
        done, is_busy = 0, True
        while is_busy or done < stored:
            batch = validation.validate_pending(now=now)
            done, is_busy = done + batch.read, batch.busy
            if time.perf_counter() > started + 120:
                raise SystemExit(f"only {done} of {stored} acts were validated in two minutes")
        took = time.perf_counter() - started
        cpu = (time.process_time() - used) / done * 1e6
        found.append({"perSecond": done / took, "cpuMicrosPerAct": cpu})
    return {"acts": stored, "rounds": found, "bytesPerVerdict": _verdict_bytes()}


def _store(days: int) -> int:
    """So many days of acts up to yesterday, in groups as the service commits them."""
    first = (clock.now() - timedelta(days=days)).replace(hour=5, minute=0, second=0, microsecond=0)
    connection.ensure_connection()
    raw = connection.connection
    stored = 0
    for acts in world.days(known=world.world(), first=first, count=days):
        record.number_from(connection=raw, acts=acts)
        for at in range(0, len(acts), _GROUP):
            record.record(connection=raw, acts=acts[at : at + _GROUP])
        stored += len(acts)
    return stored


def _empty(tables: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {tables}")


def _verdict_bytes() -> float:
    with connection.cursor() as cursor:
        cursor.execute("VACUUM presence_verdict")
        cursor.execute(
            "SELECT sum(pg_total_relation_size(inhrelid))::float8"
            " / (SELECT count(*) FROM presence_verdict)"
            " FROM pg_inherits WHERE inhparent = 'presence_verdict'::regclass"
        )
        [size] = cursor.fetchone() or (0.0,)
    return float(size)


def _main(arguments: Sequence[str]) -> int:
    django.setup()
    what, *figures = arguments
    answer = _load() if what == "load" else _validate(*map(int, figures))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps(answer | {"peakMb": peak}))
    return 0


if __name__ == "__main__":
    raise SystemExit(_main(sys.argv[1:]))
