"""Weekly hours of a contract, of a full-time job and during the break, in whole minutes.

Sources: Recovery Act of 22 January 1985, art. 102 (work is reduced by a half, a third, a quarter,
a fifth or a tenth *of a full-time job*); CCT 103; parameters ``career_break.hours.*``. For a
worker with several employers the share is taken at one of them or spread over those who take part.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Final

from guichet.rules.career_break.faults import Fault, blocking, warning
from guichet.rules.career_break.kinds import Leave, Regime

_HALF_FROM_PART_TIME: Final = (
    Leave.TIME_CREDIT,
    Leave.END_OF_CAREER,
    Leave.MEDICAL_ASSISTANCE,
    Leave.PALLIATIVE,
)
_THREE_QUARTERS: Final = Fraction(3, 4)
LONGEST_WEEK: Final = 40 * 60
SHORTEST_WEEK: Final = 32 * 60
_TOLERANCE: Final = 1
_BLOCKS_ABOVE: Final = Fraction(1, 100)


class ImpossibleHours(ValueError):
    """Not hours from 0 to 99 and minutes from 0 to 59."""


@dataclass(frozen=True, slots=True)
class OtherJob:
    """A job elsewhere, in minutes a week; ``reduces``: it takes its part of the break."""

    contract: int
    full_time: int
    reduces: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """Minutes a week at this employer; ``during``: None for a full break that said nothing."""

    contract: int
    full_time: int
    during: int | None = None
    others: tuple[OtherJob, ...] = ()


def weekly_minutes(*, hours: str, minutes: str) -> int:
    """``38`` and ``0`` are 2280 minutes; no minutes are none. Raises ImpossibleHours."""
    try:
        whole, rest = _digits(hours), _digits(minutes or "0")
    except ValueError:
        raise ImpossibleHours("hours and minutes are digits") from None
    if whole > 99 or rest > 59:
        raise ImpossibleHours("hours to 99, minutes to 59")
    return whole * 60 + rest


def clock(minutes: int) -> str:
    """``1824`` minutes as ``30:24``."""
    return f"{minutes // 60}:{minutes % 60:02d}"


def minutes_during(*, full_time: int, regime: Regime) -> int:
    """The minutes a week that stay, of a full-time job, rounded half up to the minute."""
    return _rounded(full_time * (1 - Fraction(*regime.share)))


def expected_during(hours: Hours, *, regime: Regime) -> int:
    """The minutes a week that stay at this employer.

    With one employer: the rest of a full-time job. With several: the contract less the share of a
    full-time job, taken here alone or in proportion to the contracts of all who take part. A full
    break leaves nothing here, whatever goes on elsewhere.
    """
    if regime.is_full or hours.contract <= 0 or hours.full_time <= 0:
        return 0
    if not hours.others:
        return minutes_during(full_time=hours.full_time, regime=regime)
    here = OtherJob(hours.contract, hours.full_time)
    share = Fraction(*regime.share) * hours.full_time * part_here(here, hours.others)
    return max(0, _rounded(hours.contract - share))


def part_here(job: OtherJob, others: Iterable[OtherJob]) -> Fraction:
    """Which part of a shared reduction falls on this job: all of it where nobody else reduces."""
    here = _part(job)
    parts = here + sum((_part(one) for one in others if one.reduces), Fraction(0))
    return here / parts if parts else Fraction(1)


def working_time(hours: Hours) -> Fraction:
    """The contracts of all employers together as a part of a full-time job."""
    here = _part(OtherJob(hours.contract, hours.full_time))
    return here + sum((_part(job) for job in hours.others), Fraction(0))


def hours_faults(hours: Hours, *, leave: Leave, regime: Regime) -> tuple[Fault, ...]:
    """V-HR-01 to V-HR-07; what does not concern a full break is not asked."""
    if hours.full_time <= 0:
        return (blocking("V-HR-01", "full_time_hours"),)
    contract = tuple(_contract(hours))
    if any(fault.blocks for fault in contract):
        return contract
    if regime.is_full:
        return (*contract, *_full_break(hours))
    return (*contract, *_three_quarters(hours, leave, regime), *_during(hours, regime))


def _contract(hours: Hours) -> Iterator[Fault]:
    if hours.contract > hours.full_time:
        yield blocking("V-HR-02", "contract_hours", full_time=clock(hours.full_time))
    if hours.contract <= 0:
        yield blocking("V-HR-03", "contract_hours")
    if not SHORTEST_WEEK <= hours.full_time <= LONGEST_WEEK:
        yield warning(
            "V-HR-03",
            "full_time_hours",
            "unusual",
            least=clock(SHORTEST_WEEK),
            most=clock(LONGEST_WEEK),
        )


def _full_break(hours: Hours) -> Iterator[Fault]:
    if hours.during:
        yield blocking("V-HR-06", "hours_during")


def _three_quarters(hours: Hours, leave: Leave, regime: Regime) -> Iterator[Fault]:
    """With several employers the threshold for a half is inferred, so that it only warns."""
    if regime.standard is not Regime.HALF or leave not in _HALF_FROM_PART_TIME:
        return
    if working_time(hours) < _THREE_QUARTERS:
        judged = warning if hours.others else blocking
        yield judged("V-HR-07", "contract_hours")


def _during(hours: Hours, regime: Regime) -> Iterator[Fault]:
    if hours.during is None:
        yield blocking("V-HR-01", "hours_during")
        return
    if hours.during >= hours.contract:
        yield blocking("V-HR-04", "hours_during", contract=clock(hours.contract))
        return
    wanted = expected_during(hours, regime=regime)
    apart = abs(hours.during - wanted)
    if apart <= _TOLERANCE:
        return
    judged = blocking if apart > wanted * _BLOCKS_ABOVE else warning
    yield judged("V-HR-05", "hours_during", expected=clock(wanted))


def _part(job: OtherJob) -> Fraction:
    return Fraction(job.contract, job.full_time) if job.full_time > 0 else Fraction(0)


def _rounded(minutes: Fraction | int) -> int:
    exact = Fraction(minutes)
    quotient = Decimal(exact.numerator) / Decimal(exact.denominator)
    return int(quotient.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def _digits(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise ValueError
    return int(text)
