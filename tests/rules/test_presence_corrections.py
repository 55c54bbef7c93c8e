"""The life of a correction, cell by cell."""

from datetime import date

import pytest

from guichet.rules.presence_corrections import NEXT, State, Step, StepRefused, after, last_day

ENDS = {State.ACCEPTED, State.PARTLY_ACCEPTED, State.REFUSED, State.WITHDRAWN, State.EXPIRED}


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("step", Step)
def test_each_cell_leads_on_or_refuses(state: State, step: Step) -> None:
    wanted = NEXT.get((state, step))

    if wanted is None:
        with pytest.raises(StepRefused):
            after(state, step)
    else:
        assert after(state, step) is wanted


def test_the_ends_are_ends_and_every_other_state_can_be_left_and_reached() -> None:
    left = {state for state, _step in NEXT}

    assert left == set(State) - ENDS
    assert set(NEXT.values()) | {State.PREPARED} == set(State)


def test_the_nsso_decides_only_what_it_was_asked() -> None:
    deciding = (Step.TAKE, Step.ACCEPT, Step.ACCEPT_PARTLY)

    assert {state for state, step in NEXT if step in deciding} == {State.SUBMITTED, State.IN_REVIEW}


@pytest.mark.parametrize("activity", ["cleaning", "construction", "guarding", "unheard-of"])
def test_day_thirty_is_the_last_one(activity: str) -> None:
    assert last_day(on=date(2026, 3, 2), activity=activity) == date(2026, 4, 1)
