"""`guichet bench payment-run`: a month of break allowances of a large office, prepared and signed.

Two months on an embedded database of its own with fsync on: the first one whole, the second one
after some decisions were raised and some lowered, so that arrears and corrections are looked for
as well. Reported: seconds, what one piece asks of the database, and how much memory grew from the
first piece to the last.
"""

import argparse
import json
import resource
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from guichet.config.bench.ground import HouseFailed, ground
from guichet.config.family import Stopped, listen
from guichet.platform.embedded import NotStarted

_WHOLE: Final = 15_000
_QUICK: Final = 60
_OFFICE: Final = "MON"
# Of so many decisions one was raised, and another one lowered, after its month went.
_CHANGED: Final = 50


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code: 0 measured, 1 not measured, 2 not understood."""
    chosen = _parser().parse_args(arguments)
    listen()
    count = _QUICK if chosen.quick else chosen.count
    try:
        with ground(parent=chosen.folder) as place:
            figures = place.child(__name__, str(count), role="portal", seconds=1_800)
    except (HouseFailed, NotStarted, Stopped) as fault:
        print(f"Not measured: {fault}", file=sys.stderr)
        return 1
    if chosen.json:
        print(json.dumps(figures))
    else:
        for name, value in figures.items():
            print(f"{name}: {value}")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="guichet bench", description=__doc__)
    parser.add_argument("what", choices=["payment-run"])
    parser.add_argument("--json", action="store_true", help="one line of JSON")
    parser.add_argument("--quick", action="store_true", help="a few files, for a test")
    parser.add_argument("--count", type=int, default=_WHOLE, help="how many files")
    parser.add_argument("--folder", type=Path, help="where the passing database lives")
    return parser


def _child(count: int) -> dict[str, Any]:
    """Fill the office, hand two months on."""
    import django  # noqa: PLC0415  # the environment is that of the child

    django.setup()
    from guichet.kernel.period import months_after  # noqa: PLC0415  # after django.setup()
    from guichet.platform import clock  # noqa: PLC0415  # after django.setup()

    now = clock.now()
    this = clock.today(now).replace(day=1)
    former, last = months_after(this, months=-2), months_after(this, months=-1)
    _filled(count, former, now)
    figures: dict[str, Any] = {"files": count}
    figures |= _handed_on(former, "first", now)
    _changed(count, now)
    return figures | _handed_on(last, "second", now)


def _filled(count: int, first: date, now: datetime) -> None:
    """So many closed files of one office with a decision that pays from a month on."""
    from guichet.audit.actors import system  # noqa: PLC0415  # after django.setup()
    from guichet.config.bench.career_break_rows import furnished, requests_of  # noqa: PLC0415  # after django.setup()
    from guichet.eservices.career_break.models import Request  # noqa: PLC0415  # after django.setup()
    from guichet.platform.db import transaction  # noqa: PLC0415  # after django.setup()

    furnished()
    requests_of(count, state=lambda _at: "closed", office=_OFFICE)
    with transaction(actor=system("bench")):
        Request.objects.update(first_day=first, last_day=first + timedelta(days=364))
    _decided(Request.objects.order_by("pk"), 1, 103_812, now)


def _decided(files: Any, number: int, gross: int, now: datetime) -> None:
    from guichet.audit.actors import system  # noqa: PLC0415  # after django.setup()
    from guichet.eservices.career_break.models import Decision  # noqa: PLC0415  # after django.setup()
    from guichet.platform.db import transaction  # noqa: PLC0415  # after django.setup()

    at = now - timedelta(days=100)
    with transaction(actor=system("bench")):
        Decision.objects.bulk_create(
            (
                Decision(
                    request=row, number=number, result="granted", at=at,
                    content={
                        "language": "fr",
                        "paid": [row.first_day.isoformat(), row.last_day.isoformat()],
                        "rows": [
                            {"first_day": row.first_day.isoformat(), "gross": gross, "tax": 1013}
                        ],
                    },
                )
                for row in files
            ),
            batch_size=1_000,
        )  # fmt: skip


def _changed(count: int, now: datetime) -> None:
    """Some decisions are raised, others lowered."""
    from guichet.eservices.career_break.models import Request  # noqa: PLC0415  # after django.setup()

    keys = list(Request.objects.order_by("pk").values_list("pk", flat=True)[:count])
    for start, gross in ((0, 113_812), (1, 93_812)):
        _decided(Request.objects.filter(pk__in=keys[start::_CHANGED]), 2, gross, now)


def _handed_on(month: date, name: str, now: datetime) -> dict[str, Any]:
    """Prepare and sign one month; what it took."""
    from guichet.demo import fixtures  # noqa: PLC0415  # after django.setup()
    from guichet.eservices.career_break.recovery import preparing, runs  # noqa: PLC0415  # after django.setup()
    from guichet.rules.career_break.payment_runs import whole_month  # noqa: PLC0415  # after django.setup()

    row = preparing.begin(
        office=_OFFICE, month=whole_month(month), officer=_officer(fixtures.W1, signs=False),
        now=now,
    )  # fmt: skip
    took: list[float] = []
    asked: list[int] = []
    sizes: list[int] = []
    more = True
    while more:
        started = time.perf_counter()
        with _counted() as count:
            more = preparing.make_part(preparation=row.pk, now=now)
        took.append(time.perf_counter() - started)
        asked.append(count())
        sizes.append(_resident_kb())
    row.refresh_from_db()
    started = time.perf_counter()
    found = runs.standing(row)
    looking = time.perf_counter() - started
    started = time.perf_counter()
    with _counted() as count:
        run = runs.send(
            key=row.key, expected=(row.count, row.net), officer=_officer(fixtures.W2, signs=True),
            now=now,
        )  # fmt: skip
    signing = time.perf_counter() - started
    if run.count != len(found.keys):
        raise SystemExit(f"{run.count} payments of {len(found.keys)} went")
    return {
        f"{name}Payments": run.count,
        f"{name}Left": sum(one[1] + one[3] for one in row.left),
        f"{name}PreparedSeconds": round(sum(took), 1),
        f"{name}Pieces": len(took),
        f"{name}WorstPieceMs": round(1_000 * max(took)),
        f"{name}QueriesOfAPiece": max(asked),
        f"{name}MemoryGrewKb": max(sizes) - sizes[0],
        f"{name}LookedAtMs": round(1_000 * looking),
        f"{name}SignedMs": round(1_000 * signing),
        f"{name}QueriesOfTheSignature": count(),
    }


def _officer(niss: str, *, signs: bool) -> Any:
    from guichet.audit.actors import Actor  # noqa: PLC0415  # after django.setup()
    from guichet.eservices.career_break.office.officers import Officer  # noqa: PLC0415  # after django.setup()
    from guichet.registers.persons.models import Person  # noqa: PLC0415  # after django.setup()

    return Officer(
        Actor("person", niss), Person.objects.get(niss=niss).pk, frozenset({_OFFICE}),
        may_decide=not signs, may_sign=signs,
    )  # fmt: skip


def _resident_kb() -> int:
    """What this process holds in memory now."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * resource.getpagesize() // 1024


@contextmanager
def _counted() -> Iterator[Callable[[], int]]:
    """How many statements were sent inside the block."""
    from django.db import connection  # noqa: PLC0415  # after django.setup()

    sent = 0

    def note(execute: Any, *given: Any) -> Any:
        nonlocal sent
        sent += 1
        return execute(*given)

    with connection.execute_wrapper(note):
        yield lambda: sent


if __name__ == "__main__":
    print(json.dumps(_child(int(sys.argv[1]))))
