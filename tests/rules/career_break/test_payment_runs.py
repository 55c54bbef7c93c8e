"""The steps of a run of payments, cell by cell."""

from typing import Final

import pytest

from guichet.rules.career_break.payment_runs import NEXT, OPEN, NotOpen, State, Step, after

_OPEN: Final = {
    Step.FINISH: {"preparing": "ready"},
    Step.FIND_NOTHING: {"preparing": "nothing"},
    Step.FAIL: {"preparing": "failed"},
    Step.SEND: {"ready": "sent"},
    Step.SEND_BACK: {"preparing": "sent_back", "ready": "sent_back"},
    Step.WITHDRAW: {"preparing": "withdrawn", "ready": "withdrawn"},
}


@pytest.mark.parametrize("step", list(Step))
@pytest.mark.parametrize("state", list(State))
def test_each_cell(state: State, step: Step) -> None:
    leads_to = _OPEN[step].get(state.value)
    if leads_to is not None:
        assert after(state, step) == leads_to
    else:
        with pytest.raises(NotOpen):
            after(state, step)


def test_nothing_leads_on_from_an_end() -> None:
    assert {state for state, _step in NEXT} == OPEN
