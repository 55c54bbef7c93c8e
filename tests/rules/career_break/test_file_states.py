"""Every state and every step of a file, those left out of the table too; and for how long."""

from datetime import date

import pytest

from guichet.rules.career_break import file_states as rules
from guichet.rules.career_break.file_states import FileRefused, FileState, FileStep
from guichet.rules.career_break.files_kept import ended, kept_until
from guichet.rules.career_break.states import NoticeState, Party, State

# As the road is drawn: state, step, who, where it leads.
ROAD = """
not_received  choose     employer,worker  pending
pending       apply      employer,worker  received
pending       delete     employer,worker  deleted
pending       let_go     system           not_received
received      delete     employer,worker  deleted
received      accept     officer          accepted
received      reject     officer          rejected
accepted      reject     officer          rejected
rejected      ask_again  system           not_received
"""
ON = date(2026, 3, 2)


def drawn() -> dict[tuple[str, str, str], str]:
    """(state, step, party) to the state that follows."""
    found = {}
    for line in ROAD.strip().split("\n"):
        state, step, parties, following = line.split()
        found |= {(state, step, party): following for party in parties.split(",")}
    return found


@pytest.mark.parametrize("party", Party)
@pytest.mark.parametrize("step", FileStep)
@pytest.mark.parametrize("state", FileState)
def test_a_file_goes_its_road_and_no_other(state: FileState, step: FileStep, party: Party) -> None:
    following = drawn().get((state, step, party))

    if following is not None:
        assert rules.after_file(state=state, step=step, party=party) == following
        return
    with pytest.raises(FileRefused) as refused:
        rules.after_file(state=state, step=step, party=party)
    is_a_step = any((state, step) == key[:2] for key in drawn())
    assert refused.value.why == ("other_party" if is_a_step else "state")


@pytest.mark.parametrize("state", [*State, *NoticeState])
def test_who_may_bring_files_where(state: State | NoticeState) -> None:
    way = {"wait_worker", "wait_onem", "in_progress", "wait_documents", "pending"}

    assert rules.takes_files(state=state, party=Party.EMPLOYER) == (state in way)
    longer = way | {"closed", "postponed"}
    assert rules.takes_files(state=state, party=Party.WORKER) == (state in longer)
    assert not rules.takes_files(state=state, party=Party.OFFICER)
    assert rules.lets_files_go(state=state) == (state in {"wait_worker", "wait_onem", "pending"})
    assert rules.judges_files(state=state) == (state in {"in_progress", "wait_documents"})


@pytest.mark.parametrize(
    ("state", "last_day", "until"),
    [
        (State.CANCELLED, date(2026, 4, 30), date(2026, 7, 31)),
        (State.EXPIRED, None, date(2026, 7, 31)),
        (NoticeState.REFUSED, date(2026, 4, 30), date(2026, 7, 31)),
        # The last payment is made in May: five years from the first of July.
        (State.CLOSED, date(2026, 4, 30), date(2031, 7, 1)),
        # The last payment is made in January: five years from the first of April.
        (State.CLOSED, date(2025, 12, 1), date(2031, 4, 1)),
        (State.CLOSED, None, None),
        (State.WAIT_WORKER, date(2026, 4, 30), None),
        (State.IN_PROGRESS, date(2020, 4, 30), None),
        (NoticeState.ACCEPTED, date(2026, 4, 30), date(2031, 7, 1)),
        (NoticeState.PENDING, date(2026, 4, 30), None),
        (NoticeState.POSTPONED, date(2026, 4, 30), None),
    ],
)
def test_how_long_files_are_kept(
    state: State | NoticeState, last_day: date | None, until: date | None
) -> None:
    found = kept_until(state=state, ended_on=date(2026, 1, 31), last_day=last_day, on=ON)

    assert found == until
    assert until is None or ended(state)
