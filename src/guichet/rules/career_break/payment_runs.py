"""What is handed on for payment in a month, and what a later decision changes about it.

A month is handed on once it is over. What a later decision adds to it is handed on by itself; what
it takes away is never set off: it is asked back, after the worker was heard (``recovering``).

Source: as in ``recovering``; that a month is handed on once and a correction is a difference is
ours.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from guichet.kernel.period import Period, months_after
from guichet.rules.career_break.figures import figure


@dataclass(frozen=True, slots=True)
class Pair:
    """Gross and net of a month, in cents."""

    gross: int = 0
    net: int = 0

    def plus(self, other: Pair) -> Pair:
        """Both together."""
        return Pair(self.gross + other.gross, self.net + other.net)


@dataclass(frozen=True, slots=True)
class Owed:
    """One month of one file: what is due for it now, and what was handed on for it."""

    due: Pair
    sent: Pair = Pair()

    @property
    def rest(self) -> Pair | None:
        """What is still to be handed on; None for nothing."""
        net = self.due.net - self.sent.net
        return Pair(self.due.gross - self.sent.gross, net) if net > 0 else None

    @property
    def difference(self) -> int:
        """What is due less what was handed on, net: below zero, too much went."""
        return self.due.net - self.sent.net


def may_be_sent(month: Period, *, today: date) -> bool:
    """Whether a month is over: its days cannot change any more by themselves."""
    return today > month.last_day


def kept_until(*, sent_on: date) -> date:
    """The last day on which it is kept what was handed on."""
    return months_after(sent_on, months=12 * figure("office.runs_kept", on=sent_on))
