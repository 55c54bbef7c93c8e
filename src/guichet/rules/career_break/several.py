"""What is said of the other employers of a worker: who they are, and their hours.

Whether the jobs together allow a régime is a question of the right (``regimes``); how much work
stays at each of them one of the hours (``hours``). Source: rules of the office on several
employers; a worker with several jobs proves the others to the employer where less is worked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from guichet.kernel.enterprise import EnterpriseNumber, InvalidEnterpriseNumber
from guichet.rules.career_break.faults import Fault, blocking
from guichet.rules.career_break.hours import clock

MOST: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere:
    """A job with another employer, as typed; minutes a week. One of number and name is enough."""

    number: str = ""
    name: str = ""
    contract: int = 0
    full_time: int = 0


def elsewhere_faults(job: Elsewhere, *, own: str) -> tuple[Fault, ...]:
    """V-OE-01 to V-OE-03 and V-HR-01 to V-HR-03 of one job; ``own``: the employer who asks.

    The fields are those of the job: ``number``, ``contract``, ``full_time``.
    """
    return (*_who(job, own), *_hours(job))


def every_fault(jobs: Sequence[Elsewhere], *, own: str) -> tuple[Fault, ...]:
    """What is wrong with all of them, at the field ``others``."""
    found = [fault for job in jobs for fault in elsewhere_faults(job, own=own)]
    if len(jobs) > MOST:
        found.append(blocking("V-OE-04", "", most=MOST))
    return tuple(Fault(one.code, "others", one.severity, one.variant, one.values) for one in found)


def _who(job: Elsewhere, own: str) -> Iterator[Fault]:
    if not job.number.strip():
        if not job.name.strip():
            yield blocking("V-OE-01", "number")
        return
    try:
        number = EnterpriseNumber.parse(job.number)
    except InvalidEnterpriseNumber:
        yield blocking("V-OE-02", "number")
        return
    if number.digits == own:
        yield blocking("V-OE-03", "number")


def _hours(job: Elsewhere) -> Iterator[Fault]:
    if job.full_time <= 0:
        yield blocking("V-HR-01", "full_time")
    elif job.contract > job.full_time:
        yield blocking("V-HR-02", "contract", full_time=clock(job.full_time))
    if job.contract <= 0:
        yield blocking("V-HR-03", "contract")
