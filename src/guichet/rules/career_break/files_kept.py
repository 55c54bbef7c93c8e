"""How long the files of a request or of a notice are kept."""

from datetime import date
from typing import Final

from guichet.kernel.period import months_after
from guichet.rules.career_break.states import NoticeState, State
from guichet.rules.dated import whole

_CAME_TO_NOTHING: Final = frozenset(
    {
        State.CANCELLED,
        State.EXPIRED,
        NoticeState.REFUSED,
        NoticeState.WITHDRAWN,
        NoticeState.LAPSED,
        NoticeState.RENOUNCED,
    }
)
# An agreed notice is the ground of the break, also where no request followed it.
_STOOD: Final = frozenset(
    {
        State.CLOSED,
        NoticeState.ACCEPTED,
        NoticeState.DEEMED_ACCEPTED,
        NoticeState.ACCEPTED_NEW_DATE,
    }
)
_MONTHS_OF_QUARTER: Final = 3


def kept_until(
    *, state: State | NoticeState, ended_on: date, last_day: date | None, on: date
) -> date | None:
    """The last day on which the files are kept; None while they stay.

    ``ended_on``: the day on which the state was reached; ``last_day``: of the break, None until the
    pension. What came to nothing goes after the months of ``career_break.attachment.kept_ended``.
    After a decision, and after an agreed notice, the files stay for the years of
    ``career_break.attachment.kept_decided`` from the first day of the quarter after the last
    payment, which is made in the month after the break.
    """
    if state in _CAME_TO_NOTHING:
        return months_after(ended_on, months=whole("career_break.attachment.kept_ended", on=on))
    if state not in _STOOD or last_day is None:
        return None
    first_day = _quarter_after(months_after(last_day.replace(day=1), months=1))
    return months_after(first_day, months=12 * whole("career_break.attachment.kept_decided", on=on))


def ended(state: State | NoticeState) -> bool:
    """Whether files in this state are ever removed."""
    return state in _CAME_TO_NOTHING or state in _STOOD


def _quarter_after(day: date) -> date:
    month = (day.month - 1) % _MONTHS_OF_QUARTER
    return months_after(day.replace(day=1), months=_MONTHS_OF_QUARTER - month)
