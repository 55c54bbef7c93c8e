"""By when to tell the employer, and by when to send the request."""

from dataclasses import dataclass
from datetime import date

from guichet.rules.career_break.counters import follows_exhausted_palliative
from guichet.rules.career_break.facts import Facts
from guichet.rules.career_break.filing import first_filing_day, last_day_for_whole_allowance
from guichet.rules.career_break.kinds import Leave
from guichet.rules.career_break.notice import (
    Notice,
    first_day_for,
    last_day_for,
    palliative_start,
)


@dataclass(frozen=True, slots=True)
class Terms:
    """``notice_first`` and ``notice_last``: None where the law sets no such day.

    ``starts_from``: of palliative leave, the first day that the attestation handed over on the
    day of the notice opens. ``file_from``: the first day of a request; ``file_by``: the last day
    of a complete one that is paid from the start.
    """

    notice_first: date | None
    notice_last: date | None
    starts_from: date | None
    file_from: date
    file_by: date


def terms_of(facts: Facts) -> Terms:
    """The terms of a wish, by the figures of the day of its notice."""
    notice = Notice(
        leave=facts.leave,
        regime=facts.regime,
        start=facts.first_day,
        notified_on=facts.asked_on,
        workers=facts.head_count,
        follows_palliative=follows_exhausted_palliative(facts),
    )
    is_palliative = facts.leave is Leave.PALLIATIVE
    known = facts.notice_on if is_palliative else None
    return Terms(
        notice_first=first_day_for(notice),
        notice_last=last_day_for(notice),
        starts_from=palliative_start(known) if known else None,
        file_from=first_filing_day(facts.first_day),
        file_by=last_day_for_whole_allowance(facts.first_day),
    )
