"""What the benchmarks of pages share: their command line, somebody signed in, and the clock.

The clock runs from the request to the last byte of the answer, in one process in the role of the
portal; the HTTP server is left out.
"""

import argparse
import json
import statistics
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

from guichet.config.bench.ground import HouseFailed, ground
from guichet.config.family import Stopped, listen
from guichet.platform.embedded import NotStarted

_ROUNDS: Final = 40
_QUICK_ROUNDS: Final = 2


@dataclass(frozen=True, slots=True)
class Benchmark:
    """``module`` is run as a program with two numbers, how many things and how many rounds, and
    prints its figures as JSON. ``whole`` and ``quick``: how many things."""

    what: str
    module: str
    meaning: str | None
    whole: int
    quick: int
    things: str


def run(benchmark: Benchmark, arguments: Sequence[str] | None) -> int:
    """The exit code: 0 measured, 1 not measured, 2 not understood."""
    chosen = _parser(benchmark).parse_args(arguments)
    listen()
    count = benchmark.quick if chosen.quick else benchmark.whole
    rounds = _QUICK_ROUNDS if chosen.quick else _ROUNDS
    try:
        with ground(parent=chosen.folder) as place:
            figures = place.child(benchmark.module, str(count), str(rounds), role="portal")
    except (HouseFailed, NotStarted, Stopped) as fault:
        print(f"Not measured: {fault}", file=sys.stderr)
        return 1
    if chosen.json:
        print(json.dumps(figures))
    else:
        for name, value in figures.items():
            print(f"{name}: {value}")
    return 0


def signed_in(*, niss: str, enterprise: str | None = None, quality: str | None = None) -> Any:
    """A browser without a screen, in which somebody of the fixtures is signed in.

    After ``django.setup()``.
    """
    from django.conf import settings  # noqa: PLC0415  # after django.setup()
    from django.http import HttpRequest  # noqa: PLC0415  # after django.setup()
    from django.test import Client  # noqa: PLC0415  # after django.setup()

    from guichet.access.sessions import sign_in  # noqa: PLC0415  # after django.setup()
    from guichet.platform import clock  # noqa: PLC0415  # after django.setup()

    client, request = Client(headers={"Host": "127.0.0.1"}), HttpRequest()
    request.session = client.session
    sign_in(request, niss=niss, enterprise_number=enterprise, now=clock.now(), quality=quality)
    request.session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = request.session.session_key or ""
    return client


def entitle(*, niss: str, enterprise: str, service: str, manages: bool = False) -> None:
    """A member of the enterprise with the right to a service; ``manages``: its main manager too.

    After ``django.setup()``.
    """
    from guichet.access.models import Manager, Member  # noqa: PLC0415  # after django.setup()
    from guichet.access.rights import give_right  # noqa: PLC0415  # after django.setup()
    from guichet.audit.actors import system  # noqa: PLC0415  # after django.setup()
    from guichet.audit.history import acting  # noqa: PLC0415  # after django.setup()
    from guichet.platform import clock  # noqa: PLC0415  # after django.setup()
    from guichet.platform.db import transaction  # noqa: PLC0415  # after django.setup()
    from guichet.registers.enterprises.models import Enterprise  # noqa: PLC0415  # after django.setup()
    from guichet.registers.persons.models import Person  # noqa: PLC0415  # after django.setup()

    actor, now = system("bench"), clock.now()
    given: dict[str, Any] = {
        "person": Person.objects.get(niss=niss),
        "enterprise": Enterprise.objects.get(number=enterprise),
    }
    with transaction(), acting(actor, now=now):
        Member.objects.create(**given, state="active", email="manager@example.org", created_at=now)
        if manages:
            Manager.objects.create(**given, kind="main", named_at=now, activated_at=now)
        give_right(
            niss=niss,
            enterprise_number=enterprise,
            service=service,
            first_day=clock.today(now),
            actor=actor,
            now=now,
        )


def staff(*, count: int, enterprise: str, first: str) -> list[str]:
    """So many people in Dimona at an enterprise, ``first`` (who is there already) included.

    After ``django.setup()``.
    """
    from guichet.audit.actors import system  # noqa: PLC0415  # after django.setup()
    from guichet.demo import numbers  # noqa: PLC0415  # after django.setup()
    from guichet.platform import clock  # noqa: PLC0415  # after django.setup()
    from guichet.platform.db import transaction  # noqa: PLC0415  # after django.setup()
    from guichet.registers.employments import operations as employments  # noqa: PLC0415  # after django.setup()
    from guichet.registers.employments.queries import EmploymentRecord  # noqa: PLC0415  # after django.setup()
    from guichet.registers.persons import operations as persons  # noqa: PLC0415  # after django.setup()
    from guichet.registers.persons.queries import PersonRecord  # noqa: PLC0415  # after django.setup()

    actor, now = system("bench"), clock.now()
    since = clock.today(now) - timedelta(days=400)
    born = [date(1970, 1, 1) + timedelta(days=at) for at in range(1, count)]
    people = [
        PersonRecord(
            numbers.niss(born_on=day, is_female=False), f"Prénom{at}", f"Nom{at:04}", day, "fr"
        )
        for at, day in enumerate(born)
    ]
    relations = [
        EmploymentRecord(
            niss=one.niss, employer=enterprise, joint_committee="121", worker_type="OTH",
            first_day=since,
        )
        for one in people
    ]  # fmt: skip
    with transaction(actor=actor):
        persons.register_many(people=people, actor=actor, now=now)
        employments.declare_many(employments=relations, actor=actor, now=now)
    return [first, *(one.niss for one in people)]


def timed(client: Any, pages: Mapping[str, str], *, rounds: int) -> dict[str, Any]:
    """Median and worst milliseconds of each page after a first round that warms, and its bytes."""
    figures: dict[str, Any] = {}
    for name, place in pages.items():
        took = []
        for _ in range(rounds + 1):
            started = time.perf_counter()
            answer = client.get(place)
            took.append((time.perf_counter() - started) * 1000)
            if answer.status_code != 200:
                raise SystemExit(f"{place} answered {answer.status_code}")
        warm = sorted(took[1:])
        figures[f"{name}Ms"] = round(statistics.median(warm), 1)
        figures[f"{name}WorstMs"] = round(warm[-1], 1)
        figures[f"{name}Bytes"] = len(answer.content)
    return figures


def _parser(benchmark: Benchmark) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="guichet bench", description=benchmark.meaning)
    parser.add_argument("what", choices=[benchmark.what])
    parser.add_argument("--json", action="store_true", help="one line of JSON")
    parser.add_argument(
        "--quick", action="store_true", help=f"a few {benchmark.things}, for a test"
    )
    parser.add_argument("--folder", type=Path, help="where the passing database lives")
    return parser
