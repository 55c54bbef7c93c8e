"""Every state, step and party of a communication, those left out of the table too."""

import pytest

from guichet.rules.temporary_unemployment import states
from guichet.rules.temporary_unemployment.states import Party, Refusal, State, Step, StepRefused

# As the road is drawn: state, step, who, where it leads.
ROAD = """
draft               submit         employer,sender  submitted
draft               record         officer          received
submitted           receive        system           received
submitted           reject         system           rejected
received            take           officer          under_review
received            modify         employer,sender  modified
received            cancel         employer,sender  cancelled
under_review        accept         officer          accepted
under_review        accept_partly  officer          partially_accepted
under_review        refuse         officer          refused
under_review        modify         employer,sender  modified
under_review        cancel         employer,sender  cancelled
accepted            revise         officer          revised
partially_accepted  revise         officer          revised
refused             revise         officer          revised
revised             revise         officer          revised
"""


def drawn() -> dict[tuple[str, str, str], str]:
    """(state, step, party) to the state that follows."""
    found: dict[tuple[str, str, str], str] = {}
    for line in ROAD.strip().splitlines():
        state, step, parties, following = line.split()
        found |= {(state, step, party): following for party in parties.split(",")}
    return found


@pytest.mark.parametrize("party", Party)
@pytest.mark.parametrize("step", Step)
@pytest.mark.parametrize("state", State)
def test_a_communication_goes_its_road_and_no_other(state: State, step: Step, party: Party) -> None:
    following = drawn().get((state, step, party))

    assert states.may(state=state, step=step, party=party) == (following is not None)
    if following is not None:
        assert states.after(state=state, step=step, party=party) == following
        assert state in states.open_from(step)
        return
    with pytest.raises(StepRefused) as refused:
        states.after(state=state, step=step, party=party)
    assert (refused.value.state, refused.value.step) == (state, step)
    assert (refused.value.why is Refusal.OTHER_PARTY) is ((state, step) in states.NEXT)


@pytest.mark.parametrize(
    ("state", "step", "why"),
    [
        (State.DRAFT, Step.CANCEL, "not_submitted"),
        (State.DRAFT, Step.RECEIVE, "not_submitted"),
        (State.SUBMITTED, Step.SUBMIT, "already_submitted"),
        (State.SUBMITTED, Step.MODIFY, "not_received"),
        (State.RECEIVED, Step.ACCEPT, "not_under_review"),
        (State.RECEIVED, Step.REVISE, "not_decided"),
        (State.UNDER_REVIEW, Step.TAKE, "under_review"),
        (State.ACCEPTED, Step.CANCEL, "decided"),
        (State.REVISED, Step.MODIFY, "decided"),
        (State.REFUSED, Step.SUBMIT, "already_submitted"),
        (State.REJECTED, Step.CANCEL, "rejected"),
        (State.MODIFIED, Step.MODIFY, "modified"),
        (State.CANCELLED, Step.CANCEL, "cancelled"),
    ],
)
def test_a_refusal_says_what_stands_in_the_way(state: State, step: Step, why: str) -> None:
    party = next(iter(states.ACTORS[step]))

    with pytest.raises(StepRefused) as refused:
        states.after(state=state, step=step, party=party)

    assert refused.value.why == why


def test_what_ended_stays_ended_and_what_was_decided_is_only_revised() -> None:
    for state in (State.REJECTED, State.MODIFIED, State.CANCELLED):
        assert not [step for step in Step if (state, step) in states.NEXT]
    for state in states.DECIDED:
        assert [step for step in Step if (state, step) in states.NEXT] == [Step.REVISE]


def test_nobody_but_the_office_decides_and_the_office_only_decides() -> None:
    theirs = {step for step, parties in states.ACTORS.items() if Party.OFFICER in parties}

    assert theirs == {
        Step.RECORD, Step.TAKE, Step.ACCEPT, Step.ACCEPT_PARTLY, Step.REFUSE, Step.REVISE
    }  # fmt: skip
