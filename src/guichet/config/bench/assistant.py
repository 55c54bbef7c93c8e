"""`guichet bench assistant`: registering crews through the assistant of Checkin@Work.

On an embedded database of its own with fsync on. A clerk goes through the steps of the assistant:
24 workers on five days, registered while he waits; then a lot of 5,000 presences, which the job
registers piece by piece. How the clock runs: see ``pages``.
"""

import json
import re
import statistics
import sys
import time
from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final

from guichet.config.bench import pages
from guichet.platform import clock

_BENCHMARK: Final = pages.Benchmark(
    what="assistant",
    module="guichet.config.bench.assistant",
    meaning=__doc__,
    whole=5_000,
    quick=250,
    things="presences",
)
_CREW: Final = 24
_DAYS: Final = 5
# The clerk's own lots stand on days of their own, so that none repeats what another registered.
_LOTS: Final = 5
_LARGE_DAYS: Final = 25


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code: 0 measured, 1 not measured, 2 not understood."""
    return pages.run(_BENCHMARK, arguments)


def _child(count: int, _rounds: int) -> dict[str, Any]:
    """A firm with a site and its staff; lots of a crew, then the large one."""
    import django  # noqa: PLC0415  # the environment is that of the child

    django.setup()
    from guichet.demo import fixtures  # noqa: PLC0415  # after django.setup()
    from guichet.eservices.presence.days import lots  # noqa: PLC0415  # after django.setup()
    from guichet.eservices.presence.models import Lot  # noqa: PLC0415  # after django.setup()

    now = clock.now()
    fixtures.load_fixtures(today=clock.today(now), now=now)
    workers = count // _LARGE_DAYS
    pages.staff(count=max(workers, _CREW), enterprise=fixtures.E1, first=fixtures.W1)
    pages.entitle(niss=fixtures.W1, enterprise=fixtures.E1, service="presence")
    client = pages.signed_in(niss=fixtures.W1, enterprise=fixtures.E1)
    rounds = [
        _crew(client, site=fixtures.S2, after=lot * _DAYS, days=_DAYS, size=_CREW)
        for lot in range(_LOTS)
    ]
    figures: dict[str, Any] = {"presencesOfACrew": _CREW * _DAYS}
    for name in rounds[0]:
        took = [each[name] for each in rounds[1:]]
        figures[f"crew{name}Ms"] = round(statistics.median(took), 1)
    large = _crew(client, site=fixtures.S3, after=0, days=_LARGE_DAYS, size=workers)
    figures |= {"presencesOfALot": workers * _LARGE_DAYS, "lotCheckMs": round(large["Check"], 1)}
    started = time.perf_counter()
    for row in Lot.objects.filter(state=Lot.State.WAITING):
        lots.work(lot=row.pk, now=clock.now())
    figures["lotSeconds"] = round(time.perf_counter() - started, 2)
    taken = sum(Lot.objects.values_list("taken", flat=True))
    if taken != _LOTS * _CREW * _DAYS + workers * _LARGE_DAYS:
        raise SystemExit(f"only {taken} presences were registered")
    return figures


def _crew(client: Any, *, site: str, after: int, days: int, size: int) -> dict[str, float]:
    """Once through the steps; milliseconds of the dry run, of the press and of all steps."""
    first = clock.today(clock.now()) + timedelta(days=after)
    began = time.perf_counter()
    crew = client.post("/checkin/assistant/", {"number": site})["Location"]
    people = re.findall(r'name="people" value="([^"]+)"', client.get(crew).text)[:size]
    at_days = client.post(crew, {"people": people})["Location"]
    given = {
        "first": first.isoformat(),
        "last": (first + timedelta(days=days - 1)).isoformat(),
        "weekdays": [str(at) for at in range(7)],
    }
    check = client.post(at_days, given)["Location"]
    looked = time.perf_counter()
    if client.get(check).status_code != 200:
        raise SystemExit("the dry run did not answer")
    pressed = time.perf_counter()
    shown = client.post(check)["Location"]
    registered = time.perf_counter()
    client.get(shown)
    done = time.perf_counter()
    return {
        "Check": (pressed - looked) * 1000,
        "Register": (registered - pressed) * 1000,
        "AllSteps": (done - began) * 1000,
    }


if __name__ == "__main__":
    print(json.dumps(_child(int(sys.argv[1]), int(sys.argv[2]))))
