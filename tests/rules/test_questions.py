"""The life of a question, cell by cell."""

from itertools import product

import pytest

from guichet.rules.questions import NEXT, State, Step, StepRefused, after, steps

OPEN = {
    (State.NEW, Step.TAKE): State.TAKEN,
    (State.TAKEN, Step.GIVE_BACK): State.NEW,
    (State.TAKEN, Step.ANSWER): State.ANSWERED,
    (State.TAKEN, Step.CLOSE): State.CLOSED,
    (State.ANSWERED, Step.CLOSE): State.CLOSED,
}


@pytest.mark.parametrize(("state", "step"), list(product(State, Step)))
def test_every_step_from_every_state(state: State, step: Step) -> None:
    if (state, step) in OPEN:
        assert after(state, step) is OPEN[state, step]
        assert step in steps(state)
    else:
        with pytest.raises(StepRefused):
            after(state, step)
        assert step not in steps(state)


def test_a_closed_question_stays_closed() -> None:
    assert steps(State.CLOSED) == ()
    assert not any(state is State.CLOSED for state, _step in NEXT)
