"""The road of a control card, and when it may be sent or corrected.

A typed table: open, sent, opened again for a correction, sent again. What was sent stays; a
correction is a new version.

Source: Royal Decree of 25 November 1991, art. 71ter § 2 (sending) and art. 154 (exclusion). Until
when a card is corrected here is our own choice, see ``card.correction_months``; afterwards the
payment body is the way.
"""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from guichet.rules.temporary_unemployment.control_card import earliest_sending
from guichet.rules.temporary_unemployment.figures import figure


class State(StrEnum):
    """Where a card is."""

    OPEN = "open"
    SENT = "sent"
    CORRECTING = "correcting"


class Step(StrEnum):
    """What happens to a card."""

    MARK = "mark"
    SEND = "send"
    REOPEN = "reopen"
    GIVE_UP = "give_up"


class Early(StrEnum):
    """Why a card goes before its window; ``ALLOWED``: the office allowed an early payment."""

    NOT = "not"
    NOTHING_MORE = "nothing_more"
    ALLOWED = "allowed"


class Why(StrEnum):
    """Why a step is refused."""

    NOT_OPEN = "not_open"
    TOO_EARLY = "too_early"
    TOO_LATE = "too_late"


class StepRefused(Exception):
    """The card does not take this step; ``why``: in one word."""

    def __init__(self, why: Why) -> None:
        super().__init__(why.value)
        self.why = why


NEXT: Final[Mapping[tuple[State, Step], State]] = MappingProxyType(
    {
        (State.OPEN, Step.MARK): State.OPEN,
        (State.OPEN, Step.SEND): State.SENT,
        (State.SENT, Step.REOPEN): State.CORRECTING,
        (State.CORRECTING, Step.MARK): State.CORRECTING,
        (State.CORRECTING, Step.SEND): State.SENT,
        (State.CORRECTING, Step.GIVE_UP): State.SENT,
    }
)


@dataclass(frozen=True, slots=True)
class Window:
    """When the card of a month is sent: from ``usual`` on, with a ground from ``early`` on."""

    usual: date
    early: date

    def is_open(self, *, today: date, early: Early = Early.NOT) -> bool:
        """Whether the card may go today."""
        return today >= (self.usual if early is Early.NOT else self.early)


def window(month: date) -> Window:
    """The window of the card of the month of ``month``; it has no last day."""
    return Window(earliest_sending(month), earliest_sending(month, early_allowed=True))


def correctable_until(month: date) -> date:
    """The last day on which a card that was sent may be opened again."""
    count = figure("card.correction_months", on=month)
    years, index = divmod(month.year * 12 + month.month - 1 + count, 12)
    return date(years, index + 1, calendar.monthrange(years, index + 1)[1])


def after(*, state: State, step: Step, month: date, today: date, early: Early = Early.NOT) -> State:
    """The state that a step leads to; raises StepRefused.

    A correction keeps to the window too: a card that went early goes early again, or waits.
    """
    if (state, step) not in NEXT:
        raise StepRefused(Why.NOT_OPEN)
    if today < month.replace(day=1):
        raise StepRefused(Why.TOO_EARLY)
    if step is Step.SEND and not window(month).is_open(today=today, early=early):
        raise StepRefused(Why.TOO_EARLY)
    if step is Step.REOPEN and today > correctable_until(month):
        raise StepRefused(Why.TOO_LATE)
    return NEXT[state, step]


def exclusion(on: date) -> tuple[int, int]:
    """The weeks for which who filled in his card wrongly loses allowances, least and most."""
    return figure("card.least_exclusion", on=on), figure("card.longest_exclusion", on=on)
