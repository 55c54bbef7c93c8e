"""Force majeure: how long one communication covers, when none is asked, and the medical one.

Source: Act of 3 July 1978, art. 26 and 34; ONEM leaflet E24; parameter
``temporary_unemployment.waivers``. Whether force majeure is recognised is the decision of the
office; that nobody communicated it never blocks anything here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from guichet.kernel.period import Period, end_for, months_after
from guichet.rules.dated import UnknownParameter
from guichet.rules.temporary_unemployment.figures import figure, names
from guichet.rules.temporary_unemployment.kinds import Reason

_ALL: Final = "all"


class MedicalCase(StrEnum):
    """Why somebody cannot do the agreed work, though not unfit for every work."""

    APPEAL = "appeal"
    TEMPORARY = "temporary"
    PERMANENT = "permanent"


class MedicalBar(StrEnum):
    """Why there is no allowance for medical force majeure."""

    AGE = "age"
    NO_DOCTOR = "no_doctor"
    OTHER_WORK = "other_work"
    RECENT = "recent"
    NO_PATH = "no_path"


@dataclass(frozen=True, slots=True, kw_only=True)
class Medical:
    """``by_doctor``: established by the occupational doctor or one of the office.

    ``incapable_since``: first day of the incapacity. ``reintegrating``: a path is running.
    """

    case: MedicalCase
    born_on: date
    incapable_since: date
    by_doctor: bool = False
    has_other_work: bool = False
    reintegrating: bool = False


def last_day_covered(first_day: date) -> date:
    """The last day that a communication of force majeure from ``first_day`` may cover."""
    return end_for(first_day, months=figure("force_majeure.months", on=first_day))


def parts(period: Period) -> tuple[Period, ...]:
    """A longer force majeure, cut into communications that may be sent."""
    found: list[Period] = []
    first = period.first_day
    while first <= period.last_day:
        last = min(period.last_day, last_day_covered(first))
        found.append(Period(first, last))
        first = last + timedelta(days=1)
    return tuple(found)


def is_waived(*, reason: Reason, on: date, committee: str = "") -> bool:
    """Whether nothing has to be communicated for a reason on a day (never a duty not to)."""
    try:
        rows = names("waivers", on=on)
    except UnknownParameter:
        return False
    code = committee.partition(".")[0]
    for row in rows:
        letter, *population = row.split()
        if letter == reason.value and {_ALL, committee, code}.intersection(population):
            return True
    return False


def medical_bars(medical: Medical, *, on: date) -> tuple[MedicalBar, ...]:
    """Why medical force majeure gives no allowance on a day; none when it does."""
    found: list[MedicalBar] = []
    age = figure("medical.age", on=on)
    if months_after(medical.born_on, months=12 * age) <= on:
        found.append(MedicalBar.AGE)
    if medical.case is MedicalCase.TEMPORARY:
        found += _temporary(medical, on)
    if medical.case is MedicalCase.PERMANENT and not medical.reintegrating:
        found.append(MedicalBar.NO_PATH)
    return tuple(found)


def _temporary(medical: Medical, on: date) -> list[MedicalBar]:
    months = figure("medical.incapacity_months", on=on)
    recent = on <= end_for(medical.incapable_since, months=months)
    checks = (
        (not medical.by_doctor, MedicalBar.NO_DOCTOR),
        (medical.has_other_work, MedicalBar.OTHER_WORK),
        (recent, MedicalBar.RECENT),
    )
    return [bar for is_so, bar in checks if is_so]
