"""Waivers that an authorised agent decides for a time: for whom, of what, until when.

They stand beside those of the parameters (`force_majeure.is_waived`). A waiver is never a duty not
to communicate.

Source: practice of the office in the crises of 2020 and 2021.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from guichet.kernel.period import Period
from guichet.rules.temporary_unemployment import identifiers
from guichet.rules.temporary_unemployment.communication import Communication
from guichet.rules.temporary_unemployment.kinds import Kind, Reason


@dataclass(frozen=True, slots=True)
class Waiver:
    """``kind`` None: of every communication; ``committees`` and ``postcodes`` empty: of everybody.

    A committee ``120`` stands for its sub-committees; a postcode is of the establishment.
    """

    reason: Reason
    period: Period
    kind: Kind | None = None
    committees: frozenset[str] = field(default_factory=frozenset)
    postcodes: frozenset[str] = field(default_factory=frozenset)

    def covers(
        self, *, reason: Reason, on: date, kind: Kind | None, committee: str, postcode: str
    ) -> bool:
        """Whether somebody need not communicate; ``kind`` None: anything at all."""
        if reason is not self.reason or not self.period.contains(on):
            return False
        if self.kind is not None and kind is not self.kind:
            return False
        code = identifiers.committee(committee)
        if self.committees and not self.committees & {code, code.partition(".")[0]}:
            return False
        return not self.postcodes or postcode in self.postcodes


def waives(waivers: Iterable[Waiver], said: Communication) -> bool:
    """Whether one of them covers a communication, by the day at which its law is looked up."""
    return any(
        one.covers(
            reason=said.reason, on=said.start, kind=said.kind, committee=said.committee,
            postcode=said.postcode,
        )
        for one in waivers
    )  # fmt: skip
