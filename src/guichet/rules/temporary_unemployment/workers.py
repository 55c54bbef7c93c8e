"""What temporary unemployment means for a worker: his rate, and when he registers as job-seeker.

Source: parameters ``temporary_unemployment.worker.*``, from secondary sources, to be verified.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from guichet.kernel.period import months_after
from guichet.rules.temporary_unemployment.figures import figure
from guichet.rules.temporary_unemployment.kinds import Reason

_FORCE_MAJEURE: Final = (Reason.FORCE_MAJEURE, Reason.MEDICAL)


def rate(*, reason: Reason, on: date) -> int:
    """The allowance in per cent of the wage, which counts up to a ceiling.

    Raises UnknownParameter before 2024.
    """
    is_other = reason not in _FORCE_MAJEURE
    return figure("worker.rate" if is_other else "worker.force_majeure_rate", on=on)


def job_seeker_days(since: date) -> tuple[date, date]:
    """From when until when who has no work for force majeure registers as job-seeker.

    ``since``: the first day without work. The term is counted in calendar days from the end of the
    months. Raises UnknownParameter before 2024.
    """
    ended = months_after(since, months=figure("worker.job_seeker_months", on=since))
    days = figure("worker.job_seeker_days", on=since)
    return ended, ended + timedelta(days=days - 1)
