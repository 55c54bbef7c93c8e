"""The office with ten thousand files that wait, and the simulator of everybody.

A part of ``guichet bench career-break`` that needs Django; how the clock runs: see ``pages``.
"""

import json
import statistics
import sys
import time
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from guichet.config.bench import pages

_QUALITY: Final = "public_body"
_SIMULATOR: Final = "/career-break/credit/open-simulator/"
# A full-timer of long standing who asks for a month of parental leave.
_ANSWERS: Final[Mapping[str, str]] = {
    "leave": "parental", "regime": "full", "count": "1", "sector": "private", "contract_0": "38",
    "contract_1": "0", "full_time_0": "38", "full_time_1": "0", "days": "5", "since": "2010-01-01",
    "same_hours": "yes", "elsewhere": "no", "parentage": "biological", "is_disabled": "no",
    "household": "cohabiting", "before": "none", "do": "answer",
}  # fmt: skip


def _child(count: int, rounds: int) -> dict[str, Any]:
    """Fill the office, sign an officer in, ask for the list in its ways; then simulate."""
    import django  # noqa: PLC0415  # the environment is that of the child

    django.setup()
    from guichet.demo import fixtures  # noqa: PLC0415  # after django.setup()

    ticket = _filled(count)
    places = {
        "queue": "/desk/career-breaks/",
        "queueOfOneLeave": "/desk/career-breaks/?leave=palliative",
        "queueOfStarted": "/desk/career-breaks/?priority=started",
        "queueReady": "/desk/career-breaks/?priority=ready",
        "queueInGerman": "/desk/career-breaks/?language=de",
        "queueLastPage": f"/desk/career-breaks/?page={max(1, count // 25)}",
        "file": f"/desk/career-breaks/{ticket}/",
        "statistics": "/desk/career-breaks/figures/",
    }
    officer = pages.signed_in(niss=fixtures.W1, enterprise=fixtures.E1, quality=_QUALITY)
    figures = {"files": count} | pages.timed(officer, places, rounds=rounds)
    return figures | _simulated(rounds)


def _filled(count: int) -> str:
    """An office with so many files of as many workers; the ticket of one."""
    from guichet.access.rights import give_right  # noqa: PLC0415  # after django.setup()
    from guichet.audit.actors import system  # noqa: PLC0415  # after django.setup()
    from guichet.config.bench.career_break_rows import requests_of  # noqa: PLC0415  # after django.setup()
    from guichet.demo import fixtures  # noqa: PLC0415  # after django.setup()
    from guichet.eservices.career_break.office import officers  # noqa: PLC0415  # after django.setup()
    from guichet.platform import clock  # noqa: PLC0415  # after django.setup()
    from guichet.platform.db import transaction  # noqa: PLC0415  # after django.setup()
    from guichet.registers.enterprises import operations as enterprises  # noqa: PLC0415  # after django.setup()

    actor, now = system("bench"), clock.now()
    today = clock.today(now)
    fixtures.load_fixtures(today=today, now=now)
    with transaction(actor=actor):
        enterprises.add_quality(
            number=fixtures.E1, quality=_QUALITY, first_day=today, actor=actor, now=now
        )
        give_right(
            niss=fixtures.W1, enterprise_number=fixtures.E1, service="career_break_desk",
            quality=_QUALITY, first_day=today, actor=actor, now=now,
        )  # fmt: skip
    officers.give_post(niss=fixtures.W1, office="MON", by=actor, may_give=True, now=now)
    return requests_of(
        count, state=lambda at: "wait_onem" if at % 4 else "in_progress", office="MON",
        completed_at=lambda at: now - timedelta(minutes=at),
    )  # fmt: skip


def _simulated(rounds: int) -> dict[str, Any]:
    """What one answer of the simulator takes, the whole page and what changes while one types."""
    from django.test import Client  # noqa: PLC0415  # after django.setup()

    from guichet.platform import clock  # noqa: PLC0415  # after django.setup()

    client = Client(headers={"Host": "127.0.0.1"})
    first = clock.today(clock.now()) + timedelta(days=90)
    asked = {**_ANSWERS, "first_day": first.isoformat(), "child_born_on": "2022-05-03"}
    figures: dict[str, Any] = {}
    # So many questions in a minute are more than one visitor may ask; the clock runs with the
    # brake in place, for as many as it lets through.
    few = min(rounds, 50)
    for name, headers in (("simulator", {}), ("simulatorTyping", {"X-Guichet-Part": "answer"})):
        took = []
        for _ in range(few + 1):
            started = time.perf_counter()
            answer = client.post(_SIMULATOR, asked, headers=headers)
            took.append((time.perf_counter() - started) * 1000)
            if answer.status_code != 200:
                raise SystemExit(f"{_SIMULATOR} answered {answer.status_code}")
        warm = sorted(took[1:])
        figures[f"{name}Ms"] = round(statistics.median(warm), 1)
        figures[f"{name}WorstMs"] = round(warm[-1], 1)
        figures[f"{name}Bytes"] = len(answer.content)
    return figures


if __name__ == "__main__":
    print(json.dumps(_child(int(sys.argv[1]), int(sys.argv[2]))))
