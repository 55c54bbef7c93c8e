"""`guichet bench career-break`: the rules of career breaks, and the pages of a large employer.

The right and the allowance of wishes of every leave, each with ten earlier breaks, and every
sentence in four languages. Pure rules: no database, no network. The first evaluation, which reads
the figures, is not measured. Then the overview of an employer with ten thousand requests, on an
embedded database of its own, the list of an office with as many files, and the simulator; how the
clock runs: see ``pages``. Then the calls of payroll software: see ``career_break_calls``.
"""

import argparse
import json
import os
import platform
import statistics
import sys
import time
from collections.abc import Sequence
from datetime import date
from typing import Final

from guichet.config.bench.ground import HouseFailed, ground
from guichet.config.family import Stopped, listen
from guichet.kernel.niss import Sex
from guichet.kernel.period import Period
from guichet.platform.embedded import NotStarted
from guichet.rules.career_break.allowances import allowance
from guichet.rules.career_break.facts import CaredFor, EarlierBreak, Facts, Job, WorkedSpell
from guichet.rules.career_break.findings import sentence
from guichet.rules.career_break.kinds import (
    Authority,
    Leave,
    Motive,
    Parentage,
    Regime,
    Relation,
    Sector,
    Statute,
)
from guichet.rules.career_break.rights import right

_WHOLE: Final = 300
_QUICK: Final = 10
_MANY: Final = 10_000
_FEW: Final = 100
_START: Final = date(2026, 3, 1)
_REGIMES: Final = (
    (Leave.TIME_CREDIT, Regime.FULL),
    (Leave.TIME_CREDIT, Regime.FIFTH),
    (Leave.END_OF_CAREER, Regime.FIFTH),
    (Leave.PARENTAL, Regime.HALF),
    (Leave.MEDICAL_ASSISTANCE, Regime.HALF),
    (Leave.PALLIATIVE, Regime.FULL),
    (Leave.INFORMAL_CARER, Regime.HALF),
    (Leave.ORDINARY, Regime.FULL),
)


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code: 0 measured, 1 not measured, 2 not understood."""
    chosen = _parser().parse_args(arguments)
    said = sys.stderr if chosen.json else sys.stdout
    others = os.getloadavg()[0]
    print(f"{os.cpu_count()} cores, Python {platform.python_version()}", file=said, flush=True)
    figures = measure(rounds=_QUICK if chosen.quick else _WHOLE)
    listen()
    try:
        with ground(parent=None) as place:
            told = (str(_FEW if chosen.quick else _MANY), str(2 if chosen.quick else 40))
            figures |= place.child("guichet.config.bench.career_break_pages", *told, role="portal")
        with ground(parent=None) as place:
            figures |= place.child("guichet.config.bench.career_break_desk", *told, role="portal")
        with ground(parent=None) as place:
            figures |= place.child(
                "guichet.config.bench.career_break_calls", told[1], role="services"
            )
    except (HouseFailed, NotStarted, Stopped) as fault:
        print(f"Not measured: {fault}", file=sys.stderr)
        return 1
    for name, value in figures.items():
        print(f"{name:28} {value:>12,.3f}", file=said)
    if chosen.json:
        print(json.dumps(figures | {"loadAverageBefore": others}, indent=2))
    return 0


def measure(*, rounds: int) -> dict[str, float]:
    """Milliseconds of one evaluation: the median of all wishes, and that of the slowest one."""
    wishes = [_wish(leave, regime) for leave, regime in _REGIMES]
    for wish in wishes:
        _evaluate(wish)
    taken = [[_evaluate(wish) for _round in range(rounds)] for wish in wishes]
    return {
        "evaluationMs": statistics.median(each for times in taken for each in times),
        "slowestMs": max(statistics.median(times) for times in taken),
    }


def _evaluate(wish: Facts) -> float:
    begun = time.perf_counter()
    for finding in (*right(wish).findings, *allowance(wish).findings):
        sentence(finding)
    return (time.perf_counter() - begun) * 1000


def _wish(leave: Leave, regime: Regime) -> Facts:
    is_public = leave is Leave.ORDINARY
    months = 2 if leave is Leave.TIME_CREDIT else 1
    job = Job(38 * 60, 38 * 60)
    return Facts(
        leave=leave,
        regime=regime,
        first_day=_START,
        last_day=Period.of_months(_START, 3).last_day,
        motive=Motive.CHILD if leave is Leave.TIME_CREDIT else None,
        notice_on=date(2025, 12, 1),
        sector=Sector.PUBLIC if is_public else Sector.PRIVATE,
        authority=Authority.FEDERAL if is_public else None,
        statute=Statute.STATUTORY if is_public else None,
        joint_committee=None if is_public else "200.00",
        head_count=8,
        job=job,
        other_jobs=(),
        days_per_week=4,
        worked=(WorkedSpell(Period(date(2015, 1, 1), _START), job),),
        employed_since=date(2015, 1, 1),
        history=tuple(
            EarlierBreak(
                leave=leave if leave is not Leave.END_OF_CAREER else Leave.TIME_CREDIT,
                regime=regime,
                period=Period.of_months(date(2012 + year, 1, 1), months),
                motive=Motive.CHILD,
                person="one",
            )
            for year in range(10)
        ),
        person=CaredFor(
            key="one",
            born_on=date(2020, 1, 1),
            relation=Relation.BLOOD_FIRST,
            parentage=Parentage.BIOLOGICAL,
        ),
        born_on=date(1970, 1, 1),
        sex=Sex.FEMALE,
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="guichet bench", description=__doc__)
    parser.add_argument("what", choices=["career-break"])
    parser.add_argument("--json", action="store_true", help="the figures as JSON on stdout")
    parser.add_argument("--quick", action="store_true", help="one short round: does it run at all")
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
