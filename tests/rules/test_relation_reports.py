"""The life of a report, cell by cell, and how long an agency has."""

from datetime import date
from itertools import product

import pytest

from guichet.rules import relation_reports as rules
from guichet.rules.relation_reports import State, Step, StepRefused, after, may

OPEN = {
    (State.OPEN, Step.ANSWER): State.ANSWERED,
    (State.OPEN, Step.CORRECT): State.CORRECTED,
    (State.ANSWERED, Step.CORRECT): State.CORRECTED,
    (State.ANSWERED, Step.CONTEST): State.CONTESTED,
    (State.CORRECTED, Step.CONTEST): State.CONTESTED,
    (State.CONTESTED, Step.ANSWER): State.ANSWERED,
    (State.CONTESTED, Step.CORRECT): State.CORRECTED,
}


@pytest.mark.parametrize(("state", "step"), list(product(State, Step)))
def test_every_step_from_every_state(state: State, step: Step) -> None:
    if (state, step) in OPEN:
        assert after(state, step) is OPEN[state, step]
        assert may(state, step)
    else:
        with pytest.raises(StepRefused):
            after(state, step)
        assert not may(state, step)


def test_it_is_somebodys_turn_in_every_state() -> None:
    for state in State:
        turn = any(may(state, step) for step in rules.OF_AGENCY)
        assert turn or may(state, Step.CONTEST)
        assert (state in rules.WAITING) == (not may(state, Step.CONTEST))


@pytest.mark.parametrize(
    ("told_on", "due_on"),
    [
        (date(2026, 3, 2), date(2026, 3, 9)),  # Monday to Monday
        (date(2026, 3, 6), date(2026, 3, 13)),  # Friday
        (date(2026, 3, 7), date(2026, 3, 13)),  # Saturday
        (date(2026, 4, 2), date(2026, 4, 10)),  # Easter Monday lies between
        (date(2026, 12, 24), date(2027, 1, 4)),  # Christmas and New Year
    ],
)
def test_an_agency_has_five_working_days(told_on: date, due_on: date) -> None:
    assert rules.answer_due_on(told_on) == due_on
    assert not rules.is_reminded(due_on=due_on, on=due_on)
    assert rules.is_reminded(due_on=due_on, on=date.fromordinal(due_on.toordinal() + 1))
