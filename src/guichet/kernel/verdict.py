"""The answer of a rule: an outcome, and the reasons for it with their legal source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Generic, TypeVar

T = TypeVar("T")


class Severity(StrEnum):
    """What a finding does to the request: stops it, warns about it, or only informs."""

    BLOCK = "block"
    WARN = "warn"
    INFORM = "inform"


@dataclass(frozen=True, slots=True)
class LegalSource:
    """Where a rule stands: ``LegalSource("Act of 27 June 1969", "art. 30bis")``."""

    text: str
    article: str | None = None
    url: str | None = None

    def __str__(self) -> str:
        return self.text if self.article is None else f"{self.text}, {self.article}"


@dataclass(frozen=True, slots=True)
class Finding:
    """One reason: the key of its message, what it was decided on, and by which text.

    ``inputs`` holds the values that the message shows; no more than needed, and no person's
    number. Two findings are equal when key, severity, inputs and source are.
    """

    key: str
    severity: Severity
    source: LegalSource
    inputs: Mapping[str, object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "inputs", MappingProxyType(dict(self.inputs)))

    def __hash__(self) -> int:  # the inputs are a mapping, which has no hash
        return hash((self.key, self.severity, self.source))


@dataclass(frozen=True, slots=True)
class Verdict(Generic[T]):
    """An outcome with its findings, in the order in which the rules looked."""

    outcome: T
    findings: tuple[Finding, ...] = ()

    @property
    def blocks(self) -> bool:
        """Whether a finding stops the request."""
        return any(finding.severity is Severity.BLOCK for finding in self.findings)

    def of(self, severity: Severity) -> tuple[Finding, ...]:
        """The findings of one severity, in order."""
        return tuple(finding for finding in self.findings if finding.severity is severity)
