"""When a worker must have told the employer: the written notice of each leave.

A notice that comes late is warned about and never blocked: the employer may accept a shorter term.
Sources: CCT 103 (time credit), Royal Decree of 29 October 1997 (parental leave), Royal Decree of
10 August 1998 (medical assistance), Recovery Act of 22 January 1985, art. 100bis and 100ter
(palliative care, informal carers), Royal Decree of 19 November 1998 (federal staff); parameters
``career_break.notice.*``. Head counts are those of 30 June of the year before the notice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from guichet.kernel.period import Period
from guichet.rules.career_break.faults import Fault, blocking, remark, warning
from guichet.rules.career_break.kinds import Leave, Regime
from guichet.rules.career_break.periods import latest_notice, monday_after
from guichet.rules.dated import whole

FIELD: Final = "notified_on"
TIME_CREDITS: Final = (Leave.TIME_CREDIT, Leave.END_OF_CAREER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What a worker asks of the employer, and what decides over the terms.

    ``notified_on``: the day of the notice, for palliative leave the day on which the attestation
    was handed over. ``workers``: head count on ``threshold.head_count_day``, None when unknown.
    ``follows_palliative``: a time credit directly after exhausted palliative leave.
    ``is_extension``: of an ordinary break. ``is_balance``: flexible use of what is less than four
    weeks, or two months at half time. ``for_hospitalised_minor``: medical assistance by weeks.
    ``used_half_months``: of medical assistance for this patient, a full month counting two.
    ``is_excluded``: the employer declares a category that an agreement excludes from time credit.
    ``several_employers``: a part-timer who reaches a full job with another employer.
    ``key_function``: somebody of 55 or older in a fifth whose function is essential.
    """

    leave: Leave
    regime: Regime
    start: date
    notified_on: date
    workers: int | None = None
    follows_palliative: bool = False
    is_extension: bool = False
    is_balance: bool = False
    for_hospitalised_minor: bool = False
    used_half_months: int = 0
    is_excluded: bool = False
    several_employers: bool = False
    key_function: bool = False


def last_day_for(notice: Notice) -> date | None:
    """The last day for a notice in time; None for palliative leave, which has no term.

    With an unknown head count the shorter term of larger employers, so that nobody is warned
    without reason.
    """
    match notice.leave:
        case Leave.PALLIATIVE:
            return None
        case Leave.MEDICAL_ASSISTANCE | Leave.INFORMAL_CARER:
            return notice.start - timedelta(days=_figure(f"{notice.leave}.days", notice))
        case Leave.PARENTAL:
            return latest_notice(notice.start, months=_figure("parental.least", notice))
        case Leave.ORDINARY:
            name = "ordinary.extension" if notice.is_extension else "ordinary.months"
            return latest_notice(notice.start, months=_figure(name, notice))
        case Leave.TIME_CREDIT | Leave.END_OF_CAREER:
            return _last_day_for_time_credit(notice)


def first_day_for(notice: Notice) -> date | None:
    """The first day on which a notice may be given; None where there is no such limit."""
    if notice.leave is not Leave.PARENTAL:
        return None
    return latest_notice(notice.start, months=_figure("parental.most", notice))


def palliative_start(attested_on: date) -> date:
    """The Monday of the week after the one in which the attestation was handed over.

    An earlier start needs the employer's consent.
    """
    return monday_after(attested_on)


def notice_faults(
    notice: Notice, *, today: date, employed_from: date | None = None, shorter_agreed: bool = False
) -> tuple[Fault, ...]:
    """V-NT-01 to V-NT-05. ``shorter_agreed``: the employer says to have accepted a shorter term.

    The term is judged only when the days themselves can be (a slip of the year is V-DT-08). The
    seniority on the day of the notice (V-NT-06) is a rule of the right, not of the notice.
    """
    earliest = whole("career_break.entry.earliest_year", on=today)
    if notice.notified_on.year < earliest - 1:
        return (blocking("V-DT-08", FIELD, "notice", year=earliest - 1),)
    found = tuple(_days(notice, today, employed_from))
    if found or notice.start.year < earliest:
        return found
    return tuple(_term(notice, shorter_agreed))


def duplicate_fault(
    *, leave: Leave, period: Period, waiting: Iterable[tuple[Leave, Period]]
) -> Fault | None:
    """V-NO-08: a notice of this leave waits for an answer already, for days of this period."""
    if any(kind is leave and other.overlaps(period) for kind, other in waiting):
        return blocking("V-NO-08", "first_day")
    return None


def _last_day_for_time_credit(notice: Notice) -> date:
    if notice.follows_palliative and notice.leave is Leave.TIME_CREDIT:
        return notice.start - timedelta(weeks=_figure("time_credit.after_palliative", notice))
    is_small = notice.workers is not None and (
        notice.workers <= _figure("time_credit.small_employer", notice)
    )
    name = "time_credit.small_months" if is_small else "time_credit.months"
    return latest_notice(notice.start, months=_figure(name, notice))


def _days(notice: Notice, today: date, employed_from: date | None) -> Iterator[Fault]:
    if notice.notified_on > notice.start:
        yield blocking("V-NT-01", FIELD, start=notice.start)
    if notice.notified_on > today:
        yield blocking("V-NT-02", FIELD)
    if employed_from is not None and notice.notified_on < employed_from:
        yield blocking("V-NT-05", FIELD, employed=employed_from)


def _term(notice: Notice, shorter_agreed: bool) -> Iterator[Fault]:
    late = remark if shorter_agreed else warning
    if notice.leave is Leave.PALLIATIVE:
        monday = palliative_start(notice.notified_on)
        if notice.start < monday:
            yield late("V-NT-03", FIELD, "palliative", monday=monday)
        return
    last, first = last_day_for(notice), first_day_for(notice)
    if last is not None and notice.notified_on > last:
        yield late("V-NT-03", FIELD, last=last)
    if first is not None and notice.notified_on < first:
        yield warning("V-NT-04", FIELD, first=first)


def _figure(name: str, notice: Notice) -> int:
    return whole(f"career_break.notice.{name}", on=notice.notified_on)
