"""One anomaly of a declaration of works."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as made

from guichet.kernel.verdict import Severity


@dataclass(frozen=True, slots=True)
class Anomaly:
    """``code``: ``<zone>-<nnn>``; ``field``: its place, ``chain.2.first_day`` for instance.

    ``values``: what the sentence shows, never a person's name or number.
    """

    code: str
    field: str
    severity: Severity = Severity.BLOCK
    values: Mapping[str, object] = made(default_factory=dict, hash=False)

    @property
    def blocks(self) -> bool:
        """Whether nothing is stored because of it."""
        return self.severity is Severity.BLOCK
