"""The road of one file that is attached to a request or to a notice, and who may lead it on.

A typed table; what is not in it is refused. A file that was chosen counts only once it was sent;
after the office rejected one, its document is as good as not received. Source: manual of the
online service for employers (files count after *Appliquer les changements*; deleting ends when
the office begins to handle the file); acceptance and rejection by the office are ours.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from guichet.rules.career_break.states import NoticeState, Party, State


class FileState(StrEnum):
    """Where one file is."""

    NOT_RECEIVED = "not_received"
    PENDING = "pending"
    RECEIVED = "received"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    DELETED = "deleted"


class FileStep(StrEnum):
    """What happens to a file."""

    CHOOSE = "choose"
    LET_GO = "let_go"
    APPLY = "apply"
    DELETE = "delete"
    ACCEPT = "accept"
    REJECT = "reject"
    ASK_AGAIN = "ask_again"


NEXT_OF_FILE: Final[Mapping[tuple[FileState, FileStep], FileState]] = {
    (FileState.NOT_RECEIVED, FileStep.CHOOSE): FileState.PENDING,
    (FileState.PENDING, FileStep.APPLY): FileState.RECEIVED,
    (FileState.PENDING, FileStep.DELETE): FileState.DELETED,
    # Signed out, or not sent within a day.
    (FileState.PENDING, FileStep.LET_GO): FileState.NOT_RECEIVED,
    (FileState.RECEIVED, FileStep.DELETE): FileState.DELETED,
    (FileState.RECEIVED, FileStep.ACCEPT): FileState.ACCEPTED,
    (FileState.RECEIVED, FileStep.REJECT): FileState.REJECTED,
    (FileState.ACCEPTED, FileStep.REJECT): FileState.REJECTED,
    (FileState.REJECTED, FileStep.ASK_AGAIN): FileState.NOT_RECEIVED,
}
_BRINGERS: Final = frozenset({Party.EMPLOYER, Party.WORKER})
ACTORS_OF_FILE: Final[Mapping[FileStep, frozenset[Party]]] = {
    FileStep.CHOOSE: _BRINGERS,
    FileStep.LET_GO: frozenset({Party.SYSTEM}),
    FileStep.APPLY: _BRINGERS,
    FileStep.DELETE: _BRINGERS,
    FileStep.ACCEPT: frozenset({Party.OFFICER}),
    FileStep.REJECT: frozenset({Party.OFFICER}),
    FileStep.ASK_AGAIN: frozenset({Party.SYSTEM}),
}
COUNTS: Final = frozenset({FileState.RECEIVED, FileState.ACCEPTED})
"""The states in which a file is there."""

_UNDER_WAY: Final = frozenset(
    {State.WAIT_WORKER, State.WAIT_ONEM, State.IN_PROGRESS, State.WAIT_DOCUMENTS}
)
_TAKES: Final[Mapping[Party, frozenset[State | NoticeState]]] = {
    Party.EMPLOYER: _UNDER_WAY | {NoticeState.PENDING},
    # The attendance of a training is proved each quarter, long after the decision.
    Party.WORKER: _UNDER_WAY | {State.CLOSED, NoticeState.PENDING, NoticeState.POSTPONED},
}
_DELETES: Final = frozenset({State.WAIT_WORKER, State.WAIT_ONEM, NoticeState.PENDING})
_JUDGES: Final = frozenset({State.IN_PROGRESS, State.WAIT_DOCUMENTS})


class FileRefused(Exception):
    """A step that is not open to a file; ``why``: ``state``, ``other_party`` or ``closed``.

    ``closed``: the request or notice takes no files any more, or lets none go.
    """

    def __init__(self, *, step: FileStep, why: str) -> None:
        super().__init__(f"{step}: {why}")
        self.step = step
        self.why = why


def after_file(*, state: FileState, step: FileStep, party: Party) -> FileState:
    """The state that a step of a file leads to; raises FileRefused."""
    if (state, step) not in NEXT_OF_FILE:
        raise FileRefused(step=step, why="state")
    if party not in ACTORS_OF_FILE[step]:
        raise FileRefused(step=step, why="other_party")
    return NEXT_OF_FILE[state, step]


def takes_files(*, state: State | NoticeState, party: Party) -> bool:
    """Whether a request or a notice in this state takes files of a party."""
    return state in _TAKES.get(party, frozenset())


def lets_files_go(*, state: State | NoticeState) -> bool:
    """Whether a file that was sent may still be deleted: until the office or the employer acts."""
    return state in _DELETES


def judges_files(*, state: State | NoticeState) -> bool:
    """Whether the office handles the request, so that it may accept and reject its files."""
    return state in _JUDGES
