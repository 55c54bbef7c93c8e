"""Every state and every step of a request and of a notice, those left out of the tables too."""

import pytest

from guichet.rules.career_break import states
from guichet.rules.career_break.states import (
    NoticeState,
    NoticeStep,
    Party,
    State,
    Step,
    StepRefused,
)

# As the road is drawn: state, step, who, where it leads.
ROAD = """
draft            confirm          employer          wait_worker
wait_worker      modify           employer          wait_worker
wait_worker      cancel           employer          cancelled
wait_worker      complete         worker            wait_onem
wait_worker      withdraw         worker            cancelled
wait_worker      expire           system            expired
wait_onem        take             officer           in_progress
in_progress      ask              officer           wait_documents
wait_documents   answer           worker,employer   in_progress
wait_documents   give_up_waiting  officer           closed
in_progress      decide           officer           closed
closed           review           officer           in_progress
"""
NOTICES = """
pending            accept         employer       accepted
pending            refuse         employer       refused
pending            postpone       employer       postponed
pending            withdraw       worker         withdrawn
pending            deem_accepted  system         deemed_accepted
pending            lapse          system         lapsed
postponed          agree          worker,system  accepted_new_date
postponed          renounce       worker         renounced
accepted           link           employer       accepted
deemed_accepted    link           employer       deemed_accepted
accepted_new_date  link           employer       accepted_new_date
"""


def drawn(road: str) -> dict[tuple[str, str, str], str]:
    """(state, step, party) to the state that follows."""
    found = {}
    for line in road.split("\n"):
        if line:
            state, step, parties, following = line.split()
            found |= {(state, step, party): following for party in parties.split(",")}
    return found


@pytest.mark.parametrize("party", Party)
@pytest.mark.parametrize("step", Step)
@pytest.mark.parametrize("state", State)
def test_a_request_goes_its_road_and_no_other(state: State, step: Step, party: Party) -> None:
    following = drawn(ROAD).get((state, step, party))

    assert states.may(state=state, step=step, party=party) == (following is not None)
    if following is not None:
        assert states.after(state=state, step=step, party=party) == following
        assert state in states.open_from(step)
        return
    with pytest.raises(StepRefused) as refused:
        states.after(state=state, step=step, party=party)
    assert refused.value.why in states.REASONS
    assert (refused.value.state, refused.value.step) == (state, step)


@pytest.mark.parametrize("party", Party)
@pytest.mark.parametrize("step", NoticeStep)
@pytest.mark.parametrize("state", NoticeState)
def test_a_notice_goes_its_road_and_no_other(
    state: NoticeState, step: NoticeStep, party: Party
) -> None:
    following = drawn(NOTICES).get((state, step, party))

    if following is not None:
        assert states.after_notice(state=state, step=step, party=party) == following
        return
    with pytest.raises(StepRefused) as refused:
        states.after_notice(state=state, step=step, party=party)
    assert refused.value.why in states.REASONS


@pytest.mark.parametrize("state", [State.WAIT_ONEM, State.IN_PROGRESS, State.WAIT_DOCUMENTS])
@pytest.mark.parametrize("step", [Step.MODIFY, Step.CANCEL])
def test_the_employer_changes_nothing_once_the_worker_completed_his_part(
    state: State, step: Step
) -> None:
    with pytest.raises(StepRefused) as refused:
        states.after(state=state, step=step, party=Party.EMPLOYER)

    assert refused.value.why == "worker_completed"


@pytest.mark.parametrize(
    ("state", "step", "why"),
    [
        (State.WAIT_WORKER, Step.CONFIRM, "already_confirmed"),
        (State.WAIT_WORKER, Step.TAKE, "not_at_office"),
        (State.CANCELLED, Step.TAKE, "cancelled"),
        (State.CANCELLED, Step.CANCEL, "cancelled"),
        (State.EXPIRED, Step.COMPLETE, "expired"),
        (State.CLOSED, Step.MODIFY, "closed"),
        (State.DRAFT, Step.CANCEL, "not_confirmed"),
    ],
)
def test_a_refusal_says_what_stands_in_the_way(state: State, step: Step, why: str) -> None:
    party = next(iter(states.ACTORS[step]))

    with pytest.raises(StepRefused) as refused:
        states.after(state=state, step=step, party=party)

    assert refused.value.why == why
