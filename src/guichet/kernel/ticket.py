"""Ticket numbers: the proof that a request was received, and the key to find it again."""

from __future__ import annotations

from typing import Final

from guichet.kernel.base34 import (
    Base34Number,
    InvalidNumber,
    MalformedNumber,
    MistypedNumber,
    check_holds,
    is_well_formed,
)

__all__ = [
    "CITIZEN",
    "EMERGENCY",
    "EMPLOYER_BATCH",
    "EMPLOYER_WEB",
    "OFFICER",
    "InvalidNumber",
    "MalformedNumber",
    "MistypedNumber",
    "TicketNumber",
    "check_holds",
    "is_well_formed",
]

EMPLOYER_WEB: Final = "04W"
EMPLOYER_BATCH: Final = "04B"
CITIZEN: Final = "26C"
OFFICER: Final = "31N"
EMERGENCY: Final = "04E"


class TicketNumber(Base34Number):
    """``04W-002AKJ7-ER-Z``: prefix of the channel, counter, check sign, Z.

    04W and 26C are printed in official manuals; 04B, 04E and 31N are ours.
    """

    __slots__ = ()
