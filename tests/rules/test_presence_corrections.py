"""The life of a correction, cell by cell."""

from datetime import date

import pytest

from guichet.rules.presence_corrections import (
    DECIDED,
    DECISIONS,
    NEXT,
    OPEN,
    State,
    Step,
    StepRefused,
    after,
    following,
    last_day,
    steps,
)

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


@pytest.mark.parametrize("state", State)
def test_the_steps_of_a_state_are_its_cells(state: State) -> None:
    assert steps(state) == {step for step in Step if (state, step) in NEXT}


@pytest.mark.parametrize("state", sorted(OPEN))
@pytest.mark.parametrize("step", [*DECISIONS, Step.TAKE, Step.WITHDRAW])
def test_the_report_follows_whatever_happens_to_its_request(state: State, step: Step) -> None:
    if (state, step) not in NEXT:
        return
    ends = after(state, step)

    followed = after(state, following(step))

    assert followed is (State.REPORTED if ends is State.WITHDRAWN else ends)


def test_a_decision_ends_a_request() -> None:
    assert {after(State.IN_REVIEW, step) for step in DECISIONS} == DECIDED
    assert all(not steps(state) for state in DECIDED)
