"""`guichet bench interim`: the pages of a worker with three hundred relations.

On an embedded database of its own; the relations stand in the register as declarations leave them.
How the clock runs: see ``pages``.
"""

import json
import sys
from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final

from guichet.config.bench import pages

_BENCHMARK: Final = pages.Benchmark(
    what="interim",
    module="guichet.config.bench.interim",
    meaning=__doc__,
    whole=300,
    quick=20,
    things="relations",
)


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code: 0 measured, 1 not measured, 2 not understood."""
    return pages.run(_BENCHMARK, arguments)


def _child(count: int, rounds: int) -> dict[str, Any]:
    """Declare the relations, sign the worker in, and ask for his pages."""
    import django  # noqa: PLC0415  # the environment is that of the child

    django.setup()
    from guichet.demo import fixtures  # noqa: PLC0415  # after django.setup()
    from guichet.platform import clock  # noqa: PLC0415  # after django.setup()

    today = clock.today(clock.now())
    _filled(count)
    places = {
        "year": "/interim/",
        "month": f"/interim/{today.year}/{today.month}/",
        "list": "/interim/list/",
    }
    client = pages.signed_in(niss=fixtures.W1)
    return {"relations": count} | pages.timed(client, places, rounds=rounds)


def _filled(count: int) -> None:
    """So many day contracts of one worker in this year, one after the other, at two agencies."""
    from guichet.audit.actors import system  # noqa: PLC0415  # after django.setup()
    from guichet.demo import fixtures  # noqa: PLC0415  # after django.setup()
    from guichet.platform import clock  # noqa: PLC0415  # after django.setup()
    from guichet.platform.db import transaction  # noqa: PLC0415  # after django.setup()
    from guichet.registers.employments import operations as employments  # noqa: PLC0415  # after django.setup()
    from guichet.registers.employments.queries import EmploymentRecord  # noqa: PLC0415  # after django.setup()

    actor, now = system("bench"), clock.now()
    fixtures.load_fixtures(today=clock.today(now), now=now)
    first = clock.today(now).replace(month=1, day=2)
    with transaction():
        for at in range(count):
            day = first + timedelta(days=at)
            employments.declare(
                employment=EmploymentRecord(
                    niss=fixtures.W1,
                    employer=(fixtures.E2, fixtures.E3)[at % 2],
                    joint_committee="322",
                    worker_type=("OTH", "FLX", "STU")[at % 3],
                    first_day=day,
                    last_day=day,
                    user_enterprise=fixtures.E1,
                ),
                actor=actor,
                now=now,
            )


if __name__ == "__main__":
    print(json.dumps(_child(int(sys.argv[1]), int(sys.argv[2]))))
