"""How far an employer may postpone a leave, and how a postponed leave keeps its length.

Sources: as of ``notice``; parameters ``career_break.postpone.*``. Nothing is postponed where the
employer's consent is needed: there the employer may refuse. Twelve months for a key function and
the seven days of medical assistance are maxima, and postponements do not add up.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from guichet.kernel.period import Period, end_for, months_after
from guichet.rules.career_break.answers import late_faults, needs_consent, reason_faults
from guichet.rules.career_break.faults import Fault, blocking
from guichet.rules.career_break.kinds import Leave, Regime
from guichet.rules.career_break.notice import TIME_CREDITS, Notice
from guichet.rules.career_break.periods import last_of_month
from guichet.rules.dated import whole

FIELD = "new_start"


@dataclass(frozen=True, slots=True)
class Postponement:
    """What is open to the employer.

    ``latest_start``: None when it is not allowed, or (an ordinary break) when the service decides
    without a limit. ``needs_alternative``: another form or other days must be offered with it.
    """

    is_allowed: bool
    latest_start: date | None = None
    needs_alternative: bool = False


def postponement(notice: Notice, *, answered_on: date) -> Postponement:
    """Whether and to which day the leave may be postponed in an answer of ``answered_on``."""
    if notice.leave is Leave.ORDINARY:
        return Postponement(True)
    if notice.leave is Leave.PARENTAL and not needs_consent(notice):
        months = _figure("parental", notice)
        return Postponement(
            True,
            last_of_month(answered_on, months=months),
            needs_alternative=notice.regime.is_full,
        )
    if notice.leave in TIME_CREDITS:
        is_key = notice.key_function and notice.regime is Regime.FIFTH
        name = "key_function" if is_key else "time_credit"
        return Postponement(True, months_after(notice.start, months=_figure(name, notice)))
    if notice.leave is Leave.MEDICAL_ASSISTANCE and not notice.regime.is_by_weeks:
        days = _figure("medical_assistance", notice)
        return Postponement(True, notice.start + timedelta(days=days))
    return Postponement(False)


def postponement_faults(
    notice: Notice, *, answered_on: date, new_start: date, reasons: str, has_alternative: bool
) -> tuple[Fault, ...]:
    """V-NO-01 to V-NO-06 and V-NO-09 for an employer who postpones."""
    return (
        *_new_start(notice, answered_on, new_start),
        *late_faults(notice, answered_on=answered_on),
        *reason_faults(reasons),
        *_alternative(notice, answered_on, has_alternative),
    )


def moved(period: Period, *, new_start: date, regime: Regime) -> Period:
    """The same leave from another day: as many months, weeks or days as before."""
    months = None if regime.is_by_weeks else period.whole_months()
    if months is not None:
        return Period(new_start, end_for(new_start, months=months))
    return Period(new_start, new_start + timedelta(days=period.days - 1))


def _new_start(notice: Notice, answered_on: date, new_start: date) -> Iterator[Fault]:
    found = postponement(notice, answered_on=answered_on)
    if not found.is_allowed:
        yield blocking("V-NO-04", FIELD, "never")
        return
    if new_start <= notice.start:
        yield blocking("V-NO-01", FIELD, start=notice.start)
    if found.latest_start is not None and new_start > found.latest_start:
        yield blocking(_TOO_LATE[notice.leave], FIELD, latest=found.latest_start)


def _alternative(notice: Notice, answered_on: date, has_alternative: bool) -> Iterator[Fault]:
    is_owed = postponement(notice, answered_on=answered_on).needs_alternative
    if is_owed and not has_alternative:
        yield blocking("V-NO-06", "alternative")


def _figure(name: str, notice: Notice) -> int:
    return whole(f"career_break.postpone.{name}", on=notice.notified_on)


_TOO_LATE = {
    Leave.PARENTAL: "V-NO-02",
    Leave.TIME_CREDIT: "V-NO-03",
    Leave.END_OF_CAREER: "V-NO-03",
    Leave.MEDICAL_ASSISTANCE: "V-NO-04",
}
