"""What is wrong with what somebody typed or asked for: a code, a field, and how much it weighs.

A blocking fault stops the step; a warning is stored with the request, written into its document
and shown to the officer. The words stand in ``messages``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from dataclasses import field as made
from types import MappingProxyType

from guichet.kernel.verdict import Severity


@dataclass(frozen=True, slots=True)
class Fault:
    """``code``: ``V-DT-02``; ``variant``: which of the sentences of a code that has several.

    ``values``: what the sentence shows, never a person's name or number.
    """

    code: str
    field: str
    severity: Severity = Severity.BLOCK
    variant: str = ""
    values: Mapping[str, object] = made(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "values", MappingProxyType(dict(self.values)))

    @property
    def key(self) -> str:
        """The key of its words in ``messages``."""
        return f"{self.code}.{self.variant}" if self.variant else self.code

    @property
    def blocks(self) -> bool:
        """Whether the step stops because of it."""
        return self.severity is Severity.BLOCK


def blocking(code: str, field: str, variant: str = "", **values: object) -> Fault:
    """A fault that stops the step."""
    return Fault(code, field, Severity.BLOCK, variant, values)


def warning(code: str, field: str, variant: str = "", **values: object) -> Fault:
    """A fault that is stored and shown, and stops nothing."""
    return Fault(code, field, Severity.WARN, variant, values)


def remark(code: str, field: str, variant: str = "", **values: object) -> Fault:
    """Something to know, of which nobody has to be warned."""
    return Fault(code, field, Severity.INFORM, variant, values)


def any_blocks(faults: Iterable[Fault]) -> bool:
    """Whether one of them stops the step."""
    return any(fault.blocks for fault in faults)
