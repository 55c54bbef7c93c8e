"""What is wrong with a communication, by which law, and how it can be set right.

A blocking fault stops the communication; a warning may be overridden with a remark, is stored with
it and read by the officer. Words, severity and law stand in ``findings``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from dataclasses import field as made
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from guichet.kernel.verdict import LegalSource, Severity
from guichet.rules.temporary_unemployment.kinds import Regime


class Way(StrEnum):
    """What can be done instead."""

    START_ON = "start_on"
    END_ON = "end_on"
    SEND_FROM = "send_from"
    SEND_ANEW_FROM = "send_anew_from"
    CHOOSE_REGIME = "choose_regime"
    SPLIT_ON = "split_on"
    ANNOUNCE = "announce"
    ANNOUNCE_FROM = "announce_from"
    CHOOSE_ESTABLISHMENT = "choose_establishment"


@dataclass(frozen=True, slots=True)
class Repair:
    """``start on 18/03/2025 instead``; which of the two values is set depends on the way."""

    way: Way
    day: date | None = None
    regime: Regime | None = None

    @property
    def values(self) -> Mapping[str, object]:
        """What its sentence shows."""
        shown = {"day": self.day, "regime": self.regime}
        return {name: value for name, value in shown.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Fault:
    """``code``: ``CTW-014``; ``variant``: which of the sentences of a code that has several.

    ``field``: a field of the communication, ``lines.2.niss`` for the second line. ``inputs``: what
    it was decided on and the sentence shows, never a person's name or number.
    """

    code: str
    field: str
    severity: Severity
    source: LegalSource
    variant: str = ""
    inputs: Mapping[str, object] = made(default_factory=dict, hash=False)
    repair: Repair | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "inputs", MappingProxyType(dict(self.inputs)))

    @property
    def key(self) -> str:
        """The key of its words."""
        return f"{self.code}.{self.variant}" if self.variant else self.code

    @property
    def blocks(self) -> bool:
        """Whether the communication stops because of it."""
        return self.severity is Severity.BLOCK


def any_blocks(faults: Iterable[Fault]) -> bool:
    """Whether one of them stops the communication."""
    return any(fault.blocks for fault in faults)


def needs_remark(faults: Iterable[Fault]) -> bool:
    """Whether one of them is a warning, which the employer explains in the box of remarks."""
    return any(fault.severity is Severity.WARN for fault in faults)
