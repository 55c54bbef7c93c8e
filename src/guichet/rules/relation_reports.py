"""A worker reports that a relation is wrong: kinds, states, and how long the agency has.

Pure: a table and a few functions. Source: the leaflet of Interim@Work (what a worker can do
when something is wrong).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from guichet.rules.calendar import working_day_after
from guichet.rules.dated import whole


class Kind(StrEnum):
    """What is wrong, in the worker's eyes."""

    USER_COMPANY = "user_company"
    DAYS = "days"
    MISSING = "missing"
    CONTRACT = "contract"


class State(StrEnum):
    """Where a report stands; the same word in the database and in the trail."""

    OPEN = "open"
    ANSWERED = "answered"
    CORRECTED = "corrected"
    CONTESTED = "contested"


class Step(StrEnum):
    """The agency answers or says that it corrected; the worker contests what it said."""

    ANSWER = "answer"
    CORRECT = "correct"
    CONTEST = "contest"


# An agency that explained first may correct later; one that corrected has nothing left to explain
# unless the worker contests it.
NEXT: Final[Mapping[tuple[State, Step], State]] = MappingProxyType(
    {
        (State.OPEN, Step.ANSWER): State.ANSWERED,
        (State.OPEN, Step.CORRECT): State.CORRECTED,
        (State.ANSWERED, Step.CORRECT): State.CORRECTED,
        (State.ANSWERED, Step.CONTEST): State.CONTESTED,
        (State.CORRECTED, Step.CONTEST): State.CONTESTED,
        (State.CONTESTED, Step.ANSWER): State.ANSWERED,
        (State.CONTESTED, Step.CORRECT): State.CORRECTED,
    }
)
OF_AGENCY: Final = (Step.ANSWER, Step.CORRECT)
# The states in which the agency is to act.
WAITING: Final = (State.OPEN, State.CONTESTED)


class StepRefused(Exception):
    """This step is not open from this state."""


def after(state: State, step: Step) -> State:
    """The state that ``step`` leads to; raises StepRefused."""
    if (state, step) not in NEXT:
        raise StepRefused(f"{step} is not open from {state}")
    return NEXT[state, step]


def may(state: State, step: Step) -> bool:
    """Whether a step is open."""
    return (state, step) in NEXT


def answer_due_on(told_on: date) -> date:
    """The last day on which the agency answers unasked; it is reminded afterwards.

    Units: working days, Monday to Friday without legal holidays, the day itself not counted.
    Source: parameter ``interim.report.working_days``.
    """
    return working_day_after(told_on, count=whole("interim.report.working_days", on=told_on))


def is_reminded(*, due_on: date, on: date) -> bool:
    """Whether the reminder is due."""
    return on > due_on


def kept_years(on: date) -> int:
    """How many years a report is kept. Source: parameter ``interim.report.kept``."""
    return whole("interim.report.kept", on=on)


def kept_from(*, today: date) -> date:
    """The first day of those whose reports are kept: what was said last before it is past its term.

    Source: the dated parameter ``interim.report.kept``, in years.
    """
    year = today.year - kept_years(today)
    try:
        return today.replace(year=year)
    except ValueError:  # the 29th of February: kept a day longer
        return today.replace(year=year, day=28)
