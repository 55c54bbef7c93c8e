"""`guichet bench consult`: the pages of consultation and the search of the API, on a full log.

Fifty million acts and their verdicts are loaded: working days of 75,000 workers in 1,500 firms on
10,000 sites, back from yesterday. Then an employer with 400 workers asks for his pages, a worker
for his own, and software for a search. How the clock runs: see ``pages``.
"""

import argparse
import json
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import msgspec
import psycopg

from guichet.config.bench import pages
from guichet.config.bench.ground import Ground, HouseFailed, ground
from guichet.config.family import Stopped, listen
from guichet.platform import clock
from guichet.platform.embedded import NotStarted

_MODULE: Final = "guichet.config.bench.consult"
_ACTS_OF_ONE: Final = 4


@dataclass(frozen=True, slots=True)
class Size:
    """``workers`` a day in the whole log, ``staff`` of them with the employer who asks."""

    acts: int
    workers: int
    staff: int
    rounds: int


WHOLE: Final = Size(50_000_000, 75_000, 400, 40)
QUICK: Final = Size(8_000, 1_000, 20, 2)


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code: 0 measured, 1 not measured, 2 not understood."""
    chosen = _parser().parse_args(arguments)
    size = QUICK if chosen.quick else WHOLE
    if chosen.acts:
        size = Size(chosen.acts, size.workers, size.staff, size.rounds)
    listen()
    others = os.getloadavg()[0]
    try:
        with ground(parent=chosen.folder) as place:
            figures = _measured(place, size, _say) | {"loadAverageBefore": others}
    except (HouseFailed, NotStarted, Stopped) as fault:
        print(f"Not measured: {fault}", file=sys.stderr)
        return 1
    if chosen.json:
        print(json.dumps(figures))
    else:
        for name, value in figures.items():
            print(f"{name}: {value}")
    return 0


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="guichet bench", description=__doc__)
    parser.add_argument("what", choices=["consult"])
    parser.add_argument("--json", action="store_true", help="one line of JSON")
    parser.add_argument("--quick", action="store_true", help="a few thousand acts, for a test")
    parser.add_argument("--acts", type=int, help="how many acts (default: 50 million)")
    parser.add_argument(
        "--folder", type=Path, help="where the passing database lives: 25 GB for the whole"
    )
    return parser


def _measured(place: Ground, size: Size, say: Callable[[str], None]) -> dict[str, Any]:
    furnished = place.child(_MODULE, "furnish", str(size.staff), role="portal")
    started = time.perf_counter()
    count, first = _load(place.url, size, furnished, say)
    took = time.perf_counter() - started
    figures = place.child(_MODULE, "ask", first.isoformat(), str(size.rounds), role="portal")
    return {"acts": count, "firstDay": first.isoformat(), "loadSeconds": round(took)} | figures


def _load(
    url: str, size: Size, furnished: dict[str, Any], say: Callable[[str], None]
) -> tuple[int, date]:
    """Working days back from yesterday until there are enough, and this morning; oldest first."""
    statement = files("guichet.config.bench").joinpath("consult.sql").read_text("utf-8")
    today = clock.today(clock.now())
    days = sorted(_working_days(today, -(-size.acts // (size.workers * _ACTS_OF_ONE))))
    given = furnished | {"workers": size.workers, "staff": size.staff}
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("SELECT presence_ensure_months(%s, %s)", [days[0], today])
        connection.execute("SET synchronous_commit = off")
        for at, day in enumerate(days, 1):
            connection.execute(statement, given | {"day": day, "parts": _ACTS_OF_ONE})
            say(f"{at} of {len(days)} days, {at * size.workers * _ACTS_OF_ONE:,} acts")
        connection.execute(statement, given | {"day": today, "parts": 1})
        for table in ("presence_act", "presence_verdict"):
            connection.execute(f"VACUUM ANALYZE {table}")
        [count] = connection.execute("SELECT count(*) FROM presence_act").fetchone() or [0]
    return count, days[0]


def _working_days(today: date, count: int) -> Iterator[date]:
    day = today
    while count:
        day -= timedelta(days=1)
        if day.weekday() < 5:
            count -= 1
            yield day


def _furnish(staff: int) -> dict[str, Any]:
    """The fixtures, and the register's knowledge of the people of one employer."""
    from guichet.demo import fixtures  # noqa: PLC0415  # after django.setup()

    now = clock.now()
    fixtures.load_fixtures(today=clock.today(now), now=now)
    people = pages.staff(count=staff, enterprise=fixtures.E1, first=fixtures.W1)
    pages.entitle(niss=fixtures.W1, enterprise=fixtures.E1, service="presence")
    return {"people": people, "enterprise": fixtures.E1, "site": fixtures.S1}


def _ask(first: date, rounds: int) -> dict[str, Any]:
    """The pages of an employer, those of a worker, and a search of a month by software."""
    from guichet.demo import fixtures  # noqa: PLC0415  # after django.setup()

    today = clock.today(clock.now())
    full = max(first, today - timedelta(days=30))
    day = next(_working_days(today, 1))
    month = f"first={full}&last={day}"
    employer = pages.signed_in(niss=fixtures.W1, enterprise=fixtures.E1)
    figures = pages.timed(
        employer,
        {
            "day": f"/presence/staff/?day={day}",
            "daySites": f"/presence/staff/?day={day}&scope=sites",
            "onSite": "/presence/staff/on-site/",
            "list": "/presence/staff/registrations/",
            "listMonth": f"/presence/staff/registrations/?{month}",
            "listFarPage": f"/presence/staff/registrations/?{month}&page=40",
            "listSites": f"/presence/staff/registrations/?{month}&scope=sites",
            "hoursWeek": f"/presence/staff/hours/?first={day - timedelta(days=6)}&last={day}",
        },
        rounds=rounds,
    )
    worker = pages.signed_in(niss=fixtures.W1)
    own = {"own": f"/presence/my-registrations/?{month}"}
    return figures | pages.timed(worker, own, rounds=rounds) | _searched(full, day, rounds)


def _searched(first: date, last: date, rounds: int) -> dict[str, Any]:
    """The search behind the API, page one of two hundred with its exact total."""
    from guichet.demo import fixtures  # noqa: PLC0415  # after django.setup()
    from guichet.eservices.presence import queries  # noqa: PLC0415  # after django.setup()
    from guichet.eservices.presence.criteria import SearchBody, criteria  # noqa: PLC0415  # after django.setup()
    from guichet.eservices.presence.visibility import view_of  # noqa: PLC0415  # after django.setup()

    window = {"startDate": f"{first}T00:00:00+01:00", "endDate": f"{last}T23:59:59+01:00"}
    body = msgspec.convert({"criteria": {"registrationDate": window}}, SearchBody)
    asked = criteria(body=body, today=clock.today(clock.now()))
    took = []
    for _ in range(rounds + 1):
        started = time.perf_counter()
        view = view_of(enterprise_number=fixtures.E1, channel=0)
        queries.search(view=view, criteria=asked, page=1, page_size=200)
        took.append((time.perf_counter() - started) * 1000)
    return {"searchMonthMs": round(statistics.median(took[1:]), 1)}


def _child(what: str, *given: str) -> dict[str, Any]:
    import django  # noqa: PLC0415  # the environment is that of the child

    django.setup()
    if what == "furnish":
        return _furnish(int(given[0]))
    return _ask(date.fromisoformat(given[0]), int(given[1]))


if __name__ == "__main__":
    print(json.dumps(_child(*sys.argv[1:])))
